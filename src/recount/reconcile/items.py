"""Figures of one report that count different people ("a woman", "four of her neighbours") and so add up."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recount.reconcile.tellings import Telling
from recount.records import Count
from recount.values.texts import fold

TOTALS = frozenset({"people", "persons", "total", "others", "dead", "casualties", "lives", "victims"})


def beside(one: Telling, other: Telling) -> bool:
    """Whether two figures of one event report count different people, so that neither contradicts the other."""
    if one.event_report != other.event_report or one.cell != other.cell or one.superseded or other.superseded:
        return False
    if one.by != other.by:
        return False
    a, b = set(fold(one.toll.who).split()), set(fold(other.toll.who).split())
    return bool(a and b) and not a & b and not (a | b) & TOTALS


def merged(told: Sequence[Telling]) -> list[Telling]:
    """The tellings that count, those of different people of one report added into one; order kept.

    Parts that add up to a total which the same report gives are left out: the total stands for them.
    """
    groups: list[list[Telling]] = []
    for telling in (t for t in told if t.counts):
        home = next((g for g in groups if all(beside(telling, t) for t in g)), None)
        if home is None:
            groups.append([telling])
        else:
            home.append(telling)
    sums = [_sum(group) for group in groups]
    return [s for s, group in zip(sums, groups, strict=True) if not _told_as_total(s, group, sums)]


def _sum(group: Sequence[Telling]) -> Telling:
    if len(group) == 1:
        return group[0]
    highs = [t.toll.count.high for t in group]
    high = None if None in highs else sum(h for h in highs if h is not None)
    count = Count(low=sum(t.number or 0 for t in group), high=high, approx=any(t.toll.count.approx for t in group))
    who = " and ".join(dict.fromkeys(t.toll.who for t in group))
    toll = msgspec.structs.replace(group[0].toll, count=count, who=who)
    return msgspec.structs.replace(group[0], toll=toll, also=tuple(t.claim for t in group[1:]))


def _told_as_total(added: Telling, group: Sequence[Telling], sums: Sequence[Telling]) -> bool:
    return len(group) > 1 and any(
        s is not added and s.event_report == added.event_report and s.number == added.number for s in sums
    )
