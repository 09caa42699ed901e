"""Calendar arithmetic that names no words: months, weeks, shifts, Easter, the Islamic year."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

WEEK = 7


def day_or_none(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def moved(day: date, days: int) -> date:
    """`day` moved by days, held inside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def month_moved(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month `by` months on."""
    index = min(max(year * 12 + month - 1 + by, 12), 9999 * 12 + 11)
    return index // 12, index % 12 + 1


def day_months_on(day: date, by: int) -> date:
    """The same day of the month `by` months on, or that month's last."""
    year, month = month_moved(day.year, day.month, by)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


MONTHS = {"quarter": 3, "half": 6, "month": 1, "year": 12, "decade": 120, "century": 1200}
DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}


def unit_bounds(unit: str, day: date) -> tuple[date, date]:
    """First and last day of the calendar year, month or week that holds a day; the day itself for any other unit."""
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "month":
        return month_bounds(day.year, day.month)
    if unit == "week":
        monday = monday_of(day)
        return monday, moved(monday, 6)
    return day, day


def units_on(day: date, number: int, unit: str) -> date:
    """The day `number` units on (negative: back); of months and years, the same day of the month."""
    if unit in DAYS:
        return moved(day, number * DAYS[unit])
    return day_months_on(day, number * MONTHS[unit])


def monday_of(day: date) -> date:
    """The Monday of the day's week."""
    return moved(day, -day.weekday())


def on_or_before(day: date, weekday: int) -> date:
    """The last such weekday on or before the day."""
    return moved(day, -((day.weekday() - weekday) % WEEK))


def on_or_after(day: date, weekday: int) -> date:
    """The first such weekday on or after the day."""
    return moved(day, (weekday - day.weekday()) % WEEK)


def easter(year: int) -> date:
    """Easter Sunday of the Western churches (Gauss's rule in the anonymous Gregorian form)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram of year 1 in the civil reckoning


def hijri_day(year: int, month: int, day: int) -> date:
    """The day of the tabular Islamic calendar; the sighted one may differ by a day."""
    months_before = 29 * (month - 1) + month // 2
    return date.fromordinal(_EPOCH + (year - 1) * 354 + (3 + 11 * year) // 30 + months_before + day - 1)


def hijri_year_of(day: date) -> int:
    """The Islamic year that holds a day, by the tabular calendar."""
    year = max(1, (day.toordinal() - _EPOCH) * 30 // 10631 + 1)
    return year - 1 if hijri_day(year, 1, 1) > day else year
