"""Whether a scene goes on with an incident told before: named features, and the weights that a fit gave them.

The weights are readable tables (`rules/judge/<lang>/joins.json`, fitted by `make train-judge`), one for scenes with
figures and one for bare scenes; a draft is gone on with where it weighs more than every other reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from recount.assemble.choose_table import tables
from recount.assemble.choose_words import words_of
from recount.assemble.scenes import Scene, toll_of
from recount.records import Actor, Claim, Days, Place, Toll
from recount.values.dates import overlap
from recount.values.places import same_place, within

if TYPE_CHECKING:
    from recount.assemble.drafts import Draft

_NAME = re.compile(r"\b[A-Z][a-z]{3,}\b")
_PRONOUN = re.compile(r"(?:He|She|They|It|His|Her|Their|The|Those|These|This|“)\b")
_LONG = timedelta(days=20)
_BEGINS = 40
"""Characters at the start of a scene whose first word is looked at."""


def join_tables(language: str = "en") -> dict[str, dict[str, float]]:
    """The tables of `joins.json`: what is weighed → trait → weight in log-odds."""
    return tables("joins", language)


def names_of(scene: Scene, text: str) -> set[str]:
    """The capitalised words of a scene."""
    return set(_NAME.findall(text, scene.start, scene.end))


def features_of(scene: Scene, tolls: Sequence[Claim], draft: Draft, drafts: Sequence[Draft], text: str) -> list[str]:
    """The named features of a scene and a draft; `drafts` are all drafts so far."""
    figures, places, days = list(_figures(tolls, draft)), list(_places(scene, draft)), list(_days(scene, draft))
    kinds = list(_kinds(scene, draft))
    return [
        "bias",
        *figures,
        *places,
        *days,
        *kinds,
        *_actors(scene, draft),
        *_cues(scene, draft),
        *_order(scene, draft, drafts),
        *_words(scene, draft, drafts, text),
        *together(scene, draft, draft is max(drafts, key=lambda d: d.last), figures, places, days, kinds),
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
    theirs = [p for p in draft.places if p.level != "country"]
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
    one, two = _countries(scene.places), {p.country for p in draft.places if p.country}
    if one and two and not one & two:
        yield "other country"


def _countries(claims: Sequence[Claim]) -> set[str]:
    return {c.value.country for c in claims if isinstance(c.value, Place) and c.value.country}


def _days(scene: Scene, draft: Draft) -> Iterator[str]:
    mine = [c.value for c in scene.days if isinstance(c.value, Days)]
    one, two = [d for d in mine if d.first], draft.days
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
    theirs = draft.kinds
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
    for name in ("separate", "background", "other", "earlier", "statistic_weak", "statistic_strong"):
        if name in scene.cues:
            yield f"cue {name}"
    if scene.goes_on:
        yield "cue same"
    if scene.headline:
        yield "scene is headline"
    if draft.scenes[0].headline:
        yield "draft has headline"


def _gap(scene: Scene, draft: Draft) -> str:
    gap = scene.passage.index - draft.last
    return f"gap {gap if gap <= 3 else '4-6' if gap <= 6 else '7-12' if gap <= 12 else 'over 12'}"


def _order(scene: Scene, draft: Draft, drafts: Sequence[Draft]) -> Iterator[str]:
    yield _gap(scene, draft)
    latest = max(drafts, key=lambda d: d.last)
    yield "latest draft" if draft is latest else "not latest draft"
    if scene.goes_on and draft is latest:
        yield "cue same and latest"
    if draft is drafts[0]:
        yield "first draft"
    if len(drafts) == 1:
        yield "only draft"
    if not scene.places and not scene.days:
        yield "no place and no day"
        if draft is latest:
            yield "no place and no day, latest"


def _words(scene: Scene, draft: Draft, drafts: Sequence[Draft], text: str) -> Iterator[str]:
    mine = names_of(scene, text)
    yield f"shared names {min(len(mine & draft.names), 4)}"
    yield f"names new {min(3, len(mine - set().union(*[d.names for d in drafts])))}"
    yield f"{min(len(drafts), 4)} drafts"
    if "earlier" in scene.cues:
        return
    if _PRONOUN.match(text, scene.start):
        yield "begins with pronoun or the"
    first = words_of(text[scene.start : min(scene.end, scene.start + _BEGINS)])[:1]
    yield f"begins {' '.join(first)!r}, {'latest' if draft is max(drafts, key=lambda d: d.last) else 'not latest'}"


def together(
    scene: Scene,
    draft: Draft,
    latest: bool,
    figures: Sequence[str],
    places: Sequence[str],
    days: Sequence[str],
    kinds: Sequence[str],
) -> Iterator[str]:
    """What only two facts together tell: "same place, other day"; "same figure, next passage"."""
    place, kind = places[0], kinds[0]
    day = next(name for name in days if name != "scene dated to month or year")
    figure = figures[-1] + (" above two" if "same figure above two" in figures else "")
    where = "latest" if latest else "not latest"
    told = "counted" if draft.tolls else "bare"
    yield f"{place}, {day}"
    yield f"{place}, {kind}"
    yield f"{place}, {figure}"
    yield f"{day}, {figure}"
    yield f"{figure}, {_gap(scene, draft)}"
    yield f"{figure}, {where}"
    yield f"{place}, {where}"
    yield f"{place}, {day}, {where}"
    yield f"draft {told}"
    yield f"draft {told}, {place}"
    if draft.scenes[0].headline:
        yield f"headline, {figure}"
        yield f"headline, {place}, {day}"
        yield f"headline, passage {min(scene.passage.index, 4)}"
    yield f"{'same' if draft.scenes[-1].passage.paragraph == scene.passage.paragraph else 'other'} paragraph"
    if draft.last == scene.passage.index:
        yield "same passage"
