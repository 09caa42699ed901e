"""How a place or day stands in its clause: the word that governs it, what follows, how far words of harm and kind are."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from recount.assemble.scenes import CueWord
from recount.records import Claim, Kind, Passage, Place
from recount.rules import read_table

_WORD = re.compile(r"[A-Za-z']+|[,;:(“]")
_REACH = 60
_AFAR = 400
"""Characters from a name to a word of harm or kind where its passage has none."""
_DISTANCES = ((15, "at hand"), (40, "near"), (90, "apart"), (200, "far"))


class Clause(NamedTuple):
    """What is around a claim, whoever's draft asks: `governor` is a group of prepositions, "" for none."""

    governor: str
    possessive: bool
    acts: bool
    turned: bool
    comma: bool
    name_next: bool
    before: int
    behind: int
    kinds: tuple[Kind | None, Kind | None]

    @property
    def located(self) -> bool:
        """Whether a preposition of place or time governs it."""
        return self.governor in ("in", "at", "near", "on", "across")

    @property
    def events(self) -> str:
        """How far the nearest words of harm or kind are, before and behind."""
        return f"{distance(self.before)} and {distance(self.behind)}"


def distance(characters: int) -> str:
    """A distance in characters in one of five sizes."""
    return next((name for bound, name in _DISTANCES if characters <= bound), "none")


@cache
def _words(language: str) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """Governing words with their group, verbs by which a name acts, words that turn to another event, words passed over."""
    table = read_table(f"cues/{language}/choices.toml")
    governors = {word: group for group, words in table["governors"].items() for word in words}
    verbs = "|".join(table["acts"]["verbs"])
    acts = re.compile(rf"\s+(?:{'|'.join(table['acts']['helpers'])}\s+)?(?:{verbs})\b")
    turned = re.compile(rf"\b(?:{'|'.join(table['turned']['words'])})\b", re.IGNORECASE)
    return governors, acts, turned, frozenset(table["passed"]["words"])


def clause_of(
    text: str, passage: Passage, claim: Claim, events: Sequence[CueWord], starts: Sequence[int], language: str = "en"
) -> Clause:
    """How a claim stands in its passage; `events` are the words of harm and kind of the report, `starts` where."""
    governors, acts, turned, passed = _words(language)
    words = [w.lower() for w in _WORD.findall(text[max(passage.start, claim.start - _REACH) : claim.start])]
    if isinstance(claim.value, Place) and claim.value.relation:
        words.append(claim.value.relation.split()[0].lower())
    while words and words[-1] in passed:
        words.pop()
    at, behind_at = bisect_left(starts, claim.start), bisect_left(starts, claim.end)
    before = events[at - 1] if at and starts[at - 1] >= passage.start else None
    behind = events[behind_at] if behind_at < len(starts) and starts[behind_at] < passage.end else None
    return Clause(
        governor=governors.get(words[-1], "") if words else "",
        possessive=text[claim.end : claim.end + 2] in ("'s", "’s"),
        acts=acts.match(text, claim.end) is not None,
        turned=turned.search(text, max(passage.start, claim.start - 80), claim.start) is not None,
        comma=text.startswith(",", claim.end),
        name_next=text[claim.end : claim.end + 1] == " " and text[claim.end + 1 : claim.end + 2].isupper(),
        before=max(0, claim.start - before.end) if before else _AFAR,
        behind=behind.start - claim.end if behind else _AFAR,
        kinds=(before.kind if before else None, behind.kind if behind else None),
    )
