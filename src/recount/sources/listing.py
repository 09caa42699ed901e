"""What a feed, sitemap or list of addresses announces, as items."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from functools import partial
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from recount.errors import FetchFault, UnreadableInput
from recount.read import feed as feeds
from recount.read import sitemap as sitemaps
from recount.records import Record
from recount.sources.exchanging import checked
from recount.sources.plan import Source
from recount.sources.state import Answer, Item, iso
from recount.sources.visiting import Visit, Visitor

MOST_CHILDREN = 30
"""Sitemaps of an index that one poll looks into, those changed last first; the others wait."""
DEEPEST = 2


class Announced(Record, frozen=True, kw_only=True):
    """An item, and when its listing says that it changed (UTC)."""

    item: Item
    changed: datetime | None = None


class Listing(Record, frozen=True, kw_only=True):
    """What one poll of a source found, the answers that it rests on by address, and what was passed over and why."""

    announced: tuple[Announced, ...] = ()
    answers: tuple[tuple[str, Answer], ...] = ()
    notes: tuple[str, ...] = ()


def normal(address: str) -> str:
    """The form of an address by which two are one: without fragment and without what only counts clicks."""
    from courlan import normalize_url

    try:
        plain: str = normalize_url(urldefrag(address).url)
    except ValueError:
        return address
    return plain


def feed(source: Source, visitor: Visitor) -> Listing:
    """The entries of a feed: its links, or with `follow` off the entries themselves."""
    visit = visitor.visit(source.urls[0])
    if visit.unchanged:
        return Listing(answers=((source.urls[0], visit.answer),))
    found = feeds.parse(visit.body, source.urls[0])
    items = [entry for entry in found.entries if entry.published is None or _since(source, entry.published.date())]
    make = partial(_linked, source, visit) if source.follow else partial(_carried, source, visit)
    announced = [told for told in map(make, items) if told is not None]
    return Listing(
        announced=_once(announced), answers=((source.urls[0], visit.answer),), notes=_lost(found, items, announced)
    )


def _lost(found: feeds.Feed, items: list[feeds.Entry], announced: list[Announced]) -> tuple[str, ...]:
    """What a feed's notes say, and how many entries led to nothing that may be fetched."""
    lost = len(items) - len(announced)
    return (*found.notes, *((f"{lost:,} entries without an address that fits",) if lost else ()))


def _linked(source: Source, visit: Visit, entry: feeds.Entry) -> Announced | None:
    address = urljoin(visit.address, entry.address) if entry.address else None
    return _page(source, address, entry.title, entry.published, entry.updated) if address else None


def _carried(source: Source, visit: Visit, entry: feeds.Entry) -> Announced | None:
    place = visit.place
    return Announced(
        item=Item(
            source=source.name,
            key=entry.key,
            address=entry.address or source.urls[0],
            part=entry.key,
            title=entry.title,
            published=iso(entry.published) if entry.published else None,
            standing="fetched",
            fetched_at=iso(visit.at),
            file=place.file if place else None,
            offset=place.offset if place else None,
        )
    )


def sitemap(source: Source, visitor: Visitor) -> Listing:
    """The pages of a sitemap, and of those that its index names."""
    announced: list[Announced] = []
    answers: list[tuple[str, Answer]] = []
    notes: list[str] = []
    waiting = [(source.urls[0], 0)]
    asked: set[str] = set()
    while waiting:
        address, depth = waiting.pop(0)
        asked.add(address)
        try:
            visit = visitor.visit(address)
            found = _read(visit, address)
        except (FetchFault, UnreadableInput) as fault:
            if not depth:
                raise
            notes.append(f"{address}: {fault.what}")
            continue
        answers.append((address, visit.answer))
        notes += found.notes
        announced += _pages(source, found.pages)
        fresh = [(page.address, depth + 1) for page in _newest(found.children) if page.address not in asked]
        waiting += fresh[:MOST_CHILDREN] if depth < DEEPEST else []
        if len(fresh) > MOST_CHILDREN:
            notes.append(f"{len(fresh) - MOST_CHILDREN:,} further sitemaps of the index not looked into")
    return Listing(announced=_once(announced), answers=tuple(answers), notes=tuple(notes))


def _read(visit: Visit, address: str) -> sitemaps.Sitemap:
    return sitemaps.Sitemap() if visit.unchanged else sitemaps.parse(visit.body, address)


def _newest(children: Iterable[sitemaps.Page]) -> list[sitemaps.Page]:
    long_ago = datetime.min.replace(tzinfo=UTC)
    return sorted(children, key=lambda page: page.changed or long_ago, reverse=True)


def _pages(source: Source, pages: Iterable[sitemaps.Page]) -> Iterator[Announced]:
    for page in pages:
        day = page.published or (page.changed.date() if page.changed else None)
        if day is not None and not _since(source, day):
            continue
        at = datetime.combine(page.published, time(), UTC) if page.published else None
        told = _page(source, page.address, page.title, at, page.changed)
        if told is not None:
            yield told


def addresses(source: Source, visitor: Visitor) -> Listing:
    """A list of addresses, from the file of sources or from a file of one address a line (`#` begins a remark)."""
    listed = dict.fromkeys(source.urls or _lines(source.path))
    found = [(address, _page(source, address, None, None, None)) for address in listed]
    notes = tuple(f"{address[:100]}: no address that may be fetched" for address, told in found if told is None)
    return Listing(announced=_once(told for _, told in found if told is not None), notes=notes[:20])


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise FetchFault(f"the list cannot be read ({fault})", str(path), "Check the path and the file.") from None
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def _page(
    source: Source, address: str, title: str | None, published: datetime | None, changed: datetime | None
) -> Announced | None:
    """A page as an item; None where its address does not fit the source, or may never be fetched."""
    try:
        address = checked(address)
    except FetchFault:
        return None
    if not source.wants(address):
        return None
    said = iso(published) if published else None
    item = Item(source=source.name, key=normal(address), address=address, title=title, published=said)
    return Announced(item=item, changed=changed)


def _since(source: Source, day: date) -> bool:
    return source.since is None or day >= source.since


def _once(announced: Iterable[Announced]) -> tuple[Announced, ...]:
    """The first of each key."""
    kept: dict[str, Announced] = {}
    for told in announced:
        kept.setdefault(told.item.key, told)
    return tuple(kept.values())
