"""Putting whole codings together again from their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from recount.records import Claim, Coding, EventReport, Statistic
from recount.store import looking, wire
from recount.store import schema as s


def codings_of(connection: Connection, report_ids: list[str]) -> Iterator[Coding]:
    """The current codings of these reports, in this order; those without one are left out."""
    rows = {row.report: row for row in connection.execute(looking.extractions(report_ids)).all()}
    numbers = [row.seq for row in rows.values()]
    claims: dict[int, list[Claim]] = defaultdict(list)
    for number, kept, reading, pack, _ in connection.execute(looking.claims_of(numbers)).all():
        claims[number].append(wire.claim_as_read(kept, reading, pack))
    events: dict[int, list[EventReport]] = defaultdict(list)
    for number, body, _ in connection.execute(looking.told_in(s.event_reports, numbers)).all():
        events[number].append(wire.read_event_report(body))
    statistics: dict[int, list[Statistic]] = defaultdict(list)
    for number, body, _ in connection.execute(looking.told_in(s.statistics, numbers)).all():
        statistics[number].append(wire.read_statistic(body))
    for report_id in report_ids:
        if row := rows.get(report_id):
            yield _whole(row, claims[row.seq], events[row.seq], statistics[row.seq])


def _whole(row: Any, claims: list[Claim], events: list[EventReport], statistics: list[Statistic]) -> Coding:
    _, _, pack, published, extraction, report = row
    rest = wire.read_extraction(extraction)
    return Coding(
        report=wire.report_as_read(report, published),
        passages=rest.passages,
        claims=tuple(claims),
        event_reports=tuple(events),
        statistics=tuple(statistics),
        attributions=rest.attributions,
        checks=rest.checks,
        warnings=rest.warnings,
        pack=pack,
    )
