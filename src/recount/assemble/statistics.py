"""Figures over a period or over unnamed incidents, gathered by the window and place that they span."""

from __future__ import annotations

from collections.abc import Sequence

from recount.assemble.lines import lines_of
from recount.assemble.scenes import Scene
from recount.records import Claim, Count, Days, Place, Report, Statistic, content_id


def statistics_of(report: Report, wide: Sequence[tuple[Scene, Claim]]) -> list[Statistic]:
    """One statistic a window and place; figures without a window of their own join the passage's."""
    groups: dict[tuple[object, ...], list[tuple[Scene, Claim]]] = {}
    for scene, claim in wide:
        day = window_of(scene)
        where = tuple(sorted(c.said for c in scene.places[:1]))
        groups.setdefault((day.said if day else scene.passage.index, where), []).append((scene, claim))
    return [_statistic(report, f"p{n + 1}", rows) for n, rows in enumerate(groups.values())]


def window_of(scene: Scene) -> Claim | None:
    """The day claim with the longest window in the scene, an open one before all."""
    known = [c for c in scene.days if isinstance(c.value, Days) and c.value.first]
    return max(known, key=_length, default=None)


def _length(claim: Claim) -> int:
    days = claim.value
    if not isinstance(days, Days) or days.first is None:
        return 0
    return 1_000_000 if days.last is None else (days.last - days.first).days


def _statistic(report: Report, key: str, rows: Sequence[tuple[Scene, Claim]]) -> Statistic:
    scene = rows[0][0]
    day = window_of(scene)
    places = [c.value for c in scene.places if isinstance(c.value, Place)][:1]
    claims = [claim for _, claim in rows]
    counted = [c for c in scene_claims(scene, "incident_count")]
    number = next((c.value.low for c in counted if isinstance(c.value, Count)), None)
    where = ", ".join(p.name for p in places) or "no place named"
    return Statistic(
        id=content_id("s", report.id, key, *sorted(c.id for c in claims)),
        report=report.id,
        key=key,
        label=f"{day.said if day else 'period not named'}, {where}",
        days=day.value if day is not None and isinstance(day.value, Days) else Days(reason="no window named"),
        days_said=day.said if day else None,
        places=tuple(places),
        country=next((p.country for p in places if p.country), None),
        incidents=number,
        tolls=tuple(lines_of(claims)),
        claims=tuple(dict.fromkeys([*(c.id for c in claims), *([day.id] if day else [])])),
        reason="a window or a running total, not one incident",
    )


def scene_claims(scene: Scene, prop: str) -> list[Claim]:
    """The scene's claims of one property that are neither tolls, places, days nor actors."""
    return [c for c in scene.counts if c.property == prop]
