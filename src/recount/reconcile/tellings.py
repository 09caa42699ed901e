"""Every toll claim of an incident in one list: who tells which figure of whom, published when, about how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

import msgspec

from recount.records import (
    Claim,
    EventReport,
    Harm,
    Hedge,
    Incident,
    Party,
    Place,
    PlaceLevel,
    Record,
    Report,
    Side,
    Toll,
    TollLine,
)
from recount.values.counts import point
from recount.values.texts import fold

Cell = tuple[Harm, Side]
Scope = Literal["own", "phase", "part"]
WIDE: frozenset[PlaceLevel] = frozenset({"province", "region", "country"})


class Telling(Record, frozen=True):
    """One toll claim as told.

    `scope`: "own" is of the whole incident, "phase" of the same whole at another time, "part" of a smaller incident
    inside it, and `inside` the parts that hold that one. `subset` marks people already counted in another line;
    `superseded` a state that the same report corrects. `also` are further claims whose figures are added into this one
    (see `items.merged`).
    """

    claim: str
    report: str
    event_report: str
    incident: str
    published: date | None
    toll: Toll
    by: str | None
    party: Party
    hedge: Hedge | None
    scope: Scope
    subset: bool
    superseded: bool
    quote: str
    start: int
    said: str = ""
    inside: tuple[str, ...] = ()
    also: tuple[str, ...] = ()

    @property
    def cell(self) -> Cell:
        """Harm and side of the victims."""
        return self.toll.harm, self.toll.side

    @property
    def all_claims(self) -> tuple[str, ...]:
        """The claim and those added into it."""
        return (self.claim, *self.also)

    @property
    def number(self) -> int | None:
        """The figure as a coder would enter it."""
        return point(self.toll.count)

    @property
    def counts(self) -> bool:
        """Whether it is a figure of the whole: no subset, no part, not corrected, with a number."""
        return self.scope != "part" and not self.subset and not self.superseded and self.number is not None


def tellings(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
) -> tuple[Telling, ...]:
    """All toll claims of an incident and its parts, by publication day (undated last), report and place in the text.

    `event_reports` and `claims` may hold more than the incident's own; the rest is ignored.
    """
    events = {e.id: e for e in event_reports}
    said = {c.id: c for c in claims}
    stakes = {(c.report, fold(s.name)): s.party for c in said.values() for s in c.speakers}
    found: list[Telling] = []
    for member, scope, inside in scopes(incident, parts):
        for event in (events[e] for e in member.event_reports if e in events):
            published = reports[event.report].published if event.report in reports else None
            for line in event.tolls:
                claim = _with_voice(line, said)
                stake = stakes.get((event.report, fold(line.by or "")))
                found.append(_telling(line, event, member.id, scope, inside, published, claim, stake))
    return tuple(sorted(found, key=order))


def scopes(incident: Incident, parts: Sequence[Incident]) -> list[tuple[Incident, Scope, tuple[str, ...]]]:
    """The incident and its parts (of any depth), each with its scope and the parts of a smaller scope that hold it."""
    below = {p.id: p for p in parts}
    found: list[tuple[Incident, Scope, tuple[str, ...]]] = [(incident, "own", ())]
    for part in parts:
        holders = [h for h in _above(part, below) if not same_scope(h, incident)]
        phase = not holders and same_scope(part, incident)
        found.append((part, "phase" if phase else "part", tuple(h.id for h in holders)))
    return found


def _above(part: Incident, below: Mapping[str, Incident]) -> list[Incident]:
    """The parts that hold a part, nearest first."""
    found: list[Incident] = []
    while (holder := below.get(part.part_of or "")) is not None and holder not in found:
        found.append(holder)
        part = holder
    return found


def order(telling: Telling) -> tuple[date, str, bool, int, str]:
    """Publication day (undated last), report, corrected figures first, place in the text."""
    return telling.published or date.max, telling.report, not telling.superseded, telling.start, telling.claim


def _with_voice(line: TollLine, said: Mapping[str, Claim]) -> Claim | None:
    """The line's claim; with the speakers of one that repeats it where it has none of its own (a headline)."""
    claim = said.get(line.claim)
    if claim is None or claim.speakers:
        return claim
    voiced = next((said[r] for r in line.repeats if r in said and said[r].speakers), None)
    return claim if voiced is None else msgspec.structs.replace(claim, speakers=voiced.speakers)


def _telling(
    line: TollLine,
    event: EventReport,
    incident: str,
    scope: Scope,
    inside: tuple[str, ...],
    published: date | None,
    claim: Claim | None,
    stake: Party | None,
) -> Telling:
    nearest = claim.speakers[0] if claim and claim.speakers else None
    outlet: Party = stake or ("media" if claim else "unknown")
    return Telling(
        claim=line.claim,
        report=event.report,
        event_report=event.id,
        incident=incident,
        published=published,
        toll=line.toll,
        by=line.by or (nearest.name if nearest else None),
        party=nearest.party if nearest else outlet,
        hedge=claim.hedge if claim else None,
        scope=scope,
        subset=line.subset,
        superseded=line.superseded_by is not None,
        quote=line.quote or (claim.quote if claim else ""),
        start=claim.start if claim else 0,
        said=claim.said if claim else "",
        inside=inside,
    )


MANY_PLACES = 4
"""Places of one region from which an incident is told of the region: "attacks across nine towns"."""


def same_scope(part: Incident, whole: Incident) -> bool:
    """Whether a part spans the same ground as the whole: a region that both name or that many
    of its places stand for, or the same places."""
    inner, outer = _names(part.places), _names(whole.places)
    regions = {fold(p.name) for p in whole.places if p.level in WIDE or fold(p.name) == fold(whole.admin1 or "")}
    across = len(inner) >= MANY_PLACES and fold(part.admin1 or "") in regions
    return bool(inner & regions) or (bool(inner) and inner == outer) or across


def _names(places: Sequence[Place]) -> set[str]:
    return {fold(p.name) for p in places}


def by_cell(found: Iterable[Telling]) -> dict[Cell, list[Telling]]:
    """Tellings by harm and side, in order of harm and side."""
    cells: dict[Cell, list[Telling]] = {}
    for telling in found:
        cells.setdefault(telling.cell, []).append(telling)
    return dict(sorted(cells.items()))
