"""Judgements carried over to what is current: better rules give event reports other ids, and linking other incidents."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from recount.records import EventReport, Incident, Judgement
from recount.store.neighbours import Neighbours


def restated(index: Neighbours, judgements: Sequence[Judgement]) -> tuple[list[Judgement], list[Incident]]:
    """The judgements with their event reports as now told, and the incidents that they name, current or not.

    An event report that a newer extraction no longer tells is taken for the one of the same report that shares most
    claims with it; without any such it stays as it is, and the judgement waits.
    """
    if not judgements:
        return [], []
    named = {subject for judgement in judgements for subject in judgement.subjects}
    incidents = index.incidents(named)
    told = named.union(*(incident.event_reports for incident in incidents))
    now = _successors(index, told)
    carried = [replace(j, subjects=tuple(dict.fromkeys(now.get(s, s) for s in j.subjects))) for j in judgements]
    members = [tuple(dict.fromkeys(now.get(e, e) for e in i.event_reports)) for i in incidents]
    return carried, [replace(i, event_reports=m) for i, m in zip(incidents, members, strict=True)]


def _successors(index: Neighbours, ids: set[str]) -> dict[str, str]:
    """For each of the event reports that is no longer told, the one that took its place."""
    current = index.current(ids)
    past = index.event_reports(ids - current)
    of_report: dict[str, list[EventReport]] = {}
    for event in index.told_by({event.report for event in past}):
        of_report.setdefault(event.report, []).append(event)
    found = {event.id: _successor(event, of_report.get(event.report, ())) for event in past}
    return {old: new for old, new in found.items() if new is not None}


def _successor(past: EventReport, told: Sequence[EventReport]) -> str | None:
    claims = set(past.claims)
    shared = {event.id: len(claims.intersection(event.claims)) for event in told}
    best = max(told, key=lambda e: (shared[e.id], e.key == past.key, e.id), default=None)
    return best.id if best is not None and (shared[best.id] or len(told) == 1) else None
