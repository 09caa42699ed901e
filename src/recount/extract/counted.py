"""Counts of incidents and areas: "35 operations", "11 districts". They tell how far the figures beside them reach."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from recount.extract.events import fold
from recount.extract.lexicon import lexicon, plural_of
from recount.extract.numbers import read_quantity
from recount.extract.reading import Item
from recount.extract.tokens import Token, tokenise
from recount.records import Passage, Property, Scope
from recount.rules import read_table
from recount.values.numerals import TENS, UNITS

_BETWEEN = 3
"""Words that may stand between the number and the noun: "32 intelligence-based operations"."""


@cache
def _nouns(language: str) -> tuple[dict[str, Property], AhoCorasick]:
    table = read_table(f"lexicons/{language}/counted.toml")
    nouns: dict[str, Property] = {}
    for name, prop in (("incidents", "incident_count"), ("areas", "scope")):
        for word in table[name]["words"]:
            nouns[plural_of(word)] = prop  # type: ignore[assignment]
    return nouns, AhoCorasick(list(nouns), matchkind=MatchKind.LeftmostLongest)


def counted_items(text: str, passages: Sequence[Passage], language: str = "en") -> Iterator[Item]:
    """Every count of incidents or areas in the passages."""
    nouns, scanner = _nouns(language)
    starts = (start for _, start, end in scanner.find_matches_as_indexes(fold(text)) if _whole(text, start, end))
    noun = next(starts, None)
    for passage in passages:
        while noun is not None and noun < passage.start:
            noun = next(starts, None)
        if passage.kind != "furniture" and noun is not None and noun < passage.end:
            yield from _in_passage(text, tokenise(text, passage.start, passage.end), nouns, language)


def _whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def window_items(text: str, passages: Sequence[Passage], language: str = "en") -> Iterator[Item]:
    """Lengths of time that a figure is said to span: "in 20 days", "over the past two years"."""
    pattern, units = _windows(language)
    for passage in passages:
        said = text[passage.start : passage.end].lower()
        if not any(unit in said for unit in units):
            continue
        for match in pattern.finditer(text, passage.start, passage.end):
            yield Item(match.start(), match.end(), match.group(), "scope", Scope(), "counted.window")


@cache
def _windows(language: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """What a window looks like, and the units of time without which there is none."""
    table = read_table(f"lexicons/{language}/counted.toml")["windows"]
    numbers = "|".join([*UNITS, *TENS, r"\d+", "several", "few", "couple of"])
    pattern = re.compile(
        rf"\b(?:{'|'.join(table['before'])})\s+(?:the\s+)?(?:(?:last|past|first)\s+)?(?:a\s+)?(?:{numbers})\s+"
        rf"(?:{'|'.join(table['words'])})s?\b",
        re.IGNORECASE,
    )
    return pattern, tuple(table["words"])


def _in_passage(text: str, tokens: list[Token], nouns: dict[str, Property], language: str) -> Iterator[Item]:
    words = [t.lower for t in tokens]
    known = lexicon(language)
    for i in range(len(tokens)):
        quantity = read_quantity(tokens, words, i, known)
        if quantity is None or (i and known.hedges.match(words, i - 1)):
            continue
        after = i + quantity.size
        for k in range(after, min(after + _BETWEEN + 1, len(words))):
            prop = nouns.get(words[k])
            if prop is not None:
                start, end = tokens[i].start, tokens[k].end
                yield Item(start, end, text[start:end], prop, quantity.count, "counted.number_and_noun")
                break
            if not words[k][0].isalpha() or known.classes.match(words, k):
                break
