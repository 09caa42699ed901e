"""One look for all pictures: colours that colour-blind readers tell apart (Okabe and Ito 2008), shapes beside them."""

from __future__ import annotations

from typing import Any

SIDES = {
    "armed_group": ("armed group", "#D55E00", "square"),
    "state_forces": ("state forces", "#0072B2", "circle"),
    "civilians": ("civilians", "#009E73", "triangle-up"),
    "unspecified": ("status not told", "#767676", "diamond"),
}
PARTIES = {
    "state": ("a state", "#0072B2", "circle"),
    "armed_group": ("an armed group", "#D55E00", "square"),
    "third": ("a third party", "#CC79A7", "triangle-up"),
    "media": ("the outlet itself", "#009E73", "diamond"),
    "unknown": ("stake unknown", "#767676", "cross"),
}
CONFIG: dict[str, Any] = {
    "font": "Helvetica, Arial, Liberation Sans, sans-serif",
    "background": "white",
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "gridColor": "#e4e6ea", "titleFontWeight": "normal"},
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "orient": "bottom", "titleFontWeight": "normal"},
    "header": {"labelFontSize": 12, "labelFontWeight": "bold", "title": None, "labelAnchor": "start"},
    "title": {"fontSize": 14, "anchor": "start", "subtitleFontSize": 11, "subtitleColor": "#555"},
    "view": {"stroke": None},
}


PANELS: dict[str, Any] = {
    "field": "cell",
    "type": "nominal",
    "sort": None,
    "header": {"labelAngle": 0, "labelAlign": "left", "labelOrient": "top", "labelPadding": 2},
}
"""A panel for each harm and side, its name above it."""
WHOLE = {"tickMinStep": 1, "format": ",d", "tickCount": 5}
"""An axis of people: whole numbers."""


def scales(of: dict[str, tuple[str, str, str]]) -> dict[str, Any]:
    """Colour and shape of each name, as encodings of the field `who`."""
    names, colours, shapes = (list(part) for part in zip(*of.values(), strict=True))
    return {
        "color": {"field": "who", "type": "nominal", "title": None, "scale": {"domain": names, "range": colours}},
        "shape": {"field": "who", "type": "nominal", "title": None, "scale": {"domain": names, "range": shapes}},
    }


def described(title: str, subtitle: str | list[str], alt: str, **body: Any) -> dict[str, Any]:
    """A whole Vega-Lite description."""
    return {
        "$schema": "vega-lite/v6.json",
        "description": alt,
        "title": {"text": title, "subtitle": subtitle},
        "config": CONFIG,
        "padding": 12,
        **body,
    }
