"""Traits: what a judge may look at when it weighs a figure. Each is a short readable string, present or absent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from recount.extract.evenhanded import ARMED, ONLY_SIDE, folded, shortened
from recount.extract.events import Cue
from recount.extract.groups import NAMED
from recount.extract.tolls import TollMention
from recount.records import Days, Passage, Side

_WORD = re.compile(r"[^\W\d_]+|\d+")
_SIZES = (
    (0, "0"),
    (1, "1"),
    (2, "2"),
    (5, "3-5"),
    (20, "6-20"),
    (100, "21-100"),
    (1000, "101-1000"),
    (float("inf"), "over 1000"),
)


_LEAD = 700
"""Characters of a report whose words are traits of it."""


class ReportTraits:
    """Traits that all figures of one report share."""

    def __init__(
        self,
        text: str,
        cues: Sequence[Cue],
        days: Mapping[int, Sequence[Days]] | None = None,
        published: date | None = None,
    ) -> None:
        self._text = text
        self._days = days or {}
        self._published = published
        self._cues = cues
        self._read: dict[int, list[str]] = {}
        counts = Counter(c.name for c in cues)
        self.core = [
            "bias",
            f"report armed {_bucket(counts['armed'])}",
            f"report accident {_bucket(counts['accident'])}",
            f"report balance {min(4, counts['armed'] * 4 // (counts['armed'] + counts['accident'] + 1))}",
        ]

    @cached_property
    def shared(self) -> list[str]:
        """The traits of the report: its `core`, which weighs on whether a figure counts, and the words of its lead."""
        return [*self.core, *_said("report says", sorted(set(_words(self._text[:_LEAD]))))]

    def of(self, mention: TollMention, passage: Passage, modality: str) -> Iterator[str]:
        """The traits of one figure in its passage, those of the report (`shared`) left out."""
        yield from self.near(mention, passage, modality)
        yield from self.wide(mention, passage)

    def wide(self, mention: TollMention, passage: Passage) -> Iterator[str]:
        """The traits that weigh on side and reach alone: what tells the side, and all words of the passage."""
        yield from self._sides(mention)
        yield from _said("passage says", self._words_of(passage))

    def near(self, mention: TollMention, passage: Passage, modality: str) -> Iterator[str]:
        """The traits that weigh on whether a figure counts: its form and the words near it."""
        text, group = self._text, mention.group
        harm_word = text[mention.harm_start : mention.harm_end].lower()
        size = mention.count.low if mention.count.low is not None else mention.count.high or 0
        bucket = next(name for bound, name in _SIZES if size <= bound) if group.count else "not told"
        noun = folded(group.noun or "none")
        basic = {
            "rule": mention.rule,
            "form": group.symbol,
            "harm": mention.harm,
            "kind of people": _kind(mention.side),
            "noun": noun,
            "hedge": str(group.hedge),
            "size": bucket,
            "harm word": harm_word,
            "modality": modality,
            "passage": passage.kind,
            "place in text": str(min(passage.index, 12) // 3),
        }
        for key, value in basic.items():
            yield f"{key}={value}"
        yield f"path={mention.path}"
        yield f"path and form={mention.path} {group.symbol}"
        yield f"path and rule={mention.path} {mention.rule}"
        yield f"agent={_kind(mention.agent)}"
        yield f"agent and harm={_kind(mention.agent)} {mention.harm}"
        yield f"subset={mention.subset}"
        yield f"side known={group.side_known}"
        yield f"noun and harm={noun} {mention.harm}"
        yield f"form and rule={group.symbol} {mention.rule}"
        yield f"form and harm={group.symbol} {mention.harm}"
        yield f"form and size={group.symbol} {bucket}"
        yield f"harm and kind of people={mention.harm} {_kind(mention.side)}"
        yield f"core={mention.rule} {group.symbol} {_kind(mention.side)} {mention.harm}"
        yield f"form, kind and hedge={group.symbol} {_kind(mention.side)} {group.hedge}"
        yield f"definite={group.definite}"
        yield from _said("people say", _words(text[group.start : group.end]))
        yield from self._around(mention, passage)

    def _sides(self, mention: TollMention) -> Iterator[str]:
        """What tells the side, and may weigh on nothing else."""
        group = mention.group
        yield f"{ONLY_SIDE}side={mention.side}"
        yield f"{ONLY_SIDE}harm and side={mention.harm} {mention.side}"
        yield f"{ONLY_SIDE}agent={mention.agent}"
        yield f"{ONLY_SIDE}agent and harm={mention.agent} {mention.harm}"
        yield f"{ONLY_SIDE}agent and noun={mention.agent} {group.noun or 'none'}"
        yield f"{ONLY_SIDE}noun={group.noun or 'none'}"
        yield f"{ONLY_SIDE}side before={mention.before}"
        if group.symbol in NAMED:
            yield f"{ONLY_SIDE}person told as {mention.person}"
            yield f"{ONLY_SIDE}person told as {mention.person} {mention.harm}"
        if not group.side_known:
            yield f"{ONLY_SIDE}side before, unknown own={mention.before} {mention.harm}"
            if mention.listed:
                yield f"{ONLY_SIDE}listed with {mention.before}"

    def _words_of(self, passage: Passage) -> list[str]:
        """The words of a passage, read once for all its figures."""
        words = self._read.get(passage.index)
        if words is None:
            words = self._read[passage.index] = _words(self._text[passage.start : passage.end])
        return words

    def _around(self, mention: TollMention, passage: Passage) -> Iterator[str]:
        text = self._text
        before = _words(text[passage.start : mention.start])[-4:]
        after = _words(text[mention.end : passage.end])[:4]
        between = text[min(mention.group.end, mention.harm_end) : max(mention.group.start, mention.harm_start)]
        yield from _said("before", before)
        yield from _said("just before", before[-1:])
        yield from _said("after", after)
        yield from _said("just after", after[:1])
        yield from _said("between", _words(between)[:5])
        for cue in self._cues:
            if passage.start <= cue.start < passage.end and cue.name != "harm":
                yield f"cue {cue.name}" if cue.kind is None else f"kind word {cue.kind}"
        for days in self._days.get(passage.index, ()):
            yield f"days {_window(days)}"
            yield f"days {_age(days, self._published)}"


def _said(where: str, words: Sequence[str]) -> Iterator[str]:
    """Each word once, folded where it names a side or a nation; such a word itself may weigh on the side alone."""
    for word in dict.fromkeys(words):
        plain = folded(word)
        yield f"{where} {plain}"
        if plain != word:
            yield f"{ONLY_SIDE}{where} {word}"


def _kind(side: Side | None) -> str:
    """The kind of people that a side is of: the armed of either side are alike."""
    return "armed" if side in ARMED else str(side)


def _window(days: Days) -> str:
    if days.first is None:
        return "unknown"
    if days.last is None:
        return "open window"
    length = (days.last - days.first).days
    return "one day" if length == 0 else "short window" if length <= 9 else "month" if length <= 31 else "long window"


def _age(days: Days, published: date | None) -> str:
    if published is None or days.last is None:
        return "of unknown age"
    age = (published - days.last).days
    return "fresh" if age <= 3 else "of last weeks" if age <= 21 else "of last months" if age <= 200 else "old"


def _bucket(n: int) -> str:
    return str(n) if n < 4 else "4-9" if n < 10 else "10 or more"


def _words(text: str) -> list[str]:
    return ["#" if w[0].isdigit() else w for w in _WORD.findall(shortened(text.replace("\u00ad", "").lower()))]
