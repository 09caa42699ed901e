"""Arithmetic of windows: shares of a period, nights, ranges, what is still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from recount.records import Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, Context, Parts, one_day, unknown, window
from recount.resolve.dates_counted import because, count
from recount.resolve.dates_periods import back_to, up_to


def part_of_period(parts: Parts, context: Context) -> Days:
    """Early, mid or late in a month, week, year."""
    part = parts.value("part")
    found = _share_begun(parts, context, lambda first, last: _share(part, first, last, context))
    return found if found.first is None else because(found, f"{part} part of it; {found.reason}")


def _share_begun(parts: Parts, context: Context, cut: Callable[[date, date], tuple[date, date]]) -> Days:
    """A share of the period; of a month without a year, the last such share that has begun by the report's day."""
    period = parts.days("period", context)
    if period.first is None or period.last is None:
        return period
    first, last = cut(*_whole(period.first, period.last))
    node = parts.node("period")
    ahead = context.anchor is not None and first > context.anchor and not context.future
    if ahead and node is not None and node.rule.name == "month":
        return _share_begun(parts, context._replace(anchor=cal.moved(period.first, -1)), cut)
    return window(first, last, period.reason)


def _whole(first: date, last: date) -> tuple[date, date]:
    """The whole unit of which a window may be the part up to the report's day."""
    length = (last - first).days + 1
    if length > 31 and (first.month, first.day) == (1, 1) and first.year == last.year:
        return first, date(first.year, 12, 31)
    if first.day == 1 and 7 < length <= 31:
        return cal.month_bounds(first.year, first.month)
    return first, last


def _share(part: str, first: date, last: date, context: Context) -> tuple[date, date]:
    length = (last - first).days + 1
    if length <= 7:
        return _share_of_week(part, first)
    if length <= 31:
        ged = context.convention == "ged"
        cuts = {"early": (1, 10), "mid": (10 if ged else 11, 20), "late": (15 if ged else 21, length)}[part]
        return cal.moved(first, cuts[0] - 1), cal.moved(first, cuts[1] - 1)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    start = {"early": 0, "mid": months // 3, "late": months - months // 3}[part]
    end = {"early": months // 3, "mid": months - months // 3, "late": months}[part]
    low, _ = cal.month_bounds(*cal.month_moved(first.year, first.month, start))
    _, high = cal.month_bounds(*cal.month_moved(first.year, first.month, end - 1))
    return low, high


def _share_of_week(part: str, monday: date) -> tuple[date, date]:
    start, end = {"early": (0, 2), "mid": (1, 3), "late": (4, 6)}[part]
    return cal.moved(monday, start), cal.moved(monday, end)


def start_of_unit(parts: Parts, context: Context) -> Days:
    """The start, middle or end of the running unit, up to the report's day where it has begun."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    first, last = _share(parts.value("part"), *cal.unit_bounds(parts.value("unit"), anchor), context)
    return up_to(window(first, last, f"of the unit that holds the report's day {anchor}"), anchor)


def first_of_period(parts: Parts, context: Context) -> Days:
    """The first, second, ... or last so many days, weeks or months of a period."""
    end, number, unit = parts.value("end"), count(parts)[0], parts.value("unit")
    if not parts.has("running"):
        return _share_begun(parts, context, lambda first, last: _cut((first, last), end, number, unit))
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    bounds = cal.unit_bounds(parts.value("running"), context.anchor)
    return window(*_cut(bounds, end, number, unit), f"of the unit that holds the report's day {context.anchor}")


def _cut(bounds: tuple[date, date], end: int, number: int, unit: str) -> tuple[date, date]:
    """So many units from the start (`end` 1, 2, ...) or from the end (-1) of a period, held inside it."""
    low, high = bounds
    base, skipped = (cal.moved(high, 1), -number) if end < 0 else (low, (end - 1) * number)
    start = cal.units_on(base, skipped, unit)
    stop = cal.moved(cal.units_on(start, number, unit), -1)
    return min(max(start, low), high), min(stop, high)


def week_from(parts: Parts, context: Context) -> Days:
    """Seven days that start or end with a day."""
    day = parts.days("day", context)
    if day.first is None:
        return day
    ends = parts.value("by") == -1
    return window(cal.moved(day.first, -6 if ends else 0), cal.moved(day.first, 0 if ends else 6), day.reason)


def unit_of(parts: Parts, context: Context) -> Days:
    """The week or month that holds a day."""
    day = parts.days("day", context)
    if day.first is None:
        return day
    return window(*cal.unit_bounds(parts.value("unit"), day.first), day.reason)


def overnight(parts: Parts, context: Context) -> Days:
    """The night into the day just named, else into the report's."""
    base = context.base
    day = base.last if base is not None else context.anchor
    if day is None:
        return unknown(NO_ANCHOR)
    whose = "the day named before" if base is not None else f"the report's day {day}"
    return window(cal.moved(day, -1), day, f"the night into {whose}")


def night_into(parts: Parts, context: Context) -> Days:
    """The night into a day."""
    day = parts.days("day", context)
    if day.first is None or day.last is None:
        return day
    return window(cal.moved(day.first, -1), day.last, f"the night into it; {day.reason}")


def around(parts: Parts, context: Context) -> Days:
    """A day, give or take one."""
    day = parts.days("day", context)
    if day.first is None or day.last is None:
        return day
    return window(cal.moved(day.first, -1), cal.moved(day.last, 1), f"give or take a day; {day.reason}")


def range_of(parts: Parts, context: Context) -> Days:
    """From one time to another: each end may lend the other its year."""
    last = _end(parts, context)
    if last is None or last.last is None:
        return unknown(last.reason if last else NO_ANCHOR)
    first = parts.days("first", context)
    if first.first is None or first.first > last.last:
        first = parts.days("first", context._replace(anchor=last.last, future=False))
    if first.first is None or first.first > last.last:
        return unknown("the end lies before the start")
    reason = "; ".join(dict.fromkeys(r for r in (first.reason, last.reason) if r))
    return window(first.first, last.last, reason)


def _end(parts: Parts, context: Context) -> Days | None:
    if parts.node("last") is None:
        return one_day(context.anchor, "up to the report's day") if context.anchor else None
    if parts.says_year("first") and not parts.says_year("last"):
        first = parts.days("first", context)
        if first.first is not None:
            return parts.days("last", context._replace(anchor=first.first, future=True))
    return parts.days("last", context)


def range_in_month(parts: Parts, context: Context) -> Days:
    """From a day to a day of the same month, one of them with the month."""
    if parts.node("last") is not None:
        return back_to(parts.days("last", context), parts.value("first"))
    first = parts.days("first", context)
    last = cal.day_or_none(first.first.year, first.first.month, parts.value("last")) if first.first else None
    if first.first is None or last is None or last < first.first:
        return first
    return window(first.first, last, first.reason)


def since(parts: Parts, context: Context) -> Days:
    """From a time on: to the report's day, or open where that is unknown."""
    start = parts.days("from", context)
    if start.first is None:
        return start
    if context.anchor is None:
        return Days(first=start.first, last=None, precision="unknown", reason=f"still open; {start.reason}")
    return window(start.first, max(start.first, context.anchor), f"up to the report's day; {start.reason}")


def until(parts: Parts, context: Context) -> Days:
    """Only an end is said."""
    end = parts.days("day", context)
    return unknown(f"only an end is said ({end.last}), no start") if end.last else end


def after_day(parts: Parts, context: Context) -> Days:
    """From the day behind one to the report's."""
    start = parts.days("day", context)
    if start.last is None:
        return start
    first = cal.moved(start.last, 1)
    if context.anchor is None:
        return Days(first=first, last=None, precision="unknown", reason=f"still open; {start.reason}")
    return window(first, max(first, context.anchor), f"from the next day to the report's; {start.reason}")
