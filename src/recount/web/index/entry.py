"""One incident worked out for the lists: its row, the words it is found by, its totals, its card, its open questions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from recount.export.ground import Dossier, Ground
from recount.export.incidents import sources_of, summaries_of
from recount.export.page import views, wording
from recount.reconcile import RULE_SETS, Summary, disagreements, figures, timeline
from recount.reconcile.figures import done_by_state, figures_of
from recount.reconcile.tellings import tellings
from recount.records import Disagreement, Figure, Incident, Record
from recount.review.queue import Item, items_of
from recount.values.texts import fold


class Cell(Record, frozen=True):
    """One harm and side as claimed."""

    harm: str
    side: str
    low: int | None
    high: int | None
    disputed: bool = False


class Card(Record, frozen=True):
    """What a list shows of an incident."""

    id: str
    title: str
    label: str
    kind: str
    days: str
    first: date | None
    actors: str
    cells: tuple[Cell, ...]
    sources: int
    reports: int
    disputed: bool
    open: int
    part_of: str | None
    parts: int


class Entry(Record, frozen=True):
    """All that the index keeps of one incident."""

    incident: Incident
    card: Card
    facets: tuple[tuple[str, str], ...]
    totals: tuple[Figure, ...]
    clashes: tuple[tuple[str, str, str], ...]
    items: tuple[Item, ...]
    point: tuple[float, float, bool] | None
    reports: tuple[str, ...]


def entry_of(incident: Incident, ground: Ground, judged: frozenset[str]) -> Entry:
    """The entry of one incident; `judged` are the ids of records that a standing decision speaks of."""
    dossier = ground.dossier(incident)
    told = (incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    summaries = summaries_of(dossier, ground)
    points = timeline(*told)
    disagreed = disagreements(*told)
    claims = {c.id: c for c in dossier.claims}
    own = [p for p in points if p.report in {e.report for e in dossier.event_reports}]
    items = items_of(incident.id, dossier.event_reports, claims, dossier.links, disagreed, own)
    open_items = tuple(i for i in items if not is_done(i, judged))
    reports = tuple(dict.fromkeys(e.report for e in dossier.event_reports))
    card = Card(
        id=incident.id,
        title=views.title_of(incident),
        label=incident.label,
        kind=incident.kind,
        days=wording.days_text(incident.days),
        first=incident.days.first,
        actors=wording.actors_text(incident.actors),
        cells=tuple(_cell(s) for s in summaries),
        sources=sources_of(dossier, ground),
        reports=len(reports),
        disputed=any(s.disputed for s in summaries),
        open=len(open_items),
        part_of=incident.part_of,
        parts=len(dossier.parts),
    )
    return Entry(
        incident=incident,
        card=card,
        facets=tuple(dict.fromkeys(_facets(incident, summaries, ground, dossier.claims))),
        totals=tuple(_totals(dossier, ground)),
        clashes=tuple(_clashes(disagreed, ground)),
        items=tuple(items),
        point=_point(incident),
        reports=reports,
    )


def is_done(item: Item, judged: frozenset[str]) -> bool:
    """Whether a standing decision speaks of what the item asks about."""
    asked = item.event_report if item.kind == "link" else item.claims[0]
    return asked in judged


def packed(card: Card) -> bytes:
    """The card as the index keeps it."""
    return msgspec.json.encode(card)


def _cell(summary: Summary) -> Cell:
    return Cell(harm=summary.harm, side=summary.side, low=summary.low, high=summary.high, disputed=summary.disputed)


def _facets(
    incident: Incident, summaries: Iterable[Summary], ground: Ground, claims: Iterable[object]
) -> Iterable[tuple[str, str]]:
    for place in incident.places:
        yield from (("place", name) for name in (place.name, place.admin2, place.admin1) if name)
    yield from (("place", name) for name in (incident.admin1, incident.country) if name)
    for actor in (*incident.actors, *incident.targets):
        yield "actor", actor.neutral or actor.name
    for row in summaries:
        yield "side", row.side
        yield "harm", row.harm
        yield from (("speaker", name) for name in row.speakers)


def _totals(dossier: Dossier, ground: Ground) -> Iterable[Figure]:
    """The killed of all sides under each rule set; where it gives no total, those of the one side that it counts.

    Without parts the tellings are gathered once for all rule sets, which is most of the work.
    """
    incident = dossier.incident
    told = (incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    killed = [t for t in tellings(*told) if t.toll.harm == "killed"]
    by_state = done_by_state(incident)
    for name, rules in RULE_SETS.items():
        if dossier.parts:
            found = figures(*told, rules=name)
        elif by_state and not rules.states:
            found = []
        else:
            found = figures_of(incident, rules, killed, ground.reports)
        yield _total(found, name)


def _total(found: list[Figure], name: str) -> Figure:
    of_killed = [f for f in found if f.harm == "killed"]
    total = next((f for f in of_killed if f.side is None), of_killed[0] if len(of_killed) == 1 else None)
    if total is not None:
        return total
    return Figure(incident="", rule_set=name, version="", harm="killed", side=None, low=None, best=None, high=None)


def _clashes(disagreed: Iterable[Disagreement], ground: Ground) -> Iterable[tuple[str, str, str]]:
    """Who disagrees with whom: kind of disagreement and the two outlets, in alphabetical order."""
    for found in disagreed:
        told = [ground.claims[c] for c in found.claims if c in ground.claims]
        named = sorted({_source(ground.reports[c.report].outlet, ground.reports[c.report].name) for c in told})
        if named:
            yield found.kind, named[0], named[-1]


def _source(outlet: str | None, name: str) -> str:
    return outlet or name


def _point(incident: Incident) -> tuple[float, float, bool] | None:
    for place in incident.places:
        if place.latitude is not None and place.longitude is not None:
            exact = place.level in ("point", "settlement") and not place.relation
            return round(place.latitude, 3), round(place.longitude, 3), exact
    return None


def folded(value: str) -> str:
    """A facet's value as it is looked up."""
    return fold(value)
