"""A passage as tokens with exact offsets into the report's text."""

from __future__ import annotations

import re

from msgspec import Struct

_TOKEN = re.compile(
    r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?"  # 2,500
    r"|\d+(?:\.\d+)?(?:-(?:year|month|day|week)s?-old)?"  # 12, 23-year-old
    r"|(?:[A-Z]\.){2,}"  # D.I.
    r"|[^\W\d_]+(?:(?:\u00ad+|[\u2011-])[^\W_]+)*"  # words, with inner hyphens and soft hyphens
    r"|['’]s\b"
    r"|--|[—–]"
    r"|[^\w\s]"
)


class Token(Struct, frozen=True, gc=False):
    """One token: `lower` is folded for look-up (soft hyphens dropped), `start` and `end` are offsets into the text."""

    text: str
    lower: str
    start: int
    end: int


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in order."""
    found = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        if word == "\u00ad":
            continue
        lower = word.lower()
        if "\u00ad" in lower:
            lower = lower.replace("\u00ad", "")
        if word == "US":
            lower = "u.s."  # the country, not the pronoun
        found.append(Token(word, lower.replace("\u2011", "-"), match.start(), match.end()))
    return found
