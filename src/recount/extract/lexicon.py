"""The extraction lexicons, read once from the rule folder and compiled for look-up by first word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Generic, NamedTuple, TypeVar

from recount.errors import BadRule
from recount.records import HARMS, SIDES, Harm, Side
from recount.rules import read_table
from recount.values.numerals import SCALES, TENS, UNITS

T = TypeVar("T")


CLASSES = (
    "BE", "HAVE", "LEAVE", "AND", "WITH", "INCLUDING", "OF", "TO", "BY", "PREP", "THAT", "WHEN", "NOT", "MAYBE", "RISE",
    "REPORT", "SAY", "SELF",
)  # fmt: skip
"""The classes of small words; each is a slot of the pattern notation."""
USES = ("both", "active", "passive", "state", "noun", "count", "assault")
"""How words of harm take their victims; `harm.toml` explains each."""
BETWEEN = frozenset({"between", "from"})
"""Words that open a range: between 12 and 19."""
HEDGES = ("at_least", "more_than", "up_to", "about", "plain")


def known_only(names: Iterable[str], known: Sequence[str], where: str, what: str) -> None:
    """BadRule for the first name that is not known, with the nearest known one."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" Did you mean {near[0]}?" if near else ""
            raise BadRule(f"unknown {what} {name!r}", f"lexicons: {where}", f"Use one of {', '.join(known)}.{hint}")


class HarmWord(NamedTuple):
    """A word of harm and how it takes its victims: both, active, passive, state, noun or count."""

    harm: Harm
    use: str


class PersonWord(NamedTuple):
    """A noun for people."""

    side: Side
    plural: bool
    strong: bool = True


class PhraseIndex(Generic[T]):
    """Phrases by their first word, longest first: `match(words, i)` gives (length, values) at place i."""

    def __init__(self) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], list[T]]]] = {}
        self._entries: dict[tuple[str, ...], list[T]] = {}

    def add(self, phrase: str, value: T) -> None:
        words = tuple(phrase.lower().replace("'s", " 's").split())
        if words in self._entries:
            self._entries[words].append(value)
            return
        self._entries[words] = [value]
        rows = self._by_first.setdefault(words[0], [])
        rows.append((words, self._entries[words]))
        rows.sort(key=lambda row: -len(row[0]))

    def phrases(self) -> list[str]:
        """Every phrase, words joined by spaces."""
        return sorted(" ".join(words) for words in self._entries)

    def first_words(self) -> set[str]:
        """The first word of every phrase."""
        return set(self._by_first)

    def match(self, words: list[str], at: int) -> tuple[int, list[T]] | None:
        for phrase, values in self._by_first.get(words[at], ()):
            size = len(phrase)
            if size == 1 or tuple(words[at : at + size]) == phrase:
                return size, values
        return None


def plural_of(noun: str) -> str:
    """The regular English plural of a noun (of its last word)."""
    if noun.endswith(("s", "x", "ch", "sh")):
        return noun + "es"
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + "s"


class Lexicon:
    """All word classes of one language that the toll grammar needs."""

    def __init__(self, language: str = "en") -> None:
        folder = f"lexicons/{language}"
        people, harm, self._structure = (
            read_table(f"{folder}/{name}.toml") for name in ("people", "harm", "structure")
        )
        self.people: PhraseIndex[PersonWord] = PhraseIndex()
        self.harms: PhraseIndex[HarmWord] = PhraseIndex()
        self.classes: PhraseIndex[str] = PhraseIndex()
        self.hedges: PhraseIndex[str] = PhraseIndex()
        self.hedges_behind: PhraseIndex[str] = PhraseIndex()
        self.vague: PhraseIndex[tuple[int, int | None]] = PhraseIndex()
        self.modifier_side: dict[str, Side] = {}
        self._read_people(people)
        self._read_harm(harm)
        self._read_structure(self._structure)

    def _read_people(self, table: dict[str, Any]) -> None:
        where = "people.toml"
        known_only(table["modifiers"], SIDES, where, "side")
        for row in table["class"]:
            known_only(row, ("side", "sentence", "nouns", "plural", "collective"), where, "key")
            known_only([row["side"]], SIDES, where, "side")
            irregular = row.get("plural", {})
            for noun in row["nouns"]:
                self.people.add(noun, PersonWord(row["side"], False))
                self.people.add(irregular.get(noun) or plural_of(noun), PersonWord(row["side"], True))
            for noun in row["collective"]:
                self.people.add(noun, PersonWord(row["side"], True))
        for noun in table["demonyms"]["plural"]:
            self.people.add(noun, PersonWord("unspecified", True))
        self.demonyms = {noun.lower() for noun in table["demonyms"]["singular"]}
        for side, words in table["modifiers"].items():
            for word in words:
                self.modifier_side[word] = side

    def _read_harm(self, table: dict[str, Any]) -> None:
        for row in table["harm"]:
            known_only(row, ("harm", *USES), "harm.toml", "use")
            known_only([row["harm"]], HARMS, "harm.toml", "harm")
            for use in USES:
                for word in row.get(use, ()):
                    self.harms.add(word, HarmWord(row["harm"], use))

    def _read_structure(self, table: dict[str, Any]) -> None:
        where = "structure.toml"
        known_only(table["classes"], CLASSES, where, "class")
        known_only(table["hedges"], HEDGES, where, "hedge")
        known_only(table["hedges_behind"], HEDGES, where, "hedge")
        for name, words in table["classes"].items():
            for word in words:
                self.classes.add(word, name)
        for name, words in table["hedges"].items():
            for word in words:
                self.hedges.add(word, name)
        for name, words in table["hedges_behind"].items():
            for word in words:
                self.hedges_behind.add(word, name)
        for word, bounds in table["vague"].items():
            self.vague.add(word, (bounds[0], bounds[1] if len(bounds) > 1 else None))
        self.quantity_starts = frozenset(
            self.hedges.first_words() | self.vague.first_words() | {*UNITS, *TENS, *SCALES, *BETWEEN}
        )
        self.group_starts = frozenset(self.people.first_words() | {*self.modifier_side} | self.demonyms)
        self.skip = frozenset(table["skip"]["words"])
        self.stops = frozenset(table["stops"]["words"])
        self.things = frozenset(table["things"]["words"])
        groups = {name: frozenset(words) for name, words in table["groups"].items()}
        self.no_count_behind = groups["no_count_behind"]
        self.loose_nouns = groups["loose_nouns"]
        self.ranks = groups["ranks"]
        self.kin = groups["kin"]
        self.one = groups["one"]
        self.no_people = groups["no_people"]
        self.things_too = groups["things_too"]
        self.trades = tuple(sorted(groups["trades"]))
        self.determiners = groups["determiners"]
        self.mostly = groups["mostly"]
        self.held = groups["held"]
        self.no_noun = groups["no_noun"]
        self.no_person = groups["no_person"]
        self.pronouns = groups["pronouns"]
        self.states = groups["states"]
        self.units = groups["units"]
        self.money = groups["money"]


@cache
def lexicon(language: str = "en") -> Lexicon:
    """The compiled lexicon of a language; read once."""
    return Lexicon(language)
