"""Which incident is part of a larger one: an umbrella told in one report, or an operation found across reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from recount.link.compare_names import meet
from recount.link.profile import WIDE, Profile
from recount.records import EventReport, Harm, Incident, Side
from recount.values.counts import point

LONGEST = 21  # days: a longer span is a campaign or a statistic, no operation
WIDE_WORDS = frozenset(
    {"coordinated", "simultaneous", "series", "wave", "multiple", "operations", "offensive", "campaign", "across"}
)
Parts = dict[str, tuple[str, str]]
Views = Mapping[str, Sequence[Profile]]


def with_operations(
    incidents: Sequence[Incident], events: Mapping[str, EventReport], profiles: Mapping[str, Profile]
) -> list[Incident]:
    """The incidents, each with the operation that it is part of and the reason."""
    parts = _told(incidents, events)
    for incident, whole, reason in _found(incidents, profiles, parts):
        if not _above(whole, incident, parts):
            parts[incident] = (whole, reason)
    return [
        msgspec.structs.replace(i, part_of=parts[i.id][0], part_reason=parts[i.id][1]) if i.id in parts else i
        for i in incidents
    ]


def _above(whole: str, incident: str, parts: Parts) -> bool:
    """Whether `whole` is, or already lies under, `incident`."""
    seen = whole
    while seen != incident:
        if seen not in parts:
            return False
        seen = parts[seen][0]
    return True


def _told(incidents: Sequence[Incident], events: Mapping[str, EventReport]) -> Parts:
    """Parts that a report itself tells of; the umbrella that most reports name, then the smaller id."""
    home = {event: i.id for i in incidents for event in i.event_reports}
    parts: Parts = {}
    for incident in incidents:
        votes = Counter(
            home[umbrella]
            for e in incident.event_reports
            if (umbrella := events[e].part_of) in home and home[umbrella or ""] != incident.id
        )
        if votes:
            whole = min(votes, key=lambda w: (-votes[w], w))
            if not _above(whole, incident.id, parts):
                parts[incident.id] = (whole, f"{votes[whole]} report(s) tell of it as part of the larger one.")
    return parts


def _found(incidents: Sequence[Incident], profiles: Mapping[str, Profile], told: Parts) -> list[tuple[str, str, str]]:
    """Parts found by comparing incidents of one country and time; each with the smallest whole that holds it."""
    views = {i.id: [profiles[e] for e in i.event_reports] for i in incidents}
    holding = _wholes_by_day(incidents, views)
    found = []
    for incident in incidents:
        view = views[incident.id]
        window = None if incident.id in told else _window(view)
        if window is None:
            continue
        near = {w for p in view for w in holding.get((p.country, window[0]), ()) if w != incident.id}
        fitting = [(w, r) for w in near if (r := _reason(view, views[w]))]
        if fitting:
            whole, reason = min(fitting, key=lambda t: (_span(views[t[0]]), _size(views[t[0]]), t[0]))
            found.append((incident.id, whole, reason))
    return found


class Span(NamedTuple):
    """First and last day (numbers) of an incident's accounts in one country, and whether it can hold others."""

    incident: str
    country: str
    first: int
    last: int
    wide: bool


def spans_of(incident: str, view: Sequence[Profile]) -> list[Span]:
    """The spans of an incident, one for each country that its accounts name."""
    wide, found = _is_wide(view), []
    for country in sorted({p.country for p in view if p.country}):
        window = _window([p for p in view if p.country == country])
        if window:
            found.append(Span(incident, country, *window, wide))
    return found


def _wholes_by_day(incidents: Sequence[Incident], views: Views) -> dict[tuple[str | None, int], list[str]]:
    """The incidents that can hold others, by country and each day that one account of them spans."""
    found: dict[tuple[str | None, int], list[str]] = {}
    for incident in incidents:
        if _is_wide(views[incident.id]):
            spans = {(p.country, w) for p in views[incident.id] if p.country and (w := _window([p]))}
            cells = {
                (c, day) for c, (first, last) in spans if last - first <= LONGEST for day in range(first, last + 1)
            }
            for cell in cells:
                found.setdefault(cell, []).append(incident.id)
    return found


def _is_wide(view: Sequence[Profile]) -> bool:
    """Whether an incident can hold others: several places, a region, several days, or words such as "coordinated"."""
    return any(
        len(p.spots) > 1
        or any(s.level in WIDE for s in p.spots)
        or ((p.last or 0) > (p.first or 0))
        or bool(WIDE_WORDS & set(p.label.casefold().split()))
        for p in view
    )


def _window(view: Sequence[Profile]) -> tuple[int, int] | None:
    known = [(p.first, p.last if p.last is not None else p.first) for p in view if p.first is not None]
    if not known:
        return None
    return min(first for first, _ in known), max(last for _, last in known if last is not None)


def _span(view: Sequence[Profile]) -> int:
    window = _window(view)
    return window[1] - window[0] if window else 0


def _reason(part: Sequence[Profile], whole: Sequence[Profile]) -> str | None:
    """Why the one is part of the other, in a sentence; None where it is not."""
    inner = _window(part)
    outer = next((w for p in whole if (w := _window([p])) and inner and w[0] <= inner[0] and inner[1] <= w[1]), None)
    if outer is None or outer[1] - outer[0] > LONGEST or not _same_fight(part, whole):
        return None
    if _contradicts(part, whole):
        return None
    if inner != outer and _is_phase(part, whole):
        return "Its days lie inside those of the longer operation in the same region."
    larger = _larger(part, whole)
    return (
        f"Its place and day lie inside the larger one's, which {larger}." if larger and _inside(part, whole) else None
    )


def _same_fight(part: Sequence[Profile], whole: Sequence[Profile]) -> bool:
    """Same country, and no two groups named for the same role; an operation answers attacks of the other side."""
    if not {p.country for p in part} & {w.country for w in whole} - {None}:
        return False
    if any((p.kind == "operation") != (w.kind == "operation") for p in part for w in whole):
        return True
    named, other = {a for p in part for a in p.actors}, {a for w in whole for a in w.actors}
    return not (named and other) or meet(frozenset(named), frozenset(other))


def _is_phase(part: Sequence[Profile], whole: Sequence[Profile]) -> bool:
    """Whether the part is a phase of an operation over several days in one region that both name."""
    shared = {s.key for p in part for s in p.spots} & {s.key for w in whole for s in w.spots}
    regions = {s.key for w in whole for s in w.spots if s.level in WIDE or s.key == w.admin1}
    told_so = any(w.kind == "operation" or WIDE_WORDS & set(w.label.casefold().split()) for w in whole)
    return told_so and bool(shared & regions)


def _inside(part: Sequence[Profile], whole: Sequence[Profile]) -> bool:
    names = {s.key for w in whole for s in w.spots}
    inner = {s.key for p in part for s in p.spots}
    around = {x for p in part for s in p.spots for x in s.inside} | {p.admin1 for p in part if p.admin1}
    return bool(inner) and (inner < names or bool(around & names))


def _figures(view: Sequence[Profile]) -> dict[tuple[Harm, Side], int]:
    best: dict[tuple[Harm, Side], int] = {}
    for harm, side, count in (f for p in view for f in p.figures):
        best[harm, side] = max(best.get((harm, side), 0), point(count) or 0)
    return best


def _size(view: Sequence[Profile]) -> int:
    return sum(_figures(view).values())


def _larger(part: Sequence[Profile], whole: Sequence[Profile]) -> str | None:
    """The whole's larger toll of one side, in words; None where no shared cell is larger."""
    inner, outer = _figures(part), _figures(whole)
    for harm, side in sorted(inner.keys() & outer.keys()):
        if outer[harm, side] > inner[harm, side]:
            return f"counts {outer[harm, side]} {harm} ({side}) against {inner[harm, side]}"
    return None


def _contradicts(part: Sequence[Profile], whole: Sequence[Profile]) -> bool:
    """Whether the part has more of one harm and side than the whole ever counts."""
    inner, outer = _figures(part), _figures(whole)
    return any(inner[cell] > outer[cell] for cell in inner.keys() & outer.keys())
