"""Near copies of one account, found before anything is compared: one of them stands for all."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from typing import Any

from recount.link.profile import Profile
from recount.values.texts import copied, first_marks, unpacked

BANDS = 4  # smallest marks of a text, one of which its copies almost surely share
SHARE = 0.5  # of the wording, from which two texts are copies
SOON = 4  # days within which undated copies are published


def stand_ins(profiles: Mapping[str, Profile], judged: Collection[str] = ()) -> dict[str, str]:
    """For each event report the one that stands for it; most stand for themselves.

    Two stand together only when they give the same days, places, figures, kind and parties, in texts of the same
    wording, and come from two reports. Those that a person has `judged` always stand for themselves. Cost grows with
    the number of event reports, however many copies there are.
    """
    seen: dict[tuple[Hashable, int], str] = {}
    found: dict[str, str] = {}
    taken: dict[str, set[str]] = {}
    for name in sorted(profiles):
        profile, face = profiles[name], _face(profiles[name])
        bands = [] if name in judged else [(face, mark) for mark in first_marks(profile.copy, BANDS)]
        first = next((seen[b] for b in bands if b in seen and _copies(profiles[seen[b]], profile)), name)
        if profile.report in taken.setdefault(first, set()):
            first = name
        taken.setdefault(first, set()).add(profile.report)
        found[name] = first
        for band in bands:
            seen.setdefault(band, first)
    return found


def _face(profile: Profile) -> tuple[Any, ...]:
    figures = frozenset((harm, side, count.low, count.high) for harm, side, count in profile.figures)
    places = frozenset(spot.key for spot in profile.spots)
    return profile.kind, profile.first, profile.last, places, figures, profile.actors, profile.targets


def face_of(profile: Profile) -> str:
    """What copies give alike, as text that is the same on every machine."""
    kind, first, last, places, figures, actors, targets = _face(profile)
    said = (sorted(places), sorted(map(repr, figures)), sorted(actors), sorted(targets))
    return repr((kind, first, last, *said))


def _copies(one: Profile, other: Profile) -> bool:
    if one.first is None and abs((one.published or 0) - (other.published or 0)) > SOON:
        return False
    return copied(unpacked(one.copy), unpacked(other.copy)) >= SHARE
