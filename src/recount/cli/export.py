"""`recount export FORMAT`: claims, incidents or codings of the ledger as data."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from recount.cli.options import LedgerOption, chosen_settings, opened
from recount.cli.outputs import OutOption, output


class What(StrEnum):
    """What can be exported."""

    claims = "claims"
    incidents = "incidents"
    codings = "codings"


class Form(StrEnum):
    """The forms of an export."""

    jsonl = "jsonl"
    csv = "csv"


def export(
    ctx: typer.Context,
    what: Annotated[What, typer.Argument(metavar="FORMAT", help="claims, incidents or codings.", show_default=False)],
    form: Annotated[Form, typer.Option("--as", help="JSON Lines or CSV (codings: JSON Lines only).")] = Form.jsonl,
    out: OutOption = None,
    ledger: LedgerOption = None,
) -> None:
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
