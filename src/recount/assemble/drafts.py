"""Scenes that tell of one incident, gathered in the order of the text.

Of each scene three things may be true: it goes on with an incident told before, it begins one, or it tells of none. Fitted
tables of readable traits weigh them (`openings`, `joins`); a scene with figures of an incident always tells of one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from recount.assemble import openings
from recount.assemble.choose_table import total
from recount.assemble.joins import features_of, join_tables, names_of
from recount.assemble.scenes import Scene
from recount.records import Claim, Days, Kind, Place, Report

BEGINS = 0.2
"""By how much a new incident may weigh less than the best other reading and still be told."""
CUT_OFF = 1.5
"""What is added for a clause with figures and a place of its own that was cut off from its passage (`cuts`)."""
Tables = Mapping[str, Mapping[str, float]]


@dataclass
class Draft:
    """An event report in the making, with what its scenes name."""

    scenes: list[Scene] = field(default_factory=list)
    tolls: list[Claim] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    days: list[Days] = field(default_factory=list)
    kinds: set[Kind] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    @property
    def last(self) -> int:
        """Index of the last passage that told of it."""
        return self.scenes[-1].passage.index

    def add(self, scene: Scene, tolls: Sequence[Claim], reason: str, text: str) -> None:
        """Take in a scene of `text` and its figures."""
        self.scenes.append(scene)
        self.tolls += tolls
        self.reasons.append(reason)
        self.places += [c.value for c in scene.places if isinstance(c.value, Place)]
        self.days += [c.value for c in scene.days if isinstance(c.value, Days) and c.value.first]
        self.kinds |= {kind for kind, weight in scene.kinds if weight >= 2}
        self.names |= names_of(scene, text)


def gather(scenes: Sequence[Scene], tolls_of: Mapping[int, list[Claim]], report: Report) -> list[Draft]:
    """Drafts in order of first mention; `tolls_of` gives, by scene number, the figures that belong to an incident."""
    drafts: list[Draft] = []
    tables = join_tables()
    for n, scene in enumerate(scenes):
        tolls = tolls_of.get(n, [])
        if not tolls and not may_tell(scene):
            continue
        best, score, why = _best(scene, tolls, drafts, report, tables)
        begins = _begins(scene, bool(tolls), drafts, report, tables)
        if best is not None and score > begins and (tolls or score > 0):
            margin = score - max(begins, 0.0)
            best.add(scene, tolls, f"goes on ({margin:+.1f}: {', '.join(why[:3])})", report.text)
        elif tolls or begins > 0:
            draft = Draft()
            draft.add(scene, tolls, "first mention", report.text)
            drafts.append(draft)
    return drafts


def may_tell(scene: Scene) -> bool:
    """Whether a scene without figures of an incident is worth weighing: it has a word for a kind, or a deed and a place.

    A scene whose figures all span a period tells of no incident.
    """
    if scene.tolls:
        return False
    return any(weight >= 2 for _, weight in scene.kinds) or ("deed" in scene.cues and bool(scene.places))


def _begins(scene: Scene, counted: bool, drafts: Sequence[Draft], report: Report, tables: Tables) -> float:
    """How much speaks for a new incident; a scene without figures begins none where it names no place."""
    if not counted and not scene.places:
        return float("-inf")
    told = "counted" if counted else "bare"
    bonus = CUT_OFF if counted and scene.places and scene.start > scene.passage.start else 0.0
    return total(openings.traits(scene, counted, drafts, report), tables[f"{told} begins"]) + BEGINS + bonus


def _best(
    scene: Scene, tolls: Sequence[Claim], drafts: Sequence[Draft], report: Report, tables: Tables
) -> tuple[Draft | None, float, list[str]]:
    weights = tables["counted goes on" if tolls else "bare goes on"]
    found: tuple[Draft | None, float, list[str]] = (None, float("-inf"), [])
    for draft in drafts:
        names = features_of(scene, tolls, draft, drafts, report.text)
        score = total(names, weights)
        if score >= found[1]:
            found = (draft, score, names)
    return found[0], found[1], sorted(found[2], key=lambda n: (n == "bias", -abs(weights.get(n, 0.0))))
