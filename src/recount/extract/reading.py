"""All claims of a report: figures, days, places and actors of the passages that tell of harm or of an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple, Protocol

from recount.extract.claims import claim, toll_claim
from recount.extract.events import Cue
from recount.extract.phrases import Span
from recount.extract.tolls import TollReader
from recount.records import Claim, Passage, Property, Report, Speaker, Value


class Item(NamedTuple):
    """One thing found and read beforehand: where, as said, as read, by which rule."""

    start: int
    end: int
    said: str
    prop: Property
    value: Value
    rule: str
    reason: str = ""


class SpeakerFinder(Protocol):
    """Gives the chain of speakers, nearest first, of a span of the text."""

    def __call__(self, start: int, end: int) -> Sequence[Speaker]: ...


class Found(NamedTuple):
    """What is known of a report before its figures are bound."""

    items: Sequence[Item]
    cues: Sequence[Cue]
    speakers: SpeakerFinder


@cache
def _reader(language: str) -> TollReader:
    return TollReader(language)


def claims_of(report: Report, passages: Sequence[Passage], found: Found, pack: str, language: str = "en") -> list[Claim]:
    """The claims of a report in the order of the text; furniture is passed over."""
    harms = {p.index for p in passages for _ in _inside(found.cues, p)}
    by_passage = _items_by_passage(passages, found.items)
    claims: list[Claim] = []
    for passage in passages:
        if passage.kind == "furniture":
            continue
        items = by_passage.get(passage.index, [])
        for item in items:
            claims.append(claim(report, passage, (item.start, item.end), item.said, item.prop, item.value, rule=item.rule, reason=item.reason, pack=pack))
        if passage.index in harms:
            claims += _tolls(report, passage, items, found.speakers, pack, language)
    return claims


def _inside(cues: Sequence[Cue], passage: Passage) -> list[Cue]:
    return [c for c in cues if c.name == "harm" and passage.start <= c.start < passage.end][:1]


def _items_by_passage(passages: Sequence[Passage], items: Sequence[Item]) -> Mapping[int, list[Item]]:
    rows: dict[int, list[Item]] = {}
    ordered = sorted(items, key=lambda i: (i.start, i.end))
    at = 0
    for passage in passages:
        while at < len(ordered) and ordered[at].start < passage.end:
            if ordered[at].start >= passage.start:
                rows.setdefault(passage.index, []).append(ordered[at])
            at += 1
    return rows


def _tolls(
    report: Report, passage: Passage, items: Sequence[Item], speakers: SpeakerFinder, pack: str, language: str
) -> list[Claim]:
    spans = [Span(i.start, i.end, "T" if i.prop == "day" else "P") for i in items if i.prop in ("day", "place")]
    mentions = _reader(language).read(report.text, passage.start, passage.end, spans)
    return [toll_claim(report, passage, m, speakers(m.start, m.end), pack) for m in mentions]
