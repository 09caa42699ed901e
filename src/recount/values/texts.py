"""Folded words and near copies of texts: what "the same wording" means.

A sketch keeps the smallest hashes of a text's five-word shingles, so that two texts are compared in microseconds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from array import array
from collections.abc import Collection
from functools import lru_cache

WORD = re.compile(r"\w+")
SHINGLE = 5
KEPT = 128
Sketch = tuple[int, ...]


def fold(text: str) -> str:
    """Lower case without accents and marks; scripts other than Latin stay as they are."""
    return text.lower() if text.isascii() else _fold(text)


@lru_cache(maxsize=10_000)
def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in order."""
    return tuple(WORD.findall(fold(text)))


def sketch(text: str) -> Sketch:
    """The `KEPT` smallest hashes of the text's shingles, ascending; empty where the text is shorter than a shingle."""
    words = WORD.findall(text.casefold())
    shingles = map(" ".join, zip(*(words[n:] for n in range(SHINGLE)), strict=False))
    return tuple(sorted(set(map(zlib.crc32, map(str.encode, shingles))))[:KEPT])


def packed(marks: Sketch) -> bytes:
    """A sketch in four bytes a mark, for keeping many."""
    return array("I", marks).tobytes()


def first_marks(sketched: bytes, number: int) -> list[int]:
    """The smallest marks of a packed sketch."""
    return array("I", sketched[: 4 * number]).tolist()


@lru_cache(maxsize=8_192)
def unpacked(sketched: bytes) -> frozenset[int]:
    """The marks of a packed sketch."""
    return frozenset(array("I", sketched))


def copied(one: Collection[int], other: Collection[int]) -> float:
    """Estimated share of wording that two texts have in common (Jaccard of their shingles), 0 to 1."""
    if not one or not other:
        return 0.0
    shared = set(one) & set(other)
    if not shared:
        return 0.0
    both = set(one) | set(other)
    if len(both) <= KEPT:
        return len(shared) / len(both)
    last = sorted(both)[KEPT - 1]
    return sum(mark <= last for mark in shared) / KEPT
