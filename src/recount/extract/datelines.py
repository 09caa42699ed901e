"""Datelines: where and when a report was filed ("QUETTA, Feb 01 (Agency):"), which is not where it happened."""

from __future__ import annotations

import re
from collections.abc import Sequence

from recount.records import Passage

_NAME = r"[A-Z][\w’'.\-]*"
_DATELINE = re.compile(
    rf"[^\w]{{0,3}}(?:{_NAME})(?:[ ,/]+(?:{_NAME}|\d{{1,4}}|de|al|el|the|of|and))*"
    r"(?:\s*\([^)\n]{2,40}\))?\s*(?::|[—–•]|--?\s|\s-)\s*"
)
_LONGEST = 70
_FIRST = 8
"""Passages among which a dateline may stand: behind the headline and a list of highlights."""


def datelines(text: str, passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """The spans of datelines at the beginning of early passages."""
    found = []
    for passage in [p for p in passages if p.kind == "sentence"][:_FIRST]:
        match = _DATELINE.match(text, passage.start, min(passage.end, passage.start + _LONGEST))
        if match and _looks_like_one(match.group()):
            found.append(match.span())
    return found


def _looks_like_one(said: str) -> bool:
    """A name in capitals, a bracketed agency, a day, or a colon or dash right behind one or two names."""
    words = re.findall(r"\w+", said)
    capitals = any(len(w) > 2 and w.isupper() for w in words)
    return bool(words) and (capitals or "(" in said or any(w.isdigit() for w in words) or len(words) <= 3)


def outside(spans: Sequence[tuple[int, int]], start: int) -> bool:
    """Whether an offset lies in none of the spans."""
    return not any(left <= start < right for left, right in spans)
