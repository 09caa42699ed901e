"""Where sentences end. nupunkt decides; a plain splitter with the same abbreviations stands in for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol

from recount.rules import read_table

FILE = "lexicons/en/abbreviations.toml"
Span = tuple[int, int]
URDU_STOP = re.compile(r"[۔؟][\"”’»]*\s+")
STOP = re.compile(r"[.!?…]+(?:[\"'”’»)\]]*\s+(?:[”’»]\s+)?|[”\"](?=[A-Z][a-z]))")
OPENING = '“"‘«([—–-'
CAPITAL = re.compile(r"[“\"‘«(]?[A-Z]")
PLAIN_WORD = re.compile(r"^[^.]*[a-z]{2}$")  # no initial; an abbreviation only where the model or we list it
NEXT_WORD = re.compile(r"[^\s.!?…]{1,40}")


class Splitter(Protocol):
    """Anything that cuts a text into sentences."""

    def spans(self, text: str) -> list[Span]:
        """(start, end) of each sentence, in order; a span may keep blanks at its ends."""
        ...


class NupunktSplitter:
    """Sentences by nupunkt's model with our abbreviations added.

    Most full stops need no model: behind a word that is no abbreviation and before a capital a sentence ends, and
    before a small letter it goes on. The model is asked about the others only, with the words around them: nearly twice
    as fast over whole articles, and two boundaries in a thousand differ.
    """

    def __init__(self) -> None:
        from nupunkt.models import load_default_model

        table = read_table(FILE)
        self._tokenizer = load_default_model()
        self._tokenizer.add_abbreviations([*table["always"], *table["may_end"]])
        self._before_number = frozenset(table["before_number"])
        self._abbreviations = self._tokenizer.abbreviations
        self._asked = lru_cache(maxsize=50_000)(self._ask)

    def spans(self, text: str) -> list[Span]:
        """See `Splitter.spans`."""
        return _cut(text, self._ends)

    def spans_by_model(self, text: str) -> list[Span]:
        """The same with the model asked about every full stop."""
        return list(self._tokenizer.span_tokenize(text))

    def _ends(self, text: str, stop: int, following: int) -> bool:
        if text[following].islower():
            return False
        begin = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop)) + 1
        word = text[begin:stop].lstrip(OPENING)
        if word.lower() in self._before_number:
            return not text[following].isdigit()
        if CAPITAL.match(text, following) and text[stop + 1] != ".":
            if text[stop] in "!?":
                return True
            if word.isdigit():  # at the start of a line it numbers an item
                return text[begin - 1 : begin] == " "
            if PLAIN_WORD.search(word) and word.lower() not in self._abbreviations:
                return True
        next_word = NEXT_WORD.match(text, following)
        return self._asked(text[begin:following], next_word[0] if next_word else "")

    def _ask(self, before: str, after: str) -> bool:
        """Whether the model ends a sentence between two words."""
        return len(list(self._tokenizer.span_tokenize(f"of {before}{after} and"))) > 1


class PlainSplitter:
    """Sentences by full stop, space and capital, unless an abbreviation or an initial stands before."""

    def __init__(self) -> None:
        table = read_table(FILE)
        self._never, self._may_end = frozenset(table["always"]), frozenset(table["may_end"])
        self._before_number, self._starters = frozenset(table["before_number"]), frozenset(table["starters"])

    def spans(self, text: str) -> list[Span]:
        """See `Splitter.spans`."""
        return _cut(text, self._ends)

    def _ends(self, text: str, stop: int, following: int) -> bool:
        if text[following].islower():
            return False
        word, after = _word_before(text, stop).lower(), NEXT_WORD.match(text, following)
        if text[stop] != "." or not word:
            return True
        if word in self._never or (len(word) == 1 and word.isalpha()):
            return False
        if word in self._before_number:
            return not text[following].isdigit()
        return word not in self._may_end or (after is not None and after[0].lower() in self._starters)


def _cut(text: str, ends: Callable[[str, int, int], bool]) -> list[Span]:
    """The spans between those full stops that `ends(text, stop, following)` says end a sentence."""
    found, start = [], 0
    for mark in STOP.finditer(text):
        end = mark.end()
        if end < len(text) and ends(text, mark.start(), end):
            found.append((start, end))
            start = end
    return [*found, (start, len(text))] if start < len(text) else found


def _word_before(text: str, stop: int) -> str:
    begin = max(text.rfind(" ", 0, stop), text.rfind("\n", 0, stop)) + 1
    return text[begin:stop].lstrip(OPENING)


@cache
def splitter(name: str = "nupunkt") -> Splitter:
    """The splitter of that name ("nupunkt" or "plain"); plain where nupunkt is not installed."""
    if name == "nupunkt":
        try:
            return NupunktSplitter()
        except ImportError:
            pass
    return PlainSplitter()


def sentence_spans(text: str, name: str = "nupunkt") -> list[Span]:
    """(start, end) of each sentence in a text; blanks between sentences belong to the one before.

    The full stop of the Urdu script ends a sentence too.
    """
    found = splitter(name).spans(text)
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
