"""Which places, day, kind and role each draft of a report gets, each with the traits that decided.

Rules propose (every place and day that the report names, every kind, every role); fitted tables of readable traits
weigh them (`rules/judge/<lang>/places.json`, `days.json`, `kinds.json`, `roles.json`, written by
`scripts/train_choices.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple, cast

from recount.assemble import choose_days, choose_kind, choose_places, choose_role
from recount.assemble.choose_actors import actors_of, ranked_scenes
from recount.assemble.choose_frame import Frame
from recount.assemble.choose_table import reasons, tables, total
from recount.assemble.choose_view import View
from recount.assemble.drafts import Draft
from recount.assemble.scenes import CueWord, Scene
from recount.records import Claim, Days, Kind, Place, Report, Role
from recount.values.places import within

__all__ = ["Choice", "actors_of", "choices_of"]


class Choice(NamedTuple):
    """What is chosen for one draft; `reasons` names, by what was chosen, the traits that weighed most."""

    places: tuple[Claim, ...]
    day: Claim | None
    kind: Kind
    role: Role
    reasons: dict[str, tuple[str, ...]]


class Picked(NamedTuple):
    """A claim, or none, and why."""

    claim: Claim | None
    reasons: tuple[str, ...]


def choices_of(
    report: Report, scenes: Sequence[Scene], drafts: Sequence[Draft], cues: Sequence[CueWord], language: str = "en"
) -> list[Choice]:
    """One choice a draft, in order. `scenes` are all scenes of the report, `cues` all its cue words."""
    if not drafts:
        return []
    frame = Frame(report, scenes, drafts, cues)
    views = [View(frame, number) for number in range(len(drafts))]
    places = [place_for(view, language) for view in views]
    days = [day_for(view, language) for view in views]
    kinds = [kind_for(view, language) for view in views]
    roles = roles_for(views, [d.claim for d in days], language)
    return [
        Choice(
            places=tuple(choose_places.listed(view, place.claim)) if place.claim else (),
            day=day.claim,
            kind=kind,
            role=role,
            reasons={"place": place.reasons, "day": day.reasons, "kind": kind_why, "role": role_why},
        )
        for view, place, day, (kind, kind_why), (role, role_why) in zip(views, places, days, kinds, roles, strict=True)
    ]


def place_for(view: View, language: str = "en") -> Picked:
    """The place with the most weight; none where the report names none."""
    weights = tables("places", language)["place"]
    best, found = float("-inf"), None
    why: list[str] = []
    for mentions in choose_places.named_places(view.frame):
        traits = choose_places.traits(view, mentions)
        score = total(traits, weights)
        if score > best:
            best, found, why = score, view.nearest(mentions)[0].claim, traits
    return Picked(found, reasons(why, weights))


def day_for(view: View, language: str = "en") -> Picked:
    """The day with the most weight; none where having none weighs more."""
    weights = tables("days", language)["day"]
    why = choose_days.no_day(view)
    best, found = total(why, weights), None
    for mentions in choose_days.named_days(view.frame):
        traits = choose_days.traits(view, mentions)
        score = total(traits, weights)
        if score > best:
            best, found, why = score, view.nearest(mentions)[0].claim, traits
    return Picked(found, reasons(why, weights))


def kind_for(view: View, language: str = "en") -> tuple[Kind, tuple[str, ...]]:
    """The kind with the most weight."""
    traits, rows = choose_kind.traits(view), tables("kinds", language)
    kind = max(sorted(rows), key=lambda name: total(traits, rows[name]))
    return cast(Kind, kind), reasons(traits, rows[kind])


def roles_for(
    views: Sequence[View], days: Sequence[Claim | None], language: str = "en"
) -> list[tuple[Role, tuple[str, ...]]]:
    """The roles of all drafts. A report without news has background only; one with news has some draft that is news."""
    rows = tables("roles", language)
    table = {role: rows[role] for role in ("main", "other", "background")}
    told = [choose_role.traits(view, day) for view, day in zip(views, days, strict=True)]
    scores = [{role: total(traits, row) for role, row in table.items()} for traits in told]
    opening = choose_role.news(views[0].frame, days)
    fresh = total(opening, rows["news"]) > 0
    chosen = [max(score, key=lambda role: score[role]) if fresh else "background" for score in scores]
    if fresh and set(chosen) == {"background"}:
        margins = [max(s["main"], s["other"]) - s["background"] for s in scores]
        best = margins.index(max(margins))
        chosen[best] = "main" if scores[best]["main"] >= scores[best]["other"] else "other"
    return [
        (cast(Role, role), reasons(traits, table[role]) if fresh else reasons(opening, rows["news"]))
        for role, traits in zip(chosen, told, strict=True)
    ]


# ---- by rule alone

_KINDS: tuple[Kind, ...] = ("airstrike", "bombing", "shelling", "abduction", "operation", "clash", "riot", "attack")
OLD = timedelta(days=7)
_IN_LIST = 60
"""Characters between two places that still stand in one list."""


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
    return {"point": 0, "settlement": 0, "near": 0, "district": 0, "unknown": 1, "region": 1, "province": 1}.get(
        level, 2
    )


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
    return len(words) <= 3 and all(
        w in {"and", "&", "in", "the", "districts", "district", "as", "well", "also"} for w in words
    )


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
