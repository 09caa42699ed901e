"""How far a figure reaches: one incident, or a period and many unnamed incidents.

The policy is a table of named features with weights; a figure is a statistic where they add up to `THRESHOLD` or more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from recount.assemble.scenes import Scene, toll_of
from recount.assemble.windows import Window
from recount.records import Claim, Count, Days, Scope

THRESHOLD = 2.0
WEIGHTS = {
    "strong cue": 2.5,
    "weak cue": 0.8,
    "over a thousand": 2.2,
    "over three hundred": 1.0,
    "window longer than ten days": 2.0,
    "one day": -1.5,
    "up to three people": -1.5,
    "headline": -0.5,
    "judged a period": 2.0,
    "judged an incident": -1.0,
    "span of more than ten days": 3.0,
    "ten incidents or more": 3.0,
    "a few incidents counted": -1.5,
    "of the many told just before": 3.0,
    "length of time named": 3.0,
    "strong cue beside the judge": 3.0,
}
LONG = timedelta(days=10)
DAY = timedelta(days=1)


class Reach(NamedTuple):
    """The decision and the features that made it."""

    statistic: bool
    score: float
    features: tuple[str, ...]


def reach_of(claim: Claim, scene: Scene, window: Window | None, before: Scene | None = None) -> Reach:
    """Whether a toll claim of a scene is a statistic; `before` is the scene told just before."""
    names = _features(claim, scene) if claim.reach is None else _beside_judge(claim, scene, window, before)
    score = sum(WEIGHTS[name] for name in names)
    return Reach(score >= THRESHOLD, score, tuple(names))


def _features(claim: Claim, scene: Scene) -> list[str]:
    names = []
    if "statistic_strong" in scene.cues:
        names.append("strong cue")
    if "statistic_weak" in scene.cues:
        names.append("weak cue")
    size = toll_of(claim).count.low or toll_of(claim).count.high or 0
    if size >= 1000:
        names.append("over a thousand")
    elif size >= 300:
        names.append("over three hundred")
    elif size <= 3:
        names.append("up to three people")
    windows = [c.value for c in scene.days if isinstance(c.value, Days)]
    if any(is_long(days) for days in windows):
        names.append("window longer than ten days")
    elif any(days.precision == "day" for days in windows):
        names.append("one day")
    if scene.headline:
        names.append("headline")
    return names


def _beside_judge(claim: Claim, scene: Scene, window: Window | None, before: Scene | None) -> list[str]:
    """The judge's word, and the two facts of the passage that may overrule it."""
    names = ["judged a period" if claim.reach == "period" else "judged an incident"]
    if window is not None and is_long(window.days) and not _calendar(window.days):
        names.append("span of more than ten days")
    if _many(scene):
        names.append("ten incidents or more")
    elif _few(scene):
        names.append("a few incidents counted")
    if before is not None and _many(before) and "same" in scene.cues:
        names.append("of the many told just before")
    if any(isinstance(c.value, Scope) for c in scene.counts):
        names.append("length of time named")
    if "statistic_strong" in scene.cues:
        names.append("strong cue beside the judge")
    return names


def _many(scene: Scene) -> bool:
    return any((count.low or 0) >= 10 for count in _incident_counts(scene))


def _few(scene: Scene) -> bool:
    """Whether the scene counts a handful of incidents: one umbrella over them, as in "34 killed in three raids"."""
    return any(2 <= (count.high or 0) < 10 for count in _incident_counts(scene))


def _incident_counts(scene: Scene) -> list[Count]:
    return [c.value for c in scene.counts if c.property == "incident_count" and isinstance(c.value, Count)]


def _calendar(days: Days) -> bool:
    """A whole month or year ("in November 2015") often dates one incident; other long spans do not."""
    return days.first is not None and days.last is not None and days.first.day == 1 and (days.last + DAY).day == 1


def is_long(days: Days) -> bool:
    """Whether days span more than an incident does."""
    if days.first is None:
        return False
    return days.last is None or days.last - days.first > LONG
