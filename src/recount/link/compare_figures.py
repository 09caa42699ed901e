"""The figure features: each harm and side that both give, compared as numbers and as states of a rising toll."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import log2
from typing import NamedTuple

from recount.link.policy import FIGURES_CEILING, FIGURES_FLOOR, LARGE_FIGURE, bits
from recount.link.profile import Cells, Profile
from recount.records import Count, Feature
from recount.values.counts import compare as compare_counts
from recount.values.counts import point, said

RISE = 2.5  # a later toll of one incident seldom exceeds an earlier one by more than this factor


class Term(NamedTuple):
    """One comparison of figures: its name, both values (a count, or words) and its bits."""

    name: str
    one: Count | str
    other: Count | str
    weight: float


def figure_features(one: Profile, other: Profile) -> list[Feature]:
    """One feature for each harm and side in both, the best pair of figures standing for it; bounded in sum."""
    terms = _terms(one, other)
    features = [Feature(name=t.name, one=_words(t.one), other=_words(t.other), weight=t.weight) for t in terms]
    excess = _bounded(terms) - _sum(terms)
    if excess:
        features.append(Feature(name="figures together", one="bounded", other="", weight=round(excess, 2)))
    return features


def figure_bits(one: Profile, other: Profile) -> float:
    """The weight of all figure features together."""
    return _bounded(_terms(one, other)) if one.cells and other.cells else 0.0


def _terms(one: Profile, other: Profile) -> list[Term]:
    a, b = one.cells, other.cells
    if not a or not b:
        return []
    later = _later(one, other)
    terms = [_cell(f"{h} {s}", a[h, s], b[h, s], later) for h, s in sorted(a.keys() & b.keys())]
    return [*terms, *_across_sides(a, b), *_other_people(a, b)]


def _words(value: Count | str) -> str:
    return value if isinstance(value, str) else said(value)


def _cell(name: str, a: tuple[Count, ...], b: tuple[Count, ...], later: int) -> Term:
    if len(a) == len(b) == 1:
        x, y = a[0], b[0]
    else:
        x, y = max(((x, y) for x in a for y in b), key=lambda t: (_weight(*t, later), said(t[0]), said(t[1])))
    return Term(name, x, y, _weight(x, y, later))


def _later(one: Profile, other: Profile) -> int:
    """1 where the second was published later, -1 where earlier, 0 where unknown or on the same day."""
    if one.published is None or other.published is None:
        return 0
    return (other.published > one.published) - (other.published < one.published)


@lru_cache(maxsize=100_000)
def _weight(x: Count, y: Count, later: int) -> float:
    verdict = compare_counts(x, y).verdict
    a, b = point(x) or 0, point(y) or 0
    if a == b:
        return round(equal_bits(a), 2)
    if verdict in ("compatible", "rounding"):
        return bits("figures", "allowed")
    return bits("figures", _differing(a, b, later))


def equal_bits(value: int) -> float:
    """Bits of an equal figure: the larger, the less by chance."""
    if value <= 2:
        return bits("figures", "equal, small")
    return bits("figures", "equal") + min(LARGE_FIGURE, log2(value / 3))


def _differing(a: int, b: int, later: int) -> str:
    if not a or not b:
        return "some and none"
    low, high = min(a, b), max(a, b)
    grows = later == 0 or (later > 0) == (b > a)
    if grows and high <= RISE * low:
        return "rising"
    if high <= 1.2 * low:
        return "close"
    return "different" if high <= 2 * low else "far"


def _across_sides(a: Cells, b: Cells) -> Iterator[Term]:
    """Equal numbers of one harm where only one report names the victims' side."""
    for x, y in ((a, b), (b, a)):
        for (harm, side), counts in sorted(x.items()):
            if side != "unspecified" or (harm, side) in y:
                continue
            points = {point(o) for (h, _), others in y.items() if h == harm for o in others}
            equal = next((c for c in counts if point(c) in points), None)
            if equal is not None:
                weight = bits("figures", "equal, other side") + equal_bits(point(equal) or 0) / 2
                yield Term(f"{harm}, side named once", equal, "the same", round(weight, 2))


def _other_people(a: Cells, b: Cells) -> Iterator[Term]:
    """One report counts the dead of one side only, the other those of another side only."""
    one, other = _sides_of_dead(a), _sides_of_dead(b)
    if not one or not other or one & other or "unspecified" in one | other:
        return
    said_one, said_other = (", ".join(sorted(sides)) for sides in (one, other))
    yield Term("killed, of which side", said_one, said_other, bits("figures", "other people"))


def _sides_of_dead(cells: Cells) -> set[str]:
    return {side for (harm, side), counts in cells.items() if harm == "killed" and any(map(point, counts))}


def _sum(terms: list[Term]) -> float:
    return sum(t.weight for t in terms)


def _bounded(terms: list[Term]) -> float:
    return max(FIGURES_FLOOR, min(FIGURES_CEILING, _sum(terms)))
