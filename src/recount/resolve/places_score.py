"""Which place is meant: every reading of every name is scored against the rest of the report.

The policy is a table of named features with weights in bits. Countries, provinces and peoples that the report names,
areas said to hold a place, the other places of the report, the publisher's readers and the number of inhabitants speak
for a reading; the best three are kept with what spoke for each.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from recount.records import Place, PlaceCandidate
from recount.resolve.places_find import PlaceMention, find
from recount.resolve.places_gazetteer import Gazetteer, Spot, gazetteer, holds, rough_km
from recount.resolve.places_names import normal
from recount.resolve.places_precision import level_of

WEIGHTS = {
    "inhabitants": 1.3,  # for each power of ten
    "own name": 1.5,
    "edited entry": 1.5,
    "country": 9.0,
    "province": 3.0,
    "region": 4.0,
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
}
"""The policy: what each feature adds to a reading's score."""

KEPT = 3
LARGE_TOWN = 200_000
_GAP = re.compile(r"^\s*(?:,|\(|,?\s*in|,?\s*of|,?\s+(?:located|situated)?\s*in|['’]s)?\s*(?:the\s+)?(?:\w+ern\s+|occupied\s+|remote\s+|restive\s+)*$")
_STATE = re.compile(r",\s+([A-Z][A-Za-z]?\.(?:\s?[A-Z][a-z]*\.)?|[A-Z]{2}\b|[A-Z][a-z]{2,4}\.)")
_KINDS = {
    "district": ("district",), "agency": ("district",), "county": ("district",), "parish": ("district",), "tribal district": ("district",),
    "province": ("province",), "state": ("province",), "governorate": ("province", "district"), "oblast": ("province",),
    "region": ("province", "region", "district"), "division": ("region", "district", "province"), "territory": ("province",),
    "city": ("settlement",), "town": ("settlement",), "village": ("settlement", "near"), "valley": ("near", "region"),
    "tehsil": ("near", "settlement"), "area": ("near", "settlement"), "areas": ("near", "settlement"), "township": ("settlement",),
    "camp": ("settlement",), "refugee camp": ("settlement",), "municipality": ("settlement", "district"), "airport": ("settlement",),
}  # fmt: skip


class _Name(Struct):
    """One name of the report: its readings with their scores, and where it stands."""

    key: str
    spots: tuple[Spot, ...]
    kinds: set[str]
    scores: list[float]
    reasons: list[list[str]]
    inside: list[str]

    def best(self) -> Spot | None:
        """The reading in front."""
        if not self.spots:
            return None
        return self.spots[max(range(len(self.spots)), key=self.scores.__getitem__)]

    def sure(self) -> float:
        """How far the first reading leads, 0 to 1."""
        if len(self.spots) < 2:
            return 1.0
        first, second = sorted(self.scores, reverse=True)[:2]
        return min(1.0, 0.3 + (first - second) / 8)


class _Context(Struct):
    """What the report says of where it is set."""

    countries: Counter[str]
    peoples: Counter[str]
    provinces: Counter[tuple[str, str]]
    hint: str | None
    publisher: str | None


def resolve(
    mentions: Sequence[PlaceMention], *, text: str, country_hint: str | None = None, outlet: str | None = None
) -> list[Place]:
    """A place for each mention, in their order; `country` None and level "unknown" where nothing is known.

    `country_hint` is an ISO 3166 alpha-2 code that the caller knows; `outlet` a publisher's domain. The two or three best
    readings stand in `candidates`, best first, with score (bits) and reason.
    """
    known = gazetteer()
    names = _names(mentions, text, known)
    context = _context(mentions, names, text, country_hint, outlet, known)
    _score_alone(names, context, known)
    _score_together(names)
    return [_place(mention, names[_ident(mention)], names, known, context) for mention in mentions]


def _ident(mention: PlaceMention) -> str:
    return normal(mention.head or mention.name)


def _names(mentions: Sequence[PlaceMention], text: str, known: Gazetteer) -> dict[str, _Name]:
    names: dict[str, _Name] = {}
    for mention in mentions:
        key = _ident(mention)
        if key not in names:
            spots = known.spots(key)
            names[key] = _Name(key=key, spots=spots, kinds=set(), scores=[0.0] * len(spots), reasons=[[] for _ in spots], inside=[])
        if mention.kind:
            names[key].kinds.add(mention.kind)
    ordered = sorted(mentions, key=lambda m: m.start)
    for one, two in zip(ordered, ordered[1:], strict=False):
        gap = text[one.end : two.relation_start or two.start] if two.start - one.end < 60 else "."
        if gap and _GAP.match(gap):
            inner, outer = (two, one) if gap.strip()[:2] in ("'s", "’s") else (one, two)
            if _ident(inner) != _ident(outer):
                names[_ident(inner)].inside.append(_ident(outer))
    for mention in mentions:
        state = _STATE.match(text, mention.end)
        if state and (full := known.state_codes.get(state.group(1))):
            key = normal(full)
            if key not in names:
                spots = known.spots(key)
                names[key] = _Name(key=key, spots=spots, kinds=set(), scores=[0.0] * len(spots), reasons=[[] for _ in spots], inside=[])
            names[_ident(mention)].inside.append(key)
    return names


def _context(
    mentions: Sequence[PlaceMention], names: dict[str, _Name], text: str, hint: str | None, outlet: str | None, known: Gazetteer
) -> _Context:
    countries: Counter[str] = Counter()
    provinces: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        for spot in names[_ident(mention)].spots[:3]:
            if spot.level == "country" and spot.country:
                countries[spot.country] += 1
            elif spot.level == "province" and spot.country and (spot.curated or spot.own):
                provinces[spot.country, spot.area[1]] += 1
    for name in names.values():
        for key in name.inside:
            for spot in names[key].spots[:3]:
                if spot.level == "province" and spot.country:
                    provinces[spot.country, spot.area[1]] += 1
    peoples = Counter(known.people[w] for w in map(str.lower, re.findall(r"\b[A-Z][a-z]{3,}\b", text)) if w in known.people)
    return _Context(countries=countries, peoples=peoples, provinces=provinces, hint=hint, publisher=known.outlets.get(outlet or ""))


def _score_alone(names: dict[str, _Name], context: _Context, known: Gazetteer) -> None:
    most = max(context.countries.values(), default=1)
    crowd = max(context.peoples.values(), default=1)
    for name in names.values():
        fitting = {level for kind in name.kinds for level in _KINDS.get(kind, ())}
        for at, spot in enumerate(name.spots):
            features = [("inhabitants", math.log10(spot.population + 1))]
            features += _own_features(spot, fitting, bool(name.kinds))
            if spot.level != "country":
                if context.countries[spot.country or ""]:
                    features.append(("country named", context.countries[spot.country or ""] / most))
                if (spot.country or "", spot.area[1]) in context.provinces and spot.level != "province":
                    features.append(("province named", 1.0))
            if context.peoples[spot.country or ""]:
                features.append(("people named", context.peoples[spot.country or ""] / crowd))
            if spot.country and spot.country == context.publisher:
                features.append(("publisher", 1.0))
            if spot.country and spot.country == context.hint:
                features.append(("country given", 1.0))
            _add(name, at, features)


def _own_features(spot: Spot, fitting: set[str], kinds: bool) -> list[tuple[str, float]]:
    features = []
    if spot.own:
        features.append(("own name", 1.0))
    if spot.curated:
        features.append(("edited entry", 1.0))
    if spot.level in ("country", "province"):
        features.append((spot.level, 1.0))
    if spot.level in ("region", "sea"):
        features.append(("region", 1.0))
    if kinds and fitting:
        features.append(("kind fits" if spot.level in fitting else "kind does not fit", 1.0))
    elif spot.level == "district" and not spot.curated:
        features.append(("county without its type word", 1.0 if spot.country == "US" else 0.6))
    return features


def _add(name: _Name, at: int, features: list[tuple[str, float]]) -> None:
    for feature, amount in features:
        bits = WEIGHTS[feature] * amount
        name.scores[at] += bits
        name.reasons[at].append(f"{feature} {bits:+.1f}")


def _score_together(names: dict[str, _Name]) -> None:
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
    for share in (0.5, 0.5):
        anchors = [(n, b, n.sure()) for n in names.values() if (b := n.best()) and b.level in ("settlement", "near", "district", "province")]
        anchors = sorted(anchors, key=lambda a: -a[2])[:12]
        for name in names.values():
            if len(name.spots) < 2:
                continue
            for at, spot in enumerate(name.spots):
                if spot.level not in ("country", "sea"):
                    pull = sum(sure * _pull(spot, best) for other, best, sure in anchors if other is not name)
                    if pull:
                        _add(name, at, [("near other places", share * min(1.5, pull) )])


def _overlaps(area: Spot, spot: Spot) -> bool:
    """A region has no list of members: a place within its reach may be in it."""
    return area.level in ("region", "near") and (area.country in (None, spot.country)) and rough_km(area, spot) < 400


def _pull(one: Spot, other: Spot) -> float:
    if one.country != other.country and one.country and other.country:
        return 0.4 if rough_km(one, other) < 100 else 0.0
    reach = rough_km(one, other)
    wide = 1.0 if other.level in ("settlement", "near", "district") else 0.5
    same = 0.3 if one.area[1] == other.area[1] != "" else 0.0
    return wide * (0.7 if reach < 60 else 0.45 if reach < 161 else 0.15 if reach < 500 else 0.05) + same


# ------------------------------------------------------------------------------------------------ the answer


def _place(mention: PlaceMention, name: _Name, names: dict[str, _Name], known: Gazetteer, context: _Context) -> Place:
    ranked = sorted(range(len(name.spots)), key=lambda at: -name.scores[at])
    if not ranked:
        return _unlisted(mention, name, names, known, context)
    ranked = _town_or_district(mention, name, ranked)
    candidates = tuple(_candidate(name.spots[at], name.scores[at], name.reasons[at]) for at in ranked[:KEPT])
    best = name.spots[ranked[0]]
    level, why = level_of(best.level, mention.relation, mention.kind)
    lead = f", {name.scores[ranked[0]] - name.scores[ranked[1]]:.1f} ahead of {candidates[1].name} ({candidates[1].admin1 or candidates[1].country})" if len(ranked) > 1 else ""
    return Place(
        name=mention.name, country=best.country, admin1=best.name if best.level == "province" else best.admin1,
        admin2=best.name if best.level == "district" else best.admin2, latitude=best.latitude, longitude=best.longitude,
        level=level, relation=mention.relation, candidates=candidates,
        reason=f"{best.name}, {best.level}: {', '.join(name.reasons[ranked[0]][:6])}{lead}{'; ' + why if why else ''}",
    )  # fmt: skip


def _town_or_district(mention: PlaceMention, name: _Name, ranked: list[int]) -> list[int]:
    """A bare name that a town shares with its district means the district, unless the town is large (GED, appendix 3)."""
    best = name.spots[ranked[0]]
    if mention.kind or best.level not in ("settlement", "district", "province"):
        return ranked
    if best.level == "province":
        return ranked if best.curated else _capital_first(name, ranked)
    twin = "district" if best.level == "settlement" else "settlement"
    other = next((at for at in ranked[1:] if name.spots[at].level == twin and name.spots[at].country == best.country
                  and (name.spots[at].curated or best.curated) and rough_km(name.spots[at], best) < 120), None)  # fmt: skip
    if other is None:
        return ranked
    town = best if best.level == "settlement" else name.spots[other]
    wanted = "settlement" if town.population >= LARGE_TOWN else "district"
    return ranked if best.level == wanted else [other, *(at for at in ranked if at != other)]


def _capital_first(name: _Name, ranked: list[int]) -> list[int]:
    """A large town that gave its province the name is meant where no word says province."""
    best = name.spots[ranked[0]]
    for at in ranked[1:]:
        spot = name.spots[at]
        if spot.level == "settlement" and spot.area[:2] == best.area[:2] and spot.population >= LARGE_TOWN / 4:
            return [at, *(other for other in ranked if other != at)]
    return ranked


def _candidate(spot: Spot, score: float, reasons: list[str]) -> PlaceCandidate:
    return PlaceCandidate(
        gazetteer_id=spot.id, name=spot.name, country=spot.country, admin1=spot.admin1, admin2=spot.admin2,
        latitude=spot.latitude, longitude=spot.longitude, level=spot.level, population=spot.population,
        score=round(score, 2), reason=", ".join(reasons),
    )  # fmt: skip


def _unlisted(mention: PlaceMention, name: _Name, names: dict[str, _Name], known: Gazetteer, context: _Context) -> Place:
    """A name that no list has: a spelling near to one of the country's names, else the area said to hold it, else unknown."""
    area = next((best for key in name.inside if (best := names[key].best())), None)
    country = area.country if area else context.hint or _only_country(context)
    spot = _near_spelling(name.key, country, area, known) if country else None
    if spot:
        level, why = level_of(spot.level, mention.relation, mention.kind)
        return Place(
            name=mention.name, country=spot.country, admin1=spot.admin1, admin2=spot.admin2, latitude=spot.latitude,
            longitude=spot.longitude, level=level, relation=mention.relation,
            candidates=(_candidate(spot, 0.0, [f"spelt like {name.key!r}"]),),
            reason=f"no list has {mention.head!r}; {spot.name} in {country} is spelt nearly so{'; ' + why if why else ''}",
        )  # fmt: skip
    if area:
        return Place(
            name=mention.name, country=area.country, admin1=area.name if area.level == "province" else area.admin1,
            admin2=area.name if area.level == "district" else area.admin2, latitude=area.latitude, longitude=area.longitude,
            level="near" if area.level in ("settlement", "near") else area.level, relation=mention.relation,
            reason=f"no list has {mention.head!r}; the report says that it is in {area.name}, whose point stands for it",
        )  # fmt: skip
    return Place(name=mention.name, country=country if mention.known else None, relation=mention.relation, reason=f"no list has {mention.head!r}")


def _only_country(context: _Context) -> str | None:
    """The country that the report names alone, or clearly most."""
    ranked = (context.countries + context.peoples).most_common(2)
    if ranked and (len(ranked) == 1 or ranked[0][1] >= 3 * ranked[1][1]):
        return ranked[0][0]
    return context.publisher if not ranked else None


def _near_spelling(key: str, country: str, area: Spot | None, known: Gazetteer) -> Spot | None:
    from rapidfuzz import fuzz, process

    if len(key) < 5:
        return None
    pool = known.names_in(country)
    for found, _, _ in process.extract(key, pool, scorer=fuzz.ratio, score_cutoff=84.0, limit=5):
        if found[0] != key[0]:
            continue
        for spot in known.spots(found):
            if spot.country == country and (area is None or area.level == "country" or holds(area, spot) or rough_km(area, spot) < 60):
                return spot
    return None


def read(text: str, *, country_hint: str | None = None, outlet: str | None = None) -> list[Place]:
    """The places of a text: `find` and `resolve` in one."""
    return resolve(find(text), text=text, country_hint=country_hint, outlet=outlet)
