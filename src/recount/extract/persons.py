"""Who a name or a pronoun stands for: the side that another passage of the report gives to the same person.

"Policeman Ivan Zarkov was stabbed … Zarkov died": the surname takes the policeman's side. "A gunman stormed in … he was
killed": the pronoun takes that of the one person told of last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from recount.extract.groups import Group
from recount.extract.phrases import Phrase
from recount.extract.tokens import tokenise
from recount.records import Side

_SHORT = 3
"""Letters up to which a part of a name is no name of its own ("al", "Abu")."""
_FAR = 3
"""Passages behind which a pronoun no longer points back."""


class Told(NamedTuple):
    """One person told of: where, and the side that the words give."""

    passage: int
    start: int
    side: Side


class Persons:
    """The persons of one report, from the phrases of its passages."""

    def __init__(self, text: str, read: Mapping[int, Sequence[Phrase]]) -> None:
        self._sides: dict[str, Side] = {}
        self._told: list[Told] = []
        for passage, phrases in read.items():
            for group, side in _sided(phrases):
                self._told.append(Told(passage, group.start, side))
                for name in _names(text, group):
                    self._sides.setdefault(name, side)

    def side_of(self, text: str, passage: int, group: Group) -> Side | None:
        """The side of the person that a name or pronoun stands for; None where the report tells none."""
        if group.symbol in ("H", "Z"):
            return self._before(passage, group.start)
        return next((self._sides[n] for n in _names(text, group) if n in self._sides), None)

    def _before(self, passage: int, start: int) -> Side | None:
        behind = [t for t in self._told if t.start < start and passage - t.passage <= _FAR]
        return behind[-1].side if behind else None


def _sided(phrases: Sequence[Phrase]) -> Iterator[tuple[Group, Side]]:
    """Every single person whose side the words tell, by its noun or by an apposition: "Zarkov, a militant"."""
    for i, phrase in enumerate(phrases):
        group = phrase.group
        if group is None or phrase.symbol not in "SMN":
            continue
        if phrase.symbol == "S" and group.side_known and group.side != "unspecified":
            yield group, group.side
        elif phrase.symbol in "MN":
            beside = _apposed(phrases, i)
            if beside is not None:
                yield group, beside


def _apposed(phrases: Sequence[Phrase], i: int) -> Side | None:
    """The side of the person set beside phrase `i` by a comma: "X, 28, a soldier", "the soldier, X,"."""
    behind = [p for p in phrases[i + 1 : i + 5] if p.symbol not in "oB"][:2]
    if len(behind) == 2 and behind[0].symbol == "," and behind[1].symbol == ",":
        behind = [p for p in phrases[i + 1 : i + 6] if p.symbol not in "oB"][1:3]
    before = phrases[max(0, i - 2) : i]
    if len(behind) == 2 and behind[0].symbol == "," and _single(behind[1]):
        return _side(behind[1])
    if len(before) == 2 and before[1].symbol == "," and _single(before[0]):
        return _side(before[0])
    return None


def _single(phrase: Phrase) -> bool:
    return phrase.symbol == "S" and phrase.group is not None and phrase.group.side_known


def _side(phrase: Phrase) -> Side | None:
    return phrase.group.side if phrase.group is not None and phrase.group.side != "unspecified" else None


def _names(text: str, group: Group) -> Iterator[str]:
    """The parts of a person's name in a phrase: its capitalised words, the last first."""
    words = [t.text for t in tokenise(text, group.start, group.end)]
    for word in reversed(words):
        if len(word) > _SHORT and word[0].isupper() and word[1:].islower() and word.lower() not in group.noun:
            yield word
