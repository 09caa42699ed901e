"""Where time expressions stand in a text.

An automaton marks the few words without which there is none; from each the run of time words around it is taken and parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from recount.records import Record
from recount.resolve.dates_grammar import Node, parse
from recount.resolve.dates_words import CUES, WORD, Token, tokenise, vocabulary
from recount.rules import read_table

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_NUMERIC = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}")
_BEHIND = 60  # characters looked at before a trigger word at a time
_WORD_OF_NUMBERS = frozenset({"ISO", "DMY", "CLOCK", "TENS", "NTH", "N", "CUT"})
_BREAK = re.compile(r"\n\s*\n")


class DayMention(Record, frozen=True):
    """One time expression: `text[start:end] == said`, and the rule that found it."""

    start: int
    end: int
    said: str
    rule: str


def find(text: str, start: int = 0, end: int | None = None) -> list[DayMention]:
    """Every time expression in `text[start:end]`, from the left, the longest at each place. Offsets are into `text`."""
    stop = len(text) if end is None else end
    found: list[DayMention] = []
    done = start
    for at in _triggers(text, start, stop):
        if at < done:
            continue
        low, high = _run(text, at, done, stop)
        done = max(high, at + 1)
        if high > low:
            found.extend(_mentions(text, low, high))
    return found


def _triggers(text: str, start: int, end: int) -> list[int]:
    piece = text if start == 0 and end == len(text) else text[start:end]
    places = {at + start for _, at, _ in _automaton().find_matches_as_indexes(piece)}
    places.update(found.start() + start for found in _NUMERIC.finditer(piece))
    return sorted(places)


@cache
def _automaton() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, MatchKind

    words = read_table(CUES)["triggers"]["words"]
    feasts = [phrase for rows in vocabulary().phrases.values() for parts, _, _ in rows for phrase in [parts]]
    named = [form for word in words for form in _forms(word)]
    singles = [w for w, (symbol, _) in vocabulary().words.items() if symbol in _feast_symbols()]
    named += [form for word in singles for form in (word.title(), word)]
    named += [form for parts in feasts for form in (parts[0].title(),)]
    return AhoCorasick(sorted(set(named)), matchkind=MatchKind.LeftmostLongest)


def _feast_symbols() -> frozenset[str]:
    return frozenset((vocabulary().symbols["HOLIDAY"], vocabulary().symbols["HMONTH"]))


def _forms(word: str) -> Iterator[str]:
    yield word
    yield word.upper()
    if word[0].islower():
        yield word[0].upper() + word[1:]


def _run(text: str, at: int, low: int, high: int) -> tuple[int, int]:
    """The run of time words around a trigger, as offsets; empty where the trigger is part of another word."""
    left = at
    while left > low:
        begun = max(low, left - _BEHIND)
        words = list(WORD.finditer(text, begun, left))
        kept = left
        for word in reversed(words):
            if not _known(word) or "\n" in text[word.end() : kept] and _BREAK.search(text, word.end(), kept):
                begun = low
                break
            kept = word.start()
        left, stopped = kept, begun == low or not words
        if stopped:
            break
    right = at
    for word in WORD.finditer(text, at, high):
        if not _known(word) or "\n" in text[right : word.start()] and _BREAK.search(text, right, word.start()):
            break
        right = word.end()
    return left, right


def _known(word: re.Match[str]) -> bool:
    if word.lastgroup != "W":
        return word.lastgroup in _WORD_OF_NUMBERS
    known = vocabulary()
    lower = word.group().lower().rstrip(".")
    return lower in known.words or lower in known.inner


def _mentions(text: str, low: int, high: int) -> Iterator[DayMention]:
    tokens = tokenise(text, low, high)
    for item in parse("".join(token.symbol for token in tokens)):
        if isinstance(item, Node) and not item.rule.bare:
            start, end = _trimmed(tokens, item)
            if start < end and not _part_of_name(text, start, end):
                yield DayMention(start=start, end=end, said=text[start:end], rule=item.rule.name)


def _trimmed(tokens: list[Token], node: Node) -> tuple[int, int]:
    last = tokens[node.end - 1]
    end = last.end - 1 if last.text.endswith(".") and not last.text.endswith("m.") else last.end
    return tokens[node.start].start, end


_BEFORE = re.compile(r"(\w+)[\s-]$")
_AFTER = re.compile(r"[\s-](\w+)")


def _part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a capitalised neighbour makes the words part of a name ("Black Friday", "the Sunday Times")."""
    before, after = _guards()
    left = _BEFORE.search(text, max(0, start - 20), start)
    if left and left[1][0].isupper() and left[1].lower() in before:
        return True
    right = _AFTER.match(text, end)
    return bool(right and right[1][0].isupper() and right[1].lower() in after)


@cache
def _guards() -> tuple[frozenset[str], frozenset[str]]:
    table = read_table(CUES)["guards"]
    return frozenset(table["before"]), frozenset(table["after"])
