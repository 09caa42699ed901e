"""What days are: overlap, equality, distance, precision codes. A day that nobody knows equals and overlaps nothing.

A window without an end ("since Thursday") reaches on for ever; one without a start reaches back for ever.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Literal

from recount.records import DayPrecision, Days

UcdpPrecision = Literal[1, 2, 3, 4, 5]
AcledPrecision = Literal[1, 2, 3]

_LONGEST: tuple[tuple[int, DayPrecision], ...] = ((1, "day"), (6, "days"), (7, "week"), (31, "month"))
_UCDP: dict[DayPrecision, UcdpPrecision] = {"day": 1, "days": 2, "week": 3, "month": 4, "year": 5, "unknown": 5}
_ACLED: dict[DayPrecision, AcledPrecision] = {"day": 1, "days": 2, "week": 2, "month": 3}


def known(days: Days) -> bool:
    """Whether anything at all is known of the days."""
    return days.first is not None or days.last is not None


def width(days: Days) -> int | None:
    """Number of days in the window; None where an end is open or nothing is known."""
    if days.first is None or days.last is None:
        return None
    return (days.last - days.first).days + 1


def precision_of(first: date | None, last: date | None) -> DayPrecision:
    """The precision of a window by its length: 1 day, 2 to 6 days, a week, up to 31 days, longer (`year`).

    A window with one open end is `unknown`: its length is not known.
    """
    if first is None or last is None:
        return "unknown"
    length = (last - first).days + 1
    return next((name for longest, name in _LONGEST if length <= longest), "year")


def overlap(one: Days, other: Days) -> bool | None:
    """Whether some day is in both; None where either is unknown."""
    if not known(one) or not known(other):
        return None
    return _from(one) <= _to(other) and _from(other) <= _to(one)


def same(one: Days, other: Days) -> bool | None:
    """Whether both allow exactly the same days; None where either is unknown."""
    if not known(one) or not known(other):
        return None
    return (one.first, one.last) == (other.first, other.last)


def contains(outer: Days, inner: Days) -> bool | None:
    """Whether every day of `inner` is in `outer`; None where either is unknown."""
    if not known(outer) or not known(inner):
        return None
    return _from(outer) <= _from(inner) and _to(inner) <= _to(outer)


def gap_days(one: Days, other: Days) -> int | None:
    """Days between the two windows, 0 where they overlap, 1 where they touch; None where either is unknown."""
    if not known(one) or not known(other):
        return None
    return max(0, (_from(one) - _to(other)).days, (_from(other) - _to(one)).days)


def union(days: Iterable[Days]) -> Days:
    """The smallest window that holds all known ones; unknown where none is known. The reason says how many it holds."""
    all_known = [d for d in days if known(d)]
    if not all_known:
        return Days(reason="no day is known")
    if len(all_known) == 1:
        return all_known[0]
    first = None if any(d.first is None for d in all_known) else min(_from(d) for d in all_known)
    last = None if any(d.last is None for d in all_known) else max(_to(d) for d in all_known)
    reason = f"spans {len(all_known)} mentions: " + "; ".join(dict.fromkeys(d.reason for d in all_known if d.reason))
    return Days(first=first, last=last, precision=precision_of(first, last), reason=reason)


def common(one: Days, other: Days) -> Days | None:
    """The days in both, or None where they exclude each other or either is unknown."""
    if not overlap(one, other):
        return None
    first, last = max(_from(one), _from(other)), min(_to(one), _to(other))
    low = None if first == date.min else first
    high = None if last == date.max else last
    reason = "; ".join(dict.fromkeys(r for r in (one.reason, other.reason) if r))
    return Days(first=low, last=high, precision=precision_of(low, high), reason=reason)


def ucdp_date_prec(days: Days) -> UcdpPrecision:
    """UCDP GED `date_prec`: 1 exact day, 2 two to six days, 3 week, 4 month, 5 up to a year or unknown."""
    return _UCDP[days.precision]


def acled_time_precision(days: Days) -> AcledPrecision | None:
    """ACLED `time_precision`: 1 day, 2 within a week, 3 within a month; None for what ACLED does not record."""
    return _ACLED.get(days.precision)


def _from(days: Days) -> date:
    return days.first or date.min


def _to(days: Days) -> date:
    return days.last or date.max
