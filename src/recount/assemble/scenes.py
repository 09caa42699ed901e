"""Scenes: what one passage, or one clause of it, tells of an incident: its figures, places, days, kinds and cues."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

from recount.assemble.cuts import cuts_of
from recount.records import Claim, Kind, Passage, Toll


class CueWord(Protocol):
    """A cue word of the text: offsets, class, and for kind words the kind and its weight."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Kind | None: ...
    @property
    def weight(self) -> int: ...


class Scene(NamedTuple):
    """One passage's (or clause's) part of a story."""

    passage: Passage
    tolls: tuple[Claim, ...]
    places: tuple[Claim, ...]
    days: tuple[Claim, ...]
    actors: tuple[Claim, ...]
    counts: tuple[Claim, ...]
    """Claims of incident counts and scope."""
    kinds: tuple[tuple[Kind, int], ...]
    cues: frozenset[str]
    words: tuple[CueWord, ...]
    """Its words for kinds of incidents, in the order of the text."""
    start: int
    end: int
    """Where it stands in the text: its passage, or a clause of it."""

    @property
    def goes_on(self) -> bool:
        """Whether it takes up what was told just before: "the attack", but not "the attack came a day after"."""
        return "same" in self.cues and "earlier" not in self.cues

    @property
    def headline(self) -> bool:
        """Whether it is the report's headline."""
        return self.passage.kind == "headline"


def toll_of(claim: Claim) -> Toll:
    """The toll that a toll claim carries."""
    assert isinstance(claim.value, Toll)
    return claim.value


def scenes_of(passages: Sequence[Passage], claims: Sequence[Claim], cues: Sequence[CueWord], text: str) -> list[Scene]:
    """The scenes of a report in the order of its text."""
    by_passage: dict[int, list[Claim]] = {}
    for claim in claims:
        by_passage.setdefault(claim.passage, []).append(claim)
    found: list[Scene] = []
    words = sorted(cues, key=lambda c: c.start)
    at = 0
    for passage in passages:
        while at < len(words) and words[at].start < passage.start:
            at += 1
        inside = []
        k = at
        while k < len(words) and words[k].start < passage.end:
            inside.append(words[k])
            k += 1
        mine = by_passage.get(passage.index, [])
        if passage.kind != "furniture" and (mine or inside):
            found += _split(passage, mine, inside, text)
    return found


def _split(passage: Passage, claims: Sequence[Claim], cues: Sequence[CueWord], text: str) -> list[Scene]:
    """One scene a passage; several where its figures belong to different incidents ("30 in A, while 11 in B")."""
    tolls = sorted((c for c in claims if c.property == "toll"), key=lambda c: (c.start, c.end))
    places = sorted((c for c in claims if c.property == "place"), key=lambda c: c.start)
    days = [c for c in claims if c.property == "day"]
    words = [c for c in cues if c.kind is not None]
    cuts = cuts_of(tolls, places, text)
    bounds = [passage.start, *sorted({c for c in cuts if passage.start < c < passage.end}), passage.end]
    scenes = []
    for left, right in pairwise(bounds):
        scenes.append(
            Scene(
                passage,
                tuple(c for c in tolls if left <= c.start < right),
                tuple(c for c in places if left <= c.start < right),
                tuple(c for c in days if left <= c.start < right),
                tuple(c for c in claims if c.property == "actor" and left <= c.start < right),
                tuple(c for c in claims if c.property in ("incident_count", "scope") and left <= c.start < right),
                tuple((c.kind, c.weight) for c in words if c.kind is not None and left <= c.start < right),
                frozenset(c.name for c in cues if left <= c.start < right),
                tuple(c for c in words if left <= c.start < right),
                left,
                right,
            )
        )
    return scenes
