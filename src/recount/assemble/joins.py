"""Whether a scene goes on with an incident told before: named features, and the weights that a fit gave them.

The weights are a readable table (`rules/judge/<lang>/joins.json`, fitted by `make train-judge`); a score above zero means
that scene and draft tell of one incident.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from recount.assemble.scenes import Scene, toll_of
from recount.records import Actor, Claim, Days, Place, Toll
from recount.rules import FOLDER
from recount.values.dates import overlap
from recount.values.places import same_place, within

if TYPE_CHECKING:
    from recount.assemble.drafts import Draft

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_PRONOUN = re.compile(r"(?:He|She|They|It|His|Her|Their|The|Those|These|This|“)\b")
_LONG = timedelta(days=20)


@cache
def join_weights(language: str = "en") -> dict[str, float]:
    """Feature → weight in log-odds; `bias` is added to every score."""
    return msgspec.json.decode((FOLDER / "judge" / language / "joins.json").read_bytes(), type=dict[str, float])


def score_of(features: Sequence[str], weights: dict[str, float]) -> float:
    """Log-odds that scene and draft tell of one incident."""
    return weights["bias"] + sum(weights.get(name, 0.0) for name in features)


def features_of(scene: Scene, tolls: Sequence[Claim], draft: Draft, drafts: Sequence[Draft], text: str) -> list[str]:
    """The named features of a scene and a draft."""
    return [
        *_figures(tolls, draft),
        *_places(scene, draft),
        *_days(scene, draft),
        *_kinds(scene, draft),
        *_actors(scene, draft),
        *_cues(scene, draft),
        *_order(scene, draft, drafts),
        *_words(scene, draft, text),
    ]


def _figures(tolls: Sequence[Claim], draft: Draft) -> Iterator[str]:
    mine, theirs = [toll_of(c) for c in tolls], [toll_of(c) for c in draft.tolls]
    if not mine or not theirs:
        yield "no figures to compare"
        return
    shared = [a for a in mine for b in theirs if a.harm == b.harm and a.count == b.count]
    if shared:
        yield "same figure above two" if any(_size(t) > 2 for t in shared) else "same small figure"
        if any(a.side == b.side for a in shared for b in theirs if a.harm == b.harm and a.count == b.count):
            yield "same figure and side"
    elif any(a.harm == b.harm and a.side == b.side for a in mine for b in theirs):
        yield "other figure, same harm and side"
    elif {t.harm for t in mine} & {t.harm for t in theirs}:
        yield "other figure, other side"
    else:
        yield "other harm"


def _size(toll: Toll) -> int:
    return toll.count.low if toll.count.low is not None else toll.count.high or 0


def _fine(claims: Sequence[Claim]) -> list[Place]:
    return [c.value for c in claims if isinstance(c.value, Place) and c.value.level != "country"]


def _places(scene: Scene, draft: Draft) -> Iterator[str]:
    mine = _fine(scene.places)
    theirs = [p for s in draft.scenes for p in _fine(s.places)]
    if not mine or not theirs:
        yield "scene has no place" if not mine else "draft has no place"
    elif any(a.name == b.name or same_place(a, b)[0] for a in mine for b in theirs):
        yield "same place"
        if any(a.name == b.name or same_place(a, b)[0] for a in mine[:1] for b in theirs[:1]):
            yield "same first place"
    elif any(within(a, b) or within(b, a) for a in mine for b in theirs):
        yield "one place inside the other"
    else:
        yield "other place"
    one, two = _countries(scene.places), {c for s in draft.scenes for c in _countries(s.places)}
    if one and two and not one & two:
        yield "other country"


def _countries(claims: Sequence[Claim]) -> set[str]:
    return {c.value.country for c in claims if isinstance(c.value, Place) and c.value.country}


def _days(scene: Scene, draft: Draft) -> Iterator[str]:
    mine = [c.value for c in scene.days if isinstance(c.value, Days)]
    theirs = [c.value for s in draft.scenes for c in s.days if isinstance(c.value, Days)]
    one, two = [d for d in mine if d.first], [d for d in theirs if d.first]
    if any(d.precision in ("month", "year") for d in one):
        yield "scene dated to month or year"
    if not one or not two:
        yield "scene has no day" if not one else "draft has no day"
        return
    if any(a == b and a.precision == "day" for a in one for b in two):
        yield "same single day"
    elif any(overlap(a, b) for a in one for b in two):
        yield "days overlap"
    else:
        yield "other day"
        if all(abs(a.first - b.first) > _LONG for a in one for b in two if a.first and b.first):
            yield "days far apart"


def _kinds(scene: Scene, draft: Draft) -> Iterator[str]:
    mine = {k for k, w in scene.kinds if w >= 2}
    theirs = {k for s in draft.scenes for k, w in s.kinds if w >= 2}
    if mine and theirs:
        yield "same kind" if mine & theirs else "other kind"
    else:
        yield "scene has no kind" if not mine else "draft has no kind"


def _actors(scene: Scene, draft: Draft) -> Iterator[str]:
    mine = {c.value.neutral for c in scene.actors if isinstance(c.value, Actor)}
    theirs = {c.value.neutral for s in draft.scenes for c in s.actors if isinstance(c.value, Actor)}
    if mine and theirs:
        yield "same actor" if mine & theirs else "other actors"


def _cues(scene: Scene, draft: Draft) -> Iterator[str]:
    for name in ("same", "separate", "background", "other", "statistic_weak", "statistic_strong"):
        if name in scene.cues:
            yield f"cue {name}"
    if scene.headline:
        yield "scene is headline"
    if draft.scenes[0].headline:
        yield "draft has headline"


def _order(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Iterator[str]:
    gap = scene.passage.index - draft.last
    yield f"gap {gap if gap <= 3 else '4-6' if gap <= 6 else '7-12' if gap <= 12 else 'over 12'}"
    latest = max(drafts, key=lambda d: d.last)
    yield "latest draft" if draft is latest else "not latest draft"
    if "same" in scene.cues and draft is latest:
        yield "cue same and latest"
    if draft is drafts[0]:
        yield "first draft"
    if len(drafts) == 1:
        yield "only draft"
    if not scene.places and not scene.days:
        yield "no place and no day"
        if draft is latest:
            yield "no place and no day, latest"


def _words(scene: Scene, draft: Draft, text: str) -> Iterator[str]:
    mine = set(_NAME.findall(text[scene.passage.start : scene.passage.end]))
    theirs = {w for s in draft.scenes for w in _NAME.findall(text[s.passage.start : s.passage.end])}
    shared = len(mine & theirs)
    yield f"shared names {min(shared, 4)}"
    if _PRONOUN.match(text, scene.passage.start):
        yield "begins with pronoun or the"
