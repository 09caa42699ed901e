"""What a place is worth: distance, containment, sameness with a reason, the smallest common area, precision codes."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from recount.records import Place, PlaceLevel

EARTH_KM = 6371.0088
SAME_KM = 10.0
NEAR_KM = 25.0
Point = tuple[float, float]

_FINENESS: dict[PlaceLevel, int] = {
    "point": 0, "settlement": 1, "near": 2, "district": 3, "province": 4, "region": 5, "country": 6, "sea": 7,
    "unknown": 8,
}  # fmt: skip
_GED: dict[PlaceLevel, int] = {
    "point": 1, "settlement": 1, "near": 2, "district": 3, "province": 4, "region": 5, "country": 6, "sea": 7,
}  # fmt: skip
_ACLED: dict[PlaceLevel, int] = {
    "point": 1,
    "settlement": 1,
    "near": 2,
    "district": 2,
    "province": 3,
    "region": 3,
    "sea": 3,
}
_GTD: dict[PlaceLevel, int] = {
    "point": 1,
    "settlement": 1,
    "near": 1,
    "district": 3,
    "province": 4,
    "region": 5,
    "country": 5,
    "sea": 5,
}
_TYPE_WORDS = frozenset(
    [
        "district",
        "province",
        "county",
        "parish",
        "governorate",
        "agency",
        "region",
        "oblast",
        "division",
        "tehsil",
        "state",
        "city",
        "town",
        "village",
        "area",
    ]
)


def distance_km(one: Point | Place, other: Point | Place) -> float:
    """The great-circle distance in kilometres between two points (latitude, longitude in degrees) or places.

    Infinite where a place has no point. Haversine on the mean radius: within 0.5 % of the ellipsoid.
    """
    a, b = _point(one), _point(other)
    if a is None or b is None:
        return math.inf
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def within(inner: Place, outer: Place) -> bool:
    """Whether `inner` lies in the area `outer`, by country, province and district; false where that is not known."""
    if (
        inner.country is None
        or inner.country != outer.country
        or outer.level not in ("country", "province", "district")
    ):
        return False
    if outer.level == "country":
        return True
    if not _alike(inner.admin1, outer.admin1):
        return False
    return (outer.level == "province" and inner.level != "country") or _alike(inner.admin2, outer.admin2)


def same_place(one: Place, other: Place) -> tuple[bool | None, str]:
    """Whether two places are one, with the reason; None where they may be (one holds the other, or one is unknown)."""
    if "unknown" in (one.level, other.level):
        same = _folded(one.name) == _folded(other.name)
        return (True, f"both say {one.name!r}") if same else (None, f"{one.name!r} or {other.name!r} is not on the map")
    if one.country and other.country and one.country != other.country:
        return False, f"{one.name} is in {one.country}, {other.name} in {other.country}"
    if within(one, other) and within(other, one):
        return True, f"{one.name} and {other.name} are the same {one.level}"
    for inner, outer in ((one, other), (other, one)):
        if within(inner, outer):
            return None, f"{inner.name} is in {outer.name}"
    return _by_distance(one, other)


def _by_distance(one: Place, other: Place) -> tuple[bool | None, str]:
    apart = distance_km(one, other)
    if "region" in (one.level, other.level) or "sea" in (one.level, other.level):
        if _folded(one.name) == _folded(other.name):
            return True, f"both say {one.name!r}"
        return None, f"{one.name} or {other.name} has no edges to compare"
    if math.isinf(apart):
        return None, f"{one.name} or {other.name} has no point"
    if "district" in (one.level, other.level) or "province" in (one.level, other.level):
        return False, f"{one.name} and {other.name} are different areas, {apart:.0f} km apart"
    if apart <= SAME_KM:
        return True, f"{one.name} and {other.name} are {apart:.0f} km apart"
    if "near" in (one.level, other.level) and apart <= NEAR_KM:
        return None, f"{one.name} and {other.name} are {apart:.0f} km apart, and one is only said to be near"
    return False, f"{one.name} and {other.name} are {apart:.0f} km apart"


def smallest_area(places: Sequence[Place]) -> Place | None:
    """The smallest district, province or country that holds all the places; None where no one country does.

    A single place is its own smallest area. The area's point is the middle of the places' points.
    """
    if len(places) <= 1:
        return places[0] if places else None
    for outer in places:
        if all(inner is outer or within(inner, outer) for inner in places):
            return outer
    country = places[0].country
    if country is None or any(place.country != country for place in places):
        return None
    admin1 = _common([place.admin1 for place in places])
    admin2 = _common([place.admin2 for place in places]) if admin1 else None
    level: PlaceLevel = "district" if admin2 else "province" if admin1 else "country"
    middle = _middle([point for place in places if (point := _point(place))])
    return Place(
        name=admin2 or admin1 or country, country=country, admin1=admin1, admin2=admin2, level=level,
        latitude=middle[0] if middle else None, longitude=middle[1] if middle else None,
        reason=f"the smallest area that holds {', '.join(place.name for place in places)}",
    )  # fmt: skip


def finer(one: Place, other: Place) -> Place:
    """The place that says more; the first of two that say as much."""
    return one if _FINENESS[one.level] <= _FINENESS[other.level] else other


def ucdp_where_prec(place: Place) -> int | None:
    """UCDP GED's `where_prec`, 1 (exact) to 7 (sea or air); None where the place is unknown."""
    return _GED.get(place.level)


def acled_geo_precision(place: Place) -> int | None:
    """ACLED's `geo_precision`, 1 to 3; None for a country or an unknown place, which ACLED does not record."""
    return _ACLED.get(place.level)


def gtd_specificity(place: Place) -> int | None:
    """GTD's `specificity`, 1 to 5; None where the place is unknown. A place "near" a point also has vicinity 1."""
    return _GTD.get(place.level)


def gtd_vicinity(place: Place) -> int:
    """GTD's `vicinity`: 1 where the incident was near the place, not in it."""
    return int(place.level == "near")


def _point(place: Point | Place) -> Point | None:
    if not isinstance(place, Place):
        return place
    return None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)


def _middle(points: Sequence[Point]) -> Point | None:
    """The middle of points on the sphere, so that places on both sides of the date line do not meet in Africa."""
    if not points:
        return None
    x = sum(math.cos(math.radians(lat)) * math.cos(math.radians(lon)) for lat, lon in points)
    y = sum(math.cos(math.radians(lat)) * math.sin(math.radians(lon)) for lat, lon in points)
    z = sum(math.sin(math.radians(lat)) for lat, _ in points)
    return round(math.degrees(math.atan2(z, math.hypot(x, y))), 5), round(math.degrees(math.atan2(y, x)), 5)


def _common(names: Sequence[str | None]) -> str | None:
    first = names[0]
    return first if first and all(_alike(name, first) for name in names) else None


def _alike(one: str | None, other: str | None) -> bool:
    return bool(one and other) and _folded(one or "") == _folded(other or "")


@lru_cache(maxsize=20_000)
def _folded(name: str) -> str:
    """A name without case, accents, punctuation and type word."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name).casefold() if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    while len(words) > 1 and words[-1] in _TYPE_WORDS:
        words.pop()
    return " ".join(words)
