"""Figures over a period or over unnamed incidents, gathered by the window and place that they span."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recount.assemble.lines import lines_of
from recount.assemble.scenes import Scene
from recount.assemble.windows import Window
from recount.records import Claim, Count, Days, Place, Report, Statistic, content_id

Key = tuple[object, ...]
Row = tuple[int, Scene, Claim]
"""A scene's number, the scene, and one of its figures."""


def statistics_of(report: Report, wide: Sequence[Row], windows: Mapping[int, Window]) -> list[Statistic]:
    """One statistic a window and place; a figure without a window of its own stands with its passage's."""
    groups: dict[Key, list[Row]] = {}
    for row in wide:
        groups.setdefault(_key(row, windows, groups), []).append(row)
    return [_statistic(report, f"p{n + 1}", rows, windows) for n, rows in enumerate(groups.values())]


def _key(row: Row, windows: Mapping[int, Window], groups: Mapping[Key, list[Row]]) -> Key:
    number, scene, _ = row
    window = windows.get(number)
    where = tuple(sorted(c.said for c in scene.places[:1]))
    if window is None:
        return (scene.passage.index, where)
    span = (window.days.first, window.days.last)
    same = [key for key in groups if key[:2] == span and (not where or not key[2] or key[2] == where)]
    return same[0] if same else (*span, where)


def _statistic(report: Report, key: str, rows: Sequence[Row], windows: Mapping[int, Window]) -> Statistic:
    scenes = {number: scene for number, scene, _ in rows}
    window = next((windows[n] for n in scenes if n in windows), None)
    places = [c.value for s in scenes.values() for c in s.places if isinstance(c.value, Place)][:1]
    claims = [claim for _, _, claim in rows]
    counts = [c for s in scenes.values() for c in s.counts if isinstance(c.value, Count)]
    number = next((c.value.low for c in counts if c.property == "incident_count" and isinstance(c.value, Count)), None)
    where = ", ".join(p.name for p in places) or "no place named"
    used = [*claims, *counts, *([window.claim] if window and window.claim else [])]
    return Statistic(
        id=content_id("s", report.id, key, *sorted(c.id for c in claims)),
        report=report.id,
        key=key,
        label=f"{window.said if window else 'period not named'}, {where}",
        days=window.days if window else Days(reason="no window named"),
        days_said=window.said if window else None,
        places=tuple(places),
        country=next((p.country for p in places if p.country), None),
        incidents=number,
        tolls=tuple(lines_of(claims)),
        claims=tuple(dict.fromkeys(c.id for c in used)),
        reason="a window or a running total, not one incident",
    )
