"""`recount show ID`: one incident, report or claim, down to the words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, json_option, ledger_option, opened

if TYPE_CHECKING:
    from rich.console import Console

    from recount.store.contract import Ledger


@click.command(short_help="Show one incident, report or claim.")
@click.argument("id", metavar="ID", help="An id or its beginning, or the name of a report.")
@json_option
@ledger_option
@click.pass_context
def show(ctx: click.Context, id: str, as_json: bool, ledger: str | None) -> None:
    """Show one incident, report or claim, down to the words that it rests on.

    An incident: what is claimed by side, how the toll evolved, what disagrees and why, every claim with its speaker and
    its words. A report: its text with the claims marked. A claim: its sentence, its value as said and as read, and the
    rule that found it.

    \b
    Examples:
      recount show i_3fa9
      recount show my-report
      recount show c_81d2 --json
    """
    from recount.cli import screen

    with opened(chosen_settings(ctx, ledger)) as book:
        show_found(book, book.find(id), None if as_json else screen.console())


def show_found(book: Ledger, found: str, console: Console | None) -> None:
    """Show the record with this full id: on the console, or as JSON where there is none."""
    match found.split("_")[0]:
        case "i":
            from recount.cli import show_incident

            show_incident.show(book, found, console)
        case "c":
            from recount.cli import show_claim

            show_claim.show(book, found, console)
        case _:
            from recount.cli import show_report

            show_report.show(book, report_of(book, found), console)


def report_of(book: Ledger, found: str) -> str:
    """The id of the report that has this id or told this event report or statistic."""
    for told in book.event_reports([found]):
        return told.report
    for statistic in book.statistics():
        if statistic.id == found:
            return statistic.report
    return found
