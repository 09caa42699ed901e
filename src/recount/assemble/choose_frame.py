"""What the choosers look at, laid out once a report: its places and days, and the words around each of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from recount.assemble.drafts import Draft
from recount.assemble.scenes import CueWord, Scene
from recount.records import Claim, Days, Passage, Place, Report

_WORD = re.compile(r"[^\W\d_]+|\d+|[,;:()’'–—-]")
SPEECH = re.compile(
    r"\b(?:sa(?:id|ys?)|t(?:old|ells?)|added|announced|confirmed|reported|claimed|stated?|statement|warned|condemned"
    r"|declared|posted|tweeted|urged|met|spoke|speaking|acknowledged|accused|vowed|arrived|sentenced|charged)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:spokes\w+|minist\w+|conference|president|governor|ambassador|embassy|envoy|officials?|reporters|correspondent)\b",
    re.IGNORECASE,
)
_REACH = 40
"""Characters before and behind a name or day that are looked at."""
_STEPS = ((0, "none"), (15, "a step"), (40, "a phrase"), (90, "a clause"), (160, "a line"))


def words_of(text: str) -> list[str]:
    """The words and marks of a stretch of text in lower case, every number as "#"."""
    return ["#" if word[0].isdigit() else word for word in _WORD.findall(text.lower())]


def step(characters: int) -> str:
    """A distance in characters in one of six sizes."""
    return next((name for bound, name in _STEPS if characters <= bound), "far")


def place_of(claim: Claim) -> Place:
    """The place that a place claim carries."""
    assert isinstance(claim.value, Place)
    return claim.value


def days_of(claim: Claim) -> Days:
    """The days that a day claim carries."""
    assert isinstance(claim.value, Days)
    return claim.value


class Frame:
    """One report with its scenes, its drafts, and its place and read day claims in the order of the text."""

    def __init__(
        self, report: Report, scenes: Sequence[Scene], drafts: Sequence[Draft], cues: Sequence[CueWord] = ()
    ) -> None:
        self.report, self.text, self.scenes, self.drafts = report, report.text, scenes, drafts
        self.passages: dict[int, Passage] = {s.passage.index: s.passage for s in scenes}
        self.places = _told(c for s in scenes for c in s.places)
        self.days = _told(c for s in scenes for c in s.days if days_of(c).first is not None)
        self.places_in = _by_passage(self.places)
        self.days_in = _by_passage(self.days)
        self.lead = next((i for i, p in sorted(self.passages.items()) if p.kind == "sentence"), 0)
        self.tellers: dict[int, set[int]] = {}
        for number, draft in enumerate(drafts):
            for scene in draft.scenes:
                self.tellers.setdefault(scene.passage.index, set()).add(number)
        self._events = [c for c in cues if c.name in ("harm", "kind")]
        self._starts = [c.start for c in self._events]

    def kind_words(self, passage: Passage) -> list[CueWord]:
        """The words for kinds of incidents in a passage."""
        left, right = bisect_left(self._starts, passage.start), bisect_left(self._starts, passage.end)
        return [c for c in self._events[left:right] if c.kind is not None]

    def surroundings(self, claim: Claim, told: bool) -> tuple[str, ...]:
        """Traits of the words around a claim, up to the bounds of its passage; `told`: a draft's own story holds it."""
        where = "here" if told else "away"
        events = self._events_around(claim)
        return (*self._words(claim), *events, *(f"{where} {trait}" for trait in events))

    def _words(self, claim: Claim) -> tuple[str, ...]:
        passage = self.passages[claim.passage]
        before = words_of(self.text[max(passage.start, claim.start - _REACH) : claim.start])
        behind = words_of(self.text[claim.end : min(passage.end, claim.end + _REACH)])
        two, one = ["^", "^", *before][-2:]
        first, second = [*behind, "$", "$"][:2]
        return (
            f"after {one!r}",
            f"after '{two} {one}'",
            f"before {first!r}",
            f"before '{first} {second}'",
            f"between {one!r} and {first!r}",
        )

    def _events_around(self, claim: Claim) -> tuple[str, ...]:
        """Which comes nearest before and behind in the passage: a word of harm, of a kind, of speech, or none."""
        passage = self.passages[claim.passage]
        at = bisect_left(self._starts, claim.start)
        behind_at = bisect_left(self._starts, claim.end)
        left, right, before, behind = passage.start, passage.end, "none", "none"
        if at and self._events[at - 1].start >= passage.start:
            before, left = self._events[at - 1].name, min(self._events[at - 1].end, claim.start)
        if behind_at < len(self._events) and self._events[behind_at].start < passage.end:
            behind, right = self._events[behind_at].name, self._events[behind_at].start
        apart = (step(claim.start - left), step(right - claim.end))
        official = _OFFICIAL.search(self.text, max(left, claim.start - 60), claim.start)
        far_before, far_behind = (f"{before} by {apart[0]}", f"{behind} by {apart[1]}")
        if SPEECH.search(self.text, left, claim.start):
            before = "speech"
        if SPEECH.search(self.text, claim.end, right):
            behind = "speech"
        return (
            f"nearest before: {before}",
            f"nearest behind: {behind}",
            f"between {before} and {behind}",
            f"behind {far_before}",
            f"ahead of {far_behind}",
            f"{'official' if official else 'no official'} before",
        )


def _told(claims: Iterable[Claim]) -> list[Claim]:
    """Claims once each, in the order of the text."""
    return sorted({c.start: c for c in claims}.values(), key=lambda c: c.start)


def _by_passage(claims: Iterable[Claim]) -> dict[int, list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in claims:
        found.setdefault(claim.passage, []).append(claim)
    return found
