"""Where an incident happened: every place that the report names is weighed from the standpoint of a draft."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recount.assemble.choose_frame import Frame, place_of
from recount.assemble.choose_places_traits import coarse, ties
from recount.assemble.choose_view import Mention, View
from recount.records import Claim, Place
from recount.values.places import within

_JOINING = frozenset(
    {",", "and", "&", "in", "the", "districts", "district", "as", "well", "also", "near", "town", "area", "village"}
    | {"or", "both", "regions", "cities"}
)
_PART = re.compile(r"\w+|[^\w\s]")


def named_places(frame: Frame) -> list[list[Claim]]:
    """The place claims of the report gathered by name, in the order of first mention."""
    found: dict[str, list[Claim]] = {}
    for claim in frame.places:
        found.setdefault(place_of(claim).name.lower(), []).append(claim)
    return list(found.values())


def traits(view: View, mentions: Sequence[Claim], nearest: Mention) -> list[str]:
    """What speaks for or against a place as that of the draft, the words around it left out."""
    return [*_of_place(view, mentions, nearest), *_of_mention(view, nearest), *ties(view, mentions, nearest)]


def _level(place: Place) -> str:
    return "fine" if coarse(place) == 0 else place.level


def _of_mention(view: View, mention: Mention) -> Iterator[str]:
    claim, place = mention.claim, place_of(mention.claim)
    level, near = _level(place), "here" if mention.told else "away"
    yield f"stands {mention.relation}"
    yield f"{level} stands {mention.relation}"
    if view.frame.passages[claim.passage].kind == "headline":
        yield f"{level} in headline"
    if any(c.start <= claim.start and claim.end <= c.end for c in view.actors.get(claim.passage, ())):
        yield "inside an actor's name"
    if mention.told:
        gap = view.gap(claim)
        yield gap
        yield f"{level} {gap}"
    row = view.frame.places_in[claim.passage]
    yield f"{near} place {min(4, sum(c.start < claim.start for c in row))} of its passage"
    finer = [c for c in row if coarse(place_of(c)) < coarse(place)]
    if not finer:
        first = next(c for c in row if coarse(place_of(c)) == coarse(place))
        yield f"{near} {level} finest of its passage"
        yield f"{near} {'first' if first.start == claim.start else 'later'} of the finest"
    else:
        same = any(place_of(c).country == place.country for c in finer)
        yield f"{near} {level} beside a finer place{' of its country' if same else ''}"


def _of_place(view: View, mentions: Sequence[Claim], nearest: Mention) -> Iterator[str]:
    place, here = place_of(nearest.claim), sum(c.start in view.inside for c in mentions)
    level = _level(place)
    yield f"level {level}"
    yield f"{level} named {min(len(mentions), 5)} times"
    yield f"named {min(here, 4)} times in its story"
    rivals = [place_of(c) for s in view.draft.scenes for c in s.places]
    finer = [r for r in rivals if coarse(r) < coarse(place)]
    if finer:
        yield f"{level} coarser than another told of"
    if any(r.country == place.country for r in finer):
        yield f"{level} coarser than another of its country"
    if any((r.country, r.admin1) == (place.country, place.admin1) for r in finer):
        yield f"{level} coarser than another of its province"
    if min(c.passage for c in mentions) <= view.frame.lead:
        yield f"{level} in headline or lead, draft {min(view.number, 2)}"
        if len(view.frame.drafts) == 1:
            yield f"{level} in headline or lead of an only draft"
    others = {n for c in mentions for n in view.frame.tellers.get(c.passage, ()) if n != view.number}
    yield f"told of by {min(len(others), 2)} others, {'here too' if here else 'not here'}"
    if not rivals:
        yield f"no place in its story: {level}"


def listed(view: View, chosen: Claim) -> list[Claim]:
    """The chosen place and those that stand in one list with it ("in A, B and C"), in the order of the text."""
    row = view.frame.places_in[chosen.passage]
    at = next(n for n, c in enumerate(row) if c.start == chosen.start)
    found = [chosen]
    for way in (row[at + 1 :], row[:at][::-1]):
        last = chosen
        for claim in way:
            if not _joined(view.frame.text, last, claim):
                break
            last = claim
            if _belongs(place_of(claim), [place_of(c) for c in found]):
                found.append(claim)
    return sorted(found, key=lambda c: c.start)


_FINE = frozenset({"point", "settlement", "near", "district"})


def parts_named(view: View, chosen: Claim) -> list[Claim]:
    """For the topic of a report told of a province: the towns or districts of it that a passage of its own lists.

    "34 were killed in the province … the operations were carried out in A, B and C": the report ties it to the three.
    """
    if view.number or place_of(chosen).level not in ("province", "region"):
        return []
    frame = view.frame
    others = {s.passage.index for d in frame.drafts if d is not view.draft for s in d.scenes}
    for index in sorted(set(frame.places_in) - others):
        told = any(c.weight >= 2 for c in frame.kind_words(frame.passages[index]))
        for claim in frame.places_in[index] if told else ():
            row = listed(view, claim)
            if len(row) > 1 and all(place_of(c).level in _FINE and within(place_of(c), place_of(chosen)) for c in row):
                return row
    return []


def _joined(text: str, one: Claim, other: Claim) -> bool:
    left, right = (one, other) if one.start < other.start else (other, one)
    return set(_PART.findall(text[left.end : right.start].lower())) <= _JOINING


def _belongs(place: Place, held: Sequence[Place]) -> bool:
    """Whether a place of the list is one more, not a larger area that holds another or one already named."""
    wide = place.level in ("province", "region", "country") or len(held) == 1
    if any(place.name.lower() == p.name.lower() or (wide and within(p, place)) for p in held):
        return False
    return place.level != "country" or any(p.level == "country" for p in held)
