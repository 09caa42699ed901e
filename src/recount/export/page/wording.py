"""How values read on the page: neutral words, days that people read, figures with their hedges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from recount import records as r
from recount.values import naming
from recount.values.naming import (
    HEDGES,
    NOTHING,
    PARTY_NAMES,
    SIDE_NAMES,
    actor_text,
    actors_text,
    place_text,
    range_text,
)  # fmt: skip

__all__ = [
    "HEDGES", "MONTHS", "NOTHING", "PARTY_NAMES", "SIDE_NAMES", "actor_text", "actors_text", "clean", "count_text",
    "days_text", "one_day", "place_text", "places_text", "range_text", "report_text", "speaker_text", "value_text",
]  # fmt: skip

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# Control characters draw nothing or break the page; the page isolates direction by element, not by character.
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with each control character as U+FFFD; its length stays, so offsets hold."""
    return _INVISIBLE.sub("\ufffd", text)


def one_day(day: date | None) -> str:
    """4 Feb 2025; a dash for none."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else NOTHING


def days_text(days: r.Days) -> str:
    """The days as read, as exact as they are known: 4 Feb 2025, 3–7 Feb 2025, 31 Jan – 4 Feb 2025, Feb 2025, 2025."""
    first, last = days.first, days.last
    if first is None and last is None:
        return NOTHING
    if first is None:
        return f"until {one_day(last)}"
    if last is None:
        return f"since {one_day(first)}"
    if first == last:
        return one_day(first)
    if days.precision == "year" and first.year == last.year:
        return str(first.year)
    month = f"{MONTHS[first.month - 1]} {first.year}"
    if (first.year, first.month) == (last.year, last.month):
        return month if days.precision == "month" else f"{first.day}–{last.day} {month}"
    start = one_day(first) if first.year != last.year else f"{first.day} {MONTHS[first.month - 1]}"
    return f"{start} – {one_day(last)}"


def count_text(low: int | None, high: int | None, approx: bool = False) -> str:
    """Bounds as read: 7, 7–9, at least 7, up to 7, about 7; a dash where both are open."""
    if low is None and high is None:
        return NOTHING
    about = "about " if approx else ""
    if high is None:
        return f"{about}at least {low:,}"
    if low is None:
        return f"{about}up to {high:,}"
    return f"{about}{low:,}" if low == high else f"{about}{low:,}–{high:,}"


def places_text(places: Sequence[r.Place], *otherwise: str | None, most: int = 3) -> str:
    """The first places and how many more there are; else the first of the other names that is there."""
    if not places:
        return next((name for name in otherwise if name), NOTHING)
    more = f" and {len(places) - most} more" if len(places) > most else ""
    return ", ".join(place_text(place) for place in places[:most]) + more


def speaker_text(claim: r.Claim, report: r.Report | None) -> str:
    """The chain from the nearest source outwards: police, quoted by AFP; the outlet where nobody is named."""
    if not claim.speakers:
        return f"{report.outlet} itself" if report and report.outlet else "the report itself"
    return ", quoted by ".join(speaker.name for speaker in claim.speakers)


def report_text(report: r.Report) -> str:
    """A report by outlet (else by its name) and day."""
    day = f", {one_day(report.published)}" if report.published else ""
    return (report.outlet or report.name) + day


def value_text(value: r.Value) -> str:
    """A value as read, in a few words."""
    return naming.value_text(value, days_text, lambda count: count_text(count.low, count.high, count.approx))
