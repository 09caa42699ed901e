"""People whom no lexicon knows: "twelve beekeepers were killed", "shot dead a radio broadcaster".

No list of nouns for people is complete. A number or "a" with a noun that is no known thing tells of people where a word
that only people take ("murdered", "were injured") stands right beside it. Elsewhere such words stay plain words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from recount.extract.groups import ONE, Group
from recount.extract.lexicon import Lexicon
from recount.extract.numbers import read_quantity
from recount.extract.tokens import Token
from recount.records import Side

_LONGEST = 4
"""Words of a phrase for strangers, its number left out."""


class Beside(NamedTuple):
    """Strangers beside a word of harm: their phrase, the phrase of the word, and the rule whose form they have."""

    phrase: int
    harm: int
    rule: str


class StrangerReader:
    """Finds counted people, and one person behind "a", whose noun no lexicon knows."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def at(self, tokens: list[Token], words: list[str], i: int) -> Group | None:
        """The strangers told of from token `i` on; the words before it belong to no group."""
        if words[i] in {"a", "an"}:
            end = self._run(tokens, words, i + 1)
            return self._group(tokens, words, i, end, "S") if end > i + 1 and self._ends(words, end) else None
        quantity = read_quantity(tokens, words, i, self._lexicon)
        if quantity is None or quantity.hedge == "vague" or quantity.count == ONE:
            return None
        first = i + quantity.size
        end = self._run(tokens, words, first)
        while end > first and not _plural(words[end - 1]):
            end -= 1
        if end == first:
            return None
        group = self._group(tokens, words, i, end, "G")
        return group._replace(count=quantity.count, hedge=quantity.hedge) if group else None

    def _run(self, tokens: list[Token], words: list[str], i: int) -> int:
        """Where the plain words that begin at `i` end; words with a capital are of a phrase only before others."""
        end = i
        while end < len(words) and end - i < _LONGEST and self._plain(words, end):
            end += 1
        while end > i and tokens[end - 1].text[0].isupper():
            end -= 1
        return end

    def _plain(self, words: list[str], i: int) -> bool:
        lexicon, word = self._lexicon, words[i]
        if (
            not word.replace("-", "").isalpha()
            or word in lexicon.stops
            or word in lexicon.skip
            or word in lexicon.no_noun
        ):
            return False
        return not (lexicon.harms.match(words, i) or lexicon.classes.match(words, i))

    def _ends(self, words: list[str], end: int) -> bool:
        """Whether one person's phrase surely ends: at the end, a mark, or a small word."""
        return end >= len(words) or not words[end][0].isalnum() or bool(self._lexicon.classes.match(words, end))

    def _group(self, tokens: list[Token], words: list[str], i: int, end: int, symbol: str) -> Group | None:
        noun = words[end - 1]
        if noun in self._lexicon.no_people or noun.endswith(("ed", "ing", "ly", "ment", "tion")) or len(noun) < 4:
            return None
        side = self._side(words[i:end])
        return Group(symbol, tokens[i].start, tokens[end - 1].end, side, ONE, None, noun, stranger=True)

    def _side(self, words: Sequence[str]) -> Side:
        """The side that a modifier gives; else those with the name of a trade are civilians."""
        told = next((self._lexicon.modifier_side[w] for w in words if w in self._lexicon.modifier_side), None)
        return told or ("civilians" if words[-1].removesuffix("s").endswith(self._lexicon.trades) else "unspecified")


def _plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith(("ss", "us", "is"))) or word.endswith(("men", "women"))


def beside(symbols: str, of_people: Sequence[bool], strangers: Mapping[int, int]) -> Iterator[Beside]:
    """Each phrase of strangers that stands beside a word of harm which only people take.

    `symbols` and `of_people` are those of the phrases, `strangers` the first and last phrase of each, the last excluded.
    """

    def takes_people(at: int, of: str) -> bool:
        return at < len(symbols) and symbols[at] in of and of_people[at]

    for first, end in strangers.items():
        verb = end + len(symbols[end:]) - len(symbols[end:].lstrip("hxTe"))
        if takes_people(first - 1, "KLAE") and symbols[first - 2 : first - 1] != "x" and first:
            yield Beside(first, first - 1, "active")
        elif first > 1 and symbols[first - 1] == "f" and takes_people(first - 2, "WDE"):
            yield Beside(first, first - 2, "death_of")
        elif first and symbols[first - 1] == "l" and takes_people(end, "JKL"):
            yield Beside(first, end, "leave")
        elif "x" in symbols[end:verb] and takes_people(verb, "KL"):
            yield Beside(first, verb, "passive")
        elif takes_people(verb, "I"):
            yield Beside(first, verb, "intransitive")
        elif verb == end and takes_people(end, "KLJ"):
            yield Beside(first, end, "reduced" if symbols[end] in "KL" else "be_dead")
