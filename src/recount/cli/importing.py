"""`recount import FILE`: tables of other projects as claims by their source."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened


@click.command("import", short_help="Read tables of other projects as claims by their source.")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path), help="CSV or JSON Lines."
)
@click.option("--kind", metavar="KIND", help="ged, acled, event-reports or ftm; known by its columns where not given.")
@click.option("--source", metavar="NAME", help="Who made the data set, where the file's kind does not tell.")
@ledger_option
@click.pass_context
def import_(
    ctx: click.Context, files: tuple[Path, ...], kind: str | None, source: str | None, ledger: str | None
) -> int:
    """Read tables into the ledger, so that they are linked and compared with the reports.

    Each row of a UCDP GED or ACLED file, each report of a report-level table and each FollowTheMoney event becomes a
    report by that source, whose words are its cells. Its figures are claims of the data set, not facts. The same file
    again changes nothing.

    \b
    Examples:
      recount import ged251.csv
      recount import collected.csv --kind event-reports --source "Our team"
    """
    from recount.cli import screen
    from recount.cli.add import held
    from recount.cli.faults import DONE, SOME_SET_ASIDE
    from recount.cli.words import many
    from recount.engine.local import keep_coded
    from recount.read.imports import imported

    settings = chosen_settings(ctx, ledger)
    items = (item for file in files for item in imported(file, kind=kind, source=source))
    with opened(settings, write=True) as book, screen.Bar("rows read") as bar:
        added = keep_coded(book, items, settings, progress=lambda phase, done: bar(PHASES[phase], done))
        incidents = book.counts()["incidents"]
    console = screen.console()
    console.print(f"{many(added.new, 'row')} read as claims by their source, {added.known:,} known before.")
    console.print(held(incidents))
    screen.print_asides(added.aside, console)
    return SOME_SET_ASIDE if added.aside else DONE


PHASES = {"reports": "rows read", "linking": "accounts of incidents being linked"}
