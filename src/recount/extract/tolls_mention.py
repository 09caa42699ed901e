"""One figure in its passage: its people, its word of harm, and what its clause tells of both."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from recount.extract.groups import Group
from recount.extract.phrases import Phrase
from recount.records import Count, Harm, Side

LONE = frozenset("NH")
"""Slots of one person named by surname or pronoun alone."""
_PLAIN = str.maketrans("", "", "opPTeHN")
"""Slots that a path leaves out."""


class TollMention(NamedTuple):
    """One figure as a passage says it. Offsets are into the report's text; `start:end` holds people and word of harm."""

    start: int
    end: int
    group: Group
    harm: Harm
    side: Side
    count: Count  # type: ignore[assignment]  # the field, not the method of tuples
    rule: str
    subset: bool
    harm_start: int
    harm_end: int
    phrase: int
    """Index of the people's phrase in the passage."""
    before: Side | None = None
    """The side of the last people before these in the passage whose words tell it."""
    listed: bool = False
    """Whether these people stand in one list with the group before them."""
    agent: Side | None = None
    """The side of those who do the harm, where the clause names them."""
    path: str = ""
    """The slots between people and word of harm, plain words left out."""
    sure: bool = True
    """Whether the figure may stand without a judge."""
    person: Side | None = None
    """For a name or pronoun: the side that the report gives to that person elsewhere."""


def people(phrase: Phrase) -> bool:
    """Whether a phrase names people by more than a pronoun or a surname."""
    return phrase.group is not None and phrase.symbol not in LONE


def bound(
    phrases: Sequence[Phrase],
    i: int,
    harm_at: tuple[int, int],
    harm: Harm,
    rule: str,
    *,
    subset: bool,
    sure: bool,
    group: Group | None = None,
) -> TollMention:
    """The mention of one group (that of phrase `i` unless another is given) and the words of harm at `harm_at`."""
    group = group or phrases[i].group
    assert group is not None
    words = phrases[slice(*harm_at)]
    between = phrases[i + 1 : harm_at[0]] if i < harm_at[0] else phrases[harm_at[1] : i]
    arrow = ">" if i < harm_at[0] else "<"
    return TollMention(
        min(group.start, words[0].start),
        max(group.end, words[-1].end),
        group,
        harm,
        group.side,
        group.count or Count(low=2, high=None),
        rule,
        subset,
        words[0].start,
        words[-1].end,
        i,
        agent=_agent(phrases, i, harm_at),
        path=(arrow + "".join(p.symbol for p in between).translate(_PLAIN))[:8],
        sure=sure,
    )


def _agent(phrases: Sequence[Phrase], i: int, harm_at: tuple[int, int]) -> Side | None:
    """Who does the harm: the people behind "by", or those before an active word of harm."""
    behind = phrases[harm_at[1] : harm_at[1] + 4]
    for one, two in pairwise(behind):
        if one.symbol == "y" and two.group is not None and two.symbol in "GUS":
            return two.group.side
    if i < harm_at[0]:
        return None
    before = phrases[max(0, harm_at[0] - 6) : harm_at[0]]
    return next((p.group.side for p in reversed(before) if p.group is not None and p.symbol in "GUS"), None)
