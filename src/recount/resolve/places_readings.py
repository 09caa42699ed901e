"""The names of a report with their readings, and what the report says of where it is set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from recount.resolve.places_find import PlaceMention
from recount.resolve.places_gazetteer import Gazetteer
from recount.resolve.places_names import normal
from recount.resolve.places_world import Spot

_GAP = re.compile(
    r"^\s*(?:,|\(|,?\s*in|,?\s*of|,?\s+(?:located|situated)\s*in|['’]s)?\s*(?:the\s+)?"
    r"(?:\w+ern\s+|occupied\s+|remote\s+|restive\s+)*$"
)
"""What may stand between a place and the area that holds it."""

_STATE = re.compile(r",\s+([A-Z][A-Za-z]?\.(?:\s?[A-Z][a-z]*\.)?|[A-Z]{2}\b|[A-Z][a-z]{2,4}\.)")
KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("district", "agency", "county", "parish", "tribal district"), ("district",)),
    **dict.fromkeys(("province", "state", "oblast", "territory"), ("province",)),
    **dict.fromkeys(("city", "town", "township", "camp", "refugee camp", "airport"), ("settlement",)),
    **dict.fromkeys(("tehsil", "area", "areas"), ("near", "settlement")),
    "governorate": ("province", "district"),
    "region": ("province", "region", "district"),
    "division": ("region", "district", "province"),
    "village": ("settlement", "near"),
    "valley": ("near", "region"),
    "municipality": ("settlement", "district"),
}
"""The levels that a type word fits, the foremost first."""


class Name(Struct):
    """One name of the report: its readings with their scores, and where it stands."""

    key: str
    spots: tuple[Spot, ...]
    kinds: set[str]
    scores: list[float]
    reasons: list[list[tuple[str, float]]]
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


class Frame(Struct, frozen=True):
    """What the caller knows beside the text: country, publisher's domain, the day told of."""

    hint: str | None = None
    outlet: str | None = None
    when: date | None = None


class Context(Struct):
    """What the report says of where it is set."""

    countries: Counter[str]
    peoples: Counter[str]
    provinces: Counter[tuple[str, str]]
    hint: str | None
    publisher: str | None
    when: date | None = None


def ident(mention: PlaceMention) -> str:
    """Names said alike are one name, but "Karachi district" is not "Karachi city"."""
    fitting = KINDS.get(mention.kind or "", ("",))[0]
    return f"{normal(mention.head or mention.name)}|{fitting}"


def new_name(ident: str, said: str, known: Gazetteer) -> Name:
    key = ident.partition("|")[0]
    spots = known.spots(key)
    if said in known.state_codes and not (spots and spots[0].curated):
        spots = known.spots(normal(known.state_codes[said]))[:1]
    if key in known.people and (country := known.country(known.people[key])):
        spots = (country,)
    return Name(key=key, spots=spots, kinds=set(), scores=[0.0] * len(spots), reasons=[[] for _ in spots], inside=[])


def gather(mentions: Sequence[PlaceMention], text: str, known: Gazetteer) -> dict[str, Name]:
    names: dict[str, Name] = {}
    for mention in mentions:
        key = ident(mention)
        if key not in names:
            names[key] = new_name(key, mention.name, known)
        if mention.kind:
            names[key].kinds.add(mention.kind)
    ordered = sorted(mentions, key=lambda m: m.start)
    for one, two in pairwise(ordered):
        gap = text[one.end : two.relation_start or two.start] if two.start - one.end < 60 else "."
        if gap and _GAP.match(gap):
            inner, outer = (two, one) if gap.strip()[:2] in ("'s", "’s") else (one, two)
            if ident(inner) != ident(outer):
                names[ident(inner)].inside.append(ident(outer))
    for mention in mentions:
        state = _STATE.match(text, mention.end)
        if state and (full := known.state_codes.get(state.group(1))):
            key = f"{normal(full)}|"
            names.setdefault(key, new_name(key, full, known))
            names[ident(mention)].inside.append(key)
    return names


def weigh_context(
    mentions: Sequence[PlaceMention],
    names: dict[str, Name],
    text: str,
    frame: Frame,
    known: Gazetteer,
) -> Context:
    """Count the countries, provinces and peoples that the report names."""
    countries: Counter[str] = Counter()
    provinces: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        for spot in names[ident(mention)].spots[:3]:
            if spot.level == "country" and spot.country:
                countries[spot.country] += 1
            elif spot.level == "province" and spot.country and (spot.curated or spot.own):
                provinces[spot.country, spot.area[1]] += 1
    for name in names.values():
        for key in name.inside:
            for spot in names[key].spots[:3]:
                if spot.level == "province" and spot.country:
                    provinces[spot.country, spot.area[1]] += 1
    peoples = Counter(
        known.people[w] for w in map(str.lower, re.findall(r"\b[A-Z][a-z]{3,}\b", text)) if w in known.people
    )
    return Context(
        countries=countries,
        peoples=peoples,
        provinces=provinces,
        hint=frame.hint,
        when=frame.when,
        publisher=known.outlets.get(frame.outlet or ""),
    )
