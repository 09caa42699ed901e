"""What the choosers look at, laid out once a report: its places and days, and the words around each of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from recount.assemble.choose_clause import Clause, clause_of
from recount.assemble.choose_words import says_office, says_speech, step, words_of
from recount.assemble.drafts import Draft
from recount.assemble.scenes import CueWord, Scene
from recount.records import Claim, Days, Passage, Place, Report

_REACH = 40
"""Characters before and behind a name or day that are looked at."""
_OFFICE_REACH = 60


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
        self.order = {start: n for n, start in enumerate(c.start for c in self.places)}
        self.countries = Counter(place_of(c).country for c in self.places)
        self.lead_places = [place_of(c) for c in self.places if c.passage <= self.lead + 1]
        self.tellers: dict[int, set[int]] = {}
        for number, draft in enumerate(drafts):
            for scene in draft.scenes:
                self.tellers.setdefault(scene.passage.index, set()).add(number)
        self._events = [c for c in cues if c.name in ("harm", "kind")]
        self.kinds_named = {c.kind for c in cues if c.kind is not None}
        """Kinds that some word of the report names."""
        self._starts = [c.start for c in self._events]
        self._clauses: dict[tuple[str, int], Clause] = {}
        self.tolls_in = _by_passage(_told(c for s in scenes for c in s.tolls))
        self._kept: dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def clause(self, claim: Claim) -> Clause:
        """How a claim stands in its clause."""
        key = (claim.property, claim.start)
        found = self._clauses.get(key)
        if found is None:
            passage = self.passages[claim.passage]
            found = self._clauses[key] = clause_of(self.text, passage, claim, self._events, self._starts)
        return found

    def kind_words(self, passage: Passage) -> list[CueWord]:
        """The words for kinds of incidents in a passage."""
        left, right = bisect_left(self._starts, passage.start), bisect_left(self._starts, passage.end)
        return [c for c in self._events[left:right] if c.kind is not None]

    def surroundings(self, claim: Claim, told: bool) -> tuple[str, ...]:
        """Traits of the words around a claim, up to the bounds of its passage; `told`: a draft's own story holds it."""
        where = "here" if told else "away"
        key = (claim.property, claim.start)
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = (self._words(claim), self._events_around(claim))
        words, events = found
        return (*words, *events, *[f"{where} {trait}" for trait in events])

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
        official = says_office(self.text[max(left, claim.start - _OFFICE_REACH) : claim.start])
        far_before, far_behind = (f"{before} by {apart[0]}", f"{behind} by {apart[1]}")
        if says_speech(self.text[left : claim.start]):
            before = "speech"
        if says_speech(self.text[claim.end : right]):
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
