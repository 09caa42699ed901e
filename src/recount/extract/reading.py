"""All claims of a report: figures, days, places and actors of the passages that tell of harm or of an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from recount.extract.claims import claim, toll_claim
from recount.extract.events import Cue
from recount.extract.judge import Judge, judge
from recount.extract.phrases import Span
from recount.extract.proposals import Proposal, proposals
from recount.extract.traits import ReportTraits
from recount.records import Claim, Passage, Property, Report, Speaker, Value

_TRUSTED = frozenset("GBS")
"""Forms of groups that need no judge: counted people, bare numbers, single persons."""


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


def claims_of(
    report: Report, passages: Sequence[Passage], found: Found, pack: str, *, language: str = "en", use_judge: bool = True
) -> list[Claim]:
    """The claims of a report in the order of the text; furniture is passed over."""
    by_passage = _items_by_passage(passages, found.items)
    claims = [
        claim(report, p, (i.start, i.end), i.said, i.prop, i.value, rule=i.rule, reason=i.reason, pack=pack)
        for p in passages
        if p.kind != "furniture"
        for i in by_passage.get(p.index, ())
    ]
    spans = {n: [_span(i) for i in items if i.prop in ("day", "place")] for n, items in by_passage.items()}
    proposed = proposals(report, passages, found.cues, spans, language)
    weigher = judge(language) if use_judge else None
    claims += _judged(report, passages, found, proposed, weigher, pack)
    return sorted(claims, key=lambda c: (c.start, c.end, c.property))


def _judged(
    report: Report,
    passages: Sequence[Passage],
    found: Found,
    proposed: Iterable[Proposal],
    weigher: Judge | None,
    pack: str,
) -> Iterator[Claim]:
    """The proposals that stand: all the judge believes, or without one all whose form can be trusted."""
    traits = ReportTraits(report.text, passages, found.cues)
    for proposal in proposed:
        mention = proposal.mention
        speakers = found.speakers(mention.start, mention.end)
        if weigher is None:
            if mention.group.symbol in _TRUSTED or mention.rule == "none":
                yield toll_claim(report, proposal, speakers, pack)
            continue
        verdict = weigher.weigh(traits.of(mention, proposal.passage, proposal.modality))
        if verdict.toll >= weigher.threshold:
            yield toll_claim(report, proposal, speakers, pack, verdict)


def _span(item: Item) -> Span:
    return Span(item.start, item.end, "T" if item.prop == "day" else "P")


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
