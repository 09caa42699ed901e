"""Mentions → claims: what a passage asserts, with its exact span, its words, its hedge and its standing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from recount.extract.standing import modality_of
from recount.extract.tolls import TollMention
from recount.records import Claim, Passage, Property, Report, Speaker, Toll, Value, claim_id


class Mention(Protocol):
    """Anything found in the text beforehand: a span and the rule that found it."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


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
    report: Report, passage: Passage, mention: TollMention, speakers: Sequence[Speaker], pack: str
) -> Claim:
    """The claim of one toll mention; `said` holds the people, the quote people and word of harm."""
    text, group = report.text, mention.group
    said = text[group.start : group.end]
    harm_word = text[mention.harm_start : mention.harm_end]
    return Claim(
        id=claim_id(report.id, mention.start, mention.end, "toll", f"{said}|{harm_word}|{mention.harm}|{mention.phrase}"),
        report=report.id,
        passage=passage.index,
        start=mention.start,
        end=mention.end,
        quote=text[mention.start : mention.end],
        property="toll",
        said=said,
        value=Toll(harm=mention.harm, side=mention.side, count=mention.count, who=said),
        hedge=group.hedge,
        modality=modality_of(text, passage.start, passage.end, mention.start, mention.harm_start),
        speakers=tuple(speakers),
        rule=f"tolls.{mention.rule}",
        reason=f"{mention.rule}: {said!r} with {harm_word!r}",
        pack=pack,
    )
