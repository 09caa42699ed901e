"""The features made of names: kind, actors, targets, and how much of the texts is copied."""

from __future__ import annotations

from recount.link.policy import RARE_WORDS, bits
from recount.link.profile import Profile, Rarity
from recount.records import Feature, Kind
from recount.values.texts import copied

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


def _feature(name: str, one: str, other: str, level: str, extra: float = 0.0) -> Feature:
    return Feature(name=name, one=one, other=other, weight=round(bits(name, level) + extra, 2))


def kind_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Same kind, kinds that are used for each other, or not."""
    a, b = one.kind, other.kind
    close = "other" in (a, b) or frozenset({a, b}) in CLOSE
    return _feature("kind", a, b, "same" if a == b else "close" if close else "different")


def actor_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """Named actors; words for anybody ("gunmen") do not count."""
    a, b = ", ".join(sorted(one.actors)) or "unnamed", ", ".join(sorted(other.actors)) or "unnamed"
    return _feature("actors", a, b, _actor_level(one, other))


def _actor_level(one: Profile, other: Profile) -> str:
    if meet(one.actors, other.actors):
        return "same"
    if one.parties and other.parties and not one.parties & other.parties:
        return "opposed"
    return "different" if one.actors and other.actors else "unknown"


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
    shared = one.targets & other.targets
    if shared:
        rare = max(rarity.word(word) for word in shared)
        return _feature("targets", a, b, "same", min(RARE_WORDS, max(0.0, rare - 5.0)))
    return _feature("targets", a, b, "different" if one.targets and other.targets else "unknown")


def copy_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """How much wording the two whole texts share."""
    share = 0.0 if one.marks.isdisjoint(other.marks) else copied(one.copy, other.copy)
    level = "near copy" if share >= 0.5 else "partly copied" if share >= 0.15 else "none"
    return _feature("copy", f"{share:.0%} of the wording", "shared", level)
