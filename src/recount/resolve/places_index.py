"""The compiled gazetteer: columns of one memory-mapped file, searched by the hash of a name's normal form.

Nothing is read at the start but the header; the system brings in the pages that a lookup touches, and several processes
share them. `places_compile` writes such files.

Layout: 8 bytes magic, 4 bytes length of a JSON header, the header, then the columns, each at a multiple of 8 bytes.
Places stand in the order countries, first-order areas, second-order areas, settlements (by country): a place's `parent`
is the row of the smallest area that holds it, which fits 16 bits because the areas come first. Names are packed in
blocks. Hashes have 40 bits: 16 choose a bucket, 24 are kept in it, and beside each the place of its first posting's
bucket; a posting says the row, whether the name is another one than the row's own, and whether more of its name follow.
"""

from __future__ import annotations

import json
import math
import mmap
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from math import exp, log
from pathlib import Path
from typing import Any
from zlib import crc32

from recount.errors import BadRule

MAGIC = b"RECGAZ2\n"
NO_PARENT = 0xFFFF
COUNTRY, ADMIN1, ADMIN2, SETTLEMENT = range(4)
BUCKETS = 1 << 16
NO_POINT = 0xFFFF
BLOCK = 64
_STEP = log(1.1)
_DEGREES = (180.0 / (NO_POINT - 1), 360.0 / (NO_POINT - 1))  # steps of latitude and longitude: 300 and 600 m


def name_hash(key: str) -> int:
    """The 40-bit hash of a normal form: among half a million names a false hit comes once in two million lookups."""
    return int.from_bytes(blake2b(key.encode(), digest_size=5).digest(), "big")


def first_token_code(token: str) -> int:
    """The hash of a name's first token, 29 bits."""
    return crc32(token.encode()) >> 3


def people_code(population: int) -> int:
    """A population in one byte: steps of 10 % (0 for nobody or unknown)."""
    return min(255, round(log(population) / _STEP)) if population > 0 else 0


def people(code: int) -> int:
    """The population that a code stands for, to about 5 %."""
    return round(exp(code * _STEP)) if code else 0


def point_codes(latitude: float, longitude: float) -> tuple[int, int]:
    """A point in two times 16 bits, to 300 m; NaN is kept."""
    if math.isnan(latitude) or math.isnan(longitude):
        return NO_POINT, NO_POINT
    return round((latitude + 90) / _DEGREES[0]), round((longitude + 180) / _DEGREES[1])


def write(path: Path, meta: Mapping[str, Any], columns: Mapping[str, tuple[str, bytes]]) -> None:
    """Write columns (type code and bytes) as one file that `Columns` can map. `meta` goes into the header as it is."""
    layout: dict[str, tuple[str, int, int]] = {}
    offset, bodies = 0, []
    for name, (code, body) in columns.items():
        layout[name] = (code, offset, len(body))
        padded = body + b"\0" * (-len(body) % 8)
        bodies.append(padded)
        offset += len(padded)
    header = json.dumps({"meta": meta, "layout": layout}, ensure_ascii=False, separators=(",", ":")).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 8)
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "little") + header)
        file.writelines(bodies)


class Columns:
    """The mapped file: what is known of a row, and lookups from normal forms to rows."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as fault:
            raise BadRule(f"the gazetteer cannot be opened: {fault}", path.name, "Install the package again.") from None
        view = memoryview(self._map)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            advice = "Build it with scripts/build_gazetteer.py, or add the country again with `recount places add`."
            raise BadRule("not a gazetteer of this version", path.name, advice)
        base = len(MAGIC) + 4
        size = int.from_bytes(view[len(MAGIC) : base], "little")
        header = json.loads(bytes(view[base : base + size]))
        self.meta: dict[str, Any] = header["meta"]
        column: dict[str, Any] = {
            name: view[base + size + at : base + size + at + length].cast(code)
            for name, (code, at, length) in header["layout"].items()
        }
        self.parent: Sequence[int] = column["parent"]
        self.population: Sequence[int] = column["population"]
        self._latitude, self._longitude, self._ids = column["latitude"], column["longitude"], column["geonameid"]
        self._names, self._name_at = column["names"], column["name_at"]
        self._hash_at, self._hashed = column["hash_at"], base + size + header["layout"]["hashes"][1]
        self._posting_at, self._postings = column["posting_at"], column["postings"]
        self._token_at, self._tokens = column["token_at"], column["tokens"]
        self._levels: list[int] = self.meta["levels"]
        self._block = lru_cache(maxsize=1024)(self._unpacked)

    def __len__(self) -> int:
        return len(self.population)

    def level(self, row: int) -> int:
        """COUNTRY, ADMIN1, ADMIN2 or SETTLEMENT, told by where the row stands."""
        return bisect_right(self._levels, row)

    def point(self, row: int) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, to 300 m; None where no list gives them."""
        latitude, longitude = self._latitude[row], self._longitude[row]
        if latitude == NO_POINT:
            return None
        return round(latitude * _DEGREES[0] - 90, 4), round(longitude * _DEGREES[1] - 180, 4)

    def geonameid(self, row: int) -> int:
        """The id that GeoNames gives the row; 0 where it is not known."""
        return int.from_bytes(self._ids[3 * row : 3 * row + 3], "little")

    def name(self, row: int) -> str:
        """The gazetteer's own name of a row."""
        return self._block(row // BLOCK)[row % BLOCK]

    def names(self, first: int, last: int) -> Iterator[str]:
        """The own names of the rows from `first` up to `last`, that one left out."""
        for block in range(first // BLOCK, -(-last // BLOCK)):
            start = block * BLOCK
            yield from self._unpacked(block)[max(0, first - start) : last - start]

    def _unpacked(self, block: int) -> list[str]:
        packed = self._names[self._name_at[block] : self._name_at[block + 1]]
        return zlib.decompress(packed, -15).decode().split("\n")

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """The rows that bear the normal form `key`, most people first, each with whether it is their own name."""
        code = name_hash(key)
        bucket, place = code >> 24, self._place(code)
        if place is None:
            return []
        at, found = self._posting_at[bucket], []
        while True:
            posting = int.from_bytes(self._postings[3 * at : 3 * at + 3], "little")
            if place == 0:
                found.append((posting >> 2, not posting & 1))
            if not posting & 2:
                if place == 0:
                    return found
                place -= 1
            at += 1

    def _place(self, code: int) -> int | None:
        """Which name of its bucket a hash is; None where it is none."""
        bucket = code >> 24
        first, last = self._hash_at[bucket], self._hash_at[bucket + 1]
        if first == last:
            return None
        wanted = (code & 0xFFFFFF).to_bytes(3, "big")
        at = self._map.find(wanted, self._hashed + 3 * first, self._hashed + 3 * last)
        while at >= 0 and (at - self._hashed) % 3:
            at = self._map.find(wanted, at + 1, self._hashed + 3 * last)
        return (at - self._hashed) // 3 - first if at >= 0 else None

    def knows(self, key: str) -> bool:
        """Whether some row bears the normal form `key`."""
        return self._place(name_hash(key)) is not None

    def longest(self, token: str) -> int:
        """The number of tokens of the longest name that may start with `token`; 1 where no name of several does."""
        code = first_token_code(token)
        bucket = code >> 13
        for kept in self._tokens[self._token_at[bucket] : self._token_at[bucket + 1]]:
            if kept >> 3 == code & 0x1FFF:
                return int(kept & 7)
        return 1
