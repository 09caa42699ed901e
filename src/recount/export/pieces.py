"""A ledger in pieces that fit into memory: some incidents with all the reports that tell of them.

An operation and its parts stay in one piece. A report may be in several pieces; `Plan.shared` names those, so that what
is said of their claims can be put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recount.export.ground import Ground, ground_from
from recount.records import Incident, Record
from recount.store.left import left
from recount.store.outline import coded_reports, tellers

if TYPE_CHECKING:
    from recount.store.contract import Ledger

SIZE = 200
"""Incidents of a piece, operations counted with their parts."""


class Piece(Record, frozen=True):
    """Incidents, and the ids of the reports that tell of them."""

    incidents: tuple[Incident, ...]
    reports: tuple[str, ...]


class Plan(Record, frozen=True):
    """A whole ledger in pieces, the reports that are in more than one, and those that tell of no incident."""

    pieces: tuple[Piece, ...]
    shared: frozenset[str]
    alone: tuple[str, ...]


def planned(ledger: Ledger, size: int = SIZE) -> Plan:
    """How to walk through a ledger; needs memory for its incidents, not for its claims."""
    report_of = tellers(ledger)
    pieces = []
    for incidents in _batches(_families(list(ledger.incidents())), size):
        told = dict.fromkeys(report_of[e] for i in incidents for e in i.event_reports if e in report_of)
        pieces.append(Piece(incidents=tuple(incidents), reports=tuple(told)))
    met = Counter(r for piece in pieces for r in piece.reports)
    return Plan(
        pieces=tuple(pieces),
        shared=frozenset(r for r, times in met.items() if times > 1),
        alone=tuple(report for report in coded_reports(ledger) if report not in met),
    )


def ground_for(ledger: Ledger, piece: Piece) -> Ground:
    """The records of a piece."""
    return ground_from(left(ledger, piece.reports), piece.incidents)


def grounds(ledger: Ledger, size: int = SIZE) -> Iterator[Ground]:
    """The whole ledger, piece by piece: first all incidents in the ledger's order, then reports that tell of none."""
    plan = planned(ledger, size)
    for piece in plan.pieces:
        yield ground_for(ledger, piece)
    for start in range(0, len(plan.alone), size):
        yield ground_for(ledger, Piece(incidents=(), reports=plan.alone[start : start + size]))


def _families(incidents: Sequence[Incident]) -> Iterator[list[Incident]]:
    """Each incident that is part of none, with its parts at any depth behind it."""
    known = {incident.id: place for place, incident in enumerate(incidents)}
    below: dict[str, list[Incident]] = {}
    for incident in incidents:
        if incident.part_of in known:
            below.setdefault(incident.part_of or "", []).append(incident)
    seen: set[str] = set()
    tops = [i for i in incidents if i.part_of not in known]
    for top in (*tops, *incidents):  # the second round meets only incidents that are parts of one another in a circle
        if top.id not in seen:
            first, *parts = _with_parts(top, below, seen)
            yield [first, *sorted(parts, key=lambda i: known[i.id])]


def _with_parts(top: Incident, below: dict[str, list[Incident]], seen: set[str]) -> list[Incident]:
    found, waiting = [], [top]
    while waiting:
        incident = waiting.pop(0)
        if incident.id in seen:
            continue
        seen.add(incident.id)
        found.append(incident)
        waiting += below.get(incident.id, [])
    return found


def _batches(families: Iterator[list[Incident]], size: int) -> Iterator[list[Incident]]:
    batch: list[Incident] = []
    for family in families:
        batch += family
        if len(batch) >= size:
            yield batch
            batch = []
    if batch:
        yield batch
