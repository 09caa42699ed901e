"""Arithmetic of periods: months, years, weeks, seasons, and shares of them."""

from __future__ import annotations

from datetime import date

from recount.records import Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, NO_BASE, Context, Parts, unknown, window
from recount.resolve.dates_single import dated


def same_as(parts: Parts, context: Context) -> Days:
    """The one time expression inside, as it is."""
    name = next(n for n in ("day", "days", "month", "year", "from") if parts.has(n))
    return parts.days(name, context)


def vague(parts: Parts, context: Context) -> Days:
    """Words that give no bounds; GED counts a few days back from the report, its own day left out."""
    if context.convention != "ged" or context.anchor is None:
        return unknown("the words give no bounds")
    first = cal.moved(context.anchor, -parts.argument("n"))
    return window(first, cal.moved(context.anchor, -1), f"counted back from the report's day {context.anchor} (GED)")


def month(parts: Parts, context: Context) -> Days:
    """A month: of the year said, or the last that has begun by the report's day."""
    wanted, year = parts.value("month"), parts.value("year")
    if year is not None:
        return window(*cal.month_bounds(year, wanted), "month and year")
    start = context.anchor or (context.base.first if context.base else None)
    if start is None:
        return unknown(f"no year is said and {NO_ANCHOR}")
    ahead = context.future and wanted < start.month
    behind = not context.future and wanted > start.month
    year = start.year + ahead - behind
    return window(*cal.month_bounds(year, wanted), f"year inferred from {_whose(context)} {start}")


def _whose(context: Context) -> str:
    return "the report's day" if context.anchor else "the day named before"


def relative_month(parts: Parts, context: Context) -> Days:
    """Last, this or next June, as seen from the report's month."""
    inner, by, anchor = parts.parts_of("month"), parts.value("by"), context.anchor
    if anchor is None or inner is None:
        return unknown(NO_ANCHOR)
    wanted = inner.value("month")
    year = anchor.year
    if by < 0 and wanted >= anchor.month:
        year -= 1
    if by > 0 and wanted <= anchor.month:
        year += 1
    return window(*cal.month_bounds(year, wanted), f"counted from the month of the report's day {anchor}")


def month_of(parts: Parts, context: Context) -> Days:
    """A month of a year that is counted from another."""
    year, inner = parts.days("year", context), parts.parts_of("month")
    if year.first is None or inner is None:
        return unknown(year.reason)
    return window(*cal.month_bounds(year.first.year, inner.value("month")), year.reason)


def month_days(parts: Parts, context: Context) -> Days:
    """Several days of one month, as the window from the first to the last."""
    numbers = parts.numbers("days")
    last = dated(parts.value("month"), max(numbers), parts.value("year"), context)
    return back_to(last, min(numbers))


def back_to(last: Days, day: int) -> Days:
    first = cal.day_or_none(last.first.year, last.first.month, day) if last.first else None
    if first is None or last.last is None:
        return unknown(last.reason)
    return window(first, last.last, last.reason)


def days_of_month(parts: Parts, context: Context) -> Days:
    """Days of last, this or next month."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    by, numbers = parts.value("month", 0), parts.numbers("days")
    by = next((t.value for t in parts.items("month") if t.value in (-1, 0, 1)), 0)
    year, wanted = cal.month_moved(context.anchor.year, context.anchor.month, by)
    first, last = cal.day_or_none(year, wanted, min(numbers)), cal.day_or_none(year, wanted, max(numbers))
    if first is None or last is None:
        return unknown("no such day in the calendar")
    return window(first, last, f"counted from the month of the report's day {context.anchor}")


def year(parts: Parts, context: Context) -> Days:
    """A year, first to last day."""
    return _year(parts.value("year"), "a year")


def _year(number: int, reason: str) -> Days:
    return window(date(number, 1, 1), date(number, 12, 31), reason)


def decade(parts: Parts, context: Context) -> Days:
    """Ten years."""
    first = parts.value("year")
    return window(date(first, 1, 1), date(first + 9, 12, 31), "ten years")


def relative_year(parts: Parts, context: Context) -> Days:
    """Last, this or next year; this one ends with the report's day."""
    anchor, by = context.anchor, parts.value("by")
    if anchor is None:
        return unknown(NO_ANCHOR)
    whole = _year(anchor.year + by, f"counted from the year of the report's day {anchor}")
    return up_to(whole, anchor) if by == 0 and not context.future else whole


def up_to(days: Days, last: date) -> Days:
    if days.first is None or days.first > last:
        return days
    return window(days.first, last, f"{days.reason}, up to it")


def year_of_context(parts: Parts, context: Context) -> Days:
    """The year of the day just named, the one before or the one after."""
    base = context.base
    if base is None or base.first is None:
        return unknown(NO_BASE)
    return _year(base.first.year + (parts.value("by") or 0), "counted from the day named before")


def so_far(parts: Parts, context: Context) -> Days:
    """From the start of the running unit to the report's day."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    first, _ = cal.unit_bounds(parts.value("unit"), anchor)
    return window(first, anchor, f"up to the report's day {anchor}")


def calendar_unit(parts: Parts, context: Context) -> Days:
    """Last, this or next week or month."""
    anchor, by, unit = context.anchor, parts.value("by"), parts.value("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    reason = f"counted from the report's day {anchor}"
    if unit == "fortnight":
        return window(cal.moved(anchor, -13), anchor, reason)
    day = cal.moved(anchor, 7 * by) if unit == "week" else cal.day_months_on(anchor.replace(day=1), by)
    whole = window(*cal.unit_bounds(unit, day), reason)
    return up_to(whole, anchor) if by == 0 and not context.future else whole


def earlier_unit(parts: Parts, context: Context) -> Days:
    """From the first day of the running unit to the day before the report."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    first, _ = cal.unit_bounds(parts.value("unit"), anchor)
    return window(first, max(first, cal.moved(anchor, -1)), f"up to the day before the report's day {anchor}")


def later_unit(parts: Parts, context: Context) -> Days:
    """From the report's day to the last of the running unit."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    return window(anchor, cal.unit_bounds(parts.value("unit"), anchor)[1], f"from the report's day {anchor}")


def weekend(parts: Parts, context: Context) -> Days:
    """The last Saturday and Sunday that have begun; the last ones over, for "last weekend".

    What a Saturday's report tells of "the weekend" lies in the last one.
    """
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    saturday = cal.on_or_after(anchor, 5) if context.future else cal.on_or_before(anchor, 5)
    over = parts.argument("strictly") and (anchor - saturday).days < 2
    if over or (anchor == saturday and not context.future and parts.value("by") != 0):
        saturday = cal.moved(saturday, -7)
    sunday = cal.moved(saturday, 1)
    last = sunday if context.future else min(sunday, anchor)
    return window(saturday, last, f"counted from the report's day {anchor}")


def fraction_of_year(parts: Parts, context: Context) -> Days:
    """A quarter or half of a year."""
    whole = parts.days("year", context)
    if whole.first is None:
        return whole
    number, months = _fraction(parts)
    if not 1 <= number <= 12 // months:
        return unknown("a year has no such part")
    first, _ = cal.month_bounds(whole.first.year, (number - 1) * months + 1)
    _, last = cal.month_bounds(whole.first.year, number * months)
    return window(first, last, whole.reason)


def _fraction(parts: Parts) -> tuple[int, int]:
    if parts.has("cut"):
        cut = str(parts.value("cut"))
        return int(cut[1]), 3 if cut[0] == "Q" else 6
    return parts.value("nth"), parts.value("unit")


def season(parts: Parts, context: Context) -> Days:
    """A season of the northern half of the earth."""
    start_month = parts.value("season")
    if parts.has("year"):
        whole = parts.days("year", context)
        return _season(whole.first.year, start_month, whole.reason) if whole.first else whole
    anchor, by = context.anchor, parts.value("by")
    if anchor is None:
        return unknown(NO_ANCHOR)
    reason = f"counted from the report's day {anchor}"
    choices = [_season(y, start_month, reason) for y in range(anchor.year - 2, anchor.year + 2)]
    if by > 0:
        return next(s for s in choices if s.first and s.first > anchor)
    limit = anchor if by == 0 else cal.moved(anchor, -1)
    return [s for s in choices if s.first and s.last and (s.first if by == 0 else s.last) <= limit][-1]


def _season(year: int, start_month: int, reason: str) -> Days:
    first, _ = cal.month_bounds(year, start_month)
    _, last = cal.month_bounds(*cal.month_moved(year, start_month, 2))
    return window(first, last, f"{reason}; seasons of the northern half of the earth")
