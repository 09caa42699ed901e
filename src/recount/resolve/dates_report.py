"""The report's own day, where only its text can tell it: a line of the page, a note of publication, a dateline."""

from __future__ import annotations

import re
from datetime import timedelta

from recount.records import Days
from recount.resolve.dates_find import DayMention, find
from recount.resolve.dates_read import read
from recount.resolve.dates_year import by_completed_year, by_weekday, day_in
from recount.values.dates import known

_HEAD = 1200  # characters in which a page shows its day
_LINE = 90  # characters of the longest line that can be a day alone
_PUBLISHED = re.compile(r"\b(?:published|posted|publish date)\b", re.I)
_PLACE = r"[A-Z][A-Z.'’/ -]{2,40}(?:\([^)]{2,30}\))?"
_DATELINE = re.compile(
    rf"(?:^|\n)\s*(?:{_PLACE})\s*[,:]\s*(?=(?P<day>[A-Z][a-z]{{2,8}}\.?\s+\d{{1,2}}\b|\d{{1,2}}\s+[A-Z][a-z]{{2,8}}\b))"
)
_PLACE_BEHIND = re.compile(r"\s+[A-Z][A-Z.'’/ -]{2,40}(?:,[^:—–-]{1,30})?\s*(?:\([^)]{2,40}\))?\s*[:—–-]")
_ANY_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEAR = 60  # days back from a dateline in which a full date of the body fixes its year


def publication_day(text: str) -> Days:
    """The report's own day as its text shows it; unknown, with the reason, where it does not.

    Looked for in this order: a line that is a full date, a note of publication with one, a dateline with a year or
    a date before it, a dateline whose year the text lets one infer, a weekday beside a date that fixes the year. The
    reason says from what a year was inferred.
    """
    for look in (_from_line, _from_note, _from_dateline, _from_opening, by_weekday):
        found = look(text)
        if known(found):
            return found
    return Days(reason="the text does not show the report's own day")


def _told(day: Days, reason: str) -> Days:
    return Days(first=day.first, last=day.last, precision="day", reason=reason)


def _from_line(text: str) -> Days:
    for mention in find(text, 0, min(len(text), _HEAD)):
        left = text.rfind("\n", 0, mention.start) + 1
        right = text.find("\n", mention.end)
        line = text[left : right if right >= 0 else len(text)]
        rest = (text[left : mention.start] + text[mention.end : left + len(line)]).strip(" \t|·•-–,:")
        if len(line) <= _LINE and (not rest or _only_furniture(rest)):
            day = _full_date(mention)
            if known(day):
                return _told(day, f"a line of the page is the date {mention.said!r}")
    return Days()


_FURNITURE = re.compile(
    r"(?:published|posted|updated|last updated|date|on|at|by"
    r"|[\d:.]+\s*(?:[ap]\.?m\.?)?|gmt|pst|pkt|ist|utc|[|:,·•-]|\s)+",
    re.I,
)


def _only_furniture(rest: str) -> bool:
    return _FURNITURE.fullmatch(rest) is not None


def _from_note(text: str) -> Days:
    for found in _PUBLISHED.finditer(text):
        near = find(text, found.end(), min(len(text), found.end() + 80))
        if near and "\n\n" not in text[found.end() : near[0].start]:
            day = _full_date(near[0])
            if known(day):
                return _told(day, f"a note of publication: {text[found.start() : near[0].end]!r}")
    return Days()


def _full_date(mention: DayMention) -> Days:
    """The day of a mention that says day, month and year; unknown for any other."""
    if not _ANY_YEAR.search(mention.said):
        return Days()
    day = read(mention.said, None)
    return day if day.precision == "day" else Days()


def _from_dateline(text: str) -> Days:
    for found in _DATELINE.finditer(text, 0, min(len(text), 2 * _HEAD)):
        mention = next(iter(find(text, found.start("day"), min(len(text), found.end("day") + 12))), None)
        if mention is None:
            continue
        day = _full_date(mention)
        if known(day):
            return _told(day, f"the dateline says {mention.said!r}")
        return _with_inferred_year(text, mention)
    return Days()


def _from_opening(text: str) -> Days:
    """A full date at the head of a paragraph, before the dateline's place: "May 31, 2031 TOWNSVILLE (Agency) –"."""
    for mention in find(text, 0, min(len(text), _HEAD)):
        heads = not text[text.rfind("\n", 0, mention.start) + 1 : mention.start].strip()
        if heads and _PLACE_BEHIND.match(text, mention.end):
            day = _full_date(mention)
            if known(day):
                return _told(day, f"the report opens with {mention.said!r}")
    return Days()


def _with_inferred_year(text: str, mention: DayMention) -> Days:
    """A dateline without a year: that of a full date told shortly before, or the one behind the last year summed up."""
    for look in (_by_full_date, by_completed_year):
        found = look(text, mention)
        if known(found):
            return found
    return Days(reason=f"the dateline says {mention.said!r} and nothing in the text tells the year")


def _by_full_date(text: str, mention: DayMention) -> Days:
    for other in find(text, mention.end):
        told = _full_date(other)
        if told.first is None:
            continue
        for year in (told.first.year, told.first.year + 1):
            day = day_in(year, mention.said)
            if day is not None and timedelta(0) <= day - told.first <= timedelta(days=_NEAR):
                reason = f"the dateline says {mention.said!r}; the year is inferred from {other.said!r} in the text"
                return Days(first=day, last=day, precision="day", reason=reason)
    return Days()
