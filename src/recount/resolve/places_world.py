"""One compiled file of places, read as spots: the world that ships with the package, or a country that was added."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import force_setattr

from recount.records import PlaceLevel
from recount.resolve.places_index import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT, Columns, people
from recount.resolve.places_names import bare, normal

LEVELS: dict[int, PlaceLevel] = {COUNTRY: "country", ADMIN1: "province", ADMIN2: "district", SETTLEMENT: "settlement"}


class Spot(Struct, frozen=True, kw_only=True, gc=False):
    """One place of the gazetteer. `own` is false where the name searched for is an alternative one.

    `first` and `last` are the days between which the place existed under this name; None where it is open.
    """

    id: str
    name: str
    country: str | None
    admin1: str | None
    admin2: str | None
    latitude: float | None
    longitude: float | None
    level: PlaceLevel
    population: int = 0
    own: bool = True
    curated: bool = False
    first: date | None = None
    last: date | None = None
    alone: bool = False
    """Whether the bare name means this place wherever no type word says otherwise ("Gaza": the Strip)."""
    area: tuple[str, str, str] = ("", "", "")
    """Country, province and district as comparable keys; the place's own name where it is one of them."""

    def __post_init__(self) -> None:
        """Work out `area` once, where it is not given: it is compared far more often than a place is made."""
        if self.area[0]:
            return
        first = self.name if self.level == "province" else self.admin1
        second = self.name if self.level == "district" else self.admin2
        area = self.country or "", normal(bare(first or "")), normal(bare(second or ""))
        force_setattr(self, "area", area)


class _Area(Struct, frozen=True, gc=False):
    """The names and comparable keys of an area and of those above it."""

    country: str
    admin1: str | None
    admin2: str | None
    keys: tuple[str, str, str]


class World(Columns):
    """A mapped file of places."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.countries: list[str] = self.meta["countries"]
        self._areas: dict[int, _Area] = {}

    def spot(self, row: int, *, own: bool) -> Spot:
        """The place of a row; `own` is false where it was met by another name than its own."""
        level, point, number = LEVELS[self.level(row)], self.point(row), self.geonameid(row)
        area = self._area(row if level != "settlement" else self.parent[row])
        return Spot(
            id=f"gn:{number}" if number else f"gz:{row}", name=self.name(row), country=area.country,
            admin1=None if level == "province" else area.admin1, admin2=None if level == "district" else area.admin2,
            latitude=point[0] if point else None, longitude=point[1] if point else None,
            level=level, population=people(self.population[row]), own=own, area=area.keys,
        )  # fmt: skip

    def province(self, key: str) -> Spot | None:
        """The province whose own name has the normal form `key`, the most peopled one."""
        return next((self.spot(r, own=True) for r, own in self.rows(key) if own and self.level(r) == ADMIN1), None)

    def country(self, code: str) -> Spot | None:
        """The country of an ISO 3166 alpha-2 code."""
        return self.spot(self.countries.index(code), own=True) if code in self.countries else None

    def _area(self, row: int) -> _Area:
        """The names of the areas that a row of an area stands in, itself included; worked out once for each row."""
        found = self._areas.get(row)
        if found is None:
            at, named = row, dict[int, str]()
            while (level := self.level(at)) != COUNTRY:
                named[level] = self.name(at)
                at = self.parent[at]
            first, second, country = named.get(ADMIN1), named.get(ADMIN2), self.countries[at]
            keys = (country, normal(bare(first or "")), normal(bare(second or "")))
            found = self._areas[row] = _Area(country=country, admin1=first, admin2=second, keys=keys)
        return found
