"""Scenes: what one passage, or one clause of it, tells of an incident: its figures, places, days, kinds and cues."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, Protocol

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

    @property
    def headline(self) -> bool:
        return self.passage.kind == "headline"


def toll_of(claim: Claim) -> Toll:
    """The toll that a toll claim carries."""
    assert isinstance(claim.value, Toll)
    return claim.value


def scenes_of(passages: Sequence[Passage], claims: Sequence[Claim], cues: Sequence[CueWord]) -> list[Scene]:
    """The scenes of a report in the order of the text."""
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
            found += _split(passage, mine, inside)
    return found


def _split(passage: Passage, claims: Sequence[Claim], cues: Sequence[CueWord]) -> list[Scene]:
    """One scene a passage; several where its figures have places of their own ("30 in A, while 11 in B")."""
    tolls = sorted((c for c in claims if c.property == "toll"), key=lambda c: c.start)
    places = sorted((c for c in claims if c.property == "place"), key=lambda c: c.start)
    cuts = _cuts(tolls, places)
    bounds = [passage.start, *cuts, passage.end]
    scenes = []
    for left, right in pairwise(bounds):
        scenes.append(
            Scene(
                passage,
                tuple(c for c in tolls if left <= c.start < right),
                tuple(c for c in places if left <= c.start < right),
                tuple(c for c in claims if c.property == "day" and (left <= c.start < right or len(bounds) == 2)),
                tuple(c for c in claims if c.property == "actor" and left <= c.start < right),
                tuple(c for c in claims if c.property in ("incident_count", "scope") and left <= c.start < right),
                tuple((c.kind, c.weight) for c in cues if c.kind is not None and left <= c.start < right),
                frozenset(c.name for c in cues if left <= c.start < right),
            )
        )
    return scenes


def _cuts(tolls: Sequence[Claim], places: Sequence[Claim]) -> list[int]:
    """Where a passage falls into clauses: before a figure of the same harm and side with another place behind it."""
    cuts: list[int] = []
    for one, two in pairwise(tolls):
        first, second = toll_of(one), toll_of(two)
        if (first.harm, first.side) != (second.harm, second.side) or first.count == second.count:
            continue
        between = any(one.start < p.start < two.start for p in places)
        behind = any(p.start > two.start for p in places)
        if between and behind and not two.subset:
            cuts.append(two.start)
    return cuts
