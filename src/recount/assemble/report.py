"""The account of one report: incidents, umbrella and parts, statistics, attributions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from recount.assemble.choose import Choice, choices_of, days_of, kind_of, places_of, role_of
from recount.assemble.choose_actors import actors_of
from recount.assemble.drafts import Draft, gather
from recount.assemble.lines import lines_of
from recount.assemble.rejoined import rejoined
from recount.assemble.scenes import CueWord, Scene, scenes_of, toll_of
from recount.assemble.scope import is_long, reach_of
from recount.assemble.statistics import statistics_of
from recount.assemble.umbrella import with_umbrellas
from recount.assemble.windows import Window, windows_of
from recount.records import (
    Actor,
    Attributed,
    Attribution,
    Claim,
    Count,
    Days,
    EventReport,
    Passage,
    Place,
    Report,
    Statistic,
    content_id,
)


class Account(NamedTuple):
    """What one report tells: its event reports, its statistics and its attributions."""

    event_reports: tuple[EventReport, ...]
    statistics: tuple[Statistic, ...]
    attributions: tuple[Attributed, ...]


class Sorted(NamedTuple):
    """Scenes with the figures that belong to incidents (by scene number), those that span a period, and the windows."""

    scenes: list[Scene]
    incident: dict[int, list[Claim]]
    wide: list[tuple[int, Scene, Claim]]
    windows: dict[int, Window]


def sort_figures(
    report: Report, passages: Sequence[Passage], claims: Sequence[Claim], cues: Sequence[CueWord]
) -> Sorted:
    """The scenes of a report, their asserted figures sorted by reach."""
    scenes = scenes_of(passages, claims, cues, report.text)
    windows = windows_of(scenes, report.text)
    incident: dict[int, list[Claim]] = {}
    wide: list[tuple[int, Scene, Claim]] = []
    for n, scene in enumerate(scenes):
        before = scenes[n - 1] if n else None
        for claim in scene.tolls:
            if claim.modality not in ("asserted", "alleged"):
                continue
            if reach_of(claim, scene, windows.get(n), before).statistic:
                wide.append((n, scene, claim))
            else:
                incident.setdefault(n, []).append(claim)
    return _told_again(Sorted(scenes, incident, wide, windows))


def _told_again(found: Sorted) -> Sorted:
    """A figure that one incident was told with is the same figure when it comes again without a long window of its own."""
    told = {(t.harm, t.side, t.count) for rows in found.incident.values() for t in map(toll_of, rows)}
    wide = []
    for n, scene, claim in found.wide:
        toll = toll_of(claim)
        window = found.windows.get(n)
        short = window is None or not is_long(window.days)
        if short and toll.count.low is not None and (toll.harm, toll.side, toll.count) in told:
            found.incident.setdefault(n, []).append(claim)
        else:
            wide.append((n, scene, claim))
    return found._replace(wide=wide)


def assemble(
    report: Report,
    passages: Sequence[Passage],
    claims: Sequence[Claim],
    cues: Sequence[CueWord],
    *,
    use_judge: bool = True,
) -> Account:
    """Event reports and statistics from a report's claims; every claim's own words stay as they are."""
    scenes, incident, wide, windows = sort_figures(report, passages, claims, cues)
    drafts = [d for d in gather(scenes, incident, report) if _armed(d)]
    accusations = [c for c in claims if c.property == "attribution"]

    def told(drafts: list[Draft]) -> list[EventReport]:
        choices = choices_of(report, scenes, drafts, cues) if use_judge else _by_rule(report, drafts)
        found = enumerate(zip(drafts, choices, strict=True))
        return [_event_report(report, draft, choice, accusations, order) for order, (draft, choice) in found]

    events = told(drafts)
    joined = rejoined(drafts, events, report.text, report.headline_end)
    if len(joined) < len(drafts):
        drafts, events = joined, told(joined)
    events = with_umbrellas(events)
    stands = drafts or any(c.reach is not None for _, _, c in wide) or _armed_scenes([s for _, s, _ in wide])
    found = statistics_of(report, wide, windows) if stands else []
    return Account(tuple(events), tuple(found), _attributed(claims, drafts, events))


def _armed(draft: Draft) -> bool:
    """Whether a draft tells of armed or political violence: its figures were weighed so, or its words say so."""
    return any(c.reach is not None for c in draft.tolls) or _armed_scenes(draft.scenes)


def _armed_scenes(scenes: Sequence[Scene]) -> bool:
    armed = sum(not s.cues.isdisjoint(("armed", "hint")) for s in scenes)
    accident = sum("accident" in s.cues for s in scenes)
    return armed > accident or (armed > 0 and armed == accident and any(w >= 3 for s in scenes for _, w in s.kinds))


def _by_rule(report: Report, drafts: Sequence[Draft]) -> list[Choice]:
    """What each draft gets without the fitted tables."""
    return [
        Choice(
            places=tuple(places_of(draft, report.text)),
            day=days_of(draft),
            kind=kind_of(draft),
            role=role_of(draft, order, report.published),
            why={},
        )
        for order, draft in enumerate(drafts)
    ]


def _event_report(
    report: Report, draft: Draft, choice: Choice, accusations: Sequence[Claim], order: int
) -> EventReport:
    day, places, kind = choice.day, choice.places, choice.kind
    doers, hit = actors_of(draft, draft.tolls, accusations)
    key = f"i{order + 1}"
    read = [c.value for c in places if isinstance(c.value, Place)]
    counts = [c for s in draft.scenes for c in s.counts if isinstance(c.value, Count)]
    used = [*draft.tolls, *counts, *places, *doers, *hit, *([day] if day else [])]
    return EventReport(
        id=content_id("e", report.id, key, *sorted(c.id for c in used)),
        report=report.id,
        key=key,
        label=_label(kind, read, report.published),
        role=choice.role,
        kind=kind,
        days=day.value if day is not None and isinstance(day.value, Days) else Days(reason="the report names no day"),
        days_said=day.said if day is not None else None,
        places=tuple(read),
        country=next((p.country for p in read if p.country), _country(draft)),
        admin1=next((p.admin1 for p in read if p.admin1), None),
        actors=tuple(c.value for c in doers if isinstance(c.value, Actor)),
        targets=tuple(c.value for c in hit if isinstance(c.value, Actor)),
        tolls=tuple(lines_of(draft.tolls)),
        claims=tuple(dict.fromkeys(c.id for c in used)),
        reason=_reason(draft) + _chosen(choice),
    )


def _reason(draft: Draft) -> str:
    """Why the scenes are one incident, in one sentence."""
    where = ", ".join(str(s.passage.index) for s in draft.scenes)
    why = next((r for r in draft.reasons if r != "first mention"), "")
    return f"told in passages {where}" + (f": {why}" if why else "")


def _chosen(choice: Choice) -> str:
    """What weighed most for the place and the day, where fitted tables chose them."""
    told = [f"{name} by {', '.join(choice.why[name].strongest(2))}" for name in ("place", "day") if name in choice.why]
    return "".join(f"; {part}" for part in told if not part.endswith(" by "))


def _country(draft: Draft) -> str | None:
    named = [c.value.country for s in draft.scenes for c in s.places if isinstance(c.value, Place) and c.value.country]
    return named[0] if named else None


def _label(kind: str, places: Sequence[Place], published: date | None) -> str:
    where = ", ".join(p.name for p in places[:3])
    return f"{kind} in {where}" if where else kind


_DENIED_WITHIN = 2
"""How many passages behind an incident, or what was said of it, a denial without an incident of its own may stand."""


def _attributed(
    claims: Sequence[Claim], drafts: Sequence[Draft], events: Sequence[EventReport]
) -> tuple[Attributed, ...]:
    """Each attribution with the incident of its passage; a denial with that of what it answers."""
    told = {s.passage.index: e.id for d, e in reversed(list(zip(drafts, events, strict=True))) for s in d.scenes}
    rows: list[tuple[Claim, Attributed]] = []
    for claim in claims:
        if isinstance(claim.value, Attribution):
            about = told.get(claim.passage)
            if about is None and claim.value.stance == "denies":
                about = _answered(claim, rows)
            rows.append((claim, Attributed(claim=claim.id, attribution=claim.value, about=about, quote=claim.quote)))
    return tuple(row for _, row in rows)


def _answered(denial: Claim, before: Sequence[tuple[Claim, Attributed]]) -> str | None:
    """The incident of the nearest accusation or claim just before a denial."""
    near = [row.about for claim, row in before if 0 <= denial.passage - claim.passage <= _DENIED_WITHIN]
    return next((about for about in reversed(near) if about), None)
