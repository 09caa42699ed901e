"""`recount status`: what the ledger holds, and what was set aside and why."""

from __future__ import annotations

from typing import Any

import click

from recount.cli.options import chosen_settings, json_option, ledger_option, opened

NOUNS = {
    "reports": "reports",
    "claims": "claims",
    "event_reports": "event reports (one report's account of one incident)",
    "incidents": "incidents",
    "statistics": "statistics (no incidents)",
    "links": "links between event reports and incidents",
    "judgements": "judgements by people",
    "set_aside": "inputs set aside",
}


@click.command(short_help="Say what the ledger holds.")
@json_option
@ledger_option
@click.pass_context
def status(ctx: click.Context, as_json: bool, ledger: str | None) -> None:
    """Say what the ledger holds, and which inputs were set aside and why.

    \b
    Examples:
      recount status
      recount status --json
    """
    from recount.cli import screen

    with opened(chosen_settings(ctx, ledger)) as book:
        counts, asides = book.counts(), list(book.asides())
        found: dict[str, Any] = {"ledger": book.address, "counts": counts, "set_aside": asides}
    if as_json:
        screen.print_json(found)
        return
    console = screen.console()
    console.print(f"Ledger {found['ledger']}", style="bold")
    for name, number in counts.items():
        console.print(f"{number:>9,}  {NOUNS.get(name, name.replace('_', ' '))}")
    screen.print_asides(asides, console)
