"""Which pairs are looked at: those that share days and a place or country, a figure, target, rare name or wording.

A crowded block is put in order of what its members say, and each is held against those next to it, so that the cost
of a block grows with its members and not with their pairs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from recount.link.profile import WIDE, Profile
from recount.values.counts import point
from recount.values.texts import first_marks

WINDOW = 2  # days on either side of a day
LONGEST = 10  # a longer window is blocked by place and figure only
COPIED = 4  # marks of a text by which its copies are found
RARE = {"name": 30, "copy": 30}  # kinds of block that tell something only while few share them
LOOSE = frozenset({"day and wide area", "day and country"})  # where one of a pair names no place of its own
CROWD = 60  # members up to which all pairs of a block are looked at
NEAREST = 30  # members of a crowded block on either side that each is held against
Key = tuple[str, *tuple[str | int | None, ...]]


def keys(profile: Profile) -> Iterator[Key]:
    """The blocks that an event report falls into. They depend on nothing else, so that they can be kept as an index."""
    days = list(_days(profile))
    names = {x for spot in profile.spots for x in (spot.key, *spot.inside)}
    wide = {x for x in (profile.admin1, *(s.admin1 for s in profile.spots)) if x}
    for area in sorted(names | wide):
        for day in days:
            yield ("day and wide area" if area in wide else "day and area", day, area)
        for harm, _, count in profile.figures:
            if (point(count) or 0) >= 3:
                yield ("figure and area", harm, point(count), area)
    for day in days:
        yield ("day and country", day, profile.country)
    for spot in profile.spots:
        for word in sorted(profile.targets):
            yield ("target and place", word, spot.key)
    for name in sorted(profile.names):
        yield ("name", name)
    for mark in first_marks(profile.copy, COPIED):
        yield ("copy", mark)
    if not days:
        for spot in profile.spots:
            yield ("place and kind", spot.key, profile.kind)


def _days(profile: Profile) -> Iterable[int]:
    if profile.first is not None and profile.last is not None:
        if profile.last - profile.first > LONGEST:
            return range(0)
        return range(profile.first - 1, profile.last + 2)
    if profile.published is not None and profile.role != "background":
        return range(profile.published - WINDOW, profile.published + 1)
    return range(0)


def candidate_pairs(profiles: Mapping[str, Profile]) -> list[tuple[str, str]]:
    """Pairs of event report ids of different reports to compare, sorted; each once."""
    blocks: dict[Key, list[str]] = defaultdict(list)
    for profile in profiles.values():
        for key in set(keys(profile)):
            blocks[key].append(profile.id)
    pairs: set[tuple[str, str]] = set()
    for key, members in blocks.items():
        pairs.update(pairs_of(key[0], members, profiles))
    return sorted(pairs)


def pairs_of(kind: str, members: Sequence[str], profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """The pairs of one block of this kind; of a profile its places, figures, kind and report are looked at."""
    if 1 < len(members) <= RARE.get(kind, len(members)):
        yield from _loose(members, profiles) if kind in LOOSE else _pairs(members, profiles)


def _loose(members: Sequence[str], profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    """Pairs of a wide block: those that name no place below province level, with everybody."""
    vague = [m for m in members if _is_vague(profiles[m])]
    yield from _pairs(vague, profiles)
    placed = sorted((m for m in members if m not in set(vague)), key=lambda m: (_gist(profiles[m]), m))
    for one in vague:
        for other in _around(one, placed, profiles):
            if profiles[one].report != profiles[other].report:
                yield (one, other) if one < other else (other, one)


def _around(one: str, placed: Sequence[str], profiles: Mapping[str, Profile]) -> Sequence[str]:
    """All of them, or of a crowd those of the same figures or kind."""
    if len(placed) <= CROWD:
        return placed
    mine = {(harm, point(count)) for harm, _, count in profiles[one].figures}
    alike = [o for o in placed if mine & {(harm, point(count)) for harm, _, count in profiles[o].figures}]
    return (alike or [o for o in placed if profiles[o].kind == profiles[one].kind])[: 2 * NEAREST]


def _pairs(members: Sequence[str], profiles: Mapping[str, Profile]) -> Iterator[tuple[str, str]]:
    crowded = len(members) > CROWD
    ordered = sorted(members, key=(lambda m: (_gist(profiles[m]), m)) if crowded else None)
    for i, one in enumerate(ordered):
        for other in ordered[i + 1 : i + 1 + NEAREST] if crowded else ordered[i + 1 :]:
            if profiles[one].report != profiles[other].report:
                yield (one, other) if one < other else (other, one)


def _gist(profile: Profile) -> str:
    """What a crowded block is ordered by: places, kind, figures."""
    figures = sorted(f"{harm} {side} {point(count) or 0:06}" for harm, side, count in profile.figures)
    return "|".join((*sorted(s.key for s in profile.spots), profile.kind, *figures))


class Member(NamedTuple):
    """An event report as a block knows it; a vague one names no place below province level."""

    event: str
    report: str
    vague: bool
    gist: str


def member_of(profile: Profile) -> Member:
    """What blocks need to know of an event report."""
    return Member(profile.id, profile.report, _is_vague(profile), _gist(profile))


def numbers(profile: Profile) -> dict[int, str]:
    """The blocks of an event report, each as a stable number with its kind: what an index keeps."""
    return {_number(key): key[0] for key in keys(profile)}


def _number(key: Key) -> int:
    return int.from_bytes(blake2b(repr(key).encode(), digest_size=8).digest(), signed=True)


def partners(one: Member, kind: str, members: Sequence[Member]) -> list[str]:
    """The members of one block that one more event report is held against, as `candidate_pairs` would."""
    others = [m for m in members if m.report != one.report and (kind not in LOOSE or one.vague or m.vague)]
    if len(members) > RARE.get(kind, len(members)):
        return []
    if len(others) > CROWD:
        others.sort(key=lambda m: (m.gist, m.event))
        at = bisect_left(others, (one.gist, one.event), key=lambda m: (m.gist, m.event))
        others = others[max(0, at - NEAREST) : at + NEAREST]
    return [m.event for m in others]


def _is_vague(profile: Profile) -> bool:
    return all(spot.level in WIDE for spot in profile.spots)
