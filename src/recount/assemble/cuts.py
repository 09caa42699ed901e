"""Where a passage falls into clauses that tell of different incidents: "30 in A, while 11 in B".

A passage is cut between two figures that follow each other where each has a place of its own, or where a joining word
begins another story ("while", "another") and a place stands with it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from recount.records import Claim, Toll

_ANOTHER = re.compile(r";|\b(?:while|whereas|another|separate)\b", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:including|among)\b", re.IGNORECASE)
_SURE = re.compile(r"[•;]|,? while\b|\bwhereas\b|, but\b", re.IGNORECASE)
_MARKS = re.compile(r", and\b|\b(?:and|after|following|before|when|as)\b|,", re.IGNORECASE)


def cuts_of(tolls: Sequence[Claim], places: Sequence[Claim], text: str) -> list[int]:
    """The offsets at which a passage with these figures and places, each in the order of the text, is cut."""
    return [mark_between(one, two, text) for one, two in pairwise(tolls) if apart(one, two, places, text)]


def apart(one: Claim, two: Claim, places: Sequence[Claim], text: str) -> bool:
    """Whether two figures of one passage are of different incidents."""
    first, second, middle = _toll(one), _toll(two), text[one.end : two.start]
    if two.start < one.end or two.subset or first.count == second.count or _WITHIN.search(middle):
        return False
    between = any(one.start < p.start < two.start for p in places)
    behind = any(p.start > two.start for p in places)
    if _ANOTHER.search(middle) and (between or behind):
        return True
    return (first.harm, first.side) == (second.harm, second.side) and between and behind


def _toll(claim: Claim) -> Toll:
    assert isinstance(claim.value, Toll)
    return claim.value


def mark_between(one: Claim, two: Claim, text: str) -> int:
    """Where to cut: the last sure mark between two figures, else the last joining word, else before the second."""
    sure = list(_SURE.finditer(text, one.end, two.start))
    marks = list(_MARKS.finditer(text, one.end, two.start))
    joined = [m for m in marks if m.group().startswith(", ")]
    best = sure or joined or marks
    return best[-1].start() if best else two.start
