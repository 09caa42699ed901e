"""Where the incidents are: country outlines cut to the part of the world that holds them, and one mark a place.

Equirectangular, true to scale at the middle of the view. Coordinates are units of the SVG's view box.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import cos, dist, radians

from msgspec import structs

from recount.export.page.borders import Country, Point, Ring, countries
from recount.records import Incident, Place, Record

WIDTH = 760.0
LEAST = 5.0  # degrees of longitude that a view spans at least
MARGIN = 0.16  # of the span, around the outermost marks
FLATTEST, TALLEST = 0.42, 0.66  # height of a view as a share of its width
EXACT = frozenset({"point", "settlement"})
BIG = 1500.0  # area in units from which a country's name is written
LETTER = 7.0  # width of a letter in units, about
FAR = 18.0  # degrees between two places from which they stand on different maps
MOST = 5  # maps; beyond that one map holds all

Placed = dict[Point, list[tuple[Incident, Place]]]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


class Spot(Record, frozen=True):
    """One place with the incidents that happened there. `exact` is false for a district, a province, "near X"."""

    x: float
    y: float
    radius: float
    exact: bool
    name: str
    incidents: tuple[Incident, ...]
    named: bool = True
    """Whether there is room for its name,"""
    left: bool = False
    """and whether the name stands to its left."""


class Outline(Record, frozen=True):
    """A country in view: an SVG path; its name stands at `at` where there is room, tried at `chances` in turn."""

    name: str
    path: str
    chances: tuple[Point, ...] = ()
    at: Point | None = None


class Map(Record, frozen=True):
    """The picture."""

    width: float
    height: float
    outlines: tuple[Outline, ...]
    spots: tuple[Spot, ...]


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


def maps_of(incidents: Sequence[Incident]) -> list[Map]:
    """The maps of these incidents: one for each part of the world, the one with most places first; none, no map."""
    placed: Placed = defaultdict(list)
    for incident in incidents:
        for place in incident.places:
            if place.latitude is not None and place.longitude is not None:
                placed[round(place.longitude, 3), round(place.latitude, 3)].append((incident, place))
    regions = regions_of(list(placed))
    return [_map({point: placed[point] for point in region}) for region in regions]


def unplaced(incidents: Sequence[Incident]) -> list[Incident]:
    """The incidents that no map can show."""
    return [i for i in incidents if not any(p.latitude is not None and p.longitude is not None for p in i.places)]


def regions_of(points: Sequence[Point]) -> list[list[Point]]:
    """Points in groups that lie far from each other; all in one where that would make too many maps."""
    regions: list[list[Point]] = []
    for point in sorted(points):
        near = [r for r in regions if any(abs(point[0] - x) < FAR and abs(point[1] - y) < FAR for x, y in r)]
        regions = [r for r in regions if r not in near] + [[*(p for r in near for p in r), point]]
    return sorted(regions, key=lambda r: (-len(r), r)) if len(regions) <= MOST else [sorted(points)]


def _map(placed: Placed) -> Map:
    view = view_of(list(placed))
    spots = _with_names([_spot(point, there, view) for point, there in sorted(placed.items())])
    outlines = [outline for country in countries() if (outline := _outline(country, view)) is not None]
    return Map(width=WIDTH, height=view.height, outlines=tuple(_uncrowded(outlines, spots)), spots=tuple(spots))


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


def _with_names(spots: Sequence[Spot]) -> list[Spot]:
    """The spots with their names to the right, else to the left, else without; busy ones choose first."""
    taken: list[Box] = []
    result = []
    for spot in sorted(spots, key=lambda s: (-len(s.incidents), s.x, s.y)):
        others = [_around(other) for other in spots if other is not spot]
        free = [left for left in (False, True) if _fits(_name_box(spot, left), [*taken, *others])]
        if free:
            taken.append(_name_box(spot, free[0]))
        result.append(structs.replace(spot, named=bool(free), left=bool(free) and free[0]))
    return sorted(result, key=lambda s: (s.x, s.y))


def _around(spot: Spot) -> Box:
    return spot.x - spot.radius, spot.y - spot.radius, spot.x + spot.radius, spot.y + spot.radius


def _name_box(spot: Spot, left: bool) -> Box:
    wide = LETTER * len(spot.name)
    start = spot.x - spot.radius - wide if left else spot.x + spot.radius
    return start, spot.y - 8, start + wide, spot.y + 8


def _fits(box: Box, taken: Sequence[Box]) -> bool:
    return box[0] > 0 and box[2] < WIDTH and not any(_touch(box, other) for other in taken)


def _uncrowded(outlines: Sequence[Outline], spots: Sequence[Spot]) -> list[Outline]:
    """The outlines, each with its name where that stands on no spot, on no other name and not over the edge."""
    taken = [_around(spot) for spot in spots] + [_name_box(spot, spot.left) for spot in spots if spot.named]
    return [_named(outline, taken) for outline in outlines]


def _named(outline: Outline, taken: list[Box]) -> Outline:
    """The outline with its name at the first of its chances that is free; what it takes is added to `taken`."""
    half = LETTER * 1.3 * len(outline.name) / 2
    for x, y in outline.chances:
        box = (x - half, y - 12, x + half, y + 6)
        if _fits(box, taken):
            taken.append(box)
            return structs.replace(outline, at=(x, y))
    return outline


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _outline(country: Country, view: View) -> Outline | None:
    drawn = [ring for ring in (_cut(ring, view) for ring in country.rings) if len(ring) > 2]
    if not drawn:
        return None
    largest = max(drawn, key=_area)
    path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in ring) + "Z" for ring in drawn)
    return Outline(name=country.name, path=path, chances=tuple(_chances(largest)) if _area(largest) > BIG else ())


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


def _chances(ring: Ring) -> list[Point]:
    """Places inside a ring for a name, those near the middle of its box first."""
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    west, north, wide, high = min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)
    grid = [(west + wide * i / 10, north + high * j / 10) for i in range(2, 9) for j in range(2, 9)]
    middle = (west + wide / 2, north + high / 2)
    inside = [point for point in grid if _inside(point, ring)]
    return [(round(x, 1), round(y, 1)) for x, y in sorted(inside, key=lambda p: (dist(p, middle), p))]


def _inside(point: Point, ring: Ring) -> bool:
    """Whether a point is inside a ring: how often a ray to its right crosses the ring."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in pairwise([*ring, ring[0]]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            crossings += 1
    return crossings % 2 == 1
