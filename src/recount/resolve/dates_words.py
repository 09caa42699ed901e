"""The words of time expressions as tokens with a class, a value and exact offsets.

Classes come from the rule folder (`cues/en/dates.toml`, `cues/en/holidays.toml`); numerals, ISO days and the like are
told by their form. Every class has one character, so that a run of tokens is a string that a pattern can match.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.rules import read_table

CUES = "cues/en/dates.toml"
HOLIDAYS = "cues/en/holidays.toml"
_SPECIAL = frozenset({"triggers", "guards", "capital"})
FORMS = ("N", "BIG", "NTH", "YEAR", "HYEAR", "TENS", "ISO", "DMY", "CUT", "HOLIDAY", "HMONTH", "OTHER")

WORD = re.compile(
    r"(?P<CUT>\b[QH][1-4]\b)"
    r"|(?P<W>(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Weds?|Thu|Thurs?|Fri|Sat|Sun)\.(?=,?\s*[\dA-Z])|[^\W\d_]+)"
    r"|(?P<ISO>(?<![\d/.-])\d{4}([-/.])\d{1,2}\4\d{1,2}(?![\d/-]))"
    r"|(?P<DMY>(?<![\d/.-])\d{1,2}([-/.])\d{1,2}\6(?:\d{4}|\d{2})(?![\d/-]))"
    r"|(?P<CLOCK>\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\b\.?|hrs\b|o['’]clock)|\d{1,2}:\d{2}|\b\d{4}\s?(?:GMT|UTC|hrs)\b)"
    r"|(?P<OTHER>\d{10,}|\d+(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+%|[$€£]\s?\d+)"
    r"|(?P<TENS>\b\d{4}s\b)"
    r"|(?P<NTH>\d+(?:st|nd|rd|th)\b)"
    r"|(?P<N>\d+)"
    r"|(?P<MARK>['’]s\b|--|\S)"
)
_WORDS = ("W", "MARK")


class Token(NamedTuple):
    """One token: its class as a character, its value, its words, its offsets."""

    symbol: str
    value: Any
    text: str
    start: int
    end: int


class Vocabulary(NamedTuple):
    """All word classes, compiled: `symbols` by class name, `words` by word, `phrases` by their first word.

    `members` are all words of either, `capital` those that must not be written small.
    """

    symbols: dict[str, str]
    words: dict[str, tuple[str, Any]]
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]]
    members: frozenset[str]
    capital: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """The compiled vocabulary, read once. BadRule where a word stands in two classes."""
    table = read_table(CUES)
    names = [name for name in table if name not in _SPECIAL]
    symbols = {name: chr(0xE000 + i) for i, name in enumerate([*FORMS, *names])}
    words: dict[str, tuple[str, Any]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]] = {}
    for name in names:
        for word, value in table[name]["words"].items():
            _add(word, symbols[name], value, words, phrases)
    for phrase, form, value in _feasts(read_table(HOLIDAYS)):
        _add(phrase, symbols[form], value, words, phrases)
    for rows in phrases.values():
        rows.sort(key=lambda row: -len(row[0]))
    members = frozenset(words) | {w for rows in phrases.values() for row in rows for w in row[0]}
    return Vocabulary(symbols, words, phrases, members, frozenset(table["capital"]["words"]))


def _feasts(table: dict[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for kind in ("fixed", "easter", "hijri"):
        for phrase in table[kind]:
            yield phrase, "HOLIDAY", (kind, phrase)
    for phrase, name in table["names"].items():
        if phrase != "says":
            yield phrase, "HOLIDAY", ("table", name)
    for phrase, month in table["hijri_month"].items():
        yield phrase, "HMONTH", month


def _add(
    phrase: str,
    symbol: str,
    value: Any,
    words: dict[str, tuple[str, Any]],
    phrases: dict[str, list[tuple[tuple[str, ...], str, Any]]],
) -> None:
    parts = tuple(found.group() for found in WORD.finditer(phrase))
    if len(parts) > 1:
        phrases.setdefault(parts[0], []).append((parts, symbol, value))
    elif phrase in words:
        raise BadRule(f"the word {phrase!r} stands in two classes", CUES, "Keep it in one of them.")
    else:
        words[phrase] = (symbol, value)


def is_time_word(found: re.Match[str]) -> bool:
    """Whether a match of `WORD` can be part of a time expression."""
    if found.lastgroup in _WORDS:
        return _is_member(found.group())
    return found.lastgroup != "OTHER"


@lru_cache(maxsize=50_000)
def _is_member(word: str) -> bool:
    return word.lower().rstrip(".") in vocabulary().members


@lru_cache(maxsize=50_000)
def _plain(word: str) -> tuple[str, Any] | None:
    """Class and value of a word that its neighbours cannot change; None where they can."""
    known, lower = vocabulary(), word.lower().rstrip(".")
    if lower in known.phrases or (lower in known.capital and not word[0].isupper()):
        return None
    return known.words.get(lower, (known.symbols["OTHER"], None))


def tokenise(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`; words of no class carry the symbol of `OTHER`."""
    return classify(text, list(WORD.finditer(text, start, end)))


def classify(text: str, raw: list[re.Match[str]]) -> list[Token]:
    """The matches of `WORD` in `text` as tokens with their classes; a phrase is one token."""
    tokens: list[Token] = []
    at = 0
    while at < len(raw):
        found = raw[at]
        said = found.group()
        if found.lastgroup not in _WORDS:
            tokens.append(Token(*_number(found, vocabulary()), said, *found.span()))
            at += 1
        elif (plain := _plain(said)) is not None:
            tokens.append(Token(*plain, said, *found.span()))
            at += 1
        else:
            size, symbol, value = _among_neighbours(raw, at, vocabulary())
            start, end = found.start(), raw[at + size - 1].end()
            tokens.append(Token(symbol, value, text[start:end], start, end))
            at += size
    return tokens


def _among_neighbours(raw: list[re.Match[str]], at: int, known: Vocabulary) -> tuple[int, str, Any]:
    """How many matches one token takes, its class and value, where a phrase or a small letter needs a look around."""
    lower = raw[at].group().lower().rstrip(".")
    for phrase, symbol, value in known.phrases.get(lower, ()):
        if tuple(found.group().lower() for found in raw[at : at + len(phrase)]) == phrase:
            return len(phrase), symbol, value
    entry = known.words.get(lower)
    if entry is None or (lower in known.capital and not _is_name(raw, at)):
        return 1, known.symbols["OTHER"], None
    return 1, *entry


def _is_name(raw: list[re.Match[str]], at: int) -> bool:
    """Whether "may", "march" or "sat" is written as a name, or stands beside a number that can only be its day."""
    if raw[at].group()[0].isupper():
        return True
    before = raw[at - 1].lastgroup if at else None
    behind = [found.lastgroup for found in raw[at + 1 : at + 3]]
    return before in ("NTH", "N") or behind[:1] == ["NTH"] or (behind[:1] == ["N"] and behind[1:] != ["W"])


def _number(found: re.Match[str], known: Vocabulary) -> tuple[str, Any]:
    form, said = found.lastgroup or "OTHER", found.group()
    if form == "NTH":
        day = int(said[:-2])
        return known.symbols["NTH" if 1 <= day <= 31 else "OTHER"], day
    if form == "TENS":
        return known.symbols["TENS"], int(said[:-1])
    if form != "N":
        return known.symbols[form], said
    return known.symbols[_numeral_class(said)], int(said)


def _numeral_class(said: str) -> str:
    number = int(said)
    if len(said) == 4 and 1900 <= number <= 2100:
        return "YEAR"
    if len(said) == 4 and 1300 <= number <= 1500:
        return "HYEAR"
    return "N" if len(said) <= 2 and 1 <= number <= 31 else "BIG"
