"""`recount export FORMAT`: claims, incidents or codings of the ledger as data."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened
from recount.cli.outputs import out_option, output

WHATS = ("claims", "incidents", "codings")
FORMS = ("jsonl", "csv")


@click.command(short_help="Write claims and incidents as data.")
@click.argument("what", metavar="FORMAT", type=click.Choice(WHATS), help="claims, incidents or codings.")
@click.option(
    "--as",
    "form",
    type=click.Choice(FORMS),
    default="jsonl",
    show_default=True,
    help="JSON Lines or CSV (codings: JSON Lines only).",
)
@out_option
@ledger_option
@click.pass_context
def export(ctx: click.Context, what: str, form: str, out: Path | None, ledger: str | None) -> None:
    """Write the ledger's claims, incidents or codings as JSON Lines or CSV.

    claims: one row for each claim, with its words, speaker, value as said and as read. incidents: one row for each
    incident, with its figures by harm and side. codings: what `recount code` prints, one JSON object a report, each
    incident with the ledger's id of what it was linked to.

    \b
    Examples:
      recount export claims --as csv --out claims.csv
      recount export incidents | jq .id
      recount export codings --out codings.jsonl
    """
    from recount.cli import screen
    from recount.errors import WrongUse
    from recount.export import FORMATS

    name = f"{what}.{form}"
    if name not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise WrongUse(f"{what} cannot be written as {form}", "", f"There are: {known}.")
    bar = screen.Bar(f"writing {what}", wanted=screen.apart(out))
    with opened(chosen_settings(ctx, ledger)) as book, output(out) as stream, bar:
        FORMATS[name](book, stream)
