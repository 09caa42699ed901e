"""Arithmetic of single days: dates with and without a year, weekdays, feasts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from recount.records import Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, NO_BASE, Context, Parts, one_day, unknown, window

_FARTHEST = 28  # years to look back for a year in which weekday and date agree: the calendar repeats after so many


def iso(parts: Parts, context: Context) -> Days:
    """Year, month and day in numbers."""
    year, month, day = _numbers(parts.value("day"))
    found = cal.day_or_none(year, month, day) or cal.day_or_none(year, day, month)
    return one_day(found, "a full date") if found else unknown("no such day in the calendar")


def numeric(parts: Parts, context: Context) -> Days:
    """Day and month in numbers, in the order that gives a day on or before the report; day first where both do."""
    one, two, year = _numbers(parts.value("day"))
    year = _full_year(year, context.anchor)
    day_first, month_first = cal.day_or_none(year, two, one), cal.day_or_none(year, one, two)
    if day_first is None or month_first is None or day_first == month_first:
        found = day_first or month_first
        return one_day(found, "only one order of day and month is possible") if found else unknown("no such day")
    anchor = context.anchor
    if anchor and (day_first > anchor) != (month_first > anchor):
        return one_day(min(day_first, month_first), "the other order of day and month lies after the report's day")
    return one_day(day_first, f"day before month by custom; month first it would be {month_first}")


def _numbers(said: str) -> tuple[int, int, int]:
    one, two, three = said.replace("/", "-").replace(".", "-").split("-")
    return int(one), int(two), int(three)


def _full_year(year: int, anchor: date | None) -> int:
    if year >= 100:
        return year
    newest = (anchor.year if anchor else 2049) + 1
    return 2000 + year if 2000 + year <= newest else 1900 + year


def month_day(parts: Parts, context: Context) -> Days:
    """A day of a month; the year as said, or inferred."""
    day = parts.numbers("day")[-1]
    return dated(parts.value("month"), day, parts.value("year"), context)


def dated(month: int, day: int, year: int | None, context: Context, weekday: int | None = None) -> Days:
    """Month and day with a year, or with the year that the context gives, and the weekday's word on it."""
    if year is not None:
        return _with_year(year, month, day, weekday)
    start = context.anchor or (context.base.first if context.base else None)
    if start is None:
        return unknown(f"no year is said and {NO_ANCHOR}")
    found = _nearest(month, day, start, context, weekday)
    if found is None:
        return unknown("no such day in the calendar")
    whose = "the report's day" if context.anchor else "the day named before"
    also = " and the weekday" if weekday is not None and found.weekday() == weekday else ""
    return one_day(found, f"year inferred from {whose} {start}{also}")


def _with_year(year: int, month: int, day: int, weekday: int | None) -> Days:
    found = cal.day_or_none(year, month, day)
    if found is None:
        return unknown("no such day in the calendar")
    if weekday is not None and found.weekday() != weekday:
        return one_day(found, "a full date; the weekday beside it does not agree")
    return one_day(found, "a full date")


def _nearest(month: int, day: int, start: date, context: Context, weekday: int | None) -> date | None:
    if not context.anchor:
        near = list(_in_years(month, day, range(start.year - 1, start.year + 2)))
        return min(near, key=lambda d: abs((d - start).days), default=None)
    years = range(start.year, start.year + 9) if context.future else range(start.year, start.year - _FARTHEST - 1, -1)
    fitting = [d for d in _in_years(month, day, years) if (d >= start if context.future else d <= start)]
    agreeing = [d for d in fitting if d.weekday() == weekday]
    return next(iter(agreeing or fitting), None)


def _in_years(month: int, day: int, years: range) -> Iterator[date]:
    return (found for year in years if 1 <= year <= 9999 and (found := cal.day_or_none(year, month, day)))


def weekday_and_date(parts: Parts, context: Context) -> Days:
    """A weekday and a date that should agree."""
    said = parts.value("weekday")
    if said is None:
        inner = parts.parts_of("weekday")
        said = inner.value("day") if inner else None
    date_parts = parts.parts_of("date")
    if date_parts is None or not date_parts.has("month"):
        return parts.days("date", context)
    day = date_parts.numbers("day")[-1]
    return dated(date_parts.value("month"), day, date_parts.value("year"), context, said)


def day_of(parts: Parts, context: Context) -> Days:
    """A day of a year that is counted from another ("9 May last year")."""
    year = parts.days("year", context)
    inner = parts.parts_of("day")
    if year.first is None or inner is None:
        return unknown(year.reason or "no year")
    if not inner.has("month"):
        return parts.days("day", context._replace(anchor=date(year.first.year, 12, 31)))
    found = dated(inner.value("month"), inner.numbers("day")[-1], year.first.year, context)
    return one_day(found.first, year.reason) if found.first else found


def nth(parts: Parts, context: Context) -> Days:
    """A number of a day alone, perhaps with a weekday: the last such day on or before the report."""
    day, weekday = parts.value("day"), parts.value("weekday")
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    found = list(_months_back(context.anchor, day))
    agreeing = [d for d in found if weekday is None or d.weekday() == weekday]
    return one_day((agreeing or found)[0], f"month inferred from the report's day {context.anchor}")


def _months_back(anchor: date, day: int) -> Iterator[date]:
    for back in range(13):
        year, month = cal.month_moved(anchor.year, anchor.month, -back)
        found = cal.day_or_none(year, month, day)
        if found is not None and found <= anchor:
            yield found


def today(parts: Parts, context: Context) -> Days:
    """Today, yesterday, tomorrow, and the days beside them."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    by = parts.value("day") + parts.value("by", 0)
    return one_day(cal.moved(context.anchor, by), f"counted from the report's day {context.anchor}")


def shifted_report(parts: Parts, context: Context) -> Days:
    """A fixed number of days from the report's."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return one_day(cal.moved(context.anchor, parts.argument("by")), f"counted from the report's day {context.anchor}")


def weekday(parts: Parts, context: Context) -> Days:
    """The last such weekday on or before the report's day (before it, for "last Friday"); ahead, the next one."""
    wanted, anchor = parts.value("day"), context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    if context.future and not parts.argument("strictly"):
        return one_day(cal.on_or_after(anchor, wanted), f"the first one from the report's day {anchor}")
    start = cal.moved(anchor, -1) if parts.argument("strictly") else anchor
    return one_day(cal.on_or_before(start, wanted), f"the last one up to the report's day {anchor}")


def next_weekday(parts: Parts, context: Context) -> Days:
    """The first such weekday after the report's day."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    found = cal.on_or_after(cal.moved(context.anchor, 1), parts.value("day"))
    return one_day(found, f"the first one after the report's day {context.anchor}")


def weekday_of_week(parts: Parts, context: Context) -> Days:
    """A weekday of the report's week, the one before or the one after."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    monday = cal.moved(cal.monday_of(context.anchor), 7 * parts.argument("weeks"))
    return one_day(cal.moved(monday, parts.value("day")), f"counted from the week of the report's day {context.anchor}")


def nth_weekday(parts: Parts, context: Context) -> Days:
    """The first, second, ... or last of a weekday in a month."""
    bounds = _month_for_nth(parts, context)
    if bounds is None:
        return unknown(NO_ANCHOR)
    first, last = bounds
    number = parts.value("nth")
    if number < 0:
        return one_day(cal.on_or_before(last, parts.value("day")), f"the last one of {first:%Y-%m}")
    found = cal.moved(cal.on_or_after(first, parts.value("day")), 7 * (number - 1))
    return (
        one_day(found, f"number {number} of {first:%Y-%m}") if found <= last else unknown("the month has no such day")
    )


def _month_for_nth(parts: Parts, context: Context) -> tuple[date, date] | None:
    month, year, anchor = parts.value("month"), parts.value("year"), context.anchor
    if month and year:
        return cal.month_bounds(year, month)
    if anchor is None:
        return None
    if month:
        return cal.month_bounds(anchor.year if month <= anchor.month else anchor.year - 1, month)
    return cal.month_bounds(*cal.month_moved(anchor.year, anchor.month, parts.value("by")))


def next_day(parts: Parts, context: Context) -> Days:
    """The day before or behind the one just named; "the previous day" counts from the report where none is named."""
    by = parts.value("by", 1)
    base = context.base
    if base is not None and base.first and base.last:
        return window(cal.moved(base.first, by), cal.moved(base.last, by), "counted from the day named before")
    if by < 0 and context.anchor:
        return one_day(cal.moved(context.anchor, by), f"counted from the report's day {context.anchor}")
    return unknown(NO_BASE)


def running_day(parts: Parts, context: Context) -> Days:
    """The day just named, else the report's."""
    if context.base is not None and context.base.first and context.base.last:
        return window(context.base.first, context.base.last, "the day named before")
    return one_day(context.anchor, f"the report's day {context.anchor}") if context.anchor else unknown(NO_BASE)
