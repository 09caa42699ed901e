"""The map: marks inside the picture, outlines cut to it, vague places shown as such."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from recount import records as r
from recount.export.page.worldmap import WIDTH, map_of, view_of

POINTS = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


def incident(name: str, *places: r.Place) -> r.Incident:
    return r.Incident(id=name, label=name, kind="attack", days=r.Days(), places=places)


def place(name: str, latitude: float | None, longitude: float | None, level: r.PlaceLevel = "settlement") -> r.Place:
    return r.Place(name=name, latitude=latitude, longitude=longitude, level=level)


@given(st.lists(POINTS, min_size=1, max_size=6))
def test_every_point_is_inside_its_view(points: list[tuple[float, float]]) -> None:
    view = view_of(points)
    for x, y in map(view.at, points):
        assert -0.2 <= x <= WIDTH + 0.2
        assert -0.2 <= y <= view.height + 0.2


def test_no_point_no_map() -> None:
    assert map_of([]) is None
    assert map_of([incident("i1", place("Somewhere", None, None))]) is None


def test_outlines_are_cut_to_the_picture() -> None:
    drawn = map_of([incident("i1", place("Quetta", 30.18, 67.0)), incident("i2", place("Herat", 34.34, 62.2))])
    assert drawn is not None
    assert {"Pakistan", "Afghanistan"} <= {outline.name for outline in drawn.outlines}
    assert "Brazil" not in {outline.name for outline in drawn.outlines}
    for outline in drawn.outlines:
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", outline.path):
            assert -1 <= float(x) <= drawn.width + 1
            assert -1 <= float(y) <= drawn.height + 1


def test_a_town_is_a_point_and_a_district_is_not() -> None:
    drawn = map_of(
        [incident("i1", place("Turbat", 26.0, 63.05)), incident("i2", place("Kech", 27.5, 62.0, "district"))]
    )
    assert drawn is not None
    assert {spot.name: spot.exact for spot in drawn.spots} == {"Turbat": True, "Kech": False}


def test_incidents_at_one_place_share_a_mark() -> None:
    drawn = map_of([incident("i1", place("Turbat", 26.0, 63.05)), incident("i2", place("Turbat", 26.0, 63.05))])
    assert drawn is not None
    assert [len(spot.incidents) for spot in drawn.spots] == [2]


def test_incidents_without_a_point_are_named() -> None:
    lost = incident("i2", place("Somewhere", None, None))
    drawn = map_of([incident("i1", place("Turbat", 26.0, 63.05)), lost])
    assert drawn is not None
    assert drawn.unplaced == (lost,)
