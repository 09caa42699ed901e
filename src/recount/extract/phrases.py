"""Tokens → phrases: groups of people with their counts, words of harm, and the small words between them.

Each phrase gets one letter (its *symbol*), so that a clause becomes a short string over which the patterns of
`rules/patterns` run. The letters are listed in `SYMBOLS`; the notation names them in words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from recount.extract.groups import Group, GroupReader
from recount.extract.lexicon import HarmWord, Lexicon
from recount.extract.strangers import StrangerReader
from recount.extract.tokens import Token, tokenise

SYMBOLS = {
    "COUNTED": "G",
    "NUMBER": "B",
    "PLURAL": "U",
    "SINGLE": "S",
    "NAMED": "M",
    "SURNAME": "N",
    "PRONOUN": "H",
    "KILLED": "K",
    "WOUNDED": "L",
    "KILLS": "A",
    "KILLING": "E",
    "DIED": "I",
    "DEAD": "J",
    "DEATHS": "D",
    "DEATH": "W",
    "BE": "x",
    "HAVE": "h",
    "LEAVE": "l",
    "AND": "&",
    "WITH": "w",
    "INCLUDING": "i",
    "OF": "f",
    "TO": "t",
    "BY": "y",
    "PREP": "p",
    "THAT": "r",
    "WHEN": "s",
    "NOT": "n",
    "MAYBE": "m",
    "RISE": "u",
    "REPORT": "e",
    "SAY": "v",
    "ASSAULT": "k",
    "SELF": "z",
    "COMMA": ",",
    "DASH": "-",
    "COLON": ":",
    "SEMICOLON": ";",
    "OPEN": "(",
    "CLOSE": ")",
    "STOP": ".",
    "PLACE": "P",
    "TIME": "T",
    "WORD": "o",
}
_PUNCTUATION = {
    ",": ",",
    "—": "-",
    "–": "-",
    "--": "-",
    ":": ":",
    ";": ";",
    "(": "(",
    ")": ")",
    ".": ".",
    "!": ".",
    "?": ".",
}
_QUOTES = frozenset("\"“”‘’'«»[]…*")
_USES = {
    frozenset({"both"}): "K",
    frozenset({"both", "state", "count"}): "L",
    frozenset({"both", "state"}): "L",
    frozenset({"active"}): "A",
    frozenset({"active", "noun"}): "E",
    frozenset({"passive"}): "I",
    frozenset({"passive", "active"}): "I",
    frozenset({"state"}): "J",
    frozenset({"state", "count"}): "J",
    frozenset({"noun", "count"}): "D",
    frozenset({"count"}): "D",
    frozenset({"noun"}): "W",
    frozenset({"assault"}): "k",
}

_ORDER = (
    ("assault", "k"),
    ("both", "L"),
    ("passive", "I"),
    ("active", "A"),
    ("state", "J"),
    ("count", "D"),
    ("noun", "W"),
)


class Phrase(NamedTuple):
    """One phrase of a passage: its symbol, its offsets, and what it holds."""

    symbol: str
    start: int
    end: int
    group: Group | None = None
    harms: tuple[HarmWord, ...] = ()
    word: str = ""
    of_people: bool = False
    """Of a word of harm: whether only people take it."""
    stranger: Group | None = None
    """Of a plain word: the people that it opens a phrase for, should a word beside them tell that they are people."""


class Span(NamedTuple):
    """A place or time expression found beforehand: it stands as one phrase."""

    start: int
    end: int
    symbol: str


def _harm_symbol(words: Sequence[HarmWord]) -> str:
    uses = frozenset(word.use for word in words)
    return _USES.get(uses) or next(symbol for use, symbol in _ORDER if use in uses)


class PhraseReader:
    """Reads passages into phrases with one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._groups = GroupReader(lexicon)
        self._strangers = StrangerReader(lexicon)

    def read(self, text: str, start: int, end: int, spans: Sequence[Span] = ()) -> list[Phrase]:
        """The phrases of `text[start:end]`; `spans` are places and times that lie inside, in order."""
        tokens = [t for t in tokenise(text, start, end) if t.text not in _QUOTES]
        words = [t.lower for t in tokens]
        starts = {span.start: span for span in spans}
        phrases: list[Phrase] = []
        i = 0
        while i < len(tokens):
            phrase, size = self._next(tokens, words, i, starts.get(tokens[i].start))
            if phrase is not None:
                phrases.append(phrase)
            i += size
        return phrases

    def _next(self, tokens: list[Token], words: list[str], i: int, span: Span | None) -> tuple[Phrase | None, int]:
        token = tokens[i]
        if span is not None and span.symbol == "T":
            size = _tokens_until(tokens, i, span.end)
            return Phrase("T", span.start, span.end, word=token.lower), size
        found = self._groups.at(tokens, words, i)
        if found is not None:
            group, size = found
            return Phrase(group.symbol, group.start, group.end, group=group), size
        if span is not None:
            size = _tokens_until(tokens, i, span.end)
            return Phrase(span.symbol, span.start, span.end, word=token.lower), size
        return self._small(tokens, words, i)

    def _small(self, tokens: list[Token], words: list[str], i: int) -> tuple[Phrase | None, int]:
        token = tokens[i]
        harm = self._lexicon.harms.match(words, i)
        if harm is not None:
            size, values = harm
            said = " ".join(words[i : i + size])
            end = tokens[i + size - 1].end
            sure = said not in self._lexicon.things_too
            return Phrase(_harm_symbol(values), token.start, end, harms=tuple(values), word=said, of_people=sure), size
        mark = _PUNCTUATION.get(token.text)
        if mark is not None:
            return Phrase(mark, token.start, token.end), 1
        known = self._lexicon.classes.match(words, i)
        if known is not None:
            size, names = known
            return Phrase(SYMBOLS[names[0]], token.start, tokens[i + size - 1].end, word=token.lower), size
        if token.lower in self._lexicon.skip:
            return None, 1
        named = self._groups.name_at(tokens, words, i)
        if named is not None:
            return Phrase("M", named[0].start, named[0].end, group=named[0]), named[1]
        lone = self._groups.lone_at(tokens, words, i)
        if lone is not None:
            return Phrase(lone.symbol, lone.start, lone.end, group=lone, word=token.lower), 1
        return Phrase("o", token.start, token.end, word=token.lower, stranger=self._strangers.at(tokens, words, i)), 1


def _tokens_until(tokens: list[Token], i: int, end: int) -> int:
    size = 1
    while i + size < len(tokens) and tokens[i + size].start < end:
        size += 1
    return size


def symbols(phrases: Sequence[Phrase]) -> str:
    """The clause as a string of symbols, runs of plain words folded to at most three."""
    return "".join(p.symbol for p in phrases)


SENTENCE_END = re.compile(r"[.!?]")
