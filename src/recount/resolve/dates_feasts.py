"""Arithmetic of feasts and of the Islamic year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from recount.records import Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, Context, Parts, one_day, unknown, window
from recount.resolve.dates_words import HOLIDAYS
from recount.rules import read_table


def holiday(parts: Parts, context: Context) -> Days:
    """A feast by name, in the year said or the last one that has begun by the report's day."""
    kind, name = parts.value("day")
    year = parts.value("year") or parts.value("before")
    return _in_year(lambda y: _feast(kind, name, y), year, context)


def _in_year(feast: Callable[[int], Days], year: int | None, context: Context) -> Days:
    if year is not None:
        return feast(year)
    start = context.anchor or (context.base.first if context.base else None)
    if start is None:
        return unknown(f"no year is said and {NO_ANCHOR}")
    found = (feast(y) for y in range(start.year, start.year - 3, -1))
    last = next((days for days in found if days.first is not None and days.first <= start), None)
    return (
        window(last.first, last.last, f"{last.reason}; year inferred from {start}")
        if last and last.first and last.last
        else unknown("the feast's day is not in the table")
    )


def _feast(kind: str, name: str, year: int) -> Days:
    table = read_table(HOLIDAYS)
    if kind == "fixed":
        month, day = table["fixed"][name]
        return one_day(date(year, month, day), "a feast of a fixed day")
    if kind == "easter":
        return one_day(cal.moved(cal.easter(year), table["easter"][name]), "counted from Easter Sunday")
    if kind == "hijri":
        month, day = table["hijri"][name]
        return _islamic(month, day, year)
    row = table["table"][name]
    first = row.get(str(year))
    if first is None:
        return unknown("the feast's day is not in the table")
    start = date.fromisoformat(first)
    return window(
        start, cal.moved(start, row["days"] - 1), "from the table of feasts; the day differs between countries"
    )


def _islamic(month: int, day: int, year: int) -> Days:
    """The day of an Islamic date that falls into a Gregorian year, give or take one."""
    start = cal.hijri_year_of(date(year, 1, 1))
    found = [cal.hijri_day(hijri, month, day) for hijri in (start, start + 1)]
    inside = next((d for d in found if d.year == year), None)
    return _sighted(inside, inside) if inside else unknown("the feast does not fall into that year")


def _sighted(first: date, last: date) -> Days:
    return window(cal.moved(first, -1), cal.moved(last, 1), "tabular Islamic calendar, give or take a day for the moon")


def hijri(parts: Parts, context: Context) -> Days:
    """A day of the Islamic year."""
    month, day, year = parts.value("month"), parts.numbers("day")[-1], parts.value("year")
    if year is not None:
        found = cal.hijri_day(year, month, day)
        return _sighted(found, found)
    return _in_year(lambda y: _islamic(month, day, y), None, context)


def hijri_month(parts: Parts, context: Context) -> Days:
    """A month of the Islamic year."""
    month, year = parts.value("month"), parts.value("year")
    if year is not None and year < 1900:
        return _islamic_month(year, month)
    return _in_year(lambda y: _islamic_month_in(month, y), year, context)


def _islamic_month_in(month: int, year: int) -> Days:
    start = cal.hijri_year_of(date(year, 1, 1))
    found = [_islamic_month(hijri, month) for hijri in (start, start + 1)]
    inside = next((d for d in found if d.last is not None and d.last.year == year), None)
    return inside or unknown("the month does not fall into that year")


def _islamic_month(year: int, month: int) -> Days:
    next_year, next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    return _sighted(cal.hijri_day(year, month, 1), cal.moved(cal.hijri_day(next_year, next_month, 1), -1))
