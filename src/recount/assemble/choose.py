"""Which place, day, kind, actors and role a draft gets, each with the words it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from recount.assemble.drafts import Draft
from recount.assemble.scenes import Scene
from recount.records import Actor, Claim, Days, Kind, Place, Role
from recount.values.places import within

_KINDS: tuple[Kind, ...] = ("airstrike", "bombing", "shelling", "abduction", "operation", "clash", "riot", "attack")
OLD = timedelta(days=7)
_IN_LIST = 60
"""Characters between two places that still stand in one list."""


def ranked_scenes(draft: Draft) -> list[Scene]:
    """The draft's scenes, those with figures and early ones first."""
    return sorted(draft.scenes, key=lambda s: (not s.tolls, s.passage.index))


def places_of(draft: Draft, text: str) -> list[Claim]:
    """The place claims of the incident: the first list of places in the best scene that has any below country."""
    fallback: list[Claim] = []
    for scene in ranked_scenes(draft):
        fine = [c for c in scene.places if isinstance(c.value, Place) and c.value.level != "country"]
        if fine:
            return _list_from(_start(fine, scene), fine, text)
        fallback = fallback or list(scene.places[:1])
    return fallback


def _start(places: Sequence[Claim], scene: Scene) -> int:
    """The index of the place to begin with: the most specific of those nearest to the first figure."""
    if not scene.tolls:
        return 0
    anchor = scene.tolls[0].start
    order = sorted(range(len(places)), key=lambda i: (_coarse(places[i]), abs(places[i].start - anchor)))
    return order[0]


def _coarse(claim: Claim) -> int:
    level = claim.value.level if isinstance(claim.value, Place) else "unknown"
    return {"point": 0, "settlement": 0, "near": 0, "district": 0, "unknown": 1, "region": 1, "province": 1}.get(level, 2)


def _list_from(first: int, places: Sequence[Claim], text: str) -> list[Claim]:
    chosen = [places[first]]
    for claim in places[first + 1 :]:
        between = text[chosen[-1].end : claim.start]
        if len(between) > _IN_LIST or any(mark in between for mark in ".;:"):
            break
        inner, outer = chosen[-1].value, claim.value
        if isinstance(inner, Place) and isinstance(outer, Place) and within(inner, outer):
            continue
        if not _listed(between):
            break
        chosen.append(claim)
    return chosen


def _listed(between: str) -> bool:
    words = between.replace(",", " ").split()
    return len(words) <= 3 and all(w in {"and", "&", "in", "the", "districts", "district", "as", "well", "also"} for w in words)


def days_of(draft: Draft) -> Claim | None:
    """The day claim of the incident: the first one of the best scene that has any, single days first."""
    for scene in ranked_scenes(draft):
        known = [c for c in scene.days if isinstance(c.value, Days) and c.value.first]
        if known:
            return min(known, key=lambda c: (_days(c).precision != "day", c.start))
    return None


def _days(claim: Claim) -> Days:
    assert isinstance(claim.value, Days)
    return claim.value


def kind_of(draft: Draft) -> Kind:
    """The kind with the most weight; words of scenes with figures count double, ties go by precedence."""
    weights: Counter[Kind] = Counter()
    for scene in draft.scenes:
        factor = 2 if scene.tolls else 1
        for kind, weight in scene.kinds:
            weights[kind] += weight * weight * factor
    if not weights:
        return "attack" if draft.tolls else "other"
    return max(weights, key=lambda k: (weights[k], -_KINDS.index(k)))


def role_of(draft: Draft, order: int, published: date | None) -> Role:
    """main: what the report is about; other: fresh news beside it; background: told as context."""
    chosen = days_of(draft)
    days = chosen.value if chosen is not None and isinstance(chosen.value, Days) else Days()
    first = draft.scenes[0]
    if published and days.last and published - days.last > OLD:
        return "background"
    if any(s.headline for s in draft.scenes) or order == 0:
        return "main"
    if "background" in first.cues:
        return "background"
    if "other" in first.cues:
        return "other"
    if first.passage.index <= 6:
        return "main"
    return "other" if days.first and published and published - days.first <= OLD else "background"


def actors_of(draft: Draft, tolls: Sequence[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Actors (who did it) and targets, by where they stand to the first word of harm and by the side harmed."""
    doers: dict[str, Claim] = {}
    hit: dict[str, Claim] = {}
    harmed = {c.value.side for c in tolls if hasattr(c.value, "side")}
    for scene in ranked_scenes(draft):
        for claim in scene.actors:
            actor = claim.value
            assert isinstance(actor, Actor)
            inside = any(t.start <= claim.start < t.end for t in scene.tolls)
            (hit if inside or actor.side in harmed and actor.side != "unspecified" else doers).setdefault(actor.neutral or actor.name, claim)
    return list(doers.values())[:3], list(hit.values())[:3]
