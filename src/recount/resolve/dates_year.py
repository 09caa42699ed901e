"""The year of a report that prints none: from a weekday that stands beside a date, or from a year that is over."""

from __future__ import annotations

import re
from datetime import date

from recount.records import Days
from recount.resolve import dates_calendar as cal
from recount.resolve.dates_find import DayMention, find
from recount.resolve.dates_read import read

_ANY_YEAR = re.compile(r"\b(?:19[5-9]|20[0-4])\d\b")
_APART = re.compile(r"\b(?:by|until|till|for|before|next|to|since)\s+(?:the\s+)?(?:\w+\s+){0,2}$", re.IGNORECASE)
_COMPLETED = re.compile(r"\b(?:in|during|throughout)\s+(?P<year>20\d\d|19\d\d)\b(?!\s*[-–])")
_COUNT = re.compile(r"\b(?:\d{1,3}(?:,\d{3})+|\d{2,3}|[3-9]\d{3})\b(?!\s*years?\b)")
_SENTENCE = re.compile(r"[.!?]['”\"]?\s")
_EARLY_MONTHS = 3  # a total for "in 2025" told by March of some year is that of the year before
_AGREE = 3  # years from the last year that the text names, in which weekday and date must agree
_OPENING = 500  # characters in which a report names the day that it tells on
_OTHER = re.compile(r"\bnext\b|\bcoming\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
_BESIDE = frozenset({"weekday_and_date", "short_weekday_and_date"})


def day_in(year: int, said: str) -> date | None:
    """The day that words without a year name in a year; None where the calendar has none."""
    return read(said, date(year, 12, 31)).first


def latest_year(text: str) -> int | None:
    """The last year that a text names for itself; those with "until" or "since" aside."""
    years = [
        int(y.group()) for y in _ANY_YEAR.finditer(text) if not _APART.search(text, max(0, y.start() - 40), y.start())
    ]
    return max(years, default=None)


def by_weekday(text: str) -> Days:
    """The first "Monday (June 4)" of a report, in the first year from the last one named in which both agree.

    Weekday and date agree about every sixth year: where that is years behind the last year named, nothing is inferred.
    """
    latest = latest_year(text)
    if latest is None:
        return Days()
    for mention in find(text, 0, min(len(text), _OPENING)):
        if mention.rule not in _BESIDE or _OTHER.search(mention.said):
            continue
        for year in range(latest, latest + _AGREE + 1):
            day = _agreeing(mention, year)
            if day is not None:
                reason = (
                    f"{mention.said!r}; the year is inferred: the first from {latest}, the last one named, that fits"
                )
                return Days(first=day, last=day, precision="day", reason=reason)
    return Days()


def _agreeing(mention: DayMention, year: int) -> date | None:
    """The day of a mention in a year, where its weekday is the one beside it."""
    found = read(mention.said, cal.day_or_none(year, 12, 31)).first
    return found if found is not None and found.year == year else None


def by_completed_year(text: str, mention: DayMention) -> Days:
    """A dateline early in a year, in a report that sums up the year before ("90 battles in 2024")."""
    years = [int(y.group()) for y in _ANY_YEAR.finditer(text)]
    summed = [
        (int(c["year"]), c.group())
        for c in _COMPLETED.finditer(text)
        if int(c["year"]) == max(years) and _sums(text, c)
    ]
    if not summed:
        return Days()
    year, said = summed[-1]
    day = day_in(year + 1, mention.said)
    if day is None or day.month > _EARLY_MONTHS:
        return Days()
    reason = (
        f"the dateline says {mention.said!r}; the year is inferred: the text sums up {said!r} as a year that is over"
    )
    return Days(first=day, last=day, precision="day", reason=reason)


def _sums(text: str, year: re.Match[str]) -> bool:
    """Whether a count stands before the year in its sentence: "he was elected in 2024" sums up nothing."""
    start = max((s.end() for s in _SENTENCE.finditer(text, max(0, year.start() - 400), year.start())), default=0)
    return _COUNT.search(text, max(start, year.start() - 400), year.start()) is not None
