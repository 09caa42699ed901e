"""Parts and wholes after a partial linking: looked for among the incidents of the same country and days."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from msgspec.structs import replace

from recount.link.operations import LONGEST, Span, with_operations
from recount.link.profile import profiles_of
from recount.records import EventReport, Incident
from recount.store.neighbours import Neighbours


def with_parts(
    index: Neighbours, linked: Sequence[Incident], before: Collection[str]
) -> tuple[list[Incident], list[Incident]]:
    """The incidents just linked with what they are part of, and others whose whole has changed by it.

    `before` are the incidents that the event reports were in until now. The index already holds the new spans.
    """
    new = {incident.id for incident in linked}
    parts = _maybe_parts(index, linked, new | set(before)) - set(before) | new
    wholes = _wholes(index, index.spans(parts))
    held = {i.id: i for i in index.incidents((parts | wholes) - new)} | {i.id: i for i in linked}
    events = _events(index, held.values())
    bare = [replace(i, part_of=None, part_reason="") if i.id in parts else i for i in held.values()]
    found = with_operations(sorted(bare, key=_by_day), events, profiles_of(list(events.values()), {}))
    placed = {i.id: i for i in found if i.id in parts}
    return [placed[i.id] for i in linked], [i for n, i in placed.items() if n not in new and i != held[n]]


def _maybe_parts(index: Neighbours, linked: Sequence[Incident], changed: Collection[str]) -> set[str]:
    """Incidents that may be part of one just linked, or were part of one that changed."""
    found = index.parts_of(changed)
    for span in index.spans(i.id for i in linked):
        if span.wide and span.last - span.first <= LONGEST:
            found |= index.begun(span.country, span.first, span.last)
    told = index.event_reports(e for i in linked for e in i.event_reports)
    return found | index.homes(e.id for e in index.told_by(e.report for e in told))


def _wholes(index: Neighbours, spans: Iterable[Span]) -> set[str]:
    """Incidents that one with such a span may be part of."""
    cells = {(span.country, span.first) for span in spans}
    return {whole for country, first in cells for whole in index.spanning(country, first, LONGEST)}


def _events(index: Neighbours, incidents: Iterable[Incident]) -> dict[str, EventReport]:
    told = index.event_reports(e for i in incidents for e in i.event_reports)
    return {event.id: event for event in told}


def _by_day(incident: Incident) -> tuple[bool, str, str]:
    return (incident.days.first is None, str(incident.days.first), incident.id)
