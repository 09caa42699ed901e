"""An HTML page → a Report: its article without the site around it, and what the page's metadata says of it.

Behind one interface: trafilatura finds the article, resiliparse stands in where it finds none. The stored text is what
they extract, a line per paragraph; the page's bytes are known by their hash.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from recount.errors import UnreadableInput
from recount.read.encoding import decode
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import whole
from recount.records import Report
from recount.settings import Settings

MOST_TAGS = 60_000  # a news page has 1,000 to 10,000; beyond this, extraction takes many seconds
MOST_NESTED = 2_000  # a news page has 15 to 100; the time that a parser takes grows with the square of it
LEAST_WORDS = 8  # fewer are a menu or an error page, not an article
TITLE_PARTS = re.compile(r"(\s+[|–—-]\s+)")
CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
OPEN_OR_CLOSE = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Tags that hold nothing, or that pages rightly leave open.
NEVER_CLOSED = frozenset(
    b"area base br col embed hr img input link meta param source track wbr "
    b"p li dt dd tr td th thead tbody tfoot option".split()
)
TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")
# The day must stand in the metadata, not in the article. The bounds are fixed, so that no clock decides.
DAY_SEARCH = {"extensive_search": False, "original_date": True, "min_date": "1990-01-01", "max_date": "2100-01-01"}


def read_html(path: Path, settings: Settings) -> Report:
    """The report in a saved page. UnreadableInput where it holds no article, or far more tags than a page has."""
    raw = whole(path, settings)
    return report_from_html(raw, name=bare_name(path), source=str(path))


def report_from_html(
    raw: bytes, *, name: str, source: str | None = None, url: str | None = None, charset: str | None = None
) -> Report:
    """The report in a page's bytes: headline, publisher, publication day and address from the page's own metadata.

    `url` is where the page was fetched, for one that does not name its own address; `charset` what the server declared.
    """
    return report_from_page(page_of(raw, source or name, charset), raw, name=name, source=source, url=url)


def page_of(raw: bytes, where: str, charset: str | None = None) -> str:
    """A page's characters. UnreadableInput where no news page has such bytes, so that no parser meets them."""
    tags = raw.count(b"<")
    if tags > MOST_TAGS:
        raise UnreadableInput(f"more than {MOST_TAGS:,} tags", where, "Save only the article's own page.")
    if tags - raw.count(b"</") > MOST_NESTED and nesting(raw) > MOST_NESTED:
        raise UnreadableInput(f"tags nested more than {MOST_NESTED:,} deep", where, "Save only the article's own page.")
    page = decode(raw, where, declared=charset or declared_charset(raw))
    if not TAG.search(page):
        raise UnreadableInput("no HTML in it", where, "Give it the ending .txt if it is plain text.")
    return page


def report_from_page(page: str, raw: bytes, *, name: str, source: str | None = None, url: str | None = None) -> Report:
    """The report in a page that `page_of` gave; see `report_from_html`. UnreadableInput where it holds no article."""
    found = _article(page)
    text = (found.text if found is not None else None) or main_text(page)
    if len(text.split()) < LEAST_WORDS:
        where = source or name
        raise UnreadableInput("no article in the page", where, "Save the article's own page, or its text as .txt.")
    told = _metadata(found)
    told["url"] = told.get("url") or url
    return report_from_text(text, name=name, source=source, raw=raw, **told)


def declared_charset(raw: bytes) -> str | None:
    """The encoding that a page names in its head, or None."""
    found = CHARSET.search(raw[:8192])
    return found[1].decode("ascii").lower() if found else None


def nesting(raw: bytes) -> int:
    """How deep tags are nested at most, by a count of opening and closing ones."""
    depth = deepest = 0
    for closing, name in OPEN_OR_CLOSE.findall(raw):
        if name.lower() in NEVER_CLOSED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _article(page: str) -> Any | None:
    """trafilatura's document, or None where it finds no article."""
    from trafilatura import bare_extraction

    return bare_extraction(
        page, fast=True, include_comments=False, with_metadata=True, date_extraction_params=DAY_SEARCH
    )


def main_text(page: str) -> str:
    """The page's main text by the quick way: nearly all of the article, and a little of the site around it."""
    from resiliparse.extract.html2text import extract_plain_text

    text: str = extract_plain_text(page, main_content=True, alt_texts=False, links=False)
    return text


def bare_title(title: str, site: str) -> str:
    """A page's title without the site's name before or behind it."""
    names = {part.strip().casefold() for part in (site, site.partition("|")[0])} - {""}
    parts = TITLE_PARTS.split(title)
    while len(parts) > 2 and parts[-1].casefold() in names:
        parts = parts[:-2]
    if len(parts) > 2 and title.casefold().startswith(site.casefold()) and site:
        return title[len(site) :].lstrip(" |:–—-") or title
    return "".join(parts)


def _metadata(found: Any | None) -> dict[str, Any]:
    if found is None:
        return {}
    host = urlsplit(found.url or "").hostname
    return {
        "headline": bare_title(found.title or "", found.sitename or "") or None,
        "outlet": found.sitename or (host.removeprefix("www.") if host else None),
        "published": date.fromisoformat(found.date) if found.date else None,
        "url": found.url or None,
    }
