"""Where one more report can change anything: the event reports that share a block with it, and those drawn to them.

Clusters grow only along pairs that are worth drawing together, so linking again what such pairs connect with a new
event report gives there what linking everything would give, as long as rarity is held fixed and no block is crowded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping

from recount.link.blocks import Member, member_of, numbers, partners
from recount.link.compare import score
from recount.link.policy import POLICY
from recount.link.profile import Profile, Rarity
from recount.records import Record

WORTH = -2.0  # bits from which a pair may yet be drawn together by others
Members = Callable[[int], list[Member]]


class Indexed(Record, frozen=True):
    """An event report as the index keeps it: what blocks know of it, and the blocks that it falls into."""

    member: Member
    blocks: Mapping[int, str]


def scheme() -> str:
    """A mark of how linking weighs and blocks: an index made under another one is of no use."""
    return hashlib.sha256(f"1 {POLICY}".encode()).hexdigest()[:12]


def indexed(profile: Profile) -> Indexed:
    """What the index keeps of an event report."""
    return Indexed(member=member_of(profile), blocks=numbers(profile))


def candidates(one: Indexed, members: Members) -> set[str]:
    """The event reports held that one more is compared with; `members` gives those of a block."""
    found: set[str] = set()
    for block, kind in one.blocks.items():
        found.update(partners(one.member, kind, members(block)))
    return found - {one.member.event}


def worth_drawing(one: Profile, others: Iterable[Profile], rarity: Rarity) -> list[tuple[str, str]]:
    """Pairs of one event report with others that may be of one incident."""
    return [(one.id, o.id) for o in others if score(one, o, rarity, WORTH) > WORTH]


def words_of(profiles: Iterable[Profile]) -> tuple[set[str], set[str], set[str]]:
    """Words, places and names whose rarity a comparison of these asks for."""
    words, places, names = set[str](), set[str](), set[str]()
    for profile in profiles:
        words |= profile.words | profile.account | profile.targets
        places |= {spot.key for spot in profile.spots}
        names |= profile.names
    return words, places, names
