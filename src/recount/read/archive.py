"""A page of an archive → its report. Three passes, each dearer and on fewer pages than the one before.

The first looks at the bytes (`filter`), the second at the main text that a quick parser gives, the third extracts the
article with care. Between the second and the third whoever drives this may ask the river whether the text tells anything.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from recount.errors import MissingExtra, UnreadableInput
from recount.read.encoding import decode
from recount.read.filter import may_tell, tells
from recount.read.html import main_text, page_of, report_from_page
from recount.read.pages import Page
from recount.read.report import as_fetched, report_from_text
from recount.read.warc import pages
from recount.records import Report, SetAside
from recount.settings import Settings


class Draft(NamedTuple):
    """A page that passed the first filter: its characters, and its text as the quick parser gives it."""

    page: Page
    characters: str
    text: str

    def tells(self, settings: Settings) -> bool:
        """Whether its main text still holds the words of an incident."""
        return tells(self.text.lower(), inclusion=settings.inclusion)

    def quick_report(self) -> Report:
        """A report of the quick parser's text: good enough to ask whether it tells anything, never to be kept."""
        return report_from_text(self.text, name=self.page.name)

    def report(self) -> Report:
        """The page's report, extracted with care. UnreadableInput where it holds no article."""
        report = self._report()
        return as_fetched(report, self.page.fetched) if self.page.fetched else report

    def _report(self) -> Report:
        page = self.page
        if page.kind == "html":
            return report_from_page(self.characters, page.data, name=page.name, source=page.source, url=page.url)
        return report_from_text(
            self.text,
            name=page.name,
            headline=page.headline,
            published=page.published,
            outlet=page.outlet,
            url=page.url,
            source=page.source,
            raw=page.data,
        )


def worth_parsing(page: Page, settings: Settings) -> bool:
    """The first filter, on a page's bytes; those of a PDF say nothing before it is read."""
    return page.kind == "pdf" or may_tell(page.data, html=page.kind == "html", inclusion=settings.inclusion)


def draft_of(page: Page) -> Draft:
    """A page read by the quick parser. UnreadableInput where no parser should meet it, or no encoding fits."""
    if page.kind == "html":
        characters = page_of(page.data, page.source, page.charset)
        return Draft(page, characters, main_text(characters))
    text = _pdf_text(page) if page.kind == "pdf" else decode(page.data, page.source, declared=page.charset)
    return Draft(page, text, text)


def _pdf_text(page: Page) -> str:
    from recount.read.pdf import pdf_text

    try:
        return pdf_text(page.data, page.source)
    except MissingExtra as fault:  # the archive's other pages are read all the same
        raise UnreadableInput(fault.what, page.source, fault.do) from None


def read_warc(path: Path, settings: Settings) -> Iterator[Report | SetAside | UnreadableInput]:
    """The reports of a WARC file that may tell of an incident, each set of bytes once; what is damaged is set aside."""
    seen: set[bytes] = set()
    for page in pages(path, settings):
        if isinstance(page, SetAside):
            yield page
        elif isinstance(page, Page) and page.kind == "mail":
            yield from _mail(page)
        elif isinstance(page, Page) and worth_parsing(page, settings) and is_new(page, seen):
            try:
                draft = draft_of(page)
                if draft.tells(settings):
                    yield draft.report()
            except UnreadableInput as fault:
                yield fault


def _mail(page: Page) -> Iterator[Report | UnreadableInput]:
    from recount.read.mail import reports_from_mail

    for found in reports_from_mail(page.data, name=page.name, source=page.source):
        yield as_fetched(found, page.fetched) if isinstance(found, Report) and page.fetched else found


def is_new(page: Page, seen: set[bytes]) -> bool:
    """Whether a page of these very bytes was not seen before; remembers it."""
    from hashlib import blake2b

    mark = blake2b(page.data, digest_size=16).digest()
    fresh = mark not in seen
    seen.add(mark)
    return fresh
