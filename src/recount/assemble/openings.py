"""What speaks for a scene that begins an incident of its own, rather than going on with one told before or telling none.

Scenes with figures are told apart from bare ones: bare ones show themselves by their words ("struck", "repelled an
attack on"), by a place and a day that no incident before them had, and by what they do not say ("could", "peace").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from recount.assemble.ages import age_of
from recount.assemble.choose_words import words_in, words_of
from recount.assemble.scenes import Scene
from recount.records import Actor, Days, Kind, Place, Report

if TYPE_CHECKING:
    from recount.assemble.drafts import Draft

_RANK = {"point": 0, "settlement": 0, "near": 0, "district": 0, "country": 2}
_NAMES = ("fine", "wide", "country")
_BEGINS = 60
"""Characters at the start of a scene whose first words are looked at."""
_AROUND = 40
"""Characters before and behind a word for a kind that are looked at."""
_MOST = 4


def traits(scene: Scene, counted: bool, drafts: Sequence[Draft], report: Report) -> list[str]:
    """What speaks for or against a new incident; `counted`: the scene has figures of one."""
    found = ["bias", *_of_place(scene, drafts), *_of_day(scene, drafts, report), *_of_kind(scene, drafts)]
    found += [*_of_order(scene, drafts), *_of_actors(scene), *_beginning(scene, report.text)]
    if not counted:
        found += _of_words(scene, report.text)
    return found


def _places(scene: Scene) -> list[Place]:
    return [c.value for c in scene.places if isinstance(c.value, Place)]


def _rank(place: Place) -> int:
    return _RANK.get(place.level, 1)


def _of_place(scene: Scene, drafts: Sequence[Draft]) -> Iterator[str]:
    places = _places(scene)
    dated = any(_known(scene))
    best = min(map(_rank, places), default=-1)
    level = _NAMES[best] if places else "none"
    yield f"place {level}"
    yield f"place {level}, {'day' if dated else 'no day'}"
    if places:
        told = {p.name for d in drafts for p in d.places}
        seen = any(p.name in told for p in places if _rank(p) == best)
        yield f"place {level} {'told before' if seen else 'new'}"


def _known(scene: Scene) -> list[Days]:
    return [c.value for c in scene.days if isinstance(c.value, Days) and c.value.first]


def _of_day(scene: Scene, drafts: Sequence[Draft], report: Report) -> Iterator[str]:
    days = _known(scene)
    if not days:
        yield "day none"
        return
    for age in {age_of(d, report.published) for d in days}:
        yield f"day {age}"
    told = {(d.first, d.last) for draft in drafts for d in draft.days}
    yield f"day {'told before' if any((d.first, d.last) in told for d in days) else 'new'}"


def _of_kind(scene: Scene, drafts: Sequence[Draft]) -> Iterator[str]:
    sure: dict[Kind, int] = {}
    for kind, weight in scene.kinds:
        sure[kind] = max(weight, sure.get(kind, 0))
    for kind, weight in sure.items():
        yield f"kind {kind} {weight}"
    yield f"surest {max(sure.values(), default=0)}"
    told = {kind for d in drafts for kind in d.kinds}
    yield f"kinds {'told before' if any(w >= 2 and k in told for k, w in sure.items()) else 'new'}"
    for cue in scene.cues - {"same"}:
        yield f"cue {cue}"
    if scene.goes_on:
        yield "cue same"


def _of_order(scene: Scene, drafts: Sequence[Draft]) -> Iterator[str]:
    yield f"drafts {min(len(drafts), 4)}"
    yield f"passage {min(scene.passage.index, 6)}"
    yield f"in {scene.passage.kind}"
    if drafts:
        yield f"gap {min(scene.passage.index - max(d.last for d in drafts), 4)}"


def _of_actors(scene: Scene) -> Iterator[str]:
    actors = [c.value for c in scene.actors if isinstance(c.value, Actor)]
    for side in {a.side for a in actors}:
        yield f"actor {side}"
    yield f"{min(3, len({a.neutral for a in actors}))} actors"


def _beginning(scene: Scene, text: str) -> Iterator[str]:
    words = words_of(text[scene.start : min(scene.end, scene.start + _BEGINS)])
    yield f"begins {' '.join(words[:1])!r}"
    yield f"begins {' '.join(words[:2])!r}"


def _of_words(scene: Scene, text: str) -> Iterator[str]:
    for word in words_in(text[scene.start : scene.end]):
        yield f"says {word}"
    sure = [c for c in scene.words if c.weight >= 2]
    for cue in sure[:_MOST]:
        before = ["^", "^", *words_of(text[max(scene.start, cue.start - _AROUND) : cue.start])][-2:]
        behind = [*words_of(text[cue.end : min(scene.end, cue.end + _AROUND)]), "$", "$"][:2]
        yield f"word {' '.join(words_of(text[cue.start : cue.end]))!r}"
        yield f"{cue.kind} after {before[-1]!r}"
        yield f"after {' '.join(before)!r}"
        yield f"{cue.kind} before {behind[0]!r}"
        yield f"before {' '.join(behind)!r}"
    yield f"{min(_MOST, len(sure))} kind words"
