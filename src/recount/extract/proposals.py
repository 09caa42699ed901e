"""What the rules propose: every figure that a pattern binds to a harm, before anyone weighs it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from recount.extract.events import Cue
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
    reader, harms = _reader(language), [c.start for c in cues if c.name == "harm"]
    at = 0
    for passage in passages:
        while at < len(harms) and harms[at] < passage.start:
            at += 1
        if passage.kind == "furniture" or at >= len(harms) or harms[at] >= passage.end:
            continue
        inside = (spans or {}).get(passage.index, ())
        for mention in reader.read(report.text, passage.start, passage.end, inside):
            modality = modality_of(report.text, passage.start, passage.end, mention.start, mention.harm_start)
            yield Proposal(passage, mention, modality)
