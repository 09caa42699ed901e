"""The map: marks inside the picture, outlines cut to it, vague places shown as such."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from recount import records as r
from recount.export.page.worldmap import WIDTH, Map, maps_of, regions_of, unplaced, view_of

POINTS = st.tuples(st.floats(-179, 179), st.floats(-80, 80))


def incident(name: str, *places: r.Place) -> r.Incident:
    return r.Incident(id=name, label=name, kind="attack", days=r.Days(), places=places)


def place(name: str, latitude: float | None, longitude: float | None, level: r.PlaceLevel = "settlement") -> r.Place:
    return r.Place(name=name, latitude=latitude, longitude=longitude, level=level)


def the_map(*incidents: r.Incident) -> Map:
    """The one map of incidents that are near each other."""
    (drawn,) = maps_of(incidents)
    return drawn


@given(st.lists(POINTS, min_size=1, max_size=6))
def test_every_point_is_inside_its_view(points: list[tuple[float, float]]) -> None:
    view = view_of(points)
    for x, y in map(view.at, points):
        assert -0.2 <= x <= WIDTH + 0.2
        assert -0.2 <= y <= view.height + 0.2


def test_no_point_no_map() -> None:
    assert maps_of([]) == []
    assert maps_of([incident("i1", place("Somewhere", None, None))]) == []


def test_outlines_are_cut_to_the_picture() -> None:
    drawn = the_map(incident("i1", place("Quetta", 30.18, 67.0)), incident("i2", place("Herat", 34.34, 62.2)))
    assert {"Pakistan", "Afghanistan"} <= {outline.name for outline in drawn.outlines}
    assert "Brazil" not in {outline.name for outline in drawn.outlines}
    for outline in drawn.outlines:
        for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", outline.path):
            assert -1 <= float(x) <= drawn.width + 1
            assert -1 <= float(y) <= drawn.height + 1


def test_a_town_is_a_point_and_a_district_is_not() -> None:
    drawn = the_map(incident("i1", place("Turbat", 26.0, 63.05)), incident("i2", place("Kech", 27.5, 62.0, "district")))
    assert {spot.name: spot.exact for spot in drawn.spots} == {"Turbat": True, "Kech": False}


def test_incidents_at_one_place_share_a_mark() -> None:
    drawn = the_map(incident("i1", place("Turbat", 26.0, 63.05)), incident("i2", place("Turbat", 26.0, 63.05)))
    assert [len(spot.incidents) for spot in drawn.spots] == [2]


def test_incidents_without_a_point_are_named() -> None:
    lost = incident("i2", place("Somewhere", None, None))
    assert unplaced([incident("i1", place("Turbat", 26.0, 63.05)), lost]) == [lost]


def test_far_parts_of_the_world_have_maps_of_their_own() -> None:
    quetta, herat, tibu = (67.0, 30.18), (62.2, 34.34), (-72.7, 8.6)
    assert regions_of([quetta, tibu, herat]) == [[herat, quetta], [tibu]]


@given(st.lists(POINTS, max_size=12, unique=True))
def test_every_point_is_on_one_map(points: list[tuple[float, float]]) -> None:
    assert sorted(point for region in regions_of(points) for point in region) == sorted(points)


def test_a_country_across_the_last_meridian_draws_no_line_across_the_world() -> None:
    drawn = the_map(incident("i1", place("Windhoek", -22.6, 17.1)), incident("i2", place("Luanda", -8.8, 13.2)))
    assert "Fiji" not in {outline.name for outline in drawn.outlines}


def test_names_do_not_stand_on_each_other() -> None:
    towns = [incident(f"i{i}", place(f"Long town name {i}", 30.0 + i / 50, 67.0)) for i in range(5)]
    assert sum(spot.named for spot in the_map(*towns).spots) < 5
