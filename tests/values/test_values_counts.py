"""Counts: bounds, comparison with a reason, rounding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.records import Count
from recount.values.counts import bounds, compare, compatible, equal, is_exact, overlap, point, rounds_to, said


def exactly(n: int) -> Count:
    return Count(low=n, high=n)


def at_least(n: int) -> Count:
    return Count(low=n, high=None)


NUMBERS = st.none() | st.integers(0, 10_000)
COUNTS = st.builds(Count, low=NUMBERS, high=NUMBERS, approx=st.booleans()).filter(
    lambda c: c.low is None or c.high is None or c.low <= c.high
)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (exactly(7), exactly(7), "equal"),
        (exactly(52), at_least(52), "equal"),
        (at_least(7), exactly(8), "compatible"),
        (at_least(9), exactly(8), "different"),
        (Count(low=None, high=10), exactly(8), "compatible"),
        (Count(low=None, high=5), exactly(8), "different"),
        (Count(low=7, high=9), exactly(8), "compatible"),
        (Count(low=13, high=13, approx=True), exactly(11), "different"),
        (Count(low=13, high=13, approx=True), exactly(12), "compatible"),
        (exactly(100), exactly(107), "rounding"),
        (exactly(30), exactly(41), "different"),
        (Count(low=None, high=None), exactly(8), "unknown"),
    ],
)
def test_compare(one: Count, other: Count, verdict: str) -> None:
    found = compare(one, other)
    assert found.verdict == verdict
    assert found.reason


def test_the_reason_gives_both_values() -> None:
    reason = compare(at_least(9), exactly(8)).reason
    assert "at least 9" in reason
    assert "8" in reason


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (exactly(7), "7"),
        (at_least(7), "at least 7"),
        (Count(low=None, high=7), "up to 7"),
        (Count(low=7, high=9), "7 to 9"),
        (Count(low=7, high=7, approx=True), "about 7"),
        (Count(low=None, high=None), "an unknown number"),
    ],
)
def test_said(count: Count, text: str) -> None:
    assert said(count) == text


@pytest.mark.parametrize(
    ("rough", "fine", "yes"),
    [
        (80, 82, True),
        (100, 107, True),
        (7, 6, False),
        (80, 92, False),
        (190, 197, False),
        (10, 12, False),
        (200, 197, True),
    ],
)
def test_rounds_to(rough: int, fine: int, yes: bool) -> None:
    assert rounds_to(rough, fine) is yes


def test_exactness() -> None:
    assert is_exact(exactly(3))
    assert not is_exact(at_least(3))
    assert not is_exact(Count(low=3, high=3, approx=True))


@given(COUNTS, COUNTS)
def test_comparison_does_not_depend_on_the_order(one: Count, other: Count) -> None:
    assert compare(one, other).verdict == compare(other, one).verdict
    assert overlap(one, other) == overlap(other, one)


@given(COUNTS)
def test_a_count_is_compatible_with_itself(count: Count) -> None:
    assert equal(count, count)
    assert compatible(count, count)
    low, high = bounds(count)
    assert low <= high
    assert point(count) is None or low <= (point(count) or 0) <= high


@given(COUNTS, COUNTS)
def test_what_overlaps_is_compatible(one: Count, other: Count) -> None:
    if overlap(one, other) is not None:
        assert compatible(one, other)
