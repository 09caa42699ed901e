"""A PDF, such as a press release → a Report. pdfium reads its text; lines of one paragraph are joined.

A PDF says where letters stand, not what a paragraph is. A line that reaches the usual width, or that the next one goes on
from in lower case, is taken to go on. A scan holds no text and is set aside. The file's own dates are of the file, not of
publication, and are not taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recount.errors import MissingExtra, UnreadableInput
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import whole
from recount.records import Report
from recount.settings import Settings

MOST_PAGES = 300
MOST_LETTERS = 2_000_000
LEAST_WORDS = 8
PAGE_NUMBER = re.compile(r"(?i)\s*(?:page\s*)?[-–]?\s*\d{1,3}\s*[-–]?\s*(?:(?:of|/)\s*\d{1,3})?\s*")
BULLET = re.compile(r"\s*(?:[•●▪■◆►*–-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s")
SENTENCE_END = (".", "!", "?", ":", ".”", '."', "۔")
HYPHEN = "\ufffe"  # how pdfium writes a hyphen at which a word was divided
FULL = 0.75
"""A line as long as this share of the usual width goes on in the next one."""
FULLEST = 0.92
"""As FULL, for a line that ends with a sentence."""


def read_pdf(path: Path, settings: Settings) -> Report:
    """The report in a PDF. UnreadableInput without text in it."""
    return report_from_pdf(whole(path, settings), name=bare_name(path), source=str(path))


def report_from_pdf(raw: bytes, *, name: str, source: str | None = None, **known: Any) -> Report:
    """The report in a PDF's bytes; `known` is what `report_from_text` may be told besides."""
    return report_from_text(pdf_text(raw, source or name), name=name, source=source, raw=raw, **known)


def pdf_text(raw: bytes, where: str) -> str:
    """The text of a PDF, a line per paragraph. UnreadableInput where it is damaged, locked, far too long or a scan."""
    pages = list(_pages(raw, where))
    width = _width(pages)
    text = "\n".join(paragraph for page in _joined_pages(pages) for paragraph in _paragraphs(page, width))
    if len(text.split()) < LEAST_WORDS:
        what = "no text in it: pictures of pages"
        raise UnreadableInput(what, where, "Run it through text recognition (ocrmypdf) first.")
    return text


def _pages(raw: bytes, where: str) -> Iterator[list[str]]:
    """The lines of each page."""
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra("Reading PDFs", "sources") from None
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as fault:
        raise _unreadable(str(fault), where) from None
    try:
        if len(document) > MOST_PAGES:
            raise UnreadableInput(f"more than {MOST_PAGES} pages", where, "Give the pages that matter as a PDF.")
        letters = 0
        for number in range(len(document)):
            text = _page_text(document, number, where)
            letters += len(text)
            if letters > MOST_LETTERS:
                raise UnreadableInput(f"more than {MOST_LETTERS:,} letters", where, "Give the pages that matter.")
            yield _lines(text)
    finally:
        document.close()


def _page_text(document: Any, number: int, where: str) -> str:
    import pypdfium2

    try:
        page = document[number]
        words: str = page.get_textpage().get_text_bounded()
    except pypdfium2.PdfiumError as fault:
        raise _unreadable(f"page {number + 1}: {fault}", where) from None
    return words


def _unreadable(fault: str, where: str) -> UnreadableInput:
    if "password" in fault.lower():
        return UnreadableInput("locked by a password", where, "Save it without one, or ask its publisher.")
    return UnreadableInput(f"a PDF that cannot be read ({fault})", where, "Fetch it again, or save its text as .txt.")


def _lines(text: str) -> list[str]:
    """The lines of a page without its number."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    while lines and (not lines[0].strip() or PAGE_NUMBER.fullmatch(lines[0])):
        lines.pop(0)
    while lines and (not lines[-1].strip() or PAGE_NUMBER.fullmatch(lines[-1])):
        lines.pop()
    return lines


def _width(pages: list[list[str]]) -> int:
    """How long a full line is: the ninth tenth of all lines, so that a few longer ones do not count."""
    lengths = sorted(len(line.strip()) for page in pages for line in page if line.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _joined_pages(pages: list[list[str]]) -> Iterator[list[str]]:
    """The pages, those as one between which a sentence runs on."""
    held: list[str] = []
    for page in pages:
        if held and page and page[0].lstrip()[:1].islower() and not held[-1].rstrip().endswith(SENTENCE_END):
            held += page
            continue
        if held:
            yield held
        held = list(page)
    if held:
        yield held


def _paragraphs(lines: list[str], width: int) -> Iterator[str]:
    held = ""
    for line in (line.strip() for line in lines):
        if held and line and _goes_on(held.rpartition("\n")[2], line, width):
            held = f"{held}\n{line}"  # the last line's length is needed until the paragraph is whole
            continue
        if held:
            yield _whole(held)
        held = line
    if held:
        yield _whole(held)


def _goes_on(last: str, line: str, width: int) -> bool:
    """Whether `line` goes on the paragraph that ends with `last`."""
    if last.endswith(HYPHEN):
        return True
    if BULLET.match(line):
        return False
    if line[0].islower():
        return not last.endswith(SENTENCE_END)
    return len(last) >= (FULLEST if last.endswith(SENTENCE_END) else FULL) * width


def _whole(held: str) -> str:
    return held.replace(f"{HYPHEN}\n", "").replace(HYPHEN, "").replace("\n", " ")
