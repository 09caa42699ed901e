"""An RSS or Atom feed → what it announces, and a report for each entry whose words stand in the feed itself.

feedparser reads; what it is given is made safe first: no entities of the feed's own, and of a feed with far more entries
than feeds have only the first few thousand different ones (it takes about a millisecond for each).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from recount.errors import MissingExtra, UnreadableInput
from recount.read.fragments import plain_text
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import whole
from recount.records import Record, Report
from recount.settings import Settings

MOST_ENTRIES = 2_000
"""Feeds announce 10 to 500 entries; those of a longer one behind so many different ones are passed over."""
FIRST_YEAR, LAST_YEAR = 1990, 2100
BEGIN = re.compile(rb"<(?:item|entry)[\s>]")
END = b"</"
TAGS = re.compile(rb"<([a-zA-Z][\w:.-]{0,60})|</([a-zA-Z][\w:.-]{0,60})|/>")
NEVER_CLOSED = frozenset(b"p br hr img li input".split())
MOST_TAGS = 200_000
MOST_NESTED = 300
"""Feeds nest their tags 5 to 30 deep, and have 10 to 60 to an entry; a parser takes 0.1 ms for each."""
WIDE = (b"\xff\xfe", b"\xfe\xff")
ADVICE = "Check that it is the address of an RSS or Atom feed, not of a page."


class Entry(Record, frozen=True, kw_only=True):
    """One entry of a feed. `key` tells it from the others: its id, or its address. Times are UTC."""

    key: str
    address: str | None = None
    title: str | None = None
    text: str = ""
    published: datetime | None = None
    updated: datetime | None = None


class Feed(Record, frozen=True, kw_only=True):
    """A feed: its title and its different entries, in its order. `notes` say what was passed over, and why."""

    title: str | None = None
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()


def read_feed(path: Path, settings: Settings) -> Iterator[Report | UnreadableInput]:
    """The entries of a saved feed as reports, in its order; an entry without text gives its fault."""
    raw = whole(path, settings)
    feed = parse(raw, str(path))
    for number, entry in enumerate(feed.entries, 1):
        try:
            yield report_of(entry, feed, name=f"{bare_name(path)}:{number}", source=f"{path}:{number}")
        except UnreadableInput as fault:
            yield fault


def report_of(entry: Entry, feed: Feed, *, name: str, source: str | None = None, outlet: str | None = None) -> Report:
    """The report that stands in an entry itself. UnreadableInput where it has no more than a title."""
    if not entry.text.strip():
        raise UnreadableInput("an entry without text", source or name, "Add the page that it links to.")
    return report_from_text(
        entry.text,
        name=name,
        headline=entry.title,
        published=entry.published.date() if entry.published else None,
        outlet=outlet or feed.title,
        url=entry.address,
        source=source,
    )


def parse(data: bytes, where: str) -> Feed:
    """The feed in some bytes. UnreadableInput where there is none, or where it declares entities of its own."""
    data = _as_utf8(data, where)
    if b"<!ENTITY" in data:
        raise UnreadableInput(
            "declares entities of its own, which can unfold without end", where, "Ask the publisher for a plain feed."
        )
    data, notes = thinned(data)
    _refuse_mazes(data, where)
    found = _parsed(data, where)
    entries, repeats = _different(map(_entry, found.entries))
    if not found.get("version") and not entries:
        raise UnreadableInput("no feed in it", where, ADVICE)
    if repeats:
        notes.append(f"{repeats:,} repeated entries passed over")
    return Feed(title=_words(found.feed.get("title")), entries=tuple(entries), notes=tuple(notes))


def thinned(data: bytes) -> tuple[bytes, list[str]]:
    """The bytes of a feed with at most MOST_ENTRIES entries, no two the same, and what was left out of it."""
    starts = [found.start() for found in BEGIN.finditer(data)]
    if len(starts) <= MOST_ENTRIES:
        return data, []
    tail = data.rfind(END, 0, data.rfind(END))  # "</channel></rss>"
    ends = [*starts[1:], max(tail, starts[-1])]
    parts = dict.fromkeys(data[start:end].strip() for start, end in zip(starts, ends, strict=True))
    kept = list(parts)[:MOST_ENTRIES]
    notes = [f"{len(starts) - len(parts):,} repeated entries passed over"] if len(parts) < len(starts) else []
    if len(kept) < len(parts):
        notes.append(f"{len(parts) - len(kept):,} entries behind the first {MOST_ENTRIES:,} passed over")
    return b"\n".join([data[: starts[0]], *kept, data[ends[-1] :]]), notes


def _refuse_mazes(data: bytes, where: str) -> None:
    """UnreadableInput for a feed whose tags would keep a parser busy for minutes."""
    parts = data.split(b"<![CDATA[")  # what is quoted is text
    bare = b"".join([parts[0], *(part.partition(b"]]>")[2] for part in parts[1:])])
    if bare.count(b"<") > MOST_TAGS:
        raise UnreadableInput(f"more than {MOST_TAGS:,} tags", where, ADVICE)
    if nesting(bare) > MOST_NESTED:
        raise UnreadableInput(f"tags nested more than {MOST_NESTED} deep", where, ADVICE)


def nesting(bare: bytes) -> int:
    """How deep a feed's own tags are nested at most, however they are mixed up."""
    open_tags: Counter[bytes] = Counter()
    depth = deepest = 0
    last = b""
    for opened, closed in TAGS.findall(bare):
        name = opened or closed or last  # neither: the end of a tag that closes itself
        last = opened
        if name.lower() in NEVER_CLOSED:
            continue
        if opened:
            open_tags[name] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_tags[name]:
            open_tags[name] -= 1
            depth -= 1
    return deepest


def _as_utf8(data: bytes, where: str) -> bytes:
    """The bytes as they are, or as UTF-8 where they came as UTF-16, which nothing below looks through."""
    if data.startswith(WIDE):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError:
            raise UnreadableInput("damaged UTF-16", where, "Fetch it again.") from None
        return re.sub(r"""(<\?xml[^>]{0,100}?)\sencoding=["'][^"']*["']""", r"\1", text, count=1).encode()
    if b"\x00" in data[:1000]:
        raise UnreadableInput("binary data, no feed", where, ADVICE)
    return data


def _parsed(data: bytes, where: str) -> Any:
    try:
        import feedparser
    except ImportError:
        raise MissingExtra("Reading feeds", "sources") from None
    from io import BytesIO

    try:
        return feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except Exception as fault:  # noqa: BLE001 - whatever a feed does to its parser, it is one unreadable feed
        raise UnreadableInput(f"a feed that cannot be read ({type(fault).__name__})", where, ADVICE) from None


def _entry(found: Any) -> Entry:
    address, title = _words(found.get("link")), _words(found.get("title"))
    return Entry(
        key=_words(found.get("id")) or address or title or "",
        address=address,
        title=plain_text(title) if title and "<" in title else title,
        text=_text(found),
        published=moment(_time(found, "published_parsed") or _time(found, "updated_parsed")),
        updated=moment(_time(found, "updated_parsed")),
    )


def _time(found: Any, name: str) -> Any:
    """A time of an entry, by this very name (feedparser otherwise gives one for the other)."""
    return found.get(name) if name in found else None


def _text(found: Any) -> str:
    """The longest of an entry's texts, as plain text."""
    held = [part.get("value") or "" for part in found.get("content") or ()]
    return plain_text(max([*held, found.get("summary") or ""], key=len))


def moment(parsed: Any) -> datetime | None:
    """A time as feedparser gives it, in UTC; None for none, and for years in which no report of ours appeared."""
    try:
        year, month, day, hour, minute, second = parsed[:6] if parsed else (0,) * 6
        at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    return at if FIRST_YEAR <= at.year < LAST_YEAR else None


def plausible(day: date | None) -> date | None:
    """The day, or None where no report of ours can have appeared on it (1970: a clock that was never set)."""
    return day if day and FIRST_YEAR <= day.year < LAST_YEAR else None


def _different(entries: Iterable[Entry]) -> tuple[list[Entry], int]:
    """The first entry of each key, and how many others there were."""
    kept: dict[str, Entry] = {}
    repeats = 0
    for entry in entries:
        repeats += entry.key in kept
        if entry.key:
            kept.setdefault(entry.key, entry)
    return list(kept.values()), repeats


def _words(said: object) -> str | None:
    return " ".join(said.split()) or None if isinstance(said, str) else None
