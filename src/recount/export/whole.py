"""Formats in which every claim stands under its own id, or nearly so, written as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TextIO

from recount.export import claims, event_reports, tables
from recount.export.codings import write_codings
from recount.store.left import left

if TYPE_CHECKING:
    from recount.export.formats import Asked
    from recount.export.losses import Losses
    from recount.store.contract import Ledger


AGAIN = "says again what another claim of its report says, which stands once"


def claims_jsonl(ledger: Ledger, out: TextIO, losses: Losses, asked: Asked) -> None:
    """All claims as JSON Lines."""
    tables.write_jsonl(_counted(claims.rows(ledger), losses), out)


def claims_csv(ledger: Ledger, out: TextIO, losses: Losses, asked: Asked) -> None:
    """All claims as CSV."""
    tables.write_csv(_counted(claims.rows(ledger), losses), claims.COLUMNS, out)


def codings_jsonl(ledger: Ledger, out: TextIO, losses: Losses, asked: Asked) -> None:
    """All codings in the codebook's shape. They show figures, days and attributions, not claims under their ids."""
    write_codings(ledger, out)
    for one in left(ledger):
        coding = one.coding
        losses.rows += 1
        shown = {line.claim for told in coding.event_reports for line in told.tolls}
        shown |= {line.claim for told in coding.statistics for line in told.tolls}
        shown |= {told.claim for told in coding.attributions}
        for fate in event_reports.fates_of(one):
            if fate.claim in shown:
                losses.add(fate._replace(where="in_file", rows=coding.report.id, reason=""))
            elif fate.where == "in_file":
                losses.add(fate._replace(where="collapsed", reason=AGAIN))
            else:
                losses.add(fate)


def event_reports_csv(ledger: Ledger, out: TextIO, losses: Losses, asked: Asked) -> None:
    """The report-level table as CSV."""
    event_reports.write_csv(ledger, out, losses)


def _counted(rows: Iterable[tables.Row], losses: Losses) -> Iterator[tables.Row]:
    for row in rows:
        losses.rows += 1
        yield row
    losses.whole(losses.rows)
