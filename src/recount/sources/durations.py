"""Spans of time as people write them in a file of sources: "30 minutes", "6h", "1 day"."""

from __future__ import annotations

import re

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
NAMES = {
    "s": ("s", "sec", "secs", "second", "seconds"),
    "m": ("m", "min", "mins", "minute", "minutes"),
    "h": ("h", "hour", "hours"),
    "d": ("d", "day", "days"),
    "w": ("w", "week", "weeks"),
}
SECONDS = {name: UNITS[unit] for unit, names in NAMES.items() for name in names}
WRITTEN = re.compile(r"\s*(\d{1,6}(?:\.\d+)?)\s*([a-z]+)\s*")


def seconds(said: str) -> float | None:
    """The seconds in "30 minutes", "6h" or "1 day"; None for anything else."""
    found = WRITTEN.fullmatch(said.lower())
    unit = SECONDS.get(found[2]) if found else None
    return float(found[1]) * unit if found and unit else None


def said(span: float) -> str:
    """Seconds in the largest unit that they are at least one of: 5400 → "2 h"."""
    for unit, name in (("w", "weeks"), ("d", "days"), ("h", "h"), ("m", "min")):
        if span >= 2 * UNITS[unit]:
            return f"{span / UNITS[unit]:.0f} {name}"
    return f"{span:.0f} s"
