"""The one place where a Report is made.

The stored text is the text as it came, except that line ends become `\\n`, a leading byte order mark goes, and control
characters (tab and line feed aside) and lone surrogates become a space each. Nothing else is touched, since every span
points into it: soft hyphens, odd spaces and ligatures stay.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import msgspec

from recount.errors import UnreadableInput
from recount.read.furniture import Furniture, furniture
from recount.read.languages import guess
from recount.records import Report, content_id

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
DATELINE = re.compile(r"^[A-Z][A-Z’'. /-]{2,}(?:,[^:—–]{1,40})?(?:\([^)]{1,30}\))?\s*(?::|—|–|--?)\s")
SENTENCE_END = (".", "!", ":", ";", ",", "۔", ".”", '."', ".’")
LONGEST_HEADLINE = 200
AHEAD = timedelta(days=1)
"""A report may be of tomorrow where its publisher is east of us; of a later day only by a wrong clock."""


def report_from_text(
    text: str,
    *,
    name: str,
    headline: str | None = None,
    published: date | None = None,
    outlet: str | None = None,
    url: str | None = None,
    source: str | None = None,
    raw: bytes | None = None,
) -> Report:
    """A report from its text and what is known about it.

    The id is a hash of stored text, url, outlet, headline and published day: the same content is one report wherever it
    was found, and the same address with other content is another one. A missing `published` is read from a line that
    prints it (the day above a page's headline, "Published in …, October 12th, 2031"), and stays None otherwise. Without
    a `headline`, the first line is taken as one where it looks like one. UnreadableInput where there is no text.
    """
    body = clean(text)
    if not body.strip():
        raise UnreadableInput("no text in it", source or name, "Give the report's text.")
    known, title = furniture(), " ".join(clean(headline or "").split()) or None
    stored, title, end = _with_headline(body, title, known)
    day = published or printed_day(stored, known, title)
    return Report(
        id=content_id("r", stored, url, outlet, title, day),
        name=name,
        text=stored,
        headline=title,
        headline_end=end,
        published=day,
        outlet=outlet or None,
        url=url or None,
        language=guess(stored),
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass") if raw is None else raw).hexdigest(),
        source=source,
    )


def identified(report: Report, **changed: object) -> Report:
    """The report with fields changed, and the id that belongs to it then."""
    new = msgspec.structs.replace(report, **changed)
    return msgspec.structs.replace(new, id=content_id("r", new.text, new.url, new.outlet, new.headline, new.published))


def as_fetched(report: Report, at: datetime, *announced: date | None) -> Report:
    """The report with the moment when it was fetched, and a publication day that can be: its own, or one announced.

    A day that had not come when the report was fetched is a clock's error, and left out.
    """
    last = (at + AHEAD).date()
    day = next((d for d in (report.published, *announced) if d is not None and d <= last), None)
    return identified(report, fetched=at, published=day)


def clean(text: str) -> str:
    """The text as it is stored; see the module's docstring."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub(" ", lines)


def printed_day(text: str, known: Furniture, headline: str | None = None) -> date | None:
    """The publication day that the report prints itself: around its headline, or in its closing notice."""
    for line in _above_text(text, known, headline):
        if day := known.published(line):
            return day
    tail = known.tail_start(text)
    return None if tail is None else known.published(text[tail:])


def _above_text(text: str, known: Furniture, headline: str | None) -> Iterator[str]:
    """The furniture lines before the first line of text."""
    for line in map(str.strip, text[:3000].split("\n")):
        if known.rule_of(line, first=True):
            yield line
        elif line and line != headline:
            return


def _with_headline(body: str, headline: str | None, known: Furniture) -> tuple[str, str | None, int]:
    """(stored text, headline, its end in the text or 0 where it does not stand at the very start)."""
    lines = [line.strip() for line in body.split("\n", 60)[:60]]
    rest = iter(lines)
    first = next((line for line in rest if line and not known.rule_of(line, first=True)), "")
    if headline is None:
        following = next(rest, "")
        again = following or next((line for line in rest if line), "")
        headline = first if looks_like_headline(first, following, again) else None
    elif " ".join(first.split()).casefold() == headline.casefold():
        headline = first
    else:
        return f"{headline}\n\n{body}", headline, len(headline)
    starts = headline is not None and body.startswith(headline)
    return body, headline, len(headline) if headline and starts else 0


def looks_like_headline(line: str, following: str, again: str) -> bool:
    """Whether a first line is a headline: short, no dateline, no final stop, and a blank line or itself behind it.

    `following` is the next line ("" where it is blank), `again` the next line that is not blank ("" at the end).
    """
    if not again or not 2 <= len(line.split()) <= 30 or len(line) > LONGEST_HEADLINE:
        return False
    if line == again:
        return True
    return not following and not line.endswith(SENTENCE_END) and not line.startswith("•") and not DATELINE.match(line)
