"""Scenes that tell of one incident, gathered in the order of the text.

Each scene is compared with every draft so far by the named features below; it joins the best one whose weights reach
`THRESHOLD`, else it opens a draft of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from recount.assemble.scenes import Scene, toll_of
from recount.records import Claim, Days, Kind, Place, Toll
from recount.values.dates import overlap
from recount.values.places import same_place, within

THRESHOLD = 1.0
WEIGHTS = {
    "same figure": 3.0,
    "same small figure": 1.2,
    "other figure for the same people": -1.2,
    "same place": 2.0,
    "one place inside the other": 0.8,
    "other place": -3.0,
    "same day": 1.0,
    "other day": -3.0,
    "same kind": 0.5,
    "other kind": -0.8,
    "goes on": 2.0,
    "begins anew": -2.5,
    "next passage": 1.0,
    "second next passage": 0.5,
    "no place and no day": 1.0,
    "headline and lead": 1.0,
}


@dataclass
class Draft:
    """An event report in the making."""

    scenes: list[Scene] = field(default_factory=list)
    tolls: list[Claim] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        return self.scenes[-1].passage.index

    def claims(self, pick: Callable[[Scene], tuple[Claim, ...]]) -> list[Claim]:
        return [c for scene in self.scenes for c in pick(scene)]


def gather(scenes: list[Scene], tolls_of: Callable[[Scene], list[Claim]]) -> list[Draft]:
    """Drafts in order of first mention; `tolls_of` gives the scene's figures that belong to an incident."""
    drafts: list[Draft] = []
    for scene in scenes:
        tolls = tolls_of(scene)
        if not tolls and not _tells_incident(scene):
            continue
        ranked = [(sum(WEIGHTS[n] for n in names), i, names) for i, d in enumerate(drafts) for names in [_compare(scene, tolls, d)]]
        best = max(ranked, default=None, key=lambda row: (row[0], row[1]))
        if best is not None and best[0] >= THRESHOLD:
            draft, why = drafts[best[1]], best[2]
        elif tolls or _opens(scene, bool(drafts)):
            draft, why = Draft(), ["first mention"]
            drafts.append(draft)
        else:
            continue
        draft.scenes.append(scene)
        draft.tolls += tolls
        draft.reasons.append(", ".join(why))
    return drafts


def _tells_incident(scene: Scene) -> bool:
    return any(weight >= 2 for _, weight in scene.kinds)


def _opens(scene: Scene, others: bool) -> bool:
    """Whether a scene without figures may open an incident: a sure kind word with a day and a place, or the lead."""
    sure = any(weight >= 3 for _, weight in scene.kinds) and "armed" in scene.cues
    precise = [c for c in scene.places if isinstance(c.value, Place) and c.value.level not in ("country", "unknown")]
    return sure and bool(precise) and (bool(scene.days) or not others and scene.passage.index < 3)


def _compare(scene: Scene, tolls: list[Claim], draft: Draft) -> list[str]:
    names = [*_figures(tolls, draft), *_places(scene, draft), *_days(scene, draft), *_kinds(scene, draft)]
    if "same" in scene.cues:
        names.append("goes on")
    if "separate" in scene.cues:
        names.append("begins anew")
    gap = scene.passage.index - draft.last
    if gap <= 1:
        names.append("next passage")
    elif gap == 2:
        names.append("second next passage")
    if not scene.places and not scene.days:
        names.append("no place and no day")
    if draft.scenes[0].headline and scene.passage.index <= 2:
        names.append("headline and lead")
    return names


def _figures(tolls: list[Claim], draft: Draft) -> list[str]:
    mine, theirs = [toll_of(c) for c in tolls], [toll_of(c) for c in draft.tolls]
    shared = [a for a in mine for b in theirs if a.harm == b.harm and a.count == b.count]
    if shared:
        return ["same figure" if any(_size(t) > 2 for t in shared) else "same small figure"]
    clash = any(a.harm == b.harm and a.side == b.side and _size(a) != _size(b) for a in mine for b in theirs)
    return ["other figure for the same people"] if clash else []


def _size(toll: Toll) -> int:
    return toll.count.low if toll.count.low is not None else toll.count.high or 0


def _places(scene: Scene, draft: Draft) -> list[str]:
    mine = [c.value for c in scene.places if isinstance(c.value, Place)]
    theirs = [c.value for s in draft.scenes for c in s.places if isinstance(c.value, Place)]
    mine = [p for p in mine if p.level != "country"]
    theirs = [p for p in theirs if p.level != "country"]
    if not mine or not theirs:
        return []
    if any(same_place(a, b)[0] for a in mine for b in theirs):
        return ["same place"]
    if any(within(a, b) or within(b, a) for a in mine for b in theirs):
        return ["one place inside the other"]
    return ["other place"]


def _days(scene: Scene, draft: Draft) -> list[str]:
    mine = [c.value for c in scene.days if isinstance(c.value, Days) and c.value.first]
    theirs = [c.value for s in draft.scenes for c in s.days if isinstance(c.value, Days) and c.value.first]
    if not mine or not theirs:
        return []
    return ["same day" if any(overlap(a, b) for a in mine for b in theirs) else "other day"]


def _kinds(scene: Scene, draft: Draft) -> list[str]:
    mine = {k for k, w in scene.kinds if w >= 2}
    theirs = {k for s in draft.scenes for k, w in s.kinds if w >= 2}
    if not mine or not theirs:
        return []
    return ["same kind" if mine & theirs else "other kind"]


def kinds_of(draft: Draft) -> list[tuple[Kind, int]]:
    """All kind words of a draft with their weights, those of its first scenes first."""
    return [row for scene in draft.scenes for row in scene.kinds]
