"""Statistics over periods: do those of shorter periods fit into that of the longer one?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import combinations
from typing import Literal

from recount.records import Check, Coding, Count, Record, Statistic
from recount.values.counts import compare, point, said
from recount.values.texts import fold

Verdict = Literal["consistent", "contradiction", "open"]


class Windowed(Record, frozen=True):
    """One figure of a statistic with its window (both ends known)."""

    statistic: Statistic
    what: tuple[str, str]
    count: Count
    claim: str
    first: date
    last: date


def statistic_windows(coding: Coding) -> list[Check]:
    """Disjoint shorter windows inside a longer one, of the same harm, side and places, added and held against it."""
    figures = [w for statistic in coding.statistics for w in _figures(statistic)]
    found = []
    for whole in figures:
        inside = [w for w in figures if w is not whole and _within(w, whole)]
        tiles = _tiles(inside)
        if tiles:
            found.append(_check(whole, tiles))
    return found


def _figures(statistic: Statistic) -> list[Windowed]:
    first, last = statistic.days.first, statistic.days.last
    if first is None or last is None:
        return []
    return [
        Windowed(
            statistic=statistic,
            what=(line.toll.harm, line.toll.side),
            count=line.toll.count,
            claim=line.claim,
            first=first,
            last=last,
        )
        for line in statistic.tolls
        if not line.subset and point(line.toll.count) is not None
    ]


def _within(part: Windowed, whole: Windowed) -> bool:
    """Strictly shorter, inside, and of the same thing in the same places."""
    shorter = (part.last - part.first) < (whole.last - whole.first)
    inside = whole.first <= part.first and part.last <= whole.last
    return shorter and inside and part.what == whole.what and _same_ground(part.statistic, whole.statistic)


def _same_ground(one: Statistic, other: Statistic) -> bool:
    """Same country and a place in common, as far as either names any."""
    if one.country and other.country and one.country != other.country:
        return False
    a, b = ({fold(x) for p in s.places for x in (p.name, p.admin1) if x} for s in (one, other))
    return bool(a & b) or not (a and b)


def _tiles(inside: Sequence[Windowed]) -> list[Windowed]:
    """The windows, by first day, if there are two or more and none overlaps another; else nothing can be added."""
    leaves = [w for w in inside if not any(o is not w and _within(o, w) for o in inside)]
    ordered = sorted(leaves, key=lambda w: (w.first, w.last, w.claim))
    clash = any(a.last >= b.first for a, b in combinations(ordered, 2))
    return [] if clash or len(ordered) < 2 else ordered


def _check(whole: Windowed, tiles: Sequence[Windowed]) -> Check:
    numbers = [point(w.count) or 0 for w in tiles]
    added = sum(numbers)
    open_top = any(w.count.high is None for w in tiles)
    verdict, why = _verdict(whole, Count(low=added, high=None if open_top else added), tiles)
    parts = " + ".join(f"{said(w.count)} ({w.first} to {w.last})" for w in tiles)
    window = f"{whole.first} to {whole.last}"
    text = f"{parts} = {added} against {said(whole.count)} {whole.what[0]} ({window}): {why}."
    return Check(
        kind="statistic_windows", verdict=verdict, sentence=text, claims=(whole.claim, *(w.claim for w in tiles))
    )


def _verdict(whole: Windowed, added: Count, tiles: Sequence[Windowed]) -> tuple[Verdict, str]:
    compared = compare(added, whole.count)
    if compared.verdict != "different":
        return "consistent", compared.reason
    if (added.low or 0) > (point(whole.count) or 0):
        return "contradiction", "the parts exceed the whole"
    covered = sum((w.last - w.first).days + 1 for w in tiles) >= (whole.last - whole.first).days + 1
    return ("contradiction", "the parts fill the window but fall short") if covered else ("open", "days are untold")
