"""`recount add PATH...`: read reports, code them, link them, keep them in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, jobs_option, json_option, ledger_option, opened, paths_argument

if TYPE_CHECKING:
    from recount.engine.local import Added
    from recount.settings import Settings


@click.command(short_help="Read reports and keep what they claim.")
@paths_argument
@jobs_option
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless some input is set aside.")
@json_option
@ledger_option
@click.pass_context
def add(ctx: click.Context, paths: tuple[str, ...], jobs: int, quiet: bool, as_json: bool, ledger: str | None) -> int:
    """Read reports, code them, link reports of one incident, and keep it all in the ledger.

    Takes text, HTML, JSON, JSON Lines, PDFs, mails and mailboxes and saved feeds, also gzipped, and folders of these.
    Adding the same again changes nothing; a run that was stopped is finished by running it again. What cannot be read is
    set aside and named at the end; the exit status is then 1.

    \b
    Examples:
      recount add reports/
      recount add monday.html tuesday.txt wire.jsonl.gz
      recount add --ledger balochistan.db reports/
    """
    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    added, incidents = add_all(paths, chosen_settings(ctx, ledger), jobs)
    if as_json:
        screen.print_json(added)
    elif added.aside or not quiet:
        console = screen.console()
        console.print(sentence(added))
        console.print(held(incidents))
        screen.print_asides(added.aside, console)
    return SOME_SET_ASIDE if added.aside else DONE


def add_all(paths: Sequence[str], settings: Settings, jobs: int) -> tuple[Added, int]:
    """Add with a progress bar, and count the incidents then in the ledger; on an interrupt say what is kept."""
    from recount.cli import screen, stdin
    from recount.cli.faults import say
    from recount.engine import local

    with (
        stdin.items_of(paths, settings) as items,
        opened(settings, write=True) as book,
        screen.Bar(PHASES["reports"]) as bar,
    ):
        try:
            added = local.add(
                book,
                paths,
                settings,
                progress=lambda phase, done: bar(PHASES[phase], done),
                workers=jobs,
                items=items,
            )
            return added, book.counts()["incidents"]
        except KeyboardInterrupt:
            bar.stop()
            say("What was kept so far stays in the ledger. Run the same command again to go on from there.")
            raise


PHASES = {"reports": "reports read", "linking": "accounts of incidents being linked"}


def sentence(added: Added) -> str:
    """What was done, in a line."""
    from recount.cli.words import many

    told = [f"{added.new:,} new"]
    if added.recoded:
        told.append(f"{added.recoded:,} coded again by newer rules")
    told.append(f"{added.known:,} known before")
    if added.aside:
        told.append(f"{len(added.aside):,} set aside")
    if not (added.new or added.recoded or added.known or added.aside):
        from recount.read.inputs import ENDINGS

        return f"No reports found: {', '.join(ENDINGS)} files are read, also with .gz."
    number = many(added.new + added.recoded + added.known, "report")
    return f"{number}: {', '.join(told)}."


def held(incidents: int) -> str:
    """How many incidents the ledger now holds, and how to see them."""
    from recount.cli.words import many

    if not incidents:
        return "The ledger holds no incidents yet."
    return f"The ledger now holds {many(incidents, 'incident')}. List them with: recount incidents"
