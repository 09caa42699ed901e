"""What a count is: bounds, equality, compatibility and rounding, each with its reason.

A count allows every whole number between its bounds; a bound of None is open. "About 13" allows a tenth more or less.
"""

from __future__ import annotations

from math import inf
from typing import Literal

from recount.records import Count, Record

Verdict = Literal["equal", "compatible", "rounding", "different", "unknown"]
ABOUT = 0.1  # "about n" allows n give or take this share, at least one


class Compared(Record, frozen=True):
    """The outcome of a comparison and, in one clause, why."""

    verdict: Verdict
    reason: str


def point(count: Count) -> int | None:
    """The number as a coder would enter it: the low bound, or the high one where only that is said."""
    return count.low if count.low is not None else count.high


def bounds(count: Count) -> tuple[float, float]:
    """Lowest and highest number that the words allow; an open top is infinity."""
    low = 0.0 if count.low is None else float(count.low)
    high = inf if count.high is None else float(count.high)
    if not count.approx:
        return low, high
    return low - max(1.0, low * ABOUT), high + max(1.0, high * ABOUT)


def is_exact(count: Count) -> bool:
    """Whether the words give one number and do not hedge it."""
    return count.low is not None and count.low == count.high and not count.approx


def equal(one: Count, other: Count) -> bool:
    """Same bounds and same hedge."""
    return one.low == other.low and one.high == other.high and one.approx == other.approx


def overlap(one: Count, other: Count) -> tuple[int | None, int | None] | None:
    """The numbers that both allow, as (low, high) with None for an open end; None where there is no such number."""
    (a, b), (c, d) = bounds(one), bounds(other)
    low, high = max(a, c), min(b, d)
    if low > high:
        return None
    return (int(low), None if high == inf else int(high))


def said(count: Count) -> str:
    """The count in words: "7", "at least 7", "up to 7", "7 to 9", "about 7"."""
    if count.low is None and count.high is None:
        return "an unknown number"
    if count.low is None:
        return f"up to {count.high}"
    if count.high is None:
        return f"at least {count.low}"
    text = f"{count.low}" if count.low == count.high else f"{count.low} to {count.high}"
    return f"about {text}" if count.approx else text


def rounds_to(rough: int, fine: int) -> bool:
    """Whether `rough` is `fine` rounded to tens, hundreds and so on, off by a tenth at most (107 is "100")."""
    if rough == fine or rough < 20 or rough % 10:
        return False
    step = 10
    while rough % (step * 10) == 0:
        step *= 10
    return abs(rough - fine) <= min(step / 2, rough * ABOUT)


def compare(one: Count, other: Count) -> Compared:
    """Whether two counts can be the same number, and why."""
    a, b = point(one), point(other)
    if a is None or b is None:
        return Compared(verdict="unknown", reason="one of them gives no number")
    if equal(one, other):
        return Compared(verdict="equal", reason=f"both say {said(one)}")
    if a == b and (is_exact(one) or is_exact(other)):
        return Compared(verdict="equal", reason=f"{said(one)} and {said(other)} differ only in the hedge")
    if overlap(one, other) is not None:
        return Compared(verdict="compatible", reason=f"{said(one)} leaves room for {said(other)}")
    if rounds_to(a, b) or rounds_to(b, a):
        return Compared(verdict="rounding", reason=f"{said(one)} and {said(other)} differ by rounding")
    return Compared(verdict="different", reason=f"{said(one)} and {said(other)} exclude each other")


def compatible(one: Count, other: Count) -> bool:
    """Whether some number satisfies both, or one rounds to the other."""
    return compare(one, other).verdict != "different"
