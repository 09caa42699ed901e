"""A sitemap, plain or packed, → the addresses in it, or the further sitemaps that an index names.

Reads XML sitemaps with their news and date fields, indexes, and plain lists of addresses. Nothing outside the bytes is
looked up, and no entity is unfolded.
"""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from recount.errors import UnreadableInput
from recount.read.encoding import decode
from recount.read.feed import plausible
from recount.records import Record

MOST_ADDRESSES = 50_000
"""What the protocol allows in one sitemap; further ones are passed over."""
ADVICE = "Check that it is the address of a sitemap; the site's robots.txt usually names it."
ADDRESS = re.compile(r"https?://\S+")
ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?)?)?")


class Page(Record, frozen=True, kw_only=True):
    """One address of a sitemap, with what it says of it. `changed` is UTC."""

    address: str
    title: str | None = None
    published: date | None = None
    changed: datetime | None = None


class Sitemap(Record, frozen=True, kw_only=True):
    """Pages, or the further sitemaps of an index. `notes` say what was passed over, and why."""

    pages: tuple[Page, ...] = ()
    children: tuple[Page, ...] = ()
    notes: tuple[str, ...] = ()


def parse(data: bytes, where: str, *, most_bytes: int = 50_000_000) -> Sitemap:
    """The sitemap in some bytes, unpacked where they are gzip. UnreadableInput where there is none."""
    data = unpacked(data, where, most_bytes)
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data or "<!ENTITY".encode("utf-16-be") in data:
        raise UnreadableInput("declares entities of its own, which can unfold without end", where, ADVICE)
    if b"<" not in data[:1000]:
        return _listed(data, where)
    pages: dict[str, Page] = {}
    children: dict[str, Page] = {}
    notes: list[str] = []
    try:
        for name, page in _elements(data):
            (children if name == "sitemap" else pages).setdefault(page.address, page)
            if len(pages) + len(children) >= MOST_ADDRESSES:
                notes.append(f"addresses behind the first {MOST_ADDRESSES:,} passed over")
                break
    except SyntaxError as fault:
        if not pages and not children:
            raise UnreadableInput(f"no sitemap in it ({fault.msg})", where, ADVICE) from None
        notes.append(f"damaged from there on: {fault.msg}")
    if not pages and not children and b"urlset" not in data[:2000] and b"sitemapindex" not in data[:2000]:
        raise UnreadableInput("no sitemap in it", where, ADVICE)
    return Sitemap(pages=tuple(pages.values()), children=tuple(children.values()), notes=tuple(notes))


def unpacked(data: bytes, where: str, most: int) -> bytes:
    """The bytes, unpacked where they are gzip. UnreadableInput where they are damaged or unpack to more than `most`."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            found = packed.read(most + 1)
    except (EOFError, OSError, zlib.error) as fault:
        raise UnreadableInput(f"damaged gzip data ({fault})", where, "Fetch it again.") from None
    if len(found) > most:
        raise UnreadableInput(f"unpacks to more than {most:,} bytes", where, ADVICE)
    return found


def moment(said: str | None) -> datetime | None:
    """A W3C date and time in UTC, a date alone at its midnight; None for anything else."""
    found = ISO.fullmatch((said or "").strip())
    if not found:
        return None
    year, month, day, clock, zone = found.groups()
    zone = (zone or "+00:00").replace("Z", "+00:00")
    try:
        at = datetime.fromisoformat(f"{year}-{month or '01'}-{day or '01'}T{clock or '00:00'}{zone}").astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at if plausible(at.date()) else None


def _elements(data: bytes) -> Iterable[tuple[str, Page]]:
    """(`url` or `sitemap`, what it says) of each element, in order. SyntaxError where the XML breaks."""
    from lxml import etree

    reader = etree.iterparse(
        BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True
    )
    for _, element in reader:
        name = _name(element)
        if name not in ("url", "sitemap"):
            continue
        told = {_name(part): (part.text or "").strip() for part in element.iter()}
        element.clear()
        while element.getprevious() is not None:  # what was read is let go, so that memory stays small
            del element.getparent()[0]
        if ADDRESS.fullmatch(told.get("loc", "")):
            yield name, _page(told)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _page(told: dict[str, str]) -> Page:
    published = moment(told.get("publication_date"))
    return Page(
        address=told["loc"],
        title=" ".join(told.get("title", "").split()) or None,
        published=published.date() if published else None,
        changed=moment(told.get("lastmod")),
    )


def _listed(data: bytes, where: str) -> Sitemap:
    """A sitemap that is a plain list, an address a line."""
    lines = [line.strip() for line in decode(data, where).splitlines() if line.strip()]
    found = dict.fromkeys(line for line in lines if ADDRESS.fullmatch(line))
    if not found:
        raise UnreadableInput("no sitemap in it", where, ADVICE)
    return Sitemap(pages=tuple(Page(address=address) for address in list(found)[:MOST_ADDRESSES]))
