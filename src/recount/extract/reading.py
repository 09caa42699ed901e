"""The claims of a report: figures first, then the days, places and actors of the passages around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from recount.extract.claims import claim, toll_claim
from recount.extract.evenhanded import ARMED
from recount.extract.events import Cue
from recount.extract.groups import COUNTED
from recount.extract.judge import judge
from recount.extract.phrases import Span
from recount.extract.proposals import Proposal, proposals
from recount.extract.traits import ReportTraits
from recount.records import Claim, Days, Passage, Property, Report, Speaker, Value
from recount.settings import Inclusion

BRIEF = 1500
"""Characters up to which a report is brief: it tells little but its news."""
BRIEF_THRESHOLD = 0.2
"""How likely a plain figure of a brief report must be to stand: the judge learned on long reports, full of background."""
PLAIN_THRESHOLD = 0.05
"""The same where armed people are said to have harmed or held armed people, as releases of a press office tell it."""

STRANGE = 0.65
"""How likely a figure must be to stand whose people no lexicon knows."""


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


class Reader(NamedTuple):
    """What every step of reading one report needs to know."""

    report: Report
    passages: Sequence[Passage]
    cues: Sequence[Cue]
    pack: str
    language: str = "en"
    use_judge: bool = True
    inclusion: Inclusion = "political"


def toll_claims(reader: Reader, days: Iterable[Item], speakers: SpeakerFinder) -> Iterator[Claim]:
    """The figures that stand: all the judge believes, or without one all whose form can be trusted."""
    report, passages, cues = reader.report, reader.passages, reader.cues
    rows = by_passage(passages, days)
    spans = {n: [Span(i.start, i.end, "T") for i in items] for n, items in rows.items()}
    weigher = judge(reader.language) if reader.use_judge else None
    traits = traits_of(reader, rows)
    start, shared = weigher.total(traits.core)[0] if weigher else 0.0, None
    for proposal in proposals(report, passages, cues, spans, reader.language):
        mention, verdict = proposal.mention, None
        at = (mention, proposal.passage)
        if weigher is not None:
            near = list(traits.near(*at, proposal.modality))
            if not stands(reader, proposal, weigher.belief(near, start), weigher.threshold):
                continue
            shared = shared or weigher.total(traits.shared)
            verdict = weigher.weigh([*near, *traits.wide(*at)], shared)
        if verdict is not None or stands(reader, proposal, None, 0.0):
            yield toll_claim(report, proposal, speakers(mention.start, mention.end), reader.pack, verdict)


def stands(reader: Reader, proposal: Proposal, belief: float | None, threshold: float) -> bool:
    """Whether a figure stands: where the judge believes it, and without a judge where its form can be trusted.

    A trusted form stands with less belief in a brief report, and with none where any violence counts: the judge learned
    on long reports of political violence, and holds the dead of a crime to be none of its figures.
    """
    mention = proposal.mention
    trusted = mention.sure and (mention.group.symbol in COUNTED or mention.rule == "none")
    if belief is None:
        return trusted
    if reader.inclusion == "any" and (trusted or (mention.sure and belief >= BRIEF_THRESHOLD)):
        return True
    if mention.group.stranger:
        return belief >= max(threshold, STRANGE)
    return belief >= threshold or (trusted and _brief_news(reader, proposal, belief))


def _brief_news(reader: Reader, proposal: Proposal, belief: float) -> bool:
    """Whether a figure of a trusted form is likely enough for a brief report, which tells little but its news."""
    mention = proposal.mention
    if len(reader.report.text) > BRIEF or mention.rule == "none" or proposal.modality != "asserted":
        return False
    fought = mention.agent in ARMED and mention.side in ARMED
    return belief >= (PLAIN_THRESHOLD if fought else BRIEF_THRESHOLD)


def traits_of(reader: Reader, days: Mapping[int, Sequence[Item]]) -> ReportTraits:
    """What the judge may look at in this report; `days` are the day items by passage."""
    read = {n: [i.value for i in items if isinstance(i.value, Days)] for n, items in days.items()}
    return ReportTraits(reader.report.text, reader.cues, read, reader.report.published)


def item_claims(reader: Reader, items: Iterable[Item]) -> Iterator[Claim]:
    """The claims of things found beforehand; furniture is passed over."""
    rows = by_passage(reader.passages, items)
    for passage in reader.passages:
        if passage.kind != "furniture":
            for i in rows.get(passage.index, ()):
                yield claim(
                    reader.report, passage, (i.start, i.end), i.said, i.prop, i.value,
                    rule=i.rule, reason=i.reason, pack=reader.pack,
                )  # fmt: skip


def by_passage(passages: Sequence[Passage], items: Iterable[Item]) -> Mapping[int, list[Item]]:
    """Items by the index of the passage that they begin in."""
    rows: dict[int, list[Item]] = {}
    ordered = sorted(items, key=lambda i: (i.start, i.end))
    at = 0
    for passage in passages:
        while at < len(ordered) and ordered[at].start < passage.end:
            if ordered[at].start >= passage.start:
                rows.setdefault(passage.index, []).append(ordered[at])
            at += 1
    return rows
