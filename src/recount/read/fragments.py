"""A piece of HTML, as feeds and mails carry it, → plain text."""

from __future__ import annotations

import re

from recount.read.html import MOST_NESTED, MOST_TAGS, nesting

TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")


def plain_text(html: str) -> str:
    """The words of a piece of HTML, a line per paragraph; text without tags stays as it is.

    From far more tags than a page has they are cut out, since a parser would take many seconds.
    """
    if not TAG.search(html) and not ENTITY.search(html):
        return html.strip()
    if html.count("<") > MOST_TAGS or nesting(html.encode("utf-8", "replace")) > MOST_NESTED:
        return TAG.sub(" ", html).strip()
    from resiliparse.extract.html2text import extract_plain_text

    page = f"<html><body>{html}</body></html>"
    text: str = extract_plain_text(page, main_content=False, alt_texts=False, links=False, list_bullets=False)
    return text.strip()
