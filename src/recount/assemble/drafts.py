"""Scenes that tell of one incident, gathered in the order of the text.

Each scene is compared with every draft so far (`joins`); it goes on with the best one whose score is above zero, else it
opens a draft of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recount.assemble.joins import features_of, join_weights, score_of
from recount.assemble.scenes import Scene
from recount.records import Claim, Place


@dataclass
class Draft:
    """An event report in the making."""

    scenes: list[Scene] = field(default_factory=list)
    tolls: list[Claim] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)

    @property
    def last(self) -> int:
        """Index of the last passage that told of it."""
        return self.scenes[-1].passage.index

    def add(self, scene: Scene, tolls: Sequence[Claim], reason: str) -> None:
        """Take in a scene and its figures."""
        self.scenes.append(scene)
        self.tolls += tolls
        self.reasons.append(reason)


def gather(scenes: Sequence[Scene], tolls_of: Mapping[int, list[Claim]], text: str) -> list[Draft]:
    """Drafts in order of first mention; `tolls_of` gives, by scene number, the figures that belong to an incident."""
    drafts: list[Draft] = []
    weights = join_weights()
    for n, scene in enumerate(scenes):
        tolls = tolls_of.get(n, [])
        if not tolls and (scene.tolls or not _tells_incident(scene)):
            continue  # a scene whose figures all span a period opens no incident
        best, score, why = _best(scene, tolls, drafts, text, weights)
        if best is not None and score > 0:
            best.add(scene, tolls, f"goes on ({score:+.1f}: {', '.join(why[:3])})")
        elif tolls or _opens(scene, bool(drafts)):
            draft = Draft()
            draft.add(scene, tolls, "first mention")
            drafts.append(draft)
    return drafts


def _best(
    scene: Scene, tolls: Sequence[Claim], drafts: Sequence[Draft], text: str, weights: dict[str, float]
) -> tuple[Draft | None, float, list[str]]:
    found: tuple[Draft | None, float, list[str]] = (None, float("-inf"), [])
    for draft in drafts:
        names = features_of(scene, tolls, draft, drafts, text)
        score = score_of(names, weights)
        if score >= found[1]:
            found = (draft, score, sorted(names, key=lambda n: -abs(weights.get(n, 0.0))))
    return found


def _tells_incident(scene: Scene) -> bool:
    return any(weight >= 2 for _, weight in scene.kinds)


def _opens(scene: Scene, others: bool) -> bool:
    """Whether a scene without figures may open an incident: a sure kind word with a day and a place, or the lead."""
    sure = any(weight >= 3 for _, weight in scene.kinds) and "armed" in scene.cues
    precise = [c for c in scene.places if isinstance(c.value, Place) and c.value.level not in ("country", "unknown")]
    return sure and bool(precise) and (bool(scene.days) or (not others and scene.passage.index < 3))
