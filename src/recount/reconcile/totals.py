"""The algebra of totals: what may be added, what is already inside, and what a later total adds.

Two figures add only when their scopes and windows are disjoint. A later total of one speaker and scope gives an
increment. Figures inside an aggregate are subtracted, never added, and a negative remainder is told, not clipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from recount.reconcile.items import merged
from recount.reconcile.tellings import Telling
from recount.records import Record


class Extent(Record, frozen=True):
    """What a figure covers: places (folded names; empty means everywhere) and days, both ends inclusive."""

    places: frozenset[str] = frozenset()
    first: date | None = None
    last: date | None = None


class Total(Record, frozen=True):
    """A sum of disjoint figures and the claims in it."""

    low: int
    high: int | None
    claims: tuple[str, ...]


class Remainder(Record, frozen=True):
    """What an aggregate leaves when the figures inside it are taken away; negative means that they exceed it."""

    value: int
    reason: str

    @property
    def contradiction(self) -> bool:
        """Whether the parts exceed the whole."""
        return self.value < 0


def disjoint(one: Extent, other: Extent) -> bool:
    """Whether two figures can have nobody in common: no shared place, or no shared day. Unknown ends overlap."""
    if one.places and other.places and not one.places & other.places:
        return True
    return bool(
        (one.last and other.first and one.last < other.first) or (other.last and one.first and other.last < one.first)
    )


def may_add(extents: Sequence[Extent]) -> bool:
    """Whether all of these are disjoint from one another."""
    return all(disjoint(a, b) for i, a in enumerate(extents) for b in extents[i + 1 :])


def increment(earlier: int, later: int) -> int:
    """What a later running total of one speaker and scope adds to the earlier one; negative where it was corrected."""
    return later - earlier


def remainder(whole: int, parts: Sequence[int]) -> Remainder:
    """The people of an aggregate that no known part holds (UCDP's rule for aggregated reports)."""
    inside = sum(parts)
    left = whole - inside
    listed = " + ".join(map(str, parts)) or "0"
    if left < 0:
        return Remainder(value=left, reason=f"{listed} = {inside} exceeds the {whole} that should hold them by {-left}")
    return Remainder(value=left, reason=f"{whole} less {listed} leaves {left}")


def of_parts(told: Sequence[Telling]) -> Total | None:
    """The sum over parts, each counted once and none inside another; None where no part gives a figure.

    Used only where nobody gives a figure for the whole.
    """
    parts: dict[str, list[Telling]] = {}
    for telling in told:
        if telling.scope == "part":
            parts.setdefault(telling.incident, []).append(msgspec.structs.replace(telling, scope="own"))
    figures = {part: ready for part, each in parts.items() if (ready := merged(each))}
    low, high, claims = 0, 0, []
    for each in figures.values():
        if set(each[0].inside) & figures.keys():
            continue
        numbers = [t.number for t in each if t.number is not None]
        low, high = low + min(numbers), high + max(numbers)
        claims += [c for t in each for c in t.all_claims]
    return Total(low=low, high=high, claims=tuple(claims)) if figures else None
