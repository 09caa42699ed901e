"""The figure features: each harm and side that both give, compared as numbers and as states of a rising toll."""

from __future__ import annotations

from collections import defaultdict
from math import log2

from recount.link.policy import FIGURES_CEILING, FIGURES_FLOOR, LARGE_FIGURE, bits
from recount.link.profile import Profile
from recount.records import Count, Feature, Harm, Side
from recount.values.counts import compare as compare_counts
from recount.values.counts import point, said

Cells = dict[tuple[Harm, Side], list[Count]]
RISE = 2.5  # a later toll of one incident seldom exceeds an earlier one by more than this factor


def figure_features(one: Profile, other: Profile) -> list[Feature]:
    """One feature for each harm and side in both, the best pair of figures standing for it; bounded in sum."""
    a, b = _cells(one), _cells(other)
    features = [
        _cell(harm, side, a[harm, side], b[harm, side], one, other) for harm, side in sorted(a.keys() & b.keys())
    ]
    features += _across_sides(a, b) + _other_people(a, b)
    return _bounded(features)


def _cells(profile: Profile) -> Cells:
    cells: Cells = defaultdict(list)
    for harm, side, count in profile.figures:
        if point(count) is not None:
            cells[harm, side].append(count)
    return cells


def _cell(harm: Harm, side: Side, a: list[Count], b: list[Count], one: Profile, other: Profile) -> Feature:
    weight, x, y = max(
        ((_weight(x, y, _later(one, other)), x, y) for x in a for y in b), key=lambda t: (t[0], said(t[1]), said(t[2]))
    )
    return Feature(name=f"{harm} {side}", one=said(x), other=said(y), weight=round(weight, 2))


def _later(one: Profile, other: Profile) -> int:
    """1 where the second was published later, -1 where earlier, 0 where unknown or on the same day."""
    if one.published is None or other.published is None:
        return 0
    return (other.published > one.published) - (other.published < one.published)


def _weight(x: Count, y: Count, later: int) -> float:
    verdict = compare_counts(x, y).verdict
    a, b = point(x) or 0, point(y) or 0
    if a == b:
        return equal_bits(a)
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


def _across_sides(a: Cells, b: Cells) -> list[Feature]:
    """Equal numbers of one harm where only one report names the victims' side."""
    found = []
    for harm in sorted({h for h, _ in a} & {h for h, _ in b}):
        for x, y in ((a, b), (b, a)):
            if (harm, "unspecified") not in x or (harm, "unspecified") in y:
                continue
            others = [c for (h, _), counts in y.items() if h == harm for c in counts]
            equal = [c for c in x[harm, "unspecified"] if any(point(c) == point(o) for o in others)]
            if equal:
                weight = bits("figures", "equal, other side") + equal_bits(point(equal[0]) or 0) / 2
                found.append(
                    Feature(
                        name=f"{harm}, side named once", one=said(equal[0]), other="the same", weight=round(weight, 2)
                    )
                )
    return found


def _other_people(a: Cells, b: Cells) -> list[Feature]:
    """One report counts the dead of one side only, the other those of another side only."""
    dead = [
        {s for (h, s), counts in cells.items() if h == "killed" and any(point(c) for c in counts)} for cells in (a, b)
    ]
    if not dead[0] or not dead[1] or dead[0] & dead[1] or "unspecified" in dead[0] | dead[1]:
        return []
    one, other = (", ".join(sorted(sides)) for sides in dead)
    return [Feature(name="killed, of which side", one=one, other=other, weight=bits("figures", "other people"))]


def _bounded(features: list[Feature]) -> list[Feature]:
    total = sum(f.weight for f in features)
    bounded = max(FIGURES_FLOOR, min(FIGURES_CEILING, total))
    if bounded == total:
        return features
    return [*features, Feature(name="figures together", one="bounded", other="", weight=round(bounded - total, 2))]
