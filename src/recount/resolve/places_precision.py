"""How far the words loosen a point: "near", "17 km from", "border of", "southern"."""

from __future__ import annotations

import re

from recount.records import PlaceLevel

FAR_KM = 25.0
_DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?)[ -]?(km|kilomet|mile)", re.IGNORECASE)
_SEAWARD = re.compile(r"\bcoast of\b|^off\b", re.IGNORECASE)
_LINE = re.compile(r"\bborder\b|\bbetween\b|\balong\b|\bbordering\b", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:north|south|east|west|upper|lower|central)|\bparts? of\b|\bareas? of\b|\bregion of\b", re.IGNORECASE
)
_AREAL = frozenset(
    {"region", "province", "state", "oblast", "governorate", "district", "division", "county", "territory"}
)
_OF = re.compile(r"\bof$|\bfrom$|\bnear$|\bto$|\boutside$", re.IGNORECASE)


def level_of(level: PlaceLevel, relation: str | None, kind: str | None) -> tuple[PlaceLevel, str]:
    """The level of a place said with a relation or type word, and why; the reason is empty where nothing changes."""
    if (
        level == "settlement"
        and kind in ("area", "areas", "tehsil", "sector", "sub-division", "subdivision")
        and not relation
    ):
        return "near", f"{kind!r} is more than the place itself"
    if level == "settlement" and kind in _AREAL:
        return "region", f"{kind!r} is the country around the place"
    if kind == "border":
        return "region", "a border is a line, not a point"
    if relation is None or level in ("unknown", "sea"):
        return level, ""
    reason = f"said {relation!r}"
    distance = kilometres(relation)
    if distance is not None and distance > FAR_KM:
        return "region", f"{reason}: more than {FAR_KM:.0f} km away"
    if _SEAWARD.search(relation):
        return "sea", reason
    if _LINE.search(relation):
        return "region", f"{reason}: a line, not a point"
    if level in ("settlement", "near", "point"):
        inside = _PART.search(relation) and not _OF.search(relation)
        return (level, "") if inside else ("near", reason)
    if _PART.search(relation) or _OF.search(relation):
        return "region", f"{reason}: a part of it, or beside it"
    return level, ""


def kilometres(relation: str) -> float | None:
    """The distance that a relation says, in kilometres."""
    match = _DISTANCE.search(relation)
    if not match:
        return None
    number = float(match.group(1).replace(",", "."))
    return number * 1.609 if match.group(2).lower() == "mile" else number
