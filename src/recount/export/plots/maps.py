"""Where incidents are told of: filled where a town is named, hollow where only an area is known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import msgspec

from recount.export.page import asset
from recount.export.plots import Plot
from recount.export.plots.looks import described

if TYPE_CHECKING:
    from recount.store.contract import Ledger

EXACT = frozenset({"point", "settlement"})
MARGIN = 1.5  # degrees around the outermost places, at least
ROOM = 0.12  # of the width and height of what is shown, around it
APART = 0.09  # of the same: names nearer to a greater place than this are left to the description
AT = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
BORDERS = "Borders as Natural Earth draws them, by who holds the ground; several are disputed."


def draw(ledger: Ledger, rules: str = "representative") -> Plot:
    """The picture of the whole ledger; `rules` plays no part, since no figure is shown."""
    spots: Counter[tuple[str, float, float, bool]] = Counter()
    nowhere = 0
    for incident in ledger.incidents():
        place = next((p for p in incident.places if p.latitude is not None and p.longitude is not None), None)
        if place is None or place.latitude is None or place.longitude is None:
            nowhere += 1
            continue
        spots[place.name, place.longitude, place.latitude, place.level in EXACT] += 1
    rows = [
        {
            "name": n,
            "lon": lon,
            "lat": lat,
            "exact": "a town or point" if exact else "only the area is known",
            "incidents": k,
        }
        for (n, lon, lat, exact), k in sorted(spots.items())
    ]
    listed = "; ".join(f"{row['name']}: {row['incidents']}" for row in rows) or "none"
    alt = f"Map of {sum(spots.values())} incidents by place: {listed}. {nowhere} more have no known point."
    told = f"Size: incidents that name the place, not people harmed. {nowhere} more have no known point."
    spec = described(
        "Where incidents are told of",
        [told, BORDERS],
        alt,
        width=620,
        height=420,
        projection=_fitted(rows),
        layer=[_land(), _marks(rows), _names(_named(rows))],
    )
    return Plot(spec=spec, alt=alt)


def _land() -> dict[str, Any]:
    outlines = {"values": msgspec.json.decode(asset("countries-50m.json"))}
    return {
        "data": {**outlines, "format": {"type": "topojson", "feature": "countries"}},
        "mark": {"type": "geoshape", "fill": "#f3f2ec", "stroke": "#b9bcc3", "clip": True},
    }


def _marks(rows: list[dict[str, Any]]) -> dict[str, Any]:
    kinds = {"domain": ["a town or point", "only the area is known"], "range": ["#0072B2", "#ffffff"]}
    size = {"field": "incidents", "type": "quantitative", "scale": {"range": [60, 500]}, "legend": None}
    return {
        "data": {"values": rows},
        "mark": {"type": "circle", "stroke": "#0072B2", "strokeWidth": 1.5, "clip": True},
        "encoding": {
            **AT,
            "size": size,
            "fill": {"field": "exact", "type": "nominal", "title": None, "scale": kinds},
            "fillOpacity": {"value": 0.75},
        },
    }


def _names(rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "dy": -13, "fontSize": 11, "clip": True},
        "encoding": {**AT, "text": {"field": "name"}},
    }


def _edges(rows: list[dict[str, Any]], axis: str) -> tuple[float, float]:
    low, high = min(r[axis] for r in rows), max(r[axis] for r in rows)
    room = max(MARGIN, (high - low) * ROOM)
    return low - room, high + room


def _named(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places to name: the one with most incidents first, none too near to one that is named."""
    if not rows:
        return []
    (west, east), (south, north) = _edges(rows, "lon"), _edges(rows, "lat")
    found: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda r: (-r["incidents"], r["name"])):
        across = [abs(row["lon"] - f["lon"]) / (east - west) / 1.6 for f in found]
        up = [abs(row["lat"] - f["lat"]) / (north - south) for f in found]
        if all(max(gap) > APART for gap in zip(across, up, strict=True)):
            found.append(row)
    return found


def _fitted(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """A projection that shows all places with some room around them; the whole world where there are none."""
    if not rows:
        return {"type": "equalEarth"}
    (west, east), (south, north) = _edges(rows, "lon"), _edges(rows, "lat")
    if east - west > 180:
        return {"type": "equalEarth"}
    corners = [[west, south], [west, north], [east, north], [east, south]]
    return {
        "type": "mercator",
        "fit": {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": corners}},
        "size": [620, 420],
    }
