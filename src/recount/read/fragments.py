"""A piece of HTML, as feeds and mails carry it, → plain text."""

from __future__ import annotations

import re

TAG = re.compile(r"<[a-zA-Z/!][^>]{0,2000}>")
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]{2,8});")
MOST_TAGS = 60_000
"""Beyond this a parser takes many seconds; the tags are then cut out instead."""


def plain_text(html: str) -> str:
    """The words of a piece of HTML, a line per paragraph; text without tags stays as it is."""
    if not TAG.search(html) and not ENTITY.search(html):
        return html.strip()
    if html.count("<") > MOST_TAGS:
        return TAG.sub(" ", html).strip()
    from resiliparse.extract.html2text import extract_plain_text

    page = f"<html><body>{html}</body></html>"
    text: str = extract_plain_text(page, main_content=False, alt_texts=False, links=False, list_bullets=False)
    return text.strip()
