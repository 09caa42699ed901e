"""Which places, day, kind and role each draft of a report gets, each with the traits that decided.

Rules propose (every place and day that the report names, every kind, every role); fitted tables of readable traits
weigh them (`rules/judge/<lang>/places.json`, `days.json`, `kinds.json`, `roles.json`, written by
`scripts/train_choices.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple, cast

from recount.assemble import choose_days, choose_kind, choose_places, choose_role
from recount.assemble.choose_actors import actors_of, ranked_scenes
from recount.assemble.choose_frame import Frame
from recount.assemble.choose_table import Why, ballot, tables, total
from recount.assemble.choose_view import Mention, View
from recount.assemble.drafts import Draft
from recount.assemble.scenes import CueWord, Scene
from recount.records import Claim, Days, Kind, Place, Report, Role
from recount.values.places import within

__all__ = ["Choice", "actors_of", "choices_of"]


NEWS = -0.6
"""Log-odds above which a report brings news."""
TraitsOf = Callable[[View, Sequence[Claim], Mention], list[str]]


class Choice(NamedTuple):
    """What is chosen for one draft; `why` tells, for place, day, kind and role, what decided."""

    places: tuple[Claim, ...]
    day: Claim | None
    kind: Kind
    role: Role
    why: dict[str, Why]


class Picked(NamedTuple):
    """A claim, or none, and why."""

    claim: Claim | None
    why: Why


def choices_of(
    report: Report, scenes: Sequence[Scene], drafts: Sequence[Draft], cues: Sequence[CueWord], language: str = "en"
) -> list[Choice]:
    """One choice a draft, in order. `scenes` are all scenes of the report, `cues` all its cue words."""
    if not drafts:
        return []
    frame = Frame(report, scenes, drafts, cues)
    views = [View(frame, number) for number in range(len(drafts))]
    places, days = places_for(views, language), days_for(views, language)
    kinds = [kind_for(view, language) for view in views]
    roles = roles_for(views, [d.claim for d in days], language)
    return [
        Choice(
            places=tuple(choose_places.parts_named(view, place.claim) or choose_places.listed(view, place.claim))
            if place.claim
            else (),
            day=day.claim,
            kind=kind,
            role=role,
            why={"place": place.why, "day": day.why, "kind": kind_why, "role": role_why},
        )
        for view, place, day, (kind, kind_why), (role, role_why) in zip(views, places, days, kinds, roles, strict=True)
    ]


_SHORT = 600
"""Characters up to which a report is too short to be about anything but what it tells."""


def places_for(views: Sequence[View], language: str = "en") -> list[Picked]:
    """For each draft the place with the most weight; none where the report names none."""
    weights = tables("places", language)["place"]
    named = choose_places.named_places(views[0].frame)
    return [_best(view, named, choose_places.traits, weights, Picked(None, Why((), weights))) for view in views]


def days_for(views: Sequence[View], language: str = "en") -> list[Picked]:
    """For each draft the day with the most weight; none where having none weighs more."""
    weights = tables("days", language)["day"]
    named = choose_days.named_days(views[0].frame)
    nones = [Picked(None, Why(tuple(choose_days.no_day(view)), weights)) for view in views]
    return [
        _best(view, [row for row in named if choose_days.may_date(view, row)], choose_days.traits, weights, none)
        for view, none in zip(views, nones, strict=True)
    ]


def _best(
    view: View, named: Sequence[Sequence[Claim]], traits_of: TraitsOf, weights: Mapping[str, float], none: Picked
) -> Picked:
    """The candidate with the most weight, or `none` where its traits weigh more."""
    best = total(none.why.traits, weights) if none.why.traits else float("-inf")
    found = none
    for mentions, nearest in view.candidates(named):
        traits = (*traits_of(view, mentions, nearest), *view.around(mentions, nearest))
        score = total(traits, weights)
        if score > best:
            best, found = score, Picked(nearest.claim, Why(traits, weights))
    return found


def kind_for(view: View, language: str = "en") -> tuple[Kind, Why]:
    """The kind with the most weight among those that some word of the report names."""
    kinds = ballot("kinds", language)
    traits = tuple(choose_kind.traits(view))
    scores = kinds.scores(traits)
    told = {"attack", "other", *view.frame.kinds_named}
    kind = max((name for name in scores if name in told), key=lambda name: scores[name])
    return kind, Why(traits, kinds.tables[kind])


def roles_for(views: Sequence[View], days: Sequence[Claim | None], language: str = "en") -> list[tuple[Role, Why]]:
    """The roles of all drafts. A report without news has background only; one with news has some draft that is news."""
    frame = views[0].frame
    if len(frame.text) <= _SHORT:
        by_rule = [role_of(view.draft, view.number, frame.report.published) for view in views]
        return [(role, Why((f"short report: {role} by rule",), {})) for role in by_rule]
    roles, news = ballot("roles", language, left_out="news"), tables("roles", language)["news"]
    opening = tuple(choose_role.news(frame, days))
    if total(opening, news) <= NEWS:
        return [("background", Why(opening, news))] * len(views)
    told = [tuple(choose_role.traits(view, day)) for view, day in zip(views, days, strict=True)]
    scores = [roles.scores(traits) for traits in told]
    chosen = [max(score, key=lambda role: score[role]) for score in scores]
    if set(chosen) == {"background"}:
        margins = [max(s["main"], s["other"]) - s["background"] for s in scores]
        best = margins.index(max(margins))
        chosen[best] = "main" if scores[best]["main"] >= scores[best]["other"] else "other"
    return [(cast(Role, role), Why(traits, roles.tables[role])) for role, traits in zip(chosen, told, strict=True)]


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
