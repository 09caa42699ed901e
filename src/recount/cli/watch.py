"""`recount watch SOURCES`: poll sources politely, keep what they bring as evidence, and code it."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, jobs_option, json_option, ledger_option

file_argument = click.argument(
    "file", metavar="SOURCES", type=click.Path(path_type=Path), help="The file of sources; see docs/sources.md."
)


@click.command(short_help="Poll feeds, sites, folders and mailboxes.")
@file_argument
@click.option("--once", is_flag=True, help="Poll each source once and leave, instead of watching on.")
@click.option("--dry-run", is_flag=True, help="Ask only what the sources announce; fetch and keep nothing.")
@click.option("--health", is_flag=True, help="Show how the sources do, as `recount sources health` does.")
@jobs_option
@json_option
@ledger_option
@click.pass_context
def watch(
    ctx: click.Context,
    file: Path,
    once: bool,
    dry_run: bool,
    health: bool,
    jobs: int,
    as_json: bool,
    ledger: str | None,
) -> int:
    """Poll the sources of a file politely, keep what they bring as evidence, code and link it.

    Every response is kept in a WARC file before it is read. robots.txt is obeyed, each host is asked one request at a
    time with a pause, and left alone when it asks for that. A watch that was stopped goes on where it was. The exit
    status is 1 where a source failed or something was set aside.

    \b
    Examples:
      recount watch sources.toml --once
      recount watch sources.toml --dry-run
      recount watch sources.toml --ledger balochistan.db
    """
    from recount.sources.plan import load

    if health:
        from recount.cli.sources import show_health

        return show_health(file, as_json)
    plan, settings = load(file), chosen_settings(ctx, ledger)
    if dry_run:
        from recount.cli.watch_trial import try_out

        return try_out(plan, settings, as_json)
    from recount.cli.watch_running import run

    return run(plan, settings, once=once, jobs=jobs, as_json=as_json)
