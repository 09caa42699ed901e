"""Accounts that were told apart and are of one incident after all, seen once places and days are chosen.

Scenes are gathered one by one, before the place and day of an incident are chosen. Where two accounts then have one day, and
no word says that they are two incidents, they are one if they share a figure and a place, or a figure of which one is only the
headline's; and if a report tells of these two alone, of one place, with two speakers who contradict each other. An account
without a place, dated by nothing but the day on which somebody spoke, is an earlier count of what it contradicts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from recount.assemble.drafts import Draft
from recount.records import EventReport, TollLine
from recount.values.places import same_place, within

APART = frozenset({"separate", "other"})
"""Cue words of a scene that tell of another incident ("elsewhere", "in a second attack")."""
_SPOKE = re.compile(
    r"\b(?:said|stated|announced|reported|claimed|declared|confirmed|told [\w ]{2,30}?)"
    r"(?: in a (?:statement|report))?(?: (?:late|early|earlier))?(?: on)? $"
)
_REACH = 60
"""Characters before a day in which a word of speech is looked for."""


def rejoined(drafts: Sequence[Draft], told: Sequence[EventReport], text: str, headline_end: int) -> list[Draft]:
    """The drafts, with those of one incident put together, in order of first mention. `told` are their event reports."""
    homes = list(range(len(drafts)))
    for first, second in _pairs(drafts, told, text, headline_end):
        homes = [homes[first] if home == homes[second] else home for home in homes]
    groups: dict[int, list[Draft]] = {}
    for draft, home in zip(drafts, homes, strict=True):
        groups.setdefault(home, []).append(draft)
    return [_together(group) for group in groups.values()]


def _pairs(
    drafts: Sequence[Draft], told: Sequence[EventReport], text: str, headline_end: int
) -> Iterator[tuple[int, int]]:
    counted = [n for n, event in enumerate(told) if event.tolls and event.role != "background"]
    for i, first in enumerate(counted):
        for second in counted[i + 1 :]:
            if _is_apart(drafts[first], drafts[second]):
                continue
            by_two = _counted_by_two(told[first], told[second])
            if by_two and _only_spoken(drafts[second], text):
                yield first, second
            elif _one_day(told[first], told[second]):
                same = bool(_figures(told[first]) & _figures(told[second]))
                alike = same or (by_two and len(counted) == 2)
                if (alike and _one_place(told[first], told[second])) or (
                    same and _is_headline(drafts[first], headline_end)
                ):
                    yield first, second


def _is_apart(one: Draft, other: Draft) -> bool:
    later = max(one, other, key=lambda draft: draft.scenes[0].start)
    return not APART.isdisjoint(later.scenes[0].cues)


def _only_spoken(draft: Draft, text: str) -> bool:
    """Whether its words name no place, and no day but that on which somebody spoke: "the army said on Monday that"."""
    days = [claim for scene in draft.scenes for claim in scene.days]
    return (
        bool(days)
        and not any(scene.places for scene in draft.scenes)
        and all(_SPOKE.search(text, max(0, claim.start - _REACH), claim.start) for claim in days)
    )


def _one_day(one: EventReport, other: EventReport) -> bool:
    if one.days.first is None or other.days.first is None:
        return True
    return (one.days.first, one.days.last) == (other.days.first, other.days.last)


def _one_place(one: EventReport, other: EventReport) -> bool:
    pairs = ((a, b) for a in one.places for b in other.places if "country" not in (a.level, b.level))
    return any(same_place(a, b)[0] or within(a, b) or within(b, a) for a, b in pairs)


def _figures(event: EventReport) -> set[tuple[str, int | None]]:
    return {(line.toll.harm, _number(line)) for line in event.tolls if not line.subset}


def _number(line: TollLine) -> int | None:
    count = line.toll.count
    return count.low if count.low is not None else count.high


def _counted_by_two(one: EventReport, other: EventReport) -> bool:
    """Whether two who are named give figures for people of one harm and side, each in another account."""
    return any(
        a.toll.harm == b.toll.harm and a.toll.side == b.toll.side and a.by and b.by and a.by != b.by
        for a in one.tolls
        for b in other.tolls
        if not (a.subset or b.subset)
    )


def _is_headline(draft: Draft, headline_end: int) -> bool:
    """Whether only the headline tells of it."""
    return all(claim.start < headline_end for claim in draft.tolls)


def _together(group: Sequence[Draft]) -> Draft:
    if len(group) == 1:
        return group[0]
    whole = Draft(scenes=sorted((s for draft in group for s in draft.scenes), key=lambda s: s.start))
    whole.tolls = sorted((c for draft in group for c in draft.tolls), key=lambda c: c.start)
    whole.reasons = [*group[0].reasons, "one day and one place"]
    for draft in group:
        whole.places += draft.places
        whole.days += draft.days
        whole.kinds |= draft.kinds
        whole.names |= draft.names
    return whole
