"""Arithmetic of counted units: back from the report, up to it, on from a day that the report has just named."""

from __future__ import annotations

from datetime import date

from recount.records import DayPrecision, Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_context import NO_ANCHOR, NO_BASE, Context, Parts, unknown, window

_FEW = (2, 5)  # "a few", "several" units lie this many back


def count(parts: Parts, name: str = "n") -> tuple[int, bool]:
    """The number of units and whether it is vague ("a few"); one where only an article stands."""
    values = [t.value for t in parts.items(name) if isinstance(t.value, int)]
    number = max(values, default=1)
    words = {t.text.lower() for t in parts.items(name)}
    return number, bool(words & {"few", "several", "many", "recent"})


def back(day: date, number: int, unit: str) -> Days:
    """`number` units on from a day (negative: back): days are exact, weeks loose, months and years whole."""
    found = cal.units_on(day, number, unit)
    if unit in cal.DAYS:
        loose: DayPrecision = "day" if cal.DAYS[unit] == 1 else "week"
        return window(found, found, "", loose)
    return window(*cal.unit_bounds("month" if unit == "month" else "year", found), "")


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
    return because(found, f"counted back from the report's day {context.anchor}")


def because(days: Days, reason: str) -> Days:
    return Days(first=days.first, last=days.last, precision=days.precision, reason=reason)


def some_ago(parts: Parts, context: Context) -> Days:
    """Days or weeks ago, no number said."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return because(
        _spread(context.anchor, -1, parts.value("unit")), f"counted back from the report's day {context.anchor}"
    )


def from_now(parts: Parts, context: Context) -> Days:
    """Units counted on from the report's day."""
    if context.anchor is None:
        return unknown(NO_ANCHOR)
    return because(back(context.anchor, count(parts)[0], parts.value("unit")), "counted on from the report's day")


def rolling(parts: Parts, context: Context) -> Days:
    """The last so many units up to the report's day; GED leaves that day out of "the past two days"."""
    anchor, unit = context.anchor, parts.value("unit") or parts.argument("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    number = parts.argument("n") or count(parts)[0]
    first = cal.units_on(anchor, -number, unit)
    ged = context.convention == "ged" and unit == "day" and number > 1
    last = cal.moved(anchor, -1) if ged else anchor
    return window(first, last, f"up to the report's day {anchor}")


def coming(parts: Parts, context: Context) -> Days:
    """The next so many units, the report's day left out."""
    anchor, unit = context.anchor, parts.value("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    last = cal.units_on(anchor, count(parts)[0], unit)
    return window(cal.moved(anchor, 1), last, f"from the day behind the report's day {anchor}")


def past_unit(parts: Parts, context: Context) -> Days:
    """The past day, week, month or year, with the report's day in it."""
    anchor, unit = context.anchor, parts.value("unit")
    if anchor is None:
        return unknown(NO_ANCHOR)
    first = cal.units_on(anchor, -1, unit)
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
        return because(back(context.anchor, -number, unit), f"counted from the report's day {context.anchor}")
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
    return because(found, f"counted from {base.first} ({base.reason})")


def same_day(parts: Parts, context: Context) -> Days:
    """The day just named, or the week or month that holds it."""
    base, unit = context.base, parts.value("unit", "day")
    if base is None or base.first is None or base.last is None:
        return unknown(NO_BASE)
    first, last = cal.unit_bounds(unit, base.first)[0], cal.unit_bounds(unit, base.last)[1]
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
