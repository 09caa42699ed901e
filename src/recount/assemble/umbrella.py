"""Umbrella and parts inside one report: "41 in A and B … 30 in A … 11 in B"."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from recount.records import EventReport, Toll
from recount.values.places import same_place


def with_umbrellas(events: Sequence[EventReport]) -> list[EventReport]:
    """The same event reports, those inside a larger one marked as part of it."""
    parent: dict[str, str] = {}
    for whole in events:
        parts = [e for e in events if e.id != whole.id and e.id not in parent and _inside(e, whole)]
        if len(parts) >= 2 and _sums(whole, parts):
            parent.update({part.id: whole.id for part in parts})
    return [msgspec.structs.replace(e, part_of=parent[e.id]) if e.id in parent else e for e in events]


def _inside(part: EventReport, whole: EventReport) -> bool:
    if len(whole.places) < 2 or not part.places:
        return False
    return all(any(same_place(p, w)[0] or p.name == w.name for w in whole.places) for p in part.places)


def _sums(whole: EventReport, parts: Sequence[EventReport]) -> bool:
    for line in whole.tolls:
        found = [_same(line.toll, part) for part in parts]
        if all(n is not None for n in found) and sum(n for n in found if n) == line.toll.count.low:
            return True
    return False


def _same(toll: Toll, part: EventReport) -> int | None:
    return next((t.toll.count.low for t in part.tolls if (t.toll.harm, t.toll.side) == (toll.harm, toll.side)), None)
