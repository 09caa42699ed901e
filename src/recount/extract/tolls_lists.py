"""Figures that stand together in a passage: single persons counted together, and sides that one lends to the next."""

from __future__ import annotations

from collections.abc import Sequence

from recount.extract.groups import ONE
from recount.extract.phrases import Phrase
from recount.extract.tolls_mention import TollMention, people
from recount.records import Count, Side


def summed(found: Sequence[TollMention], phrases: Sequence[Phrase]) -> list[TollMention]:
    """Single unnumbered persons of one harm and side in one phrase are counted together: "his wife and a child" are two."""
    summed: list[TollMention] = []
    last = -1
    for mention in found:
        held = summed[-1] if summed else None
        if held is not None and _one_more(held, last, mention, phrases):
            people = mention.group._replace(start=held.group.start)
            count = Count(low=(held.count.low or 0) + 1, high=(held.count.low or 0) + 1)
            start, end = min(held.start, mention.start), max(held.end, mention.end)
            summed[-1] = held._replace(start=start, end=end, group=people, count=count)
        else:
            summed.append(mention)
        last = mention.phrase
    return summed


def _one_more(held: TollMention, last: int, mention: TollMention, phrases: Sequence[Phrase]) -> bool:
    if mention.group.count != ONE or not all(_one_person(m) for m in (held, mention)):
        return False
    if held.harm != mention.harm or held.harm_start != mention.harm_start:
        return False
    if held.side != mention.side and "S" in (held.group.symbol, mention.group.symbol):
        return False
    return "".join(p.symbol for p in phrases[last + 1 : mention.phrase]) in ("&", ",", ",&")


def _one_person(mention: TollMention) -> bool:
    """Whether the words name a person without a number."""
    group = mention.group
    return group.symbol in "SM" and group.hedge is None and not group.partial


def share_sides(found: list[TollMention], phrases: Sequence[Phrase]) -> list[TollMention]:
    """Which side was named before; "two others" in one list with soldiers are on the soldiers' side.

    Only those whose harm is told outright lend their side: neither parts of a figure nor what is merely proposed.
    """
    known: Side | None = None
    shared = []
    for mention in found:
        i = mention.phrase
        listed = i > 1 and phrases[i - 1].symbol in "&,w" and people(phrases[i - 2])
        side = "unspecified" if _mixed(phrases, i, mention.side) else mention.side
        if mention.group.side_known and mention.group.symbol != "M":
            shared.append(mention._replace(side=side, before=known, listed=listed))
            if mention.sure and not mention.subset:
                known = side
            continue
        loose = mention.group.bare or mention.group.noun in {"other", "others"}
        if known is not None and loose and side == "unspecified":
            side = known
        shared.append(mention._replace(side=side, before=known, listed=listed))
    return shared


def _mixed(phrases: Sequence[Phrase], i: int, side: Side) -> bool:
    """Whether one count holds people of two sides: "1,045 soldiers and civilians"."""
    if phrases[i].symbol != "G":
        return False
    k = i + 1
    while k + 1 < len(phrases) and phrases[k].symbol in "&," and phrases[k + 1].symbol == "U":
        other = phrases[k + 1].group
        if phrases[k].symbol == "&" and other is not None and other.side != side:
            return True
        k += 2
    return False
