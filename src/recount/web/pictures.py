"""The pictures as Vega-Lite specifications: one for each, with its data inside. Colours are the page's own."""

from __future__ import annotations

from collections import Counter
from math import radians
from typing import Any

from recount.errors import NotFound
from recount.export.page.wording import SIDE_NAMES
from recount.web.index.pictures import Rows
from recount.web.strings import say

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"  # names the grammar; nothing is fetched from it
TOP = 15
MAP_WIDTH, MAP_HEIGHT = 600, 420
LEAST, WIDEST = 8.0, 130.0
"""Degrees of longitude that a map spans at least, and beyond which it shows the whole world."""
BAR = {"type": "bar", "width": {"band": 0.72}}
MONTH = {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None}


def spec_of(name: str, rows: Rows) -> Spec:
    """The specification of the picture of this name. NotFound where there is none."""
    makers = {"map": _map, "months": _months, "sides": _sides, "sources": _sources}
    if name not in makers:
        raise NotFound("there is no such picture", name[:40], f"There are: {', '.join(makers)}.")
    return {"$schema": SCHEMA, "description": say(f"pictures.{name}_about"), "width": "container", **makers[name](rows)}


def _map(rows: Rows) -> Spec:
    land = {"url": "/static/countries-50m.json", "format": {"type": "topojson", "feature": "countries"}}
    points = {
        "data": {"values": rows},
        "mark": {"type": "circle", "clip": True, "stroke": "page", "strokeWidth": 0.6, "opacity": 0.75},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "size": {
                "field": "incidents",
                "type": "quantitative",
                "title": say("pictures.incidents"),
                "scale": {"range": [20, 700]},
            },
            "color": {"value": "accent"},
            "tooltip": [{"field": name} for name in ("incidents", "latitude", "longitude")],
        },
    }
    ground = {
        "data": land,
        "mark": {"type": "geoshape", "clip": True, "fill": "land", "stroke": "border", "strokeWidth": 0.5},
    }
    return {"height": MAP_HEIGHT, "projection": _view(rows), "layer": [ground, points]}


def _view(rows: Rows) -> Spec:
    """The part of the world that holds the places, with a margin; the whole world where they are far apart."""
    if not rows:
        return {"type": "naturalEarth1"}
    lons = [float(row["longitude"] or 0) for row in rows]
    lats = [float(row["latitude"] or 0) for row in rows]
    span = max(max(lons) - min(lons), (max(lats) - min(lats)) * MAP_WIDTH / MAP_HEIGHT, LEAST)
    if span > WIDEST:
        return {"type": "naturalEarth1"}
    centre = [(min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2]
    return {"type": "mercator", "center": centre, "scale": round(MAP_WIDTH / (radians(span) * 1.4))}


def _months(rows: Rows) -> Spec:
    told = [{**row, "told": say("pictures.disputed" if row["disputed"] else "pictures.undisputed")} for row in rows]
    return {
        "height": 260,
        "data": {"values": told},
        "mark": BAR,
        "encoding": {
            "x": MONTH,
            "y": {"field": "incidents", "type": "quantitative", "aggregate": "sum", "title": say("pictures.incidents")},
            "color": {"field": "told", "title": None, "scale": {"range": ["note", "warn"]}, "sort": "descending"},
            "tooltip": [
                {**MONTH, "title": say("pictures.month")},
                {"field": "told", "title": ""},
                {"field": "incidents"},
            ],
        },
    }


def _sides(rows: Rows) -> Spec:
    told = [{**row, "of": SIDE_NAMES[str(row["side"])]} for row in rows]
    return {
        "height": 300,
        "data": {"values": told},
        "mark": BAR,
        "encoding": {
            "x": MONTH,
            "y": {"field": "lowest", "type": "quantitative", "aggregate": "sum", "title": say("pictures.killed")},
            "color": {
                "field": "of",
                "title": None,
                "scale": {"domain": list(SIDE_NAMES.values()), "range": ["state", "armed", "media", "unknown"]},
            },
            "tooltip": [
                {**MONTH, "title": say("pictures.month")},
                {"field": "of", "title": ""},
                {"field": "lowest", "aggregate": "sum"},
                {"field": "highest", "aggregate": "sum"},
                {"field": "incidents", "aggregate": "sum"},
            ],
        },
    }


def _sources(rows: Rows) -> Spec:
    """Bars for the sources that disagree most; each disagreement counts for both of its sources."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for source in {str(row["one"]), str(row["other"])}:
            counted[source, str(row["kind"])] += int(row["disagreements"] or 0)
    sums: Counter[str] = Counter()
    for (source, _), n in counted.items():
        sums[source] += n
    top = [source for source, _ in sums.most_common(TOP)]
    values = [
        {"source": source, "kind": say(f"why.{kind}"), "n": n} for (source, kind), n in counted.items() if source in top
    ]
    return {
        "height": {"step": 22},
        "data": {"values": values},
        "mark": "bar",
        "encoding": {
            "y": {"field": "source", "type": "nominal", "sort": "-x", "title": None, "axis": {"labelLimit": 220}},
            "x": {"field": "n", "type": "quantitative", "aggregate": "sum", "title": say("pictures.disagreements")},
            "color": {"field": "kind", "title": None, "scale": {"scheme": "tableau10"}},
            "tooltip": [{"field": "source"}, {"field": "kind"}, {"field": "n", "aggregate": "sum"}],
        },
    }
