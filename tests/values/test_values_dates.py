"""What days are: overlap, distance, precision codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.records import Days
from recount.values import dates

DAY = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def days(first: str | None, last: str | None = None) -> Days:
    start = date.fromisoformat(first) if first else None
    end = date.fromisoformat(last) if last else start
    return Days(first=start, last=end, precision=dates.precision_of(start, end))


@st.composite
def windows(draw: st.DrawFn) -> Days:
    first = draw(DAY)
    last = first + timedelta(days=draw(st.integers(0, 500)))
    return Days(first=first, last=last, precision=dates.precision_of(first, last))


UNKNOWN = Days()
OPEN = Days(first=date(2025, 3, 1), last=None)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (days("2025-03-01", "2025-03-05"), days("2025-03-05"), True),
        (days("2025-03-01"), days("2025-03-02"), False),
        (OPEN, days("2030-01-01"), True),
        (OPEN, days("2025-02-28"), False),
        (UNKNOWN, days("2025-03-01"), None),
    ],
)
def test_overlap(one: Days, other: Days, expected: bool | None) -> None:
    assert dates.overlap(one, other) is expected
    assert dates.overlap(other, one) is expected


def test_same_needs_both_ends() -> None:
    assert dates.same(days("2025-03-01"), days("2025-03-01")) is True
    assert dates.same(days("2025-03-01"), days("2025-03-01", "2025-03-02")) is False
    assert dates.same(UNKNOWN, UNKNOWN) is None


def test_contains() -> None:
    march = days("2025-03-01", "2025-03-31")
    assert dates.contains(march, days("2025-03-31")) is True
    assert dates.contains(days("2025-03-31"), march) is False
    assert dates.contains(march, UNKNOWN) is None


@pytest.mark.parametrize(
    ("one", "other", "gap"),
    [("2025-03-01", "2025-03-01", 0), ("2025-03-01", "2025-03-02", 1), ("2025-03-10", "2025-03-01", 9)],
)
def test_gap_days(one: str, other: str, gap: int) -> None:
    assert dates.gap_days(days(one), days(other)) == gap
    assert dates.gap_days(days(one), UNKNOWN) is None


@pytest.mark.parametrize(
    ("last", "precision", "ucdp", "acled"),
    [
        ("2025-03-01", "day", 1, 1),
        ("2025-03-02", "days", 2, 2),
        ("2025-03-06", "days", 2, 2),
        ("2025-03-07", "week", 3, 2),
        ("2025-03-08", "month", 4, 3),
        ("2025-03-31", "month", 4, 3),
        ("2025-12-31", "year", 5, None),
    ],
)
def test_precision_codes(last: str, precision: str, ucdp: int, acled: int | None) -> None:
    window = days("2025-03-01", last)
    assert window.precision == precision
    assert dates.ucdp_date_prec(window) == ucdp
    assert dates.acled_time_precision(window) == acled


def test_unknown_days_have_no_acled_code() -> None:
    assert dates.acled_time_precision(UNKNOWN) is None
    assert dates.precision_of(date(2025, 3, 1), None) == "unknown"


def test_union_and_common() -> None:
    one, other = days("2025-03-01", "2025-03-05"), days("2025-03-04", "2025-03-09")
    assert (dates.union([one, other, UNKNOWN]).first, dates.union([one, other]).last) == (one.first, other.last)
    shared = dates.common(one, other)
    assert shared is not None
    assert (shared.first, shared.last) == (other.first, one.last)
    assert dates.common(days("2025-03-01"), days("2025-03-02")) is None
    assert dates.union([]) == Days(reason="no day is known")


@given(windows(), windows())
def test_union_holds_both_and_gap_agrees_with_overlap(one: Days, other: Days) -> None:
    both = dates.union([one, other])
    assert dates.contains(both, one)
    assert dates.contains(both, other)
    assert dates.overlap(one, other) is (dates.gap_days(one, other) == 0)
    assert dates.width(both) == (both.last - both.first).days + 1  # type: ignore[operator]
