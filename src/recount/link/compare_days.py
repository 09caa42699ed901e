"""The day feature."""

from __future__ import annotations

from datetime import date

from recount.link.policy import bits
from recount.link.profile import Profile, Rarity
from recount.records import Feature

SHORT = 10  # days: a longer window says little about the day


def day_feature(one: Profile, other: Profile, rarity: Rarity) -> Feature:
    """How the days go together; an unknown day is held against the other report's publication day."""
    return Feature(name="day", one=_said(one), other=_said(other), weight=day_bits(one, other, rarity))


def day_bits(one: Profile, other: Profile, rarity: Rarity) -> float:
    """The weight of the day feature."""
    return bits("day", _level(one, other))


def _level(one: Profile, other: Profile) -> str:
    if one.first is not None and other.first is not None:
        return _known(one, other)
    if one.first is None and other.first is None:
        return _unknown(one, other)
    dated, undated = (one, other) if one.first is not None else (other, one)
    return _half_known(dated, undated)


def _known(one: Profile, other: Profile) -> str:
    gap = gap_days(one, other)
    if gap:
        return _gap_level(gap)
    widest = max(width(one), width(other))
    if widest == 0:
        return "same day"
    return "overlap" if widest <= SHORT else "wide overlap"


def _gap_level(gap: int) -> str:
    if gap == 1:
        return "next day"
    if gap == 2:
        return "two days apart"
    return "days apart" if gap <= 10 else "weeks apart"


def _half_known(dated: Profile, undated: Profile) -> str:
    if undated.published is None or dated.first is None:
        return "unknown"
    delay = undated.published - dated.first
    if delay < 0:
        return "told before"
    if undated.role == "background":
        return "unknown"
    return "told at once" if delay <= 4 + width(dated) else "told later" if delay > 14 else "unknown"


def _unknown(one: Profile, other: Profile) -> str:
    if one.published is None or other.published is None:
        return "unknown"
    apart = abs(one.published - other.published)
    if "background" in (one.role, other.role):
        return "unknown"
    return "both unknown, same week" if apart <= 4 else "both unknown, far apart" if apart > 14 else "unknown"


def gap_days(one: Profile, other: Profile) -> int:
    """Days between two known windows; 0 where they overlap."""
    a, b, c, d = one.first or 0, one.last or 0, other.first or 0, other.last or 0
    return max(0, c - b, a - d)


def width(profile: Profile) -> int:
    """Days between the first and the last day that the words allow."""
    return (profile.last or 0) - (profile.first or 0)


def _said(profile: Profile) -> str:
    if profile.first is None:
        told = f", reported {date.fromordinal(profile.published)}" if profile.published else ""
        return f"unknown{told}"
    first, last = date.fromordinal(profile.first), date.fromordinal(profile.last or profile.first)
    return f"{first}" if first == last else f"{first} to {last}"
