"""The archive → reports: read by the same rules as files, and told when and where they were found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from recount.errors import RecountError, UnreadableInput
from recount.read import feed as feeds
from recount.read import report_from_text
from recount.read.encoding import decode
from recount.read.report import as_fetched, identified
from recount.records import Report, SetAside
from recount.sources.archive import Archive, Fetched, Place
from recount.sources.plan import Source
from recount.sources.state import Item, moment

Found = Report | UnreadableInput


class Reader:
    """Reads items out of an archive; a feed that many of them stand in is parsed once."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._feed: tuple[Place, feeds.Feed] | None = None

    def read(self, item: Item, source: Source) -> Iterator[Report | SetAside]:
        """The reports of an item, or why there is none. Its set-asides go by the item's address."""
        try:
            if item.place is None:
                raise UnreadableInput(item.note or "not fetched", "", item.advice or "")
            fetched = self._archive.read(item.place)
            for found in self._reports(item, fetched, source):
                if isinstance(found, Report):
                    announced = moment(item.published)
                    told = _told(found, item, fetched, source)
                    yield as_fetched(told, fetched.at, announced.date() if announced else None)
                else:
                    yield SetAside(source=item.address, reason=found.what, advice=found.do)
        except RecountError as fault:
            yield SetAside(source=item.address, reason=fault.what, advice=fault.do)

    def _reports(self, item: Item, fetched: Fetched, source: Source) -> Iterator[Found]:
        known: dict[str, Any] = {"name": name_of(item.address), "source": str(item.place)}
        body, kind = fetched.body, fetched.kind
        if item.part is not None:
            yield self._entry(item, fetched, source, known)
        elif body.startswith(b"%PDF") or kind == "application/pdf":
            from recount.read.pdf import report_from_pdf

            yield report_from_pdf(body, headline=item.title, **known)
        elif kind == "message/rfc822":
            from recount.read.mail import reports_from_mail

            yield from reports_from_mail(body, outlet=source.outlet, **known)
        elif kind == "text/plain":
            yield report_from_text(decode(body, item.address, declared=fetched.charset), raw=body, **known)
        elif kind in ("text/html", "application/xhtml+xml", "") and b"<" in body[:2000]:
            from recount.read.html import report_from_html

            yield report_from_html(body, charset=fetched.charset, **known)
        else:
            what = f"a response of a kind that is not read ({kind or 'none declared'})"
            raise UnreadableInput(what, "", "Pages, PDFs, mails and plain text are read.")

    def _entry(self, item: Item, fetched: Fetched, source: Source, known: dict[str, Any]) -> Found:
        place = item.place
        if place is not None and (self._feed is None or self._feed[0] != place):
            self._feed = place, feeds.parse(fetched.body, item.address)
        feed = self._feed[1] if self._feed else feeds.Feed()
        entry = next((entry for entry in feed.entries if entry.key == item.part), None)
        if entry is None:
            raise UnreadableInput("the feed no longer holds this entry", "", "Report this: the archive should have it.")
        return feeds.report_of(entry, feed, outlet=source.outlet, **known)


def _told(report: Report, item: Item, fetched: Fetched, source: Source) -> Report:
    """The report with what the fetch tells of it: from where it is, and the publisher that the source names."""
    web = fetched.address.startswith(("http://", "https://"))
    url = (item.address if item.part is not None else _own(report.url, fetched.address)) if web else report.url
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    outlet = source.outlet or report.outlet or host or None
    return identified(report, url=url, outlet=outlet)


def _own(said: str | None, fetched: str) -> str:
    """The address that a page gives itself, where that is on the host that it came from; else where it came from."""
    same = said is not None and urlsplit(said).hostname == urlsplit(fetched).hostname
    return said if same and said else fetched


def name_of(address: str) -> str:
    """A report's name from its address: the last part of the path, without its ending, or the host."""
    parts = urlsplit(address)
    if parts.scheme == "mid":
        return unquote(parts.path)
    last = PurePosixPath(unquote(parts.path).rstrip("/")).name
    return (PurePosixPath(last).stem or parts.hostname or address)[:100]
