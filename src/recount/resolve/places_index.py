"""The compiled gazetteer: columns of one memory-mapped file, searched by the hash of a name's normal form.

Nothing is read at the start but the header; the system brings in the pages that a lookup touches, and several processes
share them. `scripts/build_gazetteer.py` writes the file with `write`.

Layout: 8 bytes magic, 4 bytes length of a JSON header, the header, then the columns, each at a multiple of 8 bytes.
Places stand in the order countries, first-order areas, second-order areas, settlements (by country): a place's `parent`
is the row of the smallest area that holds it, which fits 16 bits because the areas come first.
"""

from __future__ import annotations

import json
import mmap
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from math import exp, log
from pathlib import Path
from typing import Any
from zlib import crc32

from recount.errors import BadRule

MAGIC = b"RECGAZ1\n"
NO_PARENT = 0xFFFF
COUNTRY, ADMIN1, ADMIN2, SETTLEMENT = range(4)
_TOKEN_BITS = 0xFFFFFFF8
_STEP = log(1.1)


def name_hash(key: str) -> int:
    """The 64-bit hash of a normal form: with half a million names, a false hit is out of the question."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


def first_token_code(token: str) -> int:
    """The hash of a name's first token, its low three bits left free for the longest name's number of tokens."""
    return crc32(token.encode()) & _TOKEN_BITS


def people_code(population: int) -> int:
    """A population in one byte: steps of 10 % (0 for nobody or unknown)."""
    return min(255, round(log(population) / _STEP)) if population > 0 else 0


def people(code: int) -> int:
    """The population that a code stands for, to about 5 %."""
    return round(exp(code * _STEP)) if code else 0


def write(path: Path, meta: Mapping[str, Any], columns: Mapping[str, array[Any] | bytes]) -> None:
    """Write columns as one file that `Columns` can map. `meta` goes into the header as it is."""
    layout: dict[str, tuple[str, int, int]] = {}
    offset, bodies = 0, []
    for name, column in columns.items():
        body = column if isinstance(column, bytes) else column.tobytes()
        layout[name] = ("B" if isinstance(column, bytes) else column.typecode, offset, len(body))
        body += b"\0" * (-len(body) % 8)
        bodies.append(body)
        offset += len(body)
    header = json.dumps({"meta": meta, "layout": layout}, ensure_ascii=False, separators=(",", ":")).encode()
    header += b" " * (-(len(MAGIC) + 4 + len(header)) % 8)
    with path.open("wb") as file:
        file.write(MAGIC + len(header).to_bytes(4, "little") + header)
        file.writelines(bodies)


class Columns:
    """The mapped file: columns as attributes-by-name, and lookups from normal forms to rows."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError) as fault:
            raise BadRule(f"the gazetteer cannot be opened: {fault}", path.name, "Install the package again.") from None
        view = memoryview(self._map)
        if bytes(view[: len(MAGIC)]) != MAGIC:
            raise BadRule("not a gazetteer of this version", path.name, "Build it with scripts/build_gazetteer.py.")
        base = len(MAGIC) + 4
        size = int.from_bytes(view[len(MAGIC) : base], "little")
        header = json.loads(bytes(view[base : base + size]))
        self.meta: dict[str, Any] = header["meta"]
        self._columns: dict[str, Sequence[int]] = {
            name: view[base + size + at : base + size + at + length].cast(code)
            for name, (code, at, length) in header["layout"].items()
        }
        column = self._columns
        self.parent, self.population, self.level = column["parent"], column["population"], column["level"]
        self.latitude, self.longitude, self.geonameid = column["latitude"], column["longitude"], column["geonameid"]
        self._names, self._name_at = view, column["name_at"]
        self._pool = base + size + header["layout"]["names"][1]
        self._hashes, self._posting_at, self._postings = column["hashes"], column["posting_at"], column["postings"]
        self._first = column["first_tokens"]

    def __len__(self) -> int:
        return len(self.level)

    def name(self, row: int) -> str:
        """The gazetteer's own name of a row."""
        return str(self._names[self._pool + self._name_at[row] : self._pool + self._name_at[row + 1]], "utf-8")

    def rows(self, key: str) -> list[tuple[int, bool]]:
        """The rows that bear the normal form `key`, most people first, each with whether it is their own name."""
        code = name_hash(key)
        at = bisect_left(self._hashes, code)
        if at == len(self._hashes) or self._hashes[at] != code:
            return []
        found = self._postings[self._posting_at[at] : self._posting_at[at + 1]]
        return [(posting >> 1, not posting & 1) for posting in found]

    def knows(self, key: str) -> bool:
        """Whether some row bears the normal form `key`."""
        code = name_hash(key)
        at = bisect_left(self._hashes, code)
        return at < len(self._hashes) and self._hashes[at] == code

    def longest(self, token: str) -> int:
        """The number of tokens of the longest name that may start with `token`; 0 where none does."""
        code = first_token_code(token)
        at = bisect_left(self._first, code)
        if at == len(self._first) or self._first[at] & _TOKEN_BITS != code:
            return 0
        return self._first[at] & 7
