"""The gazetteer: the compiled world, and over it the names that coders edit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Any

from recount.errors import BadRule
from recount.resolve.places_names import ARTICLES, MAX_TOKENS, bare, normal, normal_form, without_articles
from recount.resolve.places_world import Spot, World
from recount.rules import FOLDER, PLACES, read_table

SUPPLEMENTS = ("regions", "pakistan", "conflicts")
MOST_READINGS = 40
TWICE_KM = 5.0  # within this distance two settlements of one name are one
FORMER_KM = 300.0  # a former province has no list of members: what lies within this distance may be in it
_KEYS = frozenset({"name", "also", "level", "in", "at", "people", "from", "until", "alone"})
_NEEDED = frozenset({"name", "level", "at"})
_WRITTEN_LEVELS = frozenset({"settlement", "near", "district", "province", "region", "country", "sea"})
_PEOPLE = {"settlement": 5000, "near": 5000, "district": 200000, "province": 1000000}


def holds(outer: Spot, inner: Spot) -> bool:
    """Whether `outer` is the country, province or district of `inner`, or a region whose name says the same area."""
    if outer is inner or not outer.country or outer.country != inner.country:
        return False
    if outer.level == "country":
        return inner.level != "country"
    if outer.level == "province":
        if outer.admin1:  # a former province inside a present one: "FATA"
            return inner is not outer and inner.area[1] == normal(bare(outer.admin1)) and near(outer, inner, FORMER_KM)
        return inner.level not in ("country", "province") and outer.area[1] == inner.area[1] != ""
    if outer.level == "district":
        same = outer.area[2] == inner.area[2] != ""
        return inner.level in ("settlement", "near", "point") and same and outer.area[1] in (inner.area[1], "")
    return False


class Gazetteer:
    """Lookups by name. One for a process: see `gazetteer()`."""

    def __init__(self) -> None:
        self.world = World(FOLDER / "gazetteers" / "world.gaz")
        self.added = [World(path) for path in added_gazetteers()]
        self.worlds = (self.world, *self.added)
        self._longest: dict[str, int] = {}
        self._curated: dict[str, list[Spot]] = {}
        for name in SUPPLEMENTS:
            self._add_supplement(name)
        self._add_states()
        nations = read_table("gazetteers/nations.toml")
        self.people = {normal(word): code for code, words in nations["people"].items() for word in words}
        self.seats = frozenset(normal(name) for name in nations["seat"]["names"])
        self.seat_verbs = frozenset(nations["seat"]["verbs"])
        self.outlets: Mapping[str, str] = nations["outlet"]
        for code, names in nations["spelling"].items():
            if (country := self.world.country(code)) is not None:
                for name in names:
                    self._index(country, name)
        for word in self.people:
            self._note_length(word)
        self.spots = lru_cache(maxsize=5000)(self._spots)
        self.longest = lru_cache(maxsize=20000)(self._longest_from)

    # -------------------------------------------------------------------------------------------- the edited part
    def _add_supplement(self, name: str) -> None:
        where = f"gazetteers/{name}.toml"
        for at, entry in enumerate(read_table(where).get("place", ()), 1):
            _check(entry, f"{where}, place {at}")
            country, admin1, admin2 = (*entry.get("in", "").split("/"), "", "", "")[:3]
            level = entry["level"]
            spot = Spot(
                id=f"rc:{country.lower() or 'xx'}-{normal(entry['name']).replace(' ', '-')}-{level}",
                name=entry["name"], country=country or None, admin1=admin1 or None, admin2=admin2 or None,
                latitude=entry["at"][0], longitude=entry["at"][1], level=level, curated=True,
                population=entry.get("people", _PEOPLE.get(level, 0)), first=entry.get("from"), last=entry.get("until"),
                alone=entry.get("alone", False),
            )  # fmt: skip
            for spelling in (entry["name"], *entry.get("also", ())):
                self._index(spot, spelling)
                short = bare(spelling)
                if short != spelling and not spelling.lower().endswith(("city", "town", "state", "region")):
                    self._index(spot, short)

    def _add_states(self) -> None:
        states: dict[str, Any] = read_table("gazetteers/states.toml")["state"]
        self.state_codes = {form: s["name"] for code, s in states.items() for form in (code, s["press"])}
        for code, state in states.items():
            known = self.world.province(normal(state["name"]))
            crowd = known.population if known else 1000000
            spot = Spot(
                id=f"rc:us-{code.lower()}-province", name=state["name"], country="US", admin1=None, admin2=None,
                latitude=state["at"][0], longitude=state["at"][1], level="province", curated=True, population=crowd,
            )  # fmt: skip
            self._index(spot, state["name"])

    def _index(self, spot: Spot, spelling: str) -> None:
        key = normal(spelling)
        for form in (key,) if ARTICLES.isdisjoint(key.split()) else (key, without_articles(key) or key):
            bearers = self._curated.setdefault(form, [])
            if spot not in bearers:
                bearers.append(spot)
            self._note_length(form)

    def _note_length(self, key: str) -> None:
        tokens = key.split()
        self._longest[tokens[0]] = max(len(tokens), self._longest.get(tokens[0], 0))

    # -------------------------------------------------------------------------------------------- lookups
    def _longest_from(self, token: str) -> int:
        """The number of tokens of the longest name that may start with `token`."""
        if token in ARTICLES:
            return MAX_TOKENS
        listed = max([world.longest(token) for world in self.worlds])
        return max(self._longest.get(token, 0), listed)

    def knows(self, key: str) -> bool:
        """Whether some place bears the normal form `key`."""
        return key in self._curated or self._listed(key) or self._articled(key) is not None

    def _listed(self, key: str) -> bool:
        return self.world.knows(key) or (bool(self.added) and any(world.knows(key) for world in self.added))

    def _articled(self, key: str) -> str | None:
        """`key` without its Arabic articles, where a place is listed so."""
        if key.split(" ", 1)[0] not in ARTICLES and " al " not in key:
            return None
        short = without_articles(key)
        return short if short and (short in self._curated or self._listed(short)) else None

    def _spots(self, key: str) -> tuple[Spot, ...]:
        """All places that bear the normal form `key`: curated ones first, then the compiled ones by population."""
        curated, listed = self._curated.get(key, []), self._rows(key)
        if not listed and not curated and (short := self._articled(key)):
            curated, listed = self._curated.get(short, []), self._rows(short)
        found = list(curated)
        for spot in listed:
            if not any(_same(spot, other) for other in curated):
                found.append(spot)
        return tuple(found)

    def _rows(self, key: str) -> list[Spot]:
        """The compiled places of a name, most people first; of those that two files have, the shipped one."""
        found = [self.world.spot(row, own=own) for row, own in self.world.rows(key)[:MOST_READINGS]]
        for world in self.added:
            new = [world.spot(row, own=own) for row, own in world.rows(key)[:MOST_READINGS]]
            found += [spot for spot in new if not any(_twice(spot, other) for other in found)]
        return sorted(found, key=lambda s: (s.level != "country", -s.population)) if self.added else found

    def country(self, code: str) -> Spot | None:
        """The country of an ISO 3166 alpha-2 code."""
        return self.world.country(code)

    @cached_property
    def _by_country(self) -> dict[str, list[str]]:
        pool: dict[str, list[str]] = {}
        for key, spots in self._curated.items():
            for spot in spots:
                pool.setdefault(spot.country or "", []).append(key)
        return pool

    @lru_cache(maxsize=16)  # noqa: B019 - one gazetteer lives as long as the process
    def names_in(self, country: str) -> tuple[str, ...]:
        """The normal forms of a country's own names: the pool for spellings that differ a little."""
        own = []
        for world in self.worlds:
            first, last = world.meta["settlements"].get(country, (0, 0))
            own += [normal_form(name) for name in world.names(first, last)]  # too many to remember
        return tuple(dict.fromkeys((*self._by_country.get(country, ()), *own)))


def added_gazetteers() -> list[Path]:
    """The compiled countries that the user added, in the order of their names."""
    return sorted(PLACES.glob("*.gaz"))


def _twice(spot: Spot, other: Spot) -> bool:
    """Whether two files give one place."""
    if spot.id == other.id:
        return True
    if (spot.level, spot.country) != (other.level, other.country):
        return False
    return near(spot, other, TWICE_KM) if spot.level == "settlement" else spot.area == other.area


def _same(spot: Spot, curated: Spot) -> bool:
    """Whether a compiled row is a place that a curated entry already gives."""
    if spot.level != curated.level or spot.country != curated.country:
        return False
    if spot.level == "settlement":
        return near(spot, curated, 40.0)
    return spot.level != "district" or spot.area[1] == curated.area[1] or not curated.admin1


def near(one: Spot, other: Spot, kilometres: float) -> bool:
    """Whether two spots lie within a distance of each other, on a flat map (good enough for a yes or no)."""
    return rough_km(one, other) <= kilometres


def rough_km(one: Spot, other: Spot) -> float:
    """A quick distance in kilometres: flat within a few hundred kilometres, infinite where a point is missing."""
    if one.latitude is None or other.latitude is None or one.longitude is None or other.longitude is None:
        return math.inf
    across = abs(one.longitude - other.longitude)
    across = min(across, 360.0 - across) * math.cos(math.radians((one.latitude + other.latitude) / 2))
    return 111.2 * math.hypot(one.latitude - other.latitude, across)


def _check(entry: Mapping[str, Any], where: str) -> None:
    """BadRule where an entry misses something, knows an unknown key or level."""
    if not entry.keys() <= _KEYS:
        unknown = min(entry.keys() - _KEYS)
        raise BadRule(f"unknown key {unknown!r}", where, _nearest(unknown, _KEYS))
    if not entry.keys() >= _NEEDED:
        missing = min(_NEEDED - entry.keys())
        raise BadRule(f"{missing!r} is missing", where, "Give name, level and at = [latitude, longitude].")
    if entry["level"] not in _WRITTEN_LEVELS:
        raise BadRule(f"unknown level {entry['level']!r}", where, _nearest(entry["level"], _WRITTEN_LEVELS))
    latitude, longitude = entry["at"]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise BadRule(f"no such point {entry['at']!r}", where, "Write latitude first, in degrees.")


def _nearest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, sorted(known), 1)
    return f"Did you mean {close[0]!r}?" if close else f"Known: {', '.join(sorted(known))}."


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that ships with the package, opened once for a process."""
    return Gazetteer()
