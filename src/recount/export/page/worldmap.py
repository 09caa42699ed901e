"""Where the incidents are: country outlines cut to the part of the world that holds them, and one mark a place.

Equirectangular, true to scale at the middle of the view. Coordinates are units of the SVG's view box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import cos, radians

from recount.export.page.borders import Country, Point, Ring, countries
from recount.records import Incident, Place, Record

WIDTH = 760.0
LEAST = 5.0  # degrees of longitude that a view spans at least
MARGIN = 0.16  # of the span, around the outermost marks
FLATTEST, TALLEST = 0.45, 0.85  # height of a view as a share of its width
EXACT = frozenset({"point", "settlement"})
BIG = 1500.0  # area in units from which a country's name is written
APART = 16.0  # units between two names


class Spot(Record, frozen=True):
    """One place with the incidents that happened there. `exact` is false for a district, a province, "near X"."""

    x: float
    y: float
    radius: float
    exact: bool
    name: str
    incidents: tuple[Incident, ...]
    named: bool = True


class Outline(Record, frozen=True):
    """A country in view: an SVG path; its name stands at `at` where there is room."""

    name: str
    path: str
    at: Point | None


class Map(Record, frozen=True):
    """The picture."""

    width: float
    height: float
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...]
    unplaced: tuple[Incident, ...]


class View(Record, frozen=True):
    """A window on the world, in degrees, and its size in units."""

    west: float
    south: float
    east: float
    north: float
    height: float

    def at(self, point: Point) -> Point:
        """Where a longitude and latitude are drawn."""
        x = (point[0] - self.west) / (self.east - self.west) * WIDTH
        y = (self.north - point[1]) / (self.north - self.south) * self.height
        return round(x, 1), round(y, 1)


def map_of(incidents: Sequence[Incident]) -> Map | None:
    """The map of these incidents; None where none of them has a point."""
    placed: dict[Point, list[tuple[Incident, Place]]] = defaultdict(list)
    for incident in incidents:
        for place in incident.places:
            if place.latitude is not None and place.longitude is not None:
                placed[round(place.longitude, 3), round(place.latitude, 3)].append((incident, place))
    if not placed:
        return None
    view = view_of(list(placed))
    seen = {incident.id for there in placed.values() for incident, _ in there}
    return Map(
        width=WIDTH,
        height=view.height,
        outlines=tuple(o for c in countries() if (o := _outline(c, view)) is not None),
        spots=tuple(_unnamed([_spot(point, there, view) for point, there in sorted(placed.items())])),
        unplaced=tuple(i for i in incidents if i.id not in seen),
    )


def view_of(points: Sequence[Point]) -> View:
    """The window that holds all points with a margin, neither too flat nor too tall."""
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    shrink = max(cos(radians(middle_y)), 0.2)  # a degree of longitude against one of latitude
    span_x = max((east - west) * (1 + 2 * MARGIN), LEAST)
    span_y = max((north - south) * (1 + 2 * MARGIN), span_x * shrink * FLATTEST)
    span_x = max(span_x, span_y / shrink / TALLEST)
    span_x, span_y = min(span_x, 360.0), min(span_y, 180.0)
    return View(
        west=middle_x - span_x / 2,
        east=middle_x + span_x / 2,
        south=middle_y - span_y / 2,
        north=middle_y + span_y / 2,
        height=round(WIDTH * span_y / (span_x * shrink), 1),
    )


def _spot(point: Point, there: Sequence[tuple[Incident, Place]], view: View) -> Spot:
    x, y = view.at(point)
    incidents = {incident.id: incident for incident, _ in there}
    return Spot(
        x=x,
        y=y,
        radius=min(4.0 + 1.5 * len(incidents), 14.0),
        exact=any(place.level in EXACT and not place.relation for _, place in there),
        name=there[0][1].name,
        incidents=tuple(incidents.values()),
    )


def _unnamed(spots: Sequence[Spot]) -> list[Spot]:
    """The spots, without the names that would stand on another one's."""
    named: list[Spot] = []
    result = []
    for spot in sorted(spots, key=lambda s: (-len(s.incidents), s.x, s.y)):
        free = all(abs(spot.y - n.y) > APART or abs(spot.x - n.x) > 7 * max(len(n.name), len(spot.name)) for n in named)
        if free:
            named.append(spot)
            result.append(spot)
        else:
            result.append(Spot(**{f: getattr(spot, f) for f in spot.__struct_fields__} | {"named": False}))
    return sorted(result, key=lambda s: (s.x, s.y))


def _outline(country: Country, view: View) -> Outline | None:
    drawn = [ring for ring in (_cut(ring, view) for ring in country.rings) if len(ring) > 2]
    if not drawn:
        return None
    largest = max(drawn, key=_area)
    path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in drawn)
    return Outline(name=country.name, path=path, at=_middle(largest) if _area(largest) > BIG else None)


def _cut(ring: Ring, view: View) -> Ring:
    """A ring clipped to the window (Sutherland and Hodgman, one side after the other), as drawn."""
    for axis, edge, sign in ((0, view.west, 1), (0, view.east, -1), (1, view.south, 1), (1, view.north, -1)):
        if ring:
            ring = _clip(ring, axis, edge, sign)
    drawn: Ring = []
    for point in (view.at(p) for p in ring):
        if not drawn or abs(point[0] - drawn[-1][0]) + abs(point[1] - drawn[-1][1]) > 0.8:
            drawn.append(point)
    return drawn


def _clip(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    kept: Ring = []
    before = ring[-1]
    for point in ring:
        inside, was_inside = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was_inside:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            kept.append((before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])))
        if inside:
            kept.append(point)
        before = point
    return kept


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2


def _middle(ring: Ring) -> Point:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    return round((min(xs) + max(xs)) / 2, 1), round((min(ys) + max(ys)) / 2, 1)
