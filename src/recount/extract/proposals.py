"""What the rules propose: every figure that a pattern binds to a harm, before anyone weighs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from recount.extract.events import Cue
from recount.extract.groups import NAMED
from recount.extract.not_events import PREFIX
from recount.extract.persons import Persons
from recount.extract.phrases import Span
from recount.extract.standing import modality_of
from recount.extract.tolls import TollMention, TollReader
from recount.records import Modality, Passage, Report


class Proposal(NamedTuple):
    """One figure in its passage, with the standing that its clause gives it."""

    passage: Passage
    mention: TollMention
    modality: Modality


@cache
def _reader(language: str) -> TollReader:
    return TollReader(language)


def proposals(
    report: Report,
    passages: Sequence[Passage],
    cues: Sequence[Cue],
    spans: Mapping[int, Sequence[Span]] | None = None,
    language: str = "en",
) -> Iterator[Proposal]:
    """The figures of all passages that hold a word of harm. `spans`: places and days by passage index."""
    reader, text = _reader(language), report.text
    read = {p: reader.phrases(text, p.start, p.end, (spans or {}).get(p.index, ())) for p in _harmful(passages, cues)}
    persons = Persons(text, {p.index: phrases for p, phrases in read.items()})
    spoken = [c for c in cues if c.name.startswith(PREFIX)]
    for passage, phrases in read.items():
        for mention in reader.propose(phrases):
            if any(c.start <= mention.harm_start < c.end for c in spoken):
                continue
            modality = modality_of(text, passage.start, passage.end, mention.start, mention.harm_start)
            if mention.group.symbol in NAMED:
                mention = mention._replace(person=persons.side_of(text, passage.index, mention.group))
            yield Proposal(passage, mention, modality)


def _harmful(passages: Sequence[Passage], cues: Sequence[Cue]) -> Iterator[Passage]:
    """The passages that hold a word of harm."""
    harms = [c.start for c in cues if c.name == "harm"]
    at = 0
    for passage in passages:
        while at < len(harms) and harms[at] < passage.start:
            at += 1
        if passage.kind != "furniture" and at < len(harms) and harms[at] < passage.end:
            yield passage
