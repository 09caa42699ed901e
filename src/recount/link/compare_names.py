"""The features made of names: kind, actors, targets, and how much of the texts is copied."""

from __future__ import annotations

from functools import lru_cache

from recount.link.policy import RARE_WORDS, bits
from recount.link.profile import Profile, Rarity
from recount.records import Feature, Kind
from recount.values.texts import copied, unpacked

CLOSE: frozenset[frozenset[Kind]] = frozenset(
    frozenset(pair)
    for pair in (
        ("operation", "clash"),
        ("operation", "attack"),
        ("clash", "attack"),
        ("attack", "bombing"),
        ("attack", "abduction"),
        ("airstrike", "shelling"),
        ("airstrike", "attack"),
        ("airstrike", "operation"),
        ("airstrike", "bombing"),
        ("shelling", "bombing"),
        ("shelling", "attack"),
        ("shelling", "clash"),
        ("riot", "attack"),
        ("riot", "clash"),
    )
)


def kind_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Same kind, kinds that are used for each other, or not."""
    return Feature(name="kind", one=one.kind, other=other.kind, weight=kind_bits(one, other, rarity))


def kind_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the kind feature."""
    a, b = one.kind, other.kind
    close = "other" in (a, b) or frozenset({a, b}) in CLOSE
    return bits("kind", "same" if a == b else "close" if close else "different")


def actor_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Named actors; words for anybody ("gunmen") do not count."""
    a, b = ", ".join(sorted(one.actors)) or "unnamed", ", ".join(sorted(other.actors)) or "unnamed"
    return Feature(name="actors", one=a, other=b, weight=actor_bits(one, other, rarity))


def actor_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the actor feature."""
    return bits("actors", _actor_level(one, other))


def _actor_level(one: Profile, other: Profile) -> str:
    if meet(one.actors, other.actors):
        return "same"
    if one.parties and other.parties and not one.parties & other.parties:
        return "opposed"
    return "different" if one.actors and other.actors else "unknown"


@lru_cache(maxsize=100_000)
def meet(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sets of folded names share a name, or a word of one."""
    if one & other:
        return True
    return any(_akin(x, y) for a in one for b in other for x in a.split() for y in b.split())


def _akin(one: str, other: str) -> bool:
    """The same word, or one made of the other ("israel", "israeli")."""
    short, long = sorted((one, other), key=len)
    return one == other or (len(short) > 3 and long.startswith(short))


def target_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Words of the targets' names; rare ones add more."""
    a, b = ", ".join(sorted(one.targets)) or "unnamed", ", ".join(sorted(other.targets)) or "unnamed"
    return Feature(name="targets", one=a, other=b, weight=target_bits(one, other, rarity))


def target_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the target feature."""
    shared = one.targets & other.targets
    if shared:
        rare = max(rarity.word(word) for word in shared)
        return round(bits("targets", "same") + min(RARE_WORDS, max(0.0, rare - 5.0)), 2)
    return bits("targets", "different" if one.targets and other.targets else "unknown")


def copy_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """How much wording the two whole texts share."""
    share = _shared_wording(one, other)
    return Feature(name="copy", one=f"{share:.0%} of the wording", other="shared", weight=copy_bits(one, other, rarity))


def copy_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the copy feature."""
    share = _shared_wording(one, other)
    return bits("copy", "near copy" if share >= 0.5 else "partly copied" if share >= 0.15 else "none")


def _shared_wording(one: Profile, other: Profile) -> float:
    return copied(unpacked(one.copy), unpacked(other.copy))
