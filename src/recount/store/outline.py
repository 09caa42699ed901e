"""Which report tells what, by ids alone: for planning a walk through a ledger without reading its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from recount.store import looking
from recount.store import schema as s

if TYPE_CHECKING:
    from recount.store.contract import Ledger


def coded_reports(ledger: Ledger) -> list[str]:
    """The ids of all reports that are coded, in the order of `Ledger.codings`."""
    with ledger.connected() as connection:
        return list(connection.scalars(looking.coded_reports()))


def tellers(ledger: Ledger) -> dict[str, str]:
    """The report of each current event report."""
    e, current = s.event_reports.c, s.current_extractions.c
    ask = select(e.id, e.report).join(s.current_extractions, current.extraction == e.extraction)
    with ledger.connected() as connection:
        return dict(map(tuple, connection.execute(ask)))
