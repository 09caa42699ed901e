"""The `recount` command: the verbs, the options in front of them, and the way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from recount.cli import (
    accounts,
    add,
    archive,
    code,
    copy,
    export,
    importing,
    incidents,
    places,
    plot,
    publish,
    report,
    rules,
    serve,
    show,
    site,
    sources,
    status,
    watch,
)
from recount.cli.faults import DONE, STOPPED, STOPPED_TEXT, guarded, say
from recount.cli.options import Verbs, ledger_option


def print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from importlib.metadata import version

        print(f"recount {version('recount')}")
        ctx.exit()


@click.group(cls=Verbs, context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 88})
@ledger_option
@click.option(
    "--version", is_flag=True, expose_value=False, is_eager=True, callback=print_version, help="Print the version."
)
@click.pass_context
def app(ctx: click.Context, ledger: str | None) -> None:
    """Keep every claim about an armed incident: who said it, the exact words, and what contradicts it.

    \b
    Start with:
      recount add REPORTS/        read reports and keep what they claim
      recount incidents           what happened, as the reports tell it
      recount show ID             one incident, report or claim, down to the words
      recount report page.html    the same as one page to open in a browser
      recount serve               the desk: read, check and decide in the browser

    Settings come from the environment as RECOUNT_LEDGER, RECOUNT_LANGUAGE, RECOUNT_JUDGE, RECOUNT_INCLUSION,
    RECOUNT_DEBUG, RECOUNT_RULES, RECOUNT_PLACES, RECOUNT_CODER, RECOUNT_BATCH, RECOUNT_WAIT_SECONDS,
    RECOUNT_CONNECTIONS, RECOUNT_MAX_REPORT_BYTES, RECOUNT_MAX_LINE_BYTES, RECOUNT_MAX_UNPACKED_RATIO,
    RECOUNT_USER_AGENT, RECOUNT_FETCH_SECONDS and RECOUNT_MAX_FETCH_BYTES.

    Exit status: 0 done, 1 some input was set aside, 2 wrong use, 3 a fault in recount.
    """
    ctx.obj = {"ledger": ledger}


VERBS: tuple[click.Command, ...] = (
    add.add,
    watch.watch,
    sources.sources,
    importing.import_,
    incidents.incidents,
    show.show,
    code.code,
    archive.archive,
    archive.load,
    export.export,
    report.report,
    plot.plot,
    publish.publish,
    site.site,
    serve.serve,
    accounts.accounts,
    copy.copy,
    status.status,
    rules.rules,
    places.places,
)
for verb in VERBS:
    app.add_command(verb)


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments; returns the exit status and raises nothing."""

    def work() -> int:
        with app.make_context("recount", list(arguments)) as ctx:
            result = app.invoke(ctx)
        sys.stdout.flush()
        return int(result or DONE)

    status = guarded(work)
    if status == STOPPED:
        say(STOPPED_TEXT)
    return status


def main() -> None:
    """The entry point of the `recount` command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark in its place instead of a traceback.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    raise SystemExit(run(sys.argv[1:]))
