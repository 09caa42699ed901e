"""Which place is meant: every reading of every name is scored against the rest of the report.

The policy is a table of named features with weights in bits. Countries, provinces and peoples that the report names,
areas said to hold a place, the other places of the report, the publisher's readers and the number of inhabitants speak
for a reading.
"""

from __future__ import annotations

import math
from datetime import date

from recount.resolve.places_gazetteer import Gazetteer, holds, rough_km
from recount.resolve.places_readings import KINDS, Context, Name
from recount.resolve.places_world import Spot

WEIGHTS = {
    "inhabitants": 1.3,  # for each power of ten
    "own name": 1.5,
    "edited entry": 1.5,
    "country": 9.0,
    "province": 3.0,
    "region": 4.0,
    "sea": 12.0,
    "seat of a government": 3.0,
    "kind fits": 7.0,
    "kind does not fit": -5.0,
    "county without its type word": -4.0,
    "said to be in": 9.0,
    "holds a place named before it": 6.0,
    "country named": 3.0,
    "people named": 1.5,
    "province named": 3.0,
    "near other places": 4.0,
    "publisher": 1.5,
    "country given": 4.0,
    "not there at the time": -3.0,
    "meant by the bare name": 6.0,
}
"""The policy: what each feature adds to a reading's score."""

FIRST_PULL = 0.4  # share of "near other places" given before the surer names are known
MOST_ANCHORS = 10
_ANCHORING = frozenset({"settlement", "near", "district", "province"})
OUT_OF_REACH = 12.0  # bits behind: the other places cannot turn it any more
LARGE_TOWN = 200_000


def score_alone(names: dict[str, Name], context: Context, known: Gazetteer) -> None:
    most = max(context.countries.values(), default=1)
    crowd = max(context.peoples.values(), default=1)
    for name in names.values():
        fitting = {level for kind in name.kinds for level in KINDS.get(kind, ())}
        for at, spot in enumerate(name.spots):
            features = [("inhabitants", math.log10(spot.population + 1))]
            features += _own_features(spot, fitting, bool(name.kinds))
            if (
                spot.level == "settlement"
                and name.key in known.seats
                and (spot.curated or spot.population >= LARGE_TOWN)
            ):
                features.append(("seat of a government", 1.0))
            if spot.level != "country":
                if context.countries[spot.country or ""]:
                    features.append(("country named", context.countries[spot.country or ""] / most))
                if (spot.country or "", spot.area[1]) in context.provinces and spot.level != "province":
                    features.append(("province named", 1.0))
            if context.peoples[spot.country or ""]:
                features.append(("people named", context.peoples[spot.country or ""] / crowd))
            if context.when and not _existed(spot, context.when):
                features.append(("not there at the time", 1.0))
            if spot.country and spot.country == context.publisher:
                features.append(("publisher", 1.0))
            if spot.country and spot.country == context.hint:
                features.append(("country given", 1.0))
            _add(name, at, features)


def _existed(spot: Spot, when: date) -> bool:
    """Whether a place bore its name on a day."""
    return (spot.first is None or spot.first <= when) and (spot.last is None or when <= spot.last)


def _own_features(spot: Spot, fitting: set[str], kinds: bool) -> list[tuple[str, float]]:
    features = []
    if spot.own:
        features.append(("own name", 1.0))
    if spot.alone and not kinds:
        features.append(("meant by the bare name", 1.0))
    if spot.curated:
        features.append(("edited entry", 1.0))
    if spot.level in ("country", "province", "region", "sea"):
        features.append((spot.level, 1.0))
    if kinds and fitting:
        features.append(("kind fits" if spot.level in fitting else "kind does not fit", 1.0))
    elif spot.level == "district" and not spot.curated:
        features.append(("county without its type word", 1.0 if spot.country == "US" else 0.6))
    return features


def _add(name: Name, at: int, features: list[tuple[str, float]]) -> None:
    for feature, amount in features:
        bits = WEIGHTS[feature] * amount
        name.scores[at] += bits
        name.reasons[at].append((feature, bits))


def score_together(names: dict[str, Name]) -> None:
    """Areas said to hold a name, then the other places of the report, twice so that the surer names pull the others."""
    for name in names.values():
        for key in dict.fromkeys(name.inside):
            outer = names[key]
            for at, spot in enumerate(name.spots):
                if any(holds(area, spot) or _overlaps(area, spot) for area in outer.spots):
                    _add(name, at, [("said to be in", 1.0)])
            for at, area in enumerate(outer.spots):
                if any(holds(area, spot) for spot in name.spots[:8]):
                    _add(outer, at, [("holds a place named before it", 1.0)])
    anchors = _anchors(names)
    _draw(names, anchors, FIRST_PULL)
    _draw(names, _anchors(names), 1 - FIRST_PULL)


def _anchors(names: dict[str, Name]) -> list[tuple[Name, Spot, float]]:
    """The surest names with their readings in front: what the others are measured against."""
    found = [(name, best, name.sure()) for name in names.values() if (best := name.best()) and best.level in _ANCHORING]
    return sorted(found, key=lambda anchor: -anchor[2])[:MOST_ANCHORS]


def _draw(names: dict[str, Name], anchors: list[tuple[Name, Spot, float]], share: float) -> None:
    """Let the anchors speak for the readings near to them."""
    for name in names.values():
        if len(name.spots) < 2:
            continue
        least = max(name.scores) - OUT_OF_REACH
        for at, spot in enumerate(name.spots):
            if name.scores[at] >= least and spot.level not in ("country", "sea"):
                country = spot.country
                pull = sum(
                    [
                        sure * _pull(spot, best)
                        for other, best, sure in anchors
                        if other is not name and (best.country == country or _reaches(spot, best))
                    ]
                )
                if pull:
                    _add(name, at, [("near other places", share * min(1.5, pull))])


def _overlaps(area: Spot, spot: Spot) -> bool:
    """A region has no list of members: a place within its reach may be in it."""
    return area.level in ("region", "near") and (area.country in (None, spot.country)) and rough_km(area, spot) < 400


def _reaches(one: Spot, other: Spot) -> bool:
    """Whether places of different countries may be neighbours: most pairs lie further apart in latitude alone."""
    if not one.country or not other.country:
        return True
    return one.latitude is not None and other.latitude is not None and abs(one.latitude - other.latitude) <= 1


def _pull(one: Spot, other: Spot) -> float:
    if one.country != other.country and one.country and other.country:
        # Most pairs lie further apart than that in latitude alone: the distance is not asked for them.
        if one.latitude is None or other.latitude is None or abs(one.latitude - other.latitude) > 1:
            return 0.0
        return 0.4 if rough_km(one, other) < 100 else 0.0
    if one.latitude is None or other.latitude is None or abs(one.latitude - other.latitude) > 5:
        return 0.05
    reach = rough_km(one, other)
    wide = 1.0 if other.level in ("settlement", "near", "district") else 0.5
    same = 0.3 if one.area[1] == other.area[1] != "" else 0.0
    return wide * (0.7 if reach < 60 else 0.45 if reach < 161 else 0.15 if reach < 500 else 0.05) + same
