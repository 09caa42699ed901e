"""Arithmetic of windows: months, years, weeks, shares of them, ranges, units counted back and on."""

from __future__ import annotations

from datetime import date

from recount.records import DayPrecision, Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, NO_BASE, Context, Parts, one_day, unknown, window
from recount.values.dates import precision_of

_MONTHS = {"quarter": 3, "half": 6, "month": 1, "year": 12, "decade": 120, "century": 1200}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_FEW = (2, 5)  # "a few", "several" units lie this many back


def same_as(parts: Parts, context: Context) -> Days:
    """The one time expression inside, as it is."""
    name = next(n for n in ("day", "days", "month", "year", "from") if n in parts)
    return parts.days(name, context)


def no_bounds(parts: Parts, context: Context) -> Days:
    """Words that give no bounds."""
    return unknown("the words give no bounds")


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
    from recount.resolve.dates_single import dated

    numbers = parts.numbers("days")
    last = dated(parts.value("month"), max(numbers), parts.value("year"), context)
    return _back_to(last, min(numbers))


def _back_to(last: Days, day: int) -> Days:
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
    return _up_to(whole, anchor) if by == 0 and not context.future else whole


def _up_to(days: Days, last: date) -> Days:
    if days.first is None or days.first > last:
        return days
    return window(days.first, last, f"{days.reason}, up to it")


def year_of_context(parts: Parts, context: Context) -> Days:
    """The year of the day just named, the one before or the one after."""
    base = context.base
    if base is None or base.first is None:
        return unknown(NO_BASE)
    return _year(base.first.year + (parts.value("by") or 0), "counted from the day named before")


def _unit_bounds(unit: str, day: date) -> tuple[date, date]:
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if unit == "month":
        return cal.month_bounds(day.year, day.month)
    if unit == "week":
        monday = cal.monday_of(day)
        return monday, cal.moved(monday, 6)
    return day, day


def so_far(parts: Parts, context: Context) -> Days:
    """From the start of the running unit to the report's day."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    first, _ = _unit_bounds(parts.value("unit"), anchor)
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
    whole = window(*_unit_bounds(unit, day), reason)
    return _up_to(whole, anchor) if by == 0 and not context.future else whole


def earlier_unit(parts: Parts, context: Context) -> Days:
    """From the first day of the running unit to the day before the report."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    first, _ = _unit_bounds(parts.value("unit"), anchor)
    return window(first, max(first, cal.moved(anchor, -1)), f"up to the day before the report's day {anchor}")


def later_unit(parts: Parts, context: Context) -> Days:
    """From the report's day to the last of the running unit."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    return window(anchor, _unit_bounds(parts.value("unit"), anchor)[1], f"from the report's day {anchor}")


def weekend(parts: Parts, context: Context) -> Days:
    """The last Saturday and Sunday that have begun; the last ones over, for "last weekend"."""
    anchor = context.anchor
    if anchor is None:
        return unknown(NO_ANCHOR)
    saturday = cal.on_or_after(anchor, 5) if context.future else cal.on_or_before(anchor, 5)
    if parts.argument("strictly") and (anchor - saturday).days < 2:
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
    if "cut" in parts:
        cut = str(parts.value("cut"))
        return int(cut[1]), 3 if cut[0] == "Q" else 6
    return parts.value("nth"), parts.value("unit")


def season(parts: Parts, context: Context) -> Days:
    """A season of the northern half of the earth."""
    start_month = parts.value("season")
    if "year" in parts:
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


# -------------------------------------------------------------------------------------------- counted units


def count(parts: Parts, name: str = "n") -> tuple[int, bool]:
    """The number of units and whether it is vague ("a few"); one where only an article stands."""
    values = [t.value for t in parts.items(name) if isinstance(t.value, int)]
    number = max(values, default=1)
    words = {t.text.lower() for t in parts.items(name)}
    return number, bool(words & {"few", "several", "many", "recent"})


def back(day: date, number: int, unit: str) -> Days:
    """`number` units on from a day (negative: back): days are exact, weeks loose, months and years whole."""
    if unit in _DAYS:
        found = cal.moved(day, number * _DAYS[unit])
        loose: DayPrecision = "day" if unit == "day" else "week"
        return window(found, found, "", loose)
    found = cal.day_months_on(day, number * _MONTHS[unit])
    return window(*_unit_bounds("month" if unit == "month" else "year", found), "")


def _spread(day: date, sign: int, unit: str) -> Days:
    """Two to five units away from a day: where "a few" puts it."""
    ends = [back(day, sign * n, unit) for n in _FEW]
    first = min(d.first for d in ends if d.first)
    return window(first, max(d.last for d in ends if d.last), "")


def ago(parts: Parts, context: Context) -> Days:
    """Units counted back from the report's day."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    number, vague = count(parts)
    unit = parts.value("unit")
    found = _spread(context.anchor, -1, unit) if vague else back(context.anchor, -number, unit)
    return _because(found, f"counted back from the report's day {context.anchor}")


def _because(days: Days, reason: str) -> Days:
    return Days(first=days.first, last=days.last, precision=days.precision, reason=reason)


def some_ago(parts: Parts, context: Context) -> Days:
    """Days or weeks ago, no number said."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return _because(_spread(context.anchor, -1, parts.value("unit")), f"counted back from the report's day {context.anchor}")


def from_now(parts: Parts, context: Context) -> Days:
    """Units counted on from the report's day."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return _because(back(context.anchor, count(parts)[0], parts.value("unit")), "counted on from the report's day")


def rolling(parts: Parts, context: Context) -> Days:
    """The last so many units up to the report's day; GED leaves that day out of "the past two days"."""
    anchor, unit = context.anchor, parts.value("unit") or parts.argument("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    number = parts.argument("n") or count(parts)[0]
    first = _first_back(anchor, number, unit)
    ged = context.convention == "ged" and unit == "day" and number > 1
    last = cal.moved(anchor, -1) if ged else anchor
    return window(first, last, f"up to the report's day {anchor}")


def _first_back(anchor: date, number: int, unit: str) -> date:
    if unit in _DAYS:
        return cal.moved(anchor, -number * _DAYS[unit])
    return cal.day_months_on(anchor, -number * _MONTHS[unit])


def past_unit(parts: Parts, context: Context) -> Days:
    """The past day, week, month or year, with the report's day in it."""
    anchor, unit = context.anchor, parts.value("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    first = _first_back(anchor, 1, unit)
    return window(first if unit == "day" else cal.moved(first, 1), anchor, f"up to the report's day {anchor}")


def rolling_hours(parts: Parts, context: Context) -> Days:
    """The last so many hours: a day back for each 24 begun."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    days = max(1, -(-count(parts)[0] // 24))
    return window(cal.moved(context.anchor, -days), context.anchor, f"up to the report's day {context.anchor}")


def prolonged(parts: Parts, context: Context) -> Days:
    """An affair of so many days: from the day just named, or up to the report's."""
    number = count(parts)[0]
    base = context.base
    if base is not None and base.first:
        return window(base.first, cal.moved(base.first, number - 1), "counted from the day named before")
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return window(cal.moved(context.anchor, 1 - number), context.anchor, f"up to the report's day {context.anchor}")


# -------------------------------------------------------------------------------------------- counted from a day just named


def shifted(parts: Parts, context: Context) -> Days:
    """Units before or behind the day just named; "a day earlier" counts from the report where none is named."""
    sign = 1 if parts.value("by", 1) in ("later", 1) else -1
    number, vague = count(parts)
    unit = parts.value("unit")
    base = context.base
    if base is not None and base.first and base.last:
        ends = [_spread(d, sign, unit) if vague else back(d, sign * number, unit) for d in (base.first, base.last)]
        return _joined(ends, "counted from the day named before")
    if sign < 0 and context.anchor and not vague:
        return _because(back(context.anchor, -number, unit), f"counted from the report's day {context.anchor}")
    return unknown(NO_BASE)


def _joined(ends: list[Days], reason: str) -> Days:
    first = min(d.first for d in ends if d.first)
    last = max(d.last for d in ends if d.last)
    if first == last:
        return Days(first=first, last=last, precision=ends[0].precision, reason=reason)
    return window(first, last, reason)


def shifted_from(parts: Parts, context: Context) -> Days:
    """Units before or behind a day that is said with them ("a day after Sunday")."""
    base = parts.days("day", context)
    if base.first is None:
        return base
    found = parts.days("shift", context._replace(after=base))
    return _because(found, f"counted from {base.first} ({base.reason})")


def same_day(parts: Parts, context: Context) -> Days:
    """The day just named, or the week or month that holds it."""
    base, unit = context.base, parts.value("unit", "day")
    if base is None or base.first is None or base.last is None:
        return unknown(NO_BASE)
    first, last = _unit_bounds(unit, base.first)[0], _unit_bounds(unit, base.last)[1]
    return window(first, last, "the time named before")


def hours_from(parts: Parts, context: Context) -> Days:
    """Hours before or behind what was just named: its day or the one beside it."""
    base = context.base
    if base is None or base.first is None or base.last is None:
        return unknown(NO_BASE)
    behind = parts.value("by") in ("later", 1)
    first = base.first if behind else cal.moved(base.first, -1)
    last = cal.moved(base.last, 1) if behind else base.last
    if context.anchor is not None and base.last <= context.anchor:
        last = min(last, context.anchor)
    return window(first, last, "counted in hours from the day named before")


# -------------------------------------------------------------------------------------------- shares and ranges


def part_of_period(parts: Parts, context: Context) -> Days:
    """Early, mid or late in a month, week, year."""
    period = parts.days("period", context)
    if period.first is None or period.last is None:
        return period
    first, last = _share(parts.value("part"), *_whole(period.first, period.last), context)
    return window(first, last, f"{parts.value('part')} part of it; {period.reason}")


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
    first, last = _share(parts.value("part"), *_unit_bounds(parts.value("unit"), anchor), context)
    return _up_to(window(first, last, f"of the unit that holds the report's day {anchor}"), anchor)


def first_of_period(parts: Parts, context: Context) -> Days:
    """The first, second, ... or last so many days, weeks or months of a period."""
    if "running" in parts:
        bounds = _unit_bounds(parts.value("running"), context.anchor) if context.anchor else None
        reason = f"of the unit that holds the report's day {context.anchor}"
    else:
        period = parts.days("period", context)
        bounds = _whole(period.first, period.last) if period.first and period.last else None
        reason = period.reason
    if bounds is None:
        return unknown(NO_ANCHOR)
    end, number, unit = parts.value("end"), count(parts)[0], parts.value("unit")
    first, last = _cut(bounds, end, number, unit)
    return window(max(first, bounds[0]), min(last, bounds[1]), reason)


def _cut(bounds: tuple[date, date], end: int, number: int, unit: str) -> tuple[date, date]:
    low, high = bounds
    if unit in _DAYS:
        size = number * _DAYS[unit]
        start = cal.moved(high, 1 - size) if end < 0 else cal.moved(low, (end - 1) * size)
        return start, cal.moved(start, size - 1)
    size = number * _MONTHS[unit]
    start = cal.day_months_on(cal.moved(high, 1), -size) if end < 0 else cal.day_months_on(low, (end - 1) * size)
    return start, cal.moved(cal.day_months_on(start, size), -1)


def unit_of(parts: Parts, context: Context) -> Days:
    """The week or month that holds a day."""
    day = parts.days("day", context)
    if day.first is None:
        return day
    return window(*_unit_bounds(parts.value("unit"), day.first), day.reason)


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
        return _back_to(parts.days("last", context), parts.value("first"))
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


_ = precision_of
