"""Clusters of event reports become incidents and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from recount.link.compare import Comparison, sentence
from recount.link.judged import Judged
from recount.link.policy import probability
from recount.link.words import place_key
from recount.records import Actor, Days, EventReport, Incident, Kind, Link, Place, Report, content_id

ROLE_RANK = {"main": 0, "other": 1, "background": 2}


class Compare(Protocol):
    """Compares two event reports: in full, with the reasons, or as a score alone."""

    def __call__(self, one: str, other: str) -> Comparison:
        """The comparison with its features."""
        ...

    def score(self, one: str, other: str) -> float:
        """Its score."""
        ...


def in_order(events: Iterable[EventReport], reports: Mapping[str, Report]) -> list[EventReport]:
    """Event reports by publication day (undated last), then id: the first one founds the incident."""

    def key(event: EventReport) -> tuple[date, str]:
        report = reports.get(event.report)
        return (report.published if report and report.published else date.max, event.id)

    return sorted(events, key=key)


def incident_id(event_report: str) -> str:
    """The id of an incident founded by this event report."""
    return content_id("i", event_report)


def name_of(members: Sequence[EventReport], taken: Mapping[str, str]) -> str:
    """The incident's id: that of a member which already founds a current one (`taken`), else of the first member."""
    standing = [e.id for e in members if taken.get(incident_id(e.id)) == e.id]
    return incident_id(standing[0] if standing else members[0].id)


def incident_of(members: Sequence[EventReport], id: str) -> Incident:
    """One incident from its event reports (in order): the most telling label, day and kind, all places and parties."""
    best = min(members, key=lambda e: (ROLE_RANK[e.role], -len(e.tolls), members.index(e)))
    return Incident(
        id=id,
        label=best.label,
        kind=_common_kind(members),
        days=_days(members),
        places=_places(members),
        country=_most(e.country for e in members),
        admin1=_most(e.admin1 for e in members),
        actors=_actors(a for e in members for a in e.actors),
        targets=_actors(a for e in members for a in e.targets),
        event_reports=tuple(e.id for e in members),
    )


def _most(values: Iterable[str | None]) -> str | None:
    counted = Counter(v for v in values if v)
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _common_kind(members: Sequence[EventReport]) -> Kind:
    counted = Counter(e.kind for e in members)
    return min(counted, key=lambda k: (k == "other", -counted[k], k))


def _days(members: Sequence[EventReport]) -> Days:
    known = [e.days for e in members if e.days.first is not None]
    if not known:
        return members[0].days
    counted = Counter((d.first, d.last) for d in known)

    def rank(days: Days) -> tuple[int, int, int]:
        first, last = days.first, days.last or days.first
        length = (last - first).days if first and last else 0
        return (length > 10, -counted[days.first, days.last], length)

    return min(known, key=rank)


def _places(members: Sequence[EventReport]) -> tuple[Place, ...]:
    found: dict[str, Place] = {}
    for place in (p for e in members for p in e.places):
        found.setdefault(place_key(place.name), place)
    return tuple(found.values())


def _actors(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    found: dict[str, Actor] = {}
    for actor in actors:
        found.setdefault(place_key(actor.neutral or actor.name), actor)
    return tuple(found.values())


def links_of(
    incident: Incident,
    members: Sequence[EventReport],
    compare: Compare,
    judged: Judged,
    stands_for: Mapping[str, str] | None = None,
) -> list[Link]:
    """One link for each event report, explained by the member that it is most like.

    A copy is held against the one that stands for it (`stands_for`), the others against each other.
    """
    stands_for = stands_for or {}
    by_id = {e.id: e for e in members}
    firsts = [e for e in members if stands_for.get(e.id, e.id) == e.id]
    found = []
    for event in members:
        first = by_id[stands_for.get(event.id, event.id)]
        others = [first] if first is not event else [m for m in firsts if m is not event]
        copies = [e for e in members if e is not event and stands_for.get(e.id) == event.id][:1] if not others else []
        found.append(_link(incident, event, others or copies, compare, judged))
    return found


def _link(
    incident: Incident, event: EventReport, others: Sequence[EventReport], compare: Compare, judged: Judged
) -> Link:
    ident = content_id("l", event.id, incident.id)
    if not others:
        return Link(
            id=ident,
            event_report=event.id,
            incident=incident.id,
            score=1.0,
            sentence="The only report of this incident so far.",
        )
    pairs = {o.id: (min(event.id, o.id), max(event.id, o.id)) for o in others}
    decided = next((judged.same[pairs[o.id]] for o in others if pairs[o.id] in judged.same), None)
    scores = {o.id: compare.score(event.id, o.id) for o in others}
    nearest = max(others, key=lambda o: (scores[o.id], o.id))
    average = sum(scores.values()) / len(others)
    best = compare(event.id, nearest.id)
    return Link(
        id=ident,
        event_report=event.id,
        incident=incident.id,
        score=1.0 if decided else probability(average),
        features=best.features,
        sentence=f"A person judged them the same ({decided})." if decided else sentence(best, nearest.label),
        made_by=decided or "linker",
    )
