"""Who claims which figure of an incident: a row for each voice, a bar from its lowest to its highest claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.export.page.wording import SIDE_NAMES, count_text
from recount.export.plots import Plot
from recount.export.plots.looks import PANELS, PARTIES, WHOLE, described, scales
from recount.export.plots.stories import story
from recount.reconcile import disagreements, timeline

if TYPE_CHECKING:
    from recount.store.contract import Ledger


def draw(ledger: Ledger, incident: str) -> Plot:
    """The picture of one incident."""
    told = story(ledger, incident)
    voices: dict[tuple[str, str], list[int]] = {}
    stakes: dict[tuple[str, str], str] = {}
    for point in timeline(*told.told):
        count = point.toll.count
        numbers = [n for n in (count.low, count.high) if n is not None]
        key = f"{point.toll.harm.capitalize()}, {SIDE_NAMES[point.toll.side]}", point.by or "the outlet itself"
        voices.setdefault(key, []).extend(numbers)
        stakes[key] = point.party
    rows = [_row(cell, by, numbers, stakes[cell, by]) for (cell, by), numbers in voices.items() if numbers]
    reasons = [d.sentence for d in disagreements(*told.told)]
    listed = "; ".join(f"{row['cell']}: {row['by']} claims {row['text']}" for row in rows) or "no claim gives a figure"
    alt = f"{told.title}. {listed}. {' '.join(reasons) or 'No disagreement is found.'}"
    spec = described(
        told.title,
        "Each voice from its lowest to its highest claim. A range of claims is no margin of error.",
        alt,
        data={"values": rows},
        facet={"row": PANELS},
        resolve={"scale": {"x": "independent", "y": "independent"}},
        spec={"width": 420, "height": {"step": 22}, "layer": _layers()},
    )
    return Plot(spec=spec, alt=alt)


def _row(cell: str, by: str, numbers: list[int], stake: str) -> dict[str, object]:
    low, high = min(numbers), max(numbers)
    return {"cell": cell, "by": by, "low": low, "high": high, "who": PARTIES[stake][0], "text": count_text(low, high)}


def _layers() -> list[dict[str, Any]]:
    """A bar from the lowest to the highest claim of a voice, a mark at either end, the figures behind it."""
    order = {"field": "high", "order": "descending"}
    y = {"field": "by", "type": "nominal", "title": None, "sort": order, "axis": {"labelLimit": 220}}
    x = {
        "field": "low",
        "type": "quantitative",
        "title": "people claimed",
        "scale": {"zero": True, "nice": True},
        "axis": WHOLE,
    }
    end, looks = {**x, "field": "high"}, scales(PARTIES)
    mark = {"type": "point", "filled": True, "size": 80, "opacity": 1}
    bar = {"type": "rule", "strokeWidth": 5, "opacity": 0.45}
    return [
        {
            "mark": bar,
            "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "color": {**looks["color"], "legend": None}},
        },
        {"mark": mark, "encoding": {"x": x, "y": y, **looks}},
        {"mark": mark, "encoding": {"x": end, "y": y, **looks}},
        {
            "mark": {"type": "text", "align": "left", "dx": 9, "fontSize": 11},
            "encoding": {"x": end, "y": y, "text": {"field": "text"}},
        },
    ]
