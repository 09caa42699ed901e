"""The place feature: same name, containment, or distance where both points are known."""

from __future__ import annotations

from recount.link.policy import RARE_PLACE, bits
from recount.link.profile import WIDE, Profile, Rarity, Spot
from recount.records import Feature
from recount.values.places import distance_km


def place_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """How the places go together; rare shared names tell more than common ones."""
    return Feature(name="place", one=_said(one), other=_said(other), weight=place_bits(one, other, rarity))


def place_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the place feature."""
    shared = shared_keys(one, other)
    level = _level(one, other, shared)
    weight = bits("place", level)
    if level in ("same", "some shared"):
        rare = max(rarity.place(key) for key in shared)
        weight += min(RARE_PLACE, max(0.0, rare - 3.0))
    return round(weight, 2)


def _level(one: Profile, other: Profile, shared: frozenset[str]) -> str:
    if one.country and other.country and one.country != other.country and not shared:
        return "same name" if {s.key for s in one.spots} & {s.key for s in other.spots} else "other country"
    if not one.spots or not other.spots:
        return "unknown"
    if shared and all(spot.level in WIDE for p in (one, other) for spot in p.spots if spot.key in shared):
        return "same region"
    if shared:
        return "same" if len(shared) >= max(len(one.spots), len(other.spots)) / 2 else "some shared"
    if contained(one, other) or contained(other, one):
        return "contained"
    return _apart(one, other)


def _apart(one: Profile, other: Profile) -> str:
    km = nearest_km(one, other)
    if km is not None:
        return "near" if km <= 10 else "within 30 km" if km <= 30 else "within 100 km" if km <= 100 else "far"
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return "other province"
    return "different names"


def same_spot(one: Spot, other: Spot) -> bool:
    """Whether two names are the same, or one is the other with something added, in the same country."""
    if one.country and other.country and one.country != other.country:
        return False
    return one.key == other.key or _adds(one.key, other.key) or _adds(other.key, one.key)


def _adds(short: str, long: str) -> bool:
    return len(short) > 3 and f" {long} ".startswith(f" {short} ")


def shared_keys(one: Profile, other: Profile) -> frozenset[str]:
    """Keys of the first's places that the second names too."""
    return frozenset(a.key for a in one.spots for b in other.spots if same_spot(a, b))


def contained(inner: Profile, outer: Profile) -> bool:
    """Whether a place of the first lies in a region, district or country that the second names as its place."""
    names = {spot.key for spot in outer.spots}
    return any(names & spot.inside for spot in inner.spots) or (inner.admin1 or "-") in names


def nearest_km(one: Profile, other: Profile) -> float | None:
    """Least distance between known points below province level; None where one side has none."""
    points = [[s.point for s in p.spots if s.point and s.level not in WIDE] for p in (one, other)]
    pairs = [distance_km(a, b) for a in points[0] for b in points[1]]
    return min(pairs) if pairs else None


def _said(profile: Profile) -> str:
    return ", ".join(spot.name for spot in profile.spots[:4]) or (profile.country or "unknown")
