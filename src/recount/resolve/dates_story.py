"""The days of a whole report: each expression read against the day that the report tells on and the days it has named.

A daily paper tells on the eve: its "overnight", "today" and "earlier in the day" count from the day before it is dated.
Of its date and the eve, the one that a report names first as a weekday is the day that it tells on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from recount.records import Days, Record
from recount.resolve.dates_find import DayMention, find
from recount.resolve.dates_read import read
from recount.values.dates import width

_BARE_DAYS = frozenset({"weekday", "part_of_day", "weekday_and_date"})
_TOLD = frozenset({"overnight", "last_night", "today", "rolling_hours", "in_the_day", "since_part", "ago"})
_COUNTED = frozenset(
    {
        "shifted",
        "next_previous_day",
        "same_day",
        "hours_from",
        "year_of_context",
        "month_of_relative_year",
        "day_of_relative_year",
    }
)
_NARROW = 2  # days: a wider window names no day that another could be counted from
_DAY = timedelta(days=1)
_TURNED = re.compile(r"^(?!the\b).*\b(after|before)$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s+\w")


class DatedMention(Record, frozen=True):
    """A time expression and the days that it allows in its report."""

    mention: DayMention
    days: Days


def telling_day(mentions: Sequence[DayMention], anchor: date | None) -> date | None:
    """The day that a report tells on: its date or the eve, whichever it names first as a weekday; else its date."""
    if anchor is None:
        return None
    named = (read(m.said, anchor).first for m in mentions if m.rule in _BARE_DAYS)
    return next((day for day in named if day is not None and anchor - _DAY <= day <= anchor), anchor)


def read_all(text: str, anchor: date | None, mentions: Sequence[DayMention] | None = None) -> list[DatedMention]:
    """Every time expression of a report with its days, in the order of the text. `anchor` is the report's own day."""
    found = find(text) if mentions is None else mentions
    told = telling_day(found, anchor)
    named: Days | None = None
    result = []
    for mention in found:
        days = _read_in_story(text, mention, anchor, told, named)
        result.append(DatedMention(mention=mention, days=days))
        length = width(days)
        if length is not None and length <= _NARROW:
            named = days
    return result


def _read_in_story(text: str, mention: DayMention, anchor: date | None, told: date | None, named: Days | None) -> Days:
    if mention.rule in _TOLD:
        days = read(mention.said, told)
        if told == anchor:
            return days
        return _because(days, f"told on {told}, the eve of the report's date")
    if mention.rule in _COUNTED:
        return _counted(text, mention, told, named)
    return read(mention.said, anchor)


def _counted(text: str, mention: DayMention, told: date | None, named: Days | None) -> Days:
    """Days counted from one just named. "It came a day after the raid" tells when the raid was: a day before."""
    turned = _TURNED.search(mention.said)
    if turned is None or not _GOES_ON.match(text, mention.end):
        return read(mention.said, told, after=named)
    other = "before" if turned[1].lower() == "after" else "after"
    days = read(f"{mention.said[: turned.start(1)]}{other}", told, after=named)
    return _because(days, f"the day of what is told behind {mention.said!r}")


def _because(days: Days, reason: str) -> Days:
    return Days(first=days.first, last=days.last, precision=days.precision, reason=f"{days.reason}; {reason}")
