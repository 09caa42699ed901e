"""Where time expressions stand in a text.

An automaton marks the few words without which there is none; from each the run of time words
around it is taken and parsed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from recount.records import Record
from recount.resolve.dates_grammar import Node, parse
from recount.resolve.dates_words import CUES, WORD, Token, classify, is_time_word, vocabulary
from recount.rules import read_table
from recount.values.soft_hyphens import Plain, plain

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_YEARS = range(1940, 2041)  # a year of four digits is a trigger, and so a numeric date is
_BEHIND = 24  # characters looked at to the left of a trigger, and again while all of them are time words
_LONGEST = 60  # tokens of the longest run that is parsed as one
_NUMERAL = frozenset("0123456789./-")


class DayMention(Record, frozen=True):
    """One time expression: `text[start:end] == said`, and the rule that found it."""

    start: int
    end: int
    said: str
    rule: str


def find(text: str, start: int = 0, end: int | None = None) -> list[DayMention]:
    """Every time expression in `text[start:end]`, from the left, the longest at each place. Offsets are into `text`."""
    stop = len(text) if end is None else end
    unhyphened = plain(text)
    if unhyphened is not None:
        found = _find(unhyphened.text, unhyphened.inside(start), unhyphened.inside(stop))
        return [_moved_back(mention, unhyphened, text) for mention in found]
    return _find(text, start, stop)


def _moved_back(mention: DayMention, unhyphened: Plain, text: str) -> DayMention:
    start, end = unhyphened.back(mention.start, mention.end)
    return DayMention(start=start, end=end, said=text[start:end], rule=mention.rule)


def _find(text: str, start: int, stop: int) -> list[DayMention]:
    found: list[DayMention] = []
    done = start
    for at in _triggers(text, start, stop):
        if at >= done:
            run = _run(text, at, done, stop)
            done = run[-1].end() if run else at + 1
            found.extend(_mentions(text, run))
    return found


def _triggers(text: str, start: int, end: int) -> Iterator[int]:
    """Where trigger words stand, those inside longer words left out."""
    piece = text if start == 0 and end == len(text) else text[start:end]
    for _, low, high in _automaton().find_matches_as_indexes(piece):
        if low and piece[low - 1].isalpha() and piece[low].isalpha():
            continue
        if high < len(piece) and piece[high].isalpha() and piece[high - 1].isalpha():
            continue
        yield low + start


@cache
def _automaton() -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

    known = vocabulary()
    feasts = (known.symbols["HOLIDAY"], known.symbols["HMONTH"])
    words = list(read_table(CUES)["triggers"]["words"])
    words += [word for word, (symbol, _) in known.words.items() if symbol in feasts]
    words += [
        parts[0] + " " + parts[1] if parts[1].isalpha() else parts[0] + parts[1]
        for rows in known.phrases.values()
        for parts, _, _ in rows
    ]
    named = {form for word in words for form in _forms(word)} | {str(year) for year in _YEARS}
    return AhoCorasick(
        sorted(named, key=lambda w: (-len(w), w)), MatchKind.LeftmostFirst, implementation=Implementation.DFA
    )


def _forms(word: str) -> Iterator[str]:
    yield word
    yield word.upper()
    if word[0].islower():
        yield word[0].upper() + word[1:]
        yield word.title()


def _run(text: str, at: int, low: int, high: int) -> list[re.Match[str]]:
    """The run of time words around a trigger."""
    while at > low and text[at - 1] in _NUMERAL:  # a numeric date, met at its year
        at -= 1
    run = _leftwards(text, at, low)
    right = at
    for word in WORD.finditer(text, at, high):
        if not is_time_word(word) or _breaks(text, right, word.start()) or len(run) > _LONGEST:
            break
        right = word.end()
        run.append(word)
    return run


def _leftwards(text: str, at: int, low: int) -> list[re.Match[str]]:
    run: list[re.Match[str]] = []
    left = at
    while left > low:
        begun = max(low, text.rfind(" ", low, max(low, left - _BEHIND)) + 1)
        for word in reversed(list(WORD.finditer(text, begun, left))):
            if not is_time_word(word) or _breaks(text, word.end(), left) or len(run) > _LONGEST // 2:
                return run[::-1]
            left = word.start()
            run.append(word)
        if left > begun:
            break
    return run[::-1]


def _breaks(text: str, start: int, end: int) -> bool:
    """Whether an empty line stands between two words."""
    return end - start > 1 and text.count("\n", start, end) > 1


def _mentions(text: str, run: list[re.Match[str]]) -> Iterator[DayMention]:
    if not run:
        return
    tokens = classify(text, run)
    for node in _found("".join([token.symbol for token in tokens])):
        start, end = _trimmed(tokens, node)
        if start < end and not _part_of_name(text, start, end):
            yield DayMention(start=start, end=end, said=text[start:end], rule=node.rule.name)


@lru_cache(maxsize=20_000)
def _found(run: str) -> tuple[Node, ...]:
    return tuple(_reported(parse(run)))


def _reported(items: Iterable[int | Node]) -> Iterator[Node]:
    """The nodes that count in running text; of one that does not, those inside."""
    for item in items:
        if isinstance(item, Node):
            if item.rule.bare:
                yield from _reported(inner for part in item.parts.values() for inner in part)
            else:
                yield item


def _trimmed(tokens: list[Token], node: Node) -> tuple[int, int]:
    last = tokens[node.end - 1]
    end = last.end - 1 if last.text.endswith(".") and not last.text.endswith("m.") else last.end
    return tokens[node.start].start, end


def _part_of_name(text: str, start: int, end: int) -> bool:
    """Whether a neighbour makes the words part of a name ("Black Friday", "the Sunday Times")."""
    names, tails, after = _guards()
    if text[end + 1 : end + 2].isupper() and _first_word(text, end + 1) in after:
        return True
    if text[start:end].lower() not in tails:
        return False
    left = text[max(0, start - 24) : start].split()
    return bool(left) and f"{left[-1]} {text[start:end]}".lower() in names


def _first_word(text: str, start: int) -> str:
    found = WORD.match(text, start)
    return found.group().lower() if found else ""


@cache
def _guards() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names that hold a day, their last words, and words that make a name of a day before them."""
    table = read_table(CUES)["guards"]
    return frozenset(table["names"]), frozenset(n.rsplit(" ", 1)[1] for n in table["names"]), frozenset(table["after"])
