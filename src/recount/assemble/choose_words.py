"""The words that choosers look at. Names and words for either side are masked, so that no weight hangs on who they are.

A table may learn what "killed in" before a place says, never what one nation's or one group's name says: capitalised
words are all "Name", and words for a state's forces and for armed groups are all "people".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from recount.rules import read_table
from recount.values.numerals import TENS, UNITS

_WORD = re.compile(r"[^\W\d_]+|\d+|[,;:()’'–—-]")
_PLAIN = re.compile(r"[a-z]+")
_STEPS = ((0, "none"), (15, "a step"), (40, "a phrase"), (90, "a clause"), (160, "a line"))


@cache
def _masks(language: str) -> dict[str, str]:
    """Words → what stands for them: weekdays, months, and words for people of either side."""
    masks: dict[str, str] = {}
    for row in read_table(f"lexicons/{language}/people.toml")["class"]:
        if row["side"] in ("state_forces", "armed_group"):
            irregular = row.get("plural", {})
            for noun in row["nouns"]:
                masks |= {noun: "people", irregular.get(noun, f"{noun}s"): "people"}
            masks |= dict.fromkeys(row["collective"], "people")
    return masks | dict.fromkeys(_WEEKDAYS, "weekday") | dict.fromkeys(_MONTHS, "month")


_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November"),
    *("December", "Jan", "Feb", "Mar", "Apr", "Jun", "Jul", "Aug", "Sep", "Sept", "Oct", "Nov", "Dec"),
)


def words_of(text: str) -> list[str]:
    """The words and marks of a stretch of English text, every number as "#", names and sides masked."""
    return [_masked(word) for word in _WORD.findall(text)]


def words_in(text: str) -> set[str]:
    """The different words of a text, as `words_of` gives them."""
    return {_masked(word) for word in set(_WORD.findall(text))}


@lru_cache(maxsize=50_000)
def _masked(word: str, language: str = "en") -> str:
    mask = _masks(language).get(word)
    if mask is not None:
        return mask
    if word[0].isdigit():
        return "#"
    if not word[0].isupper():
        return word
    small = word[0].lower() + word[1:]
    return small if small in _small_words(language) else "Name"


@cache
def _small_words(language: str) -> frozenset[str]:
    """Words that may begin a sentence and are no names: "On", "At", "Two"."""
    table = read_table(f"lexicons/{language}/structure.toml")
    rows = [*table["classes"].values(), *table["hedges"].values(), table["skip"]["words"], table["stops"]["words"]]
    return frozenset(word for row in rows for word in row) | frozenset({*UNITS, *TENS, *table["vague"]})


@cache
def _speakers(language: str) -> tuple[frozenset[str], frozenset[str]]:
    table = read_table(f"cues/{language}/speakers.toml")
    speech = frozenset(table["speech"]["verbs"]) - frozenset(table["speech"]["needs_clause"])
    return speech, frozenset(table["again"]["nouns"])


def says_speech(text: str, language: str = "en") -> int:
    """How many words of speech a stretch of text has ("said", "told")."""
    return len([word for word in _PLAIN.findall(text) if word in _speakers(language)[0]])


def says_office(text: str, language: str = "en") -> bool:
    """Whether a stretch of text names somebody by office ("spokesman", "ministry")."""
    return not _speakers(language)[1].isdisjoint(_PLAIN.findall(text.lower()))


def step(characters: int) -> str:
    """A distance in characters in one of six sizes."""
    return next((name for bound, name in _STEPS if characters <= bound), "far")
