"""Distance, containment, sameness and precision codes of places."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.records import Place, PlaceLevel
from recount.values.places import (
    acled_geo_precision,
    distance_km,
    finer,
    gtd_specificity,
    gtd_vicinity,
    same_place,
    smallest_area,
    ucdp_where_prec,
    within,
)

POINTS = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


def place(name: str, level: PlaceLevel = "settlement", at: tuple[float, float] | None = None, **more: str) -> Place:
    latitude, longitude = at or (None, None)
    return Place(name=name, level=level, latitude=latitude, longitude=longitude, **more)  # type: ignore[arg-type]


QUETTA = place("Quetta", at=(30.18, 67.0), country="PK", admin1="Balochistan", admin2="Quetta")
KUCHLAK = place("Kuchlak", at=(30.36, 66.95), country="PK", admin1="Balochistan", admin2="Quetta District")
MASTUNG = place("Mastung", "district", at=(29.7, 66.8), country="PK", admin1="Balochistan", admin2="Mastung")
BALOCHISTAN = place("Balochistan", "province", at=(28.5, 65.5), country="PK", admin1="Balochistan")
PESHAWAR = place("Peshawar", at=(34.0, 71.57), country="PK", admin1="Khyber Pakhtunkhwa", admin2="Peshawar")
PAKISTAN = place("Pakistan", "country", at=(30.0, 70.0), country="PK")
KABUL = place("Kabul", at=(34.53, 69.17), country="AF", admin1="Kabul")


def test_known_distances() -> None:
    assert distance_km((51.5, -0.12), (48.86, 2.35)) == pytest.approx(342, abs=3)
    assert distance_km((0, 179.5), (0, -179.5)) == pytest.approx(111, abs=1)
    assert math.isinf(distance_km(QUETTA, place("nowhere")))


@given(POINTS, POINTS)
def test_distance_is_symmetric_and_bounded(one: tuple[float, float], other: tuple[float, float]) -> None:
    there = distance_km(one, other)
    assert 0 <= there <= 20016
    assert there == pytest.approx(distance_km(other, one))
    assert distance_km(one, one) == 0


def test_a_place_is_within_its_areas_only() -> None:
    assert within(QUETTA, BALOCHISTAN)
    assert within(QUETTA, PAKISTAN)
    assert not within(BALOCHISTAN, QUETTA)
    assert not within(PESHAWAR, BALOCHISTAN)
    assert not within(KABUL, PAKISTAN)
    assert not within(PAKISTAN, BALOCHISTAN)
    assert within(KUCHLAK, place("Quetta", "district", country="PK", admin1="Balochistan", admin2="Quetta"))


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (QUETTA, QUETTA, True),
        (QUETTA, BALOCHISTAN, None),
        (QUETTA, PESHAWAR, False),
        (QUETTA, KABUL, False),
        (MASTUNG, MASTUNG, True),
        (QUETTA, MASTUNG, False),
        (place("Zor", "unknown"), QUETTA, None),
        (place("Zor", "unknown"), place("ZOR", "unknown"), True),
        (place("Red Sea", "sea"), place("Red Sea", "sea"), True),
        (place("Quetta", "near", at=(30.3, 67.0), country="PK", admin1="Balochistan"), QUETTA, None),
    ],
)
def test_sameness_comes_with_a_reason(one: Place, other: Place, verdict: bool | None) -> None:
    for pair in ((one, other), (other, one)):
        said, reason = same_place(*pair)
        assert said is verdict
        assert reason


def test_the_smallest_area_holds_all() -> None:
    assert smallest_area([]) is None
    assert smallest_area([QUETTA]) is QUETTA
    area = smallest_area([QUETTA, KUCHLAK])
    assert area is not None
    assert (area.level, area.admin2) == ("district", "Quetta")
    province = smallest_area([QUETTA, MASTUNG])
    assert province is not None
    assert (province.level, province.name) == ("province", "Balochistan")
    country = smallest_area([QUETTA, PESHAWAR])
    assert country is not None
    assert (country.level, country.country) == ("country", "PK")
    assert smallest_area([QUETTA, KABUL]) is None
    assert smallest_area([QUETTA, BALOCHISTAN]) is BALOCHISTAN


@pytest.mark.parametrize(
    ("level", "ged", "acled", "gtd"),
    [
        ("point", 1, 1, 1), ("settlement", 1, 1, 1), ("near", 2, 2, 1), ("district", 3, 2, 3), ("province", 4, 3, 4),
        ("region", 5, 3, 5), ("country", 6, None, 5), ("sea", 7, 3, 5), ("unknown", None, None, None),
    ],
)  # fmt: skip
def test_precision_codes(level: PlaceLevel, ged: int | None, acled: int | None, gtd: int | None) -> None:
    said = place("X", level)
    assert (ucdp_where_prec(said), acled_geo_precision(said), gtd_specificity(said)) == (ged, acled, gtd)
    assert gtd_vicinity(said) == int(level == "near")


def test_the_finer_place_is_kept() -> None:
    assert finer(BALOCHISTAN, QUETTA) is QUETTA
    assert finer(QUETTA, PESHAWAR) is QUETTA
