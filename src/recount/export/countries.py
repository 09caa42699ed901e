"""Countries under the numbers and names of each codebook, and cells of PRIO-GRID."""

from __future__ import annotations

import math
from functools import cache

import msgspec

from recount.rules import read_table


class Country(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One country; numbers are 0 and names empty where a codebook has none. See `rules/codebook/countries.toml`."""

    iso: int
    iso3: str
    name: str
    gw: int
    gtd: int
    region: int
    ucdp_region: str
    acled_region: str
    ucdp: str = ""
    gtd_name: str = ""

    @property
    def in_ucdp(self) -> str:
        """The name that UCDP uses."""
        return self.ucdp or self.name

    @property
    def in_gtd(self) -> str:
        """The name that GTD uses."""
        return self.gtd_name or self.name


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO 3166 alpha-2."""
    return msgspec.convert(read_table("codebook/countries.toml"), dict[str, Country])


def country(code: str | None) -> Country | None:
    """The country with this code, if the codebooks know it."""
    return countries().get(code.upper()) if code else None


@cache
def middle(code: str) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of a country, for rows that know no more."""
    at = read_table("gazetteers/countries.toml")["middle"].get(code.upper())
    return (float(at[0]), float(at[1])) if at else None


def priogrid(latitude: float, longitude: float) -> int:
    """The cell of PRIO-GRID: half a degree wide, counted from 1 in the south-west, eastward, then northward.

    Source: Tollefsen, Strand and Buhaug 2012. A point on the far edge of the map belongs to the last cell.
    """
    row = min(math.floor((latitude + 90) * 2), 359)
    column = min(math.floor((longitude + 180) * 2), 719)
    return row * 720 + column + 1
