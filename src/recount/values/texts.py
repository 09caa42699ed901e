"""Folded words and near copies of texts: what "the same wording" means.

A sketch keeps the smallest hashes of a text's five-word shingles, so that two texts are compared in microseconds.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from functools import lru_cache

WORD = re.compile(r"\w+")
SHINGLE = 5
KEPT = 128
Sketch = tuple[int, ...]


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Lower case without accents and marks; scripts other than Latin stay as they are."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


def folded_words(text: str) -> tuple[str, ...]:
    """The words of a text, folded, in order."""
    return tuple(WORD.findall(fold(text)))


def sketch(text: str) -> Sketch:
    """The `KEPT` smallest hashes of the text's shingles, ascending; empty where the text is shorter than a shingle."""
    words = WORD.findall(text.casefold())
    hashes = {zlib.crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1)}
    return tuple(sorted(hashes)[:KEPT])


def copied(one: Sketch, other: Sketch) -> float:
    """Estimated share of wording that two texts have in common (Jaccard of their shingles), 0 to 1."""
    if not one or not other:
        return 0.0
    both = sorted(set(one) | set(other))[:KEPT]
    shared = set(one) & set(other)
    return sum(h in shared for h in both) / len(both)
