"""Which of a report's voices a figure is credited to, or none: a fitted choice among the voices around it.

The grammar (`speakers`) says how far a voice reaches; habits of prose say whether a writer means the reach to hold: a
sentence that goes on behind ", police said", an aside about an earlier attack, a headline that the lead repeats. Weights
are a table of readable traits (`rules/judge/<lang>/speakers.json`); without it the nearest holding voice is taken.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from recount.extract.speakers import Source, source_of
from recount.records import Passage
from recount.rules import FOLDER

_WORD = re.compile(r"\d[\d,.]*|[^\W\d_]+|[“”\",:;()—–-]")
_BACK, _AHEAD, _LEAD = 3, 2, 5
"""How many passages before and behind a figure, and behind a headline, a voice is looked for."""


class Option(NamedTuple):
    """A voice that may be meant (None: the outlet's own) and how it stands to the figure."""

    source: Source | None
    how: str


class Credits:
    """The choice for every figure of one report."""

    def __init__(
        self, text: str, passages: Sequence[Passage], sources: Sequence[Source], weights: Mapping[str, float] | None
    ) -> None:
        self._text, self._passages, self._sources, self._weights = text, passages, sources, weights
        self._starts = [p.start for p in passages]
        self._by_passage: dict[int, list[Source]] = {}
        for source in sources:
            self._by_passage.setdefault(source.passage, []).append(source)

    def source_for(self, start: int, end: int) -> Source | None:
        """The voice that the figure at a span is credited to; None for the outlet's own."""
        if self._weights is None:
            return source_of(self._sources, start, end)
        found = self.options(start)
        if len(found) == 1:
            return found[0].source
        scores = [sum(self._weights.get(t, 0.0) for t in self.traits(option, start, end, found)) for option in found]
        return found[scores.index(max(scores))].source

    def _at(self, start: int) -> int:
        return max(0, bisect_right(self._starts, start) - 1)

    def options(self, start: int) -> list[Option]:
        """The outlet, and each voice that may be meant, once by name: nearest first."""
        at = self._at(start)
        passage = self._passages[at]
        found = [Option(None, "none")]
        holding = source_of(self._sources, start, start)
        if holding:
            found.append(Option(holding, "holds" if holding.passage == passage.index else "goes on"))
        found += [Option(s, "beside") for s in self._by_passage.get(passage.index, ())]
        if passage.kind == "headline":
            found += self._near(range(at + 1, at + 1 + _LEAD), "lead")
        else:
            found += self._near(range(at - 1, at - 1 - _BACK, -1), "before")
            found += self._near(range(at + 1, at + 1 + _AHEAD), "behind")
        kept: dict[str, Option] = {}
        for option in found:
            kept.setdefault(option.source.name if option.source else "", option)
        return list(kept.values())

    def _near(self, numbers: range, how: str) -> Iterator[Option]:
        """The voices of passages near by: the last of one before, the first of one behind."""
        for n, number in enumerate(numbers):
            if not 0 <= number < len(self._passages):
                return
            voices = self._by_passage.get(self._passages[number].index)
            if voices:
                yield Option(voices[-1] if how == "before" else voices[0], f"{how} {n + 1}")
                return

    def traits(self, option: Option, start: int, end: int, among: Sequence[Option]) -> list[str]:
        """What weighs for and against one voice."""
        return list(self._traits(option, start, end, among))

    def _traits(self, option: Option, start: int, end: int, among: Sequence[Option]) -> Iterator[str]:
        passage, how = self._passages[self._at(start)], option.how
        yield how
        yield f"{how} in {passage.kind}"
        if option.source is None:
            yield from self._of_none(passage, start, end, among)
            return
        source, text = option.source, self._text
        verb = text[source.verb_start : source.verb_end].lower()
        if how.startswith(("before", "behind", "lead")):
            other = next((p for p in self._passages if p.index == source.passage), passage)
            yield f"{how} same paragraph {other.paragraph == passage.paragraph}"
            yield f"{how} to its end {source.scope[1] >= other.end - 2}"
        yield f"{how} verb {verb}"
        yield f"{how} by {source.rule.split(' ')[0]} {source.verb_start > start}"
        yield f"{how} party {source.chain[0].party}"
        last = source.name.split()[-1].lower()
        yield f"{how} voice {last}"
        if how in ("holds", "beside"):
            yield from self._between(source, how, start, end)

    def _between(self, source: Source, how: str, start: int, end: int) -> Iterator[str]:
        ahead = source.verb_start >= end
        side = "ahead" if ahead else "behind"
        stretch = self._text[end : source.verb_start] if ahead else self._text[source.verb_end : start]
        words = [w.lower() if not w[0].isdigit() else "#" for w in _WORD.findall(stretch)]
        yield f"{how} {side} distance {min(len(words), 32) // 4}"
        yield f"{how} {side} commas {min(3, words.count(','))}"
        for word in set(words[:12] if ahead else words[-12:]):
            yield f"{how} {side} past {word}"
        if words:
            yield f"{how} {side} next {words[0] if ahead else words[-1]}"
            yield f"{how} {side} first {words[-1] if ahead else words[0]}"

    def _of_none(self, passage: Passage, start: int, end: int, among: Sequence[Option]) -> Iterator[str]:
        text = self._text
        for option in among[1:]:
            yield f"none though {option.how}"
        before = [w.lower() for w in _WORD.findall(text[passage.start : start])]
        after = [w.lower() for w in _WORD.findall(text[end : passage.end])]
        yield f"none place {min(len(before), 20) // 4}"
        for word in before[-4:]:
            yield f"none before {word}"
        for word in after[:3]:
            yield f"none after {word}"
        for word in set(before[:2]):
            yield f"none opens {word}"
        for word in {w.lower() for w in _WORD.findall(text[start:end])}:
            yield f"none says {word}"
        yield f"none number {min(passage.index, 12) // 3}"


@cache
def credit_weights(language: str = "en") -> Mapping[str, float] | None:
    """The fitted table of a language; None where there is none."""
    path = FOLDER / "judge" / language / "speakers.json"
    if not path.exists():
        return None
    return msgspec.json.decode(path.read_bytes(), type=dict[str, float])
