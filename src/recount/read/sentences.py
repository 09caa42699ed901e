"""Where sentences end. nupunkt decides; a plain splitter with the same abbreviations stands in for it."""

from __future__ import annotations

import re
from functools import cache
from typing import Protocol

from recount.rules import read_table

FILE = "lexicons/en/abbreviations.toml"
Span = tuple[int, int]
URDU_STOP = re.compile(r"[۔؟][\"”’»]*\s+")
BOUNDARY = re.compile(r"(?<=[.!?…])[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9\u00c0-\u00de\u0400-\u042f\u0600-\u06ff])")
LAST_WORD = re.compile(r"[\"“‘«(\[]*([^\s\"“‘«(\[]+?)\.[\"”’»)\]]*\s*$")


class Splitter(Protocol):
    """Anything that cuts a text into sentences."""

    def spans(self, text: str) -> list[Span]:
        """(start, end) of each sentence, in order; a span may keep blanks at its ends."""
        ...


class NupunktSplitter:
    """Sentences by nupunkt's model with our abbreviations added."""

    def __init__(self) -> None:
        from nupunkt.models import load_default_model

        table = read_table(FILE)
        self._tokenizer = load_default_model()
        self._tokenizer.add_abbreviations([*table["always"], *table["may_end"]])

    def spans(self, text: str) -> list[Span]:
        """See `Splitter.spans`."""
        return list(self._tokenizer.span_tokenize(text))


class PlainSplitter:
    """Sentences by full stop, space and capital, unless an abbreviation or an initial stands before."""

    def __init__(self) -> None:
        table = read_table(FILE)
        self._never = frozenset(table["always"])

    def spans(self, text: str) -> list[Span]:
        """See `Splitter.spans`."""
        found, start = [], 0
        for mark in BOUNDARY.finditer(text):
            if self._ends(text[max(start, mark.start() - 24) : mark.start() + 1], text[mark.end()]):
                found.append((start, mark.end()))
                start = mark.end()
        return [*found, (start, len(text))] if start < len(text) else found

    def _ends(self, before: str, following: str) -> bool:
        word = LAST_WORD.search(before)
        if word is None:
            return True
        last = word[1].lower()
        return last not in self._never and not (len(last) == 1 and last.isalpha() and following.isalpha())


@cache
def splitter(name: str = "nupunkt") -> Splitter:
    """The splitter of that name ("nupunkt" or "plain"); plain where nupunkt is not installed."""
    if name == "nupunkt":
        try:
            return NupunktSplitter()
        except ImportError:
            pass
    return PlainSplitter()


@cache
def _before_number() -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in read_table(FILE)["before_number"])
    return re.compile(rf"(?<![\w.])(?:{words})\.\s+$", re.IGNORECASE)


def sentence_spans(text: str, name: str = "nupunkt") -> list[Span]:
    """(start, end) of each sentence in a text; blanks between sentences belong to the one before.

    Joins what a figure continues ("No. | 5") and cuts after the full stop of the Urdu script.
    """
    found: list[Span] = []
    for start, end in splitter(name).spans(text):
        if found and text[start].isdigit() and _before_number().search(text, max(0, start - 12), start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return _cut_urdu(text, found) if "۔" in text or "؟" in text else found


def _cut_urdu(text: str, spans: list[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in spans:
        for stop in URDU_STOP.finditer(text, start, end):
            found.append((start, stop.end()))
            start = stop.end()
        if start < end:
            found.append((start, end))
    return found
