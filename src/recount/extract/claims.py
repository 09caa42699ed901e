"""Mentions → claims: what a passage asserts, with its exact span, its words, its hedge and its standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recount.extract.groups import NAMED
from recount.extract.judge import Verdict
from recount.extract.proposals import Proposal
from recount.extract.tolls import TollMention
from recount.records import Claim, Passage, Property, Report, Speaker, Toll, Value, claim_id


def claim(
    report: Report,
    passage: Passage,
    span: tuple[int, int],
    said: str,
    prop: Property,
    value: Value,
    *,
    rule: str,
    pack: str,
    reason: str = "",
) -> Claim:
    """A claim of any property whose quote is `report.text[span]`."""
    start, end = span
    return Claim(
        id=claim_id(report.id, start, end, prop, said),
        report=report.id,
        passage=passage.index,
        start=start,
        end=end,
        quote=report.text[start:end],
        property=prop,
        said=said,
        value=value,
        rule=rule,
        reason=reason,
        pack=pack,
    )


def toll_claim(
    report: Report, proposal: Proposal, speakers: Sequence[Speaker], pack: str, verdict: Verdict | None = None
) -> Claim:
    """The claim of one figure; `said` holds the people, the quote people and word of harm."""
    mention, text = proposal.mention, report.text
    group = mention.group
    said, harm_word = text[group.start : group.end], text[mention.harm_start : mention.harm_end]
    side = verdict.side if verdict and not _side_is_told(mention) else mention.side
    weighed = f"; weighed {verdict.toll:.2f} by {', '.join(verdict.reasons)}" if verdict else ""
    return Claim(
        id=claim_id(report.id, mention.start, mention.end, "toll", f"{said}|{mention.harm}|{group.start}"),
        report=report.id,
        passage=proposal.passage.index,
        start=mention.start,
        end=mention.end,
        quote=text[mention.start : mention.end],
        property="toll",
        said=said,
        value=Toll(harm=mention.harm, side=side, count=mention.count, who=said),
        hedge=group.hedge,
        modality=proposal.modality,
        speakers=tuple(speakers),
        subset=mention.subset,
        reach=_reach(verdict),
        rule=f"tolls.{mention.rule}",
        reason=f"{mention.rule}: {said!r} with {harm_word!r}{weighed}",
        pack=pack,
    )


def _side_is_told(mention: TollMention) -> bool:
    """Whether the words give the side; that of a name or pronoun, and of civilians arrested, is left to the judge."""
    loose = mention.group.symbol in NAMED or (mention.harm, mention.side) == ("captured", "civilians")
    return mention.side != "unspecified" and not loose


def _reach(verdict: Verdict | None) -> Literal["incident", "period"] | None:
    if verdict is None:
        return None
    return "period" if verdict.statistic >= 0.5 else "incident"
