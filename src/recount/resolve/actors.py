"""Armed actors, forces, governments and words for them, found in one scan of a text.

The gazetteer (`rules/gazetteers/actors/`) is a vocabulary, not a verdict: it gives a neutral name and the side that a
name belongs to, keeps the words as written, and says whose label they are where one side coined them for another.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache, cached_property, lru_cache

import ahocorasick_rs

from recount.records import Actor
from recount.resolve.actors_table import Entry, Table, actor_table
from recount.values.actors import ActorMention

_PLACED = re.compile(
    r"\b(?:in|from|into|across|inside|to|near|outside|throughout|around|over|via|northern|southern|eastern|western|"
    r"central|neighbouring|neighboring|north-?(?:east|west)ern|south-?(?:east|west)ern) (?:the )?$",
    re.IGNORECASE,
)
_BACKING = re.compile(
    r"[-‑–]\w| (?:involvement|backing|sponsorship|prox(?:y|ies)|handlers|patronage|aggression|meddling|interference)\b"
)
"""Behind a bare adjective: what makes it name a state as a party."""
_TAKEN_BACK = ("pro", "anti", "non", "ex", "counter")
"""Before a hyphen: "pro-Israel" names somebody else."""


class Scanner:
    """A compiled gazetteer."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.names = list(table.spellings)
        self.entries = list(table.spellings.values())
        self.matcher = ahocorasick_rs.AhoCorasick(self.names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        words = sorted(table.forces, key=lambda w: (-len(w), w))
        body = "|".join(map(re.escape, words))
        self.tail = re.compile(rf"(?:['’]s)?\s((?:{body}))\b(?!-)") if words else re.compile(r"(?!)")

    def find(self, text: str, start: int = 0, end: int | None = None) -> list[ActorMention]:
        """All mentions in `text[start:end]`, in order, none inside another."""
        window = text if start == 0 and end is None else text[start:end]
        found: list[tuple[ActorMention, bool]] = []
        last = 0
        for index, at, to in self.matcher.find_matches_as_indexes(window):
            if at < last or not _whole(window, at):
                continue
            if not _whole(window, to):
                index, to = self._shortened(window, at, index)
            if index < 0 or (hit := self._mention(window, at, to, self.entries[index])) is None:
                continue
            last = hit.end
            found.append((hit, self.entries[index].risky))
        sure = {hit.actor.neutral for hit, risky in found if not risky}
        kept = [hit for hit, risky in found if not risky or hit.actor.neutral in sure]
        return kept if window is text else [_moved(hit, start) for hit in kept]

    def _shortened(self, text: str, at: int, index: int) -> tuple[int, int]:
        """The longest spelling inside spelling `index` that ends with a word of the text; -1 where none does."""
        name = self.names[index]
        while " " in name:
            name = name.rsplit(" ", 1)[0]
            if name in self.numbers and _whole(text, at + len(name)):
                return self.numbers[name], at + len(name)
        return -1, at

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Each spelling's number."""
        return {name: i for i, name in enumerate(self.names)}

    def _mention(self, text: str, at: int, to: int, entry: Entry) -> ActorMention | None:
        if at and text[at - 1] in "-‑–" and text[max(0, at - 5) : at - 1].lower().endswith(_TAKEN_BACK):
            return None
        part = None
        if entry.state and not entry.metonym and (tail := self.tail.match(text, to)):
            part, to = self.table.forces[tail.group(1)], tail.end()
        if entry.adjective and part is None and not _BACKING.match(text, to):
            return None
        name = text[at:to]
        return ActorMention(
            start=at,
            end=to,
            name=name,
            actor=_actor(name, entry, part),
            generic=entry.generic,
            metonym=entry.metonym,
            placelike=entry.state and part is None and _PLACED.search(text, max(0, at - 16), at) is not None,
            adjective=entry.adjective and part is None,
        )


def _whole(text: str, at: int) -> bool:
    """Whether a word begins or ends at `at`."""
    return at == 0 or at >= len(text) or not (text[at - 1].isalnum() and text[at].isalnum())


@lru_cache(maxsize=50_000)
def _actor(name: str, entry: Entry, part: str | None) -> Actor:
    return Actor(
        name=name,
        neutral=f"{part} of {entry.neutral}" if part else entry.neutral,
        side=entry.side,
        party=entry.party,
        country=entry.country,
        label_of=entry.label_of,
    )


def _moved(hit: ActorMention, by: int) -> ActorMention:
    return ActorMention(
        start=hit.start + by,
        end=hit.end + by,
        name=hit.name,
        actor=hit.actor,
        generic=hit.generic,
        metonym=hit.metonym,
        placelike=hit.placelike,
        adjective=hit.adjective,
    )


@cache
def scanner() -> Scanner:
    """The scanner of the rule folder, compiled once."""
    return Scanner(actor_table())


def find(text: str, start: int = 0, end: int | None = None) -> list[ActorMention]:
    """The actors named in `text[start:end]`; offsets are into `text`. Whole words; the longest name wins."""
    return scanner().find(text, start, end)


def read(name: str) -> Actor:
    """The actor that a name stands for by itself: "TTP", "Israeli troops"; without neutral name where it is unknown."""
    for hit in find(name):
        if hit.start == 0 and hit.end == len(name):
            return hit.actor
    entry = actor_table().spellings.get(name)
    return _actor(name, entry, None) if entry else Actor(name=name)


def in_use(name: str, day: date) -> bool | None:
    """Whether a name was in use on a day (a label coined later was not); None where the gazetteer does not know it."""
    entry = actor_table().spellings.get(name)
    if entry is None:
        return None
    return (entry.first is None or entry.first <= day) and (entry.last is None or day <= entry.last)
