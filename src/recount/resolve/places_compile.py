"""Compile places to a file that `places_index` maps: rows of areas and settlements, and the names that lead to them."""

from __future__ import annotations

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from recount.resolve.places_index import (
    BLOCK,
    BUCKETS,
    COUNTRY,
    NO_PARENT,
    SETTLEMENT,
    first_token_code,
    name_hash,
    people_code,
    point_codes,
    write,
)
from recount.resolve.places_names import MAX_TOKENS, bare, normal, without_articles

ARABIC_NAMES = frozenset(
    "AE AF BH DJ DZ EG EH ER IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SO SY TD TN YE".split()  # noqa: SIM905
)
"""Countries whose names are written with and without Arabic articles."""
_PREFIXES = ("al-", "el-", "as-", "ar-", "az-", "ad-")
MOST_AREAS = NO_PARENT - 1


class Row(Struct, kw_only=True):
    """One place to compile; `parent` is the row of the smallest area that holds it. Degrees; NaN where unknown."""

    name: str
    country: str
    level: int
    parent: int = NO_PARENT
    geonameid: int = 0
    latitude: float = float("nan")
    longitude: float = float("nan")
    population: int = 0


class Builder:
    """Gathers rows and names, then writes the columns. Rows come in the order of their level, settlements by country."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.keys: dict[str, dict[int, bool]] = defaultdict(dict)

    def add(self, row: Row) -> int:
        """A new row; its own name is indexed as it stands and without its type word."""
        self.rows.append(row)
        at = len(self.rows) - 1
        self.index(at, row.name, own=True)
        self.index(at, bare(row.name), own=True)
        return at

    def index(self, at: int, name: str, *, own: bool) -> None:
        """Let `name` lead to row `at`."""
        key = normal(name)
        keys = {key}
        if self.rows[at].country in ARABIC_NAMES:
            keys.add(without_articles(key))
        for each in keys:
            if len(each) > 2 and len(each.split()) <= MAX_TOKENS:
                self.keys[each][at] = (own and each == key) or self.keys[each].get(at, False)

    def settle_middles(self) -> None:
        """Give each area without a point the middle of the settlements inside it; their people are its population."""
        inside: dict[int, list[Row]] = defaultdict(list)
        for row in self.rows:
            at = row.parent if row.level == SETTLEMENT else NO_PARENT
            while at != NO_PARENT:
                inside[at].append(row)
                at = self.rows[at].parent
        for at, members in inside.items():
            area = self.rows[at]
            if area.level != COUNTRY:
                if area.latitude != area.latitude:
                    area.latitude = sum(m.latitude for m in members) / len(members)
                    area.longitude = sum(m.longitude for m in members) / len(members)
                area.population = area.population or sum(m.population for m in members)

    def lend_names(self, alternatives: dict[int, list[str]]) -> None:
        """An area named like a town inside it shares the town's spellings: "Khowst" (province) is also "Khost"."""
        for at, names in alternatives.items():
            spellings = {normal(name) for name in [self.rows[at].name, *names]}
            parent = self.rows[at].parent
            while parent != NO_PARENT and self.rows[parent].level != COUNTRY:
                if normal(bare(self.rows[parent].name)) in spellings:
                    for name in names:
                        self.index(parent, name, own=False)
                parent = self.rows[parent].parent

    def save(self, path: Path) -> None:
        """Write the file."""
        rows = self.rows
        points = [point_codes(row.latitude, row.longitude) for row in rows]
        columns = {
            "latitude": ("H", _bytes("H", (latitude for latitude, _ in points))),
            "longitude": ("H", _bytes("H", (longitude for _, longitude in points))),
            "geonameid": ("B", b"".join(row.geonameid.to_bytes(3, "little") for row in rows)),
            "population": ("B", bytes(people_code(row.population) for row in rows)),
            "parent": ("H", _bytes("H", (row.parent for row in rows))),
            **_names(rows),
            **self._postings(),
            **_tokens(self.keys),
        }
        spans: dict[str, list[int]] = {}
        for at, row in enumerate(rows):
            if row.level == SETTLEMENT:
                spans.setdefault(row.country, [at, at])[1] = at + 1
        codes = [row.country for row in rows if row.level == COUNTRY]
        levels = [sum(row.level <= level for row in rows) for level in range(SETTLEMENT)]
        write(path, {"countries": codes, "settlements": spans, "levels": levels}, columns)

    def _postings(self) -> dict[str, tuple[str, bytes]]:
        rows, hashed = self.rows, sorted((name_hash(key), key) for key in self.keys)
        hash_at, posting_at = [0] * (BUCKETS + 1), [0] * (BUCKETS + 1)
        hashes, postings = bytearray(), bytearray()
        for code, key in hashed:
            bearers = self.keys[key]
            ranked = sorted(bearers, key=lambda at: (rows[at].level != COUNTRY, -rows[at].population, at))
            for at in ranked:
                more = at != ranked[-1]
                postings += (at << 2 | more << 1 | (not bearers[at])).to_bytes(3, "little")
            hashes += (code & 0xFFFFFF).to_bytes(3, "big")
            hash_at[(code >> 24) + 1] += 1
            posting_at[(code >> 24) + 1] += len(ranked)
        return {
            "hash_at": ("I", _bytes("I", _summed(hash_at))),
            "hashes": ("B", bytes(hashes)),
            "posting_at": ("I", _bytes("I", _summed(posting_at))),
            "postings": ("B", bytes(postings)),
        }


def usable(name: str) -> bool:
    """Whether a Latin-script text could print an alternative name: it is no code and no transliteration key."""
    letters = name[3:] if name[:3].lower() in _PREFIXES else name
    latin = all(ord(c) < 0x250 or c in "’‘ʿʾ" for c in name)
    return latin and 3 <= len(name) <= 40 and letters[:1].isupper() and not (len(name) <= 4 and name.isupper())


def _names(rows: list[Row]) -> dict[str, tuple[str, bytes]]:
    pool, name_at = bytearray(), [0]
    for start in range(0, len(rows), BLOCK):
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        pool += packer.compress("\n".join(row.name for row in rows[start : start + BLOCK]).encode()) + packer.flush()
        name_at.append(len(pool))
    return {"names": ("B", bytes(pool)), "name_at": ("I", _bytes("I", name_at))}


def _tokens(keys: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """The first tokens of names of several, by bucket, each with the number of tokens of the longest."""
    longest: dict[int, int] = defaultdict(int)
    for key in keys:
        tokens = key.split()
        if len(tokens) > 1:
            code = first_token_code(tokens[0])
            longest[code] = max(longest[code], len(tokens))
    token_at = [0] * (BUCKETS + 1)
    for code in longest:
        token_at[(code >> 13) + 1] += 1
    kept = ((code & 0x1FFF) << 3 | length for code, length in sorted(longest.items()))
    return {"token_at": ("I", _bytes("I", _summed(token_at))), "tokens": ("H", _bytes("H", kept))}


def _summed(counts: list[int]) -> Iterator[int]:
    total = 0
    for count in counts:
        total += count
        yield total


def _bytes(code: str, numbers: Iterable[int]) -> bytes:
    return array(code, numbers).tobytes()
