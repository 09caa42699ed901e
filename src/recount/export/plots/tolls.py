"""How the toll of an incident evolved: one mark for each claim by day of publication, a panel for each harm and side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.export.page.wording import SIDE_NAMES, count_text, one_day
from recount.export.plots import Plot
from recount.export.plots.looks import PANELS, PARTIES, WHOLE, described, scales
from recount.export.plots.stories import story
from recount.reconcile import timeline
from recount.records import TollPoint

if TYPE_CHECKING:
    from recount.store.contract import Ledger


def draw(ledger: Ledger, incident: str) -> Plot:
    """The picture of one incident."""
    told = story(ledger, incident)
    points = [p for p in timeline(*told.told) if _number(p) is not None]
    rows = [_row(p) for p in points]
    alt = f"{told.title}. " + (" ".join(_sentence(p) for p in points) or "No claim gives a figure.")
    spec = described(
        told.title,
        "Claims by day of publication; the shape shows who speaks. No mark is a fact.",
        alt,
        data={"values": rows},
        facet={"row": PANELS},
        resolve={"scale": {"y": "independent"}},
        spec={"width": 460, "height": 110, "layer": _layers()},
    )
    return Plot(spec=spec, alt=alt)


def _layers() -> list[dict[str, Any]]:
    """A thin line through the figures of one voice, a rule over the range of a claim, a mark, and its number."""
    span = {"y": {"field": "low", "type": "quantitative"}, "y2": {"field": "high"}, "x": _x()}
    mark = {"type": "point", "filled": True, "size": 90, "opacity": 0.9}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 1, "opacity": 0.5},
            "encoding": {"detail": {"field": "by"}, "y": _y(), "x": _x()},
        },
        {"mark": {"type": "rule", "strokeWidth": 1.5}, "encoding": span},
        {"mark": mark, "encoding": {"x": _x(), "y": _y(), **scales(PARTIES)}},
        {
            "mark": {"type": "text", "dy": -11, "fontSize": 11},
            "encoding": {"x": _x(), "y": _y(), "text": {"field": "text"}},
        },
    ]


def _x() -> dict[str, Any]:
    return {"field": "day", "type": "ordinal", "title": "published", "axis": {"labelAngle": 0}, "sort": "ascending"}


def _y() -> dict[str, Any]:
    return {
        "field": "number",
        "type": "quantitative",
        "title": "people",
        "scale": {"zero": True, "nice": True},
        "axis": WHOLE,
    }


def _number(point: TollPoint) -> int | None:
    count = point.toll.count
    return count.low if count.low is not None else count.high


def _row(point: TollPoint) -> dict[str, object]:
    number, count = _number(point), point.toll.count
    return {
        "cell": f"{point.toll.harm.capitalize()}, {SIDE_NAMES[point.toll.side]}",
        "day": point.published.isoformat() if point.published else "no day",
        "number": number,
        "low": count.low if count.low is not None else number,
        "high": count.high if count.high is not None else number,
        "by": point.by or "the outlet itself",
        "who": PARTIES[point.party][0],
        "text": f"{number}{'+' if count.high is None else ''}",
    }


def _sentence(point: TollPoint) -> str:
    count = point.toll.count
    figure = count_text(count.low, count.high, count.approx)
    who = f"{point.toll.harm}, {SIDE_NAMES[point.toll.side]}"
    return f"{one_day(point.published)}: {point.by or 'the outlet itself'} claims {figure} {who}."
