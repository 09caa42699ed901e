"""What ties a place to an incident: how its mentions stand in their clauses, and which areas hold which.

Every trait says the level of the place too: "in" before a town and "in" before a country tell different things.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from recount.assemble.choose_frame import place_of
from recount.assemble.choose_view import Mention, View
from recount.records import Claim, Place
from recount.values.places import within

RANK = {"point": 0, "settlement": 0, "near": 0, "district": 1, "province": 2, "region": 2, "country": 3}
_LEVELS = ("fine", "district", "province", "country")
_SHARES = ((0.1, "hardly"), (0.3, "some"), (0.5, "many"), (0.7, "most"), (0.9, "nearly all"))
_STEPS = (-5, -2, -1, 0, 1, 2, 4, 8)


def coarse(place: Place) -> int:
    """How wide a place is: 0 a point or town, 1 a district, 2 a province or region, 3 a country."""
    return RANK.get(place.level, 2)


def inside(inner: Place, outer: Place) -> bool:
    """Whether a place lies in an area; a part of a country ("southern Zedland") counts as the country."""
    if outer.level == "region" and outer.admin1 is None and outer.country is not None:
        return inner.country == outer.country and coarse(inner) < 2
    return within(inner, outer)


def ties(view: View, mentions: Sequence[Claim], nearest: Mention) -> Iterator[str]:
    """The traits of a candidate that its clauses and the areas around it give."""
    level = _LEVELS[coarse(place_of(nearest.claim))]
    for trait in (*_of_clause(view, nearest), *_of_all(view, mentions), *_of_areas(view, nearest.claim)):
        yield f"{level}: {trait}"


def _of_clause(view: View, nearest: Mention) -> Iterator[str]:
    claim, clause = nearest.claim, view.frame.clause(nearest.claim)
    yield f"governed by {clause.governor or 'none'}"
    for name in ("possessive", "acts", "turned", "comma", "name_next"):
        if getattr(clause, name):
            yield name
    yield f"events {clause.events}"
    yield f"{sum(kind in view.kinds for kind in clause.kinds)} words of its kind beside"
    crossed = view.crossed(claim)
    yield f"figures {crossed}"
    yield f"{view.gap(claim)}, {crossed}, {'located' if clause.located else 'not located'}"
    yield f"rank {min(nearest.rank, 12)}"
    row = view.frame.places_in[claim.passage]
    finer = sum(coarse(place_of(c)) < coarse(place_of(claim)) for c in row)
    yield f"{min(3, sum(c.start < claim.start for c in row))} of {min(len(row), 4)}, {min(finer, 2)} finer"
    if place_of(claim).relation:
        yield "loosened"


def _of_all(view: View, mentions: Sequence[Claim]) -> Iterator[str]:
    frame, count = view.frame, min(len(mentions), 3)
    clauses = [frame.clause(c) for c in mentions]
    yield f"{min(3, sum(c.located for c in clauses))} of {count} located"
    yield f"{min(3, sum(c.acts or c.possessive for c in clauses))} of {count} act"
    second = sorted(m.rank for m in view.mentions(mentions))[1] if len(mentions) > 1 else 50
    yield f"second mention {_step(second)}"
    yield f"named first {min(frame.order[mentions[0].start], 4)}, draft {min(view.number, 2)}"
    apart = mentions[0].passage - view.draft.scenes[0].passage.index
    yield f"begins {_step(apart)} from it, {'only' if len(frame.drafts) == 1 else 'one'} draft"
    here = sum(c.start in view.inside for c in mentions)
    others = {n for c in mentions for n in frame.tellers.get(c.passage, ()) if n != view.number}
    yield f"{count} mentions, {min(here, 3)} here, {min(len(others), 2)} others"


def _step(apart: int) -> str:
    return next((f"up to {bound}" for bound in _STEPS if apart <= bound), "far")


def _of_areas(view: View, claim: Claim) -> Iterator[str]:
    place, frame = place_of(claim), view.frame
    row = [place_of(c) for c in frame.places_in[claim.passage] if c.start != claim.start]
    if any(inside(place, other) for other in row):
        yield "inside one beside it"
    if any(inside(other, place) for other in row):
        yield "holds one beside it"
    story, near = view.told_places, view.near_places
    yield f"holds {min(2, sum(inside(p, place) for p in story))} of its story"
    yield f"inside {min(2, sum(inside(place, p) for p in story))} of {min(len(story), 3)} of its story"
    yield f"holds {min(2, sum(inside(p, place) for p in near))} nearby"
    yield f"inside {min(2, sum(inside(place, p) for p in near))} nearby"
    yield f"holds {min(2, sum(inside(p, place) for p in frame.lead_places))} of the lead"
    yield f"{_share(sum(p.country == place.country for p in story), len(story))} of its story's country"
    every = len(frame.places)
    yield f"{_share(frame.countries[place.country], every)} of the report's country"
    if place.candidates and place.candidates[0].population > 500_000:
        yield "large"


def _share(part: int, whole: int) -> str:
    share = part / whole if whole else 0.0
    return next((name for bound, name in _SHARES if share <= bound), "all")
