"""The window that a figure over a period spans: its own words, a length named, or the period told just before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import msgspec

from recount.assemble.scenes import Scene
from recount.records import Claim, Days, Scope
from recount.values.numerals import read_number

_ANAPHOR = re.compile(r"\b(?:this|that|the same|the) period\b|\bthese (?:\w+ )?(?:days|weeks|months)\b", re.IGNORECASE)
_BEYOND = re.compile(r"\b(?:beyond|after|past)\s+$", re.IGNORECASE)
_UNITS = {"day": 1, "week": 7}


class Window(NamedTuple):
    """Days with the words that gave them and, where one did, the claim."""

    days: Days
    said: str
    claim: Claim | None


def windows_of(scenes: Sequence[Scene], text: str) -> dict[int, Window]:
    """The window of each scene that has one, by the scene's number in the list."""
    known = [c.value for s in scenes for c in s.days if isinstance(c.value, Days) and _bounded(c.value)]
    found: dict[int, Window] = {}
    told: list[Window] = []
    for n, scene in enumerate(scenes):
        window = _own(scene, text, told) or _by_length(scene, known) or _anaphor(scene, text, told)
        if window is not None:
            found[n] = window
            if _bounded(window.days):
                told.append(window)
    return found


def _bounded(days: Days) -> bool:
    return days.first is not None and days.last is not None and days.last > days.first


def _own(scene: Scene, text: str, told: Sequence[Window]) -> Window | None:
    dated = [c for c in scene.days if isinstance(c.value, Days) and c.value.first]
    if not dated:
        return None
    claim = max(dated, key=_length)
    days = claim.value
    assert isinstance(days, Days)
    if days.first == days.last and _BEYOND.search(text, max(0, claim.start - 10), claim.start):
        return Window(_after(days, told), f"beyond {claim.said}", claim)
    return Window(days, claim.said, claim)


def _length(claim: Claim) -> int:
    days = claim.value
    if not isinstance(days, Days) or days.first is None:
        return 0
    return 1_000_000 if days.last is None else (days.last - days.first).days


def _after(days: Days, told: Sequence[Window]) -> Days:
    """From the day behind a named day to the end of the last period told before that reaches beyond it."""
    assert days.last is not None
    first = days.last + timedelta(days=1)
    around = next((w for w in reversed(told) if w.days.last and w.days.last >= first), None)
    reason = f"after {days.last}" + (f", to the end of {around.said!r}" if around else "")
    return Days(first=first, last=around.days.last if around else None, precision="days", reason=reason)


def _by_length(scene: Scene, known: Sequence[Days]) -> Window | None:
    """ "In 20 days": the one window of the report that is as long."""
    for claim in scene.counts:
        if not isinstance(claim.value, Scope):
            continue
        size = _days_named(claim.said)
        fits = {(d.first, d.last): d for d in known if d.first and d.last and (d.last - d.first).days + 1 == size}
        if len(fits) == 1:
            (days,) = fits.values()
            return Window(
                msgspec.structs.replace(days, reason=f"the report's window of {size} days"), claim.said, claim
            )
    return None


def _days_named(said: str) -> int:
    words = said.lower().split()
    unit = next((_UNITS[w.rstrip("s")] for w in words if w.rstrip("s") in _UNITS), 0)
    number = next((n for w in words if (n := read_number([w])) is not None), 1)
    return number * unit


def _anaphor(scene: Scene, text: str, told: Sequence[Window]) -> Window | None:
    if not told or not _ANAPHOR.search(text, scene.passage.start, scene.passage.end):
        return None
    latest = told[-1]
    days = msgspec.structs.replace(latest.days, reason=f"the period told before: {latest.said!r}")
    return Window(days, latest.said, latest.claim)
