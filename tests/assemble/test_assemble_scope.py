"""How far a figure reaches, feature by feature."""

from __future__ import annotations

from datetime import date

import pytest
from told_report import Told

from recount.assemble.scope import WEIGHTS, reach_of


def reach(told: Told) -> tuple[bool, set[str]]:
    (scene,) = told.scenes()
    found = reach_of(scene.tolls[0], scene, None)
    return found.statistic, set(found.features)


def test_a_figure_of_one_day_is_an_incident() -> None:
    told = Told("On Monday nine raiders were killed.")
    told.day("On Monday", date(2024, 3, 18))
    told.toll("nine raiders", 9)
    assert reach(told) == (False, {"one day"})


def test_a_figure_over_a_year_is_a_statistic() -> None:
    told = Told("In 2023 nine hundred raiders were killed.")
    told.day("In 2023", date(2023, 1, 1), date(2023, 12, 31))
    told.toll("nine hundred raiders", 900)
    assert reach(told) == (True, {"window longer than ten days", "over three hundred"})


def test_a_strong_word_makes_a_statistic() -> None:
    told = Told("So far this year forty raiders were killed.")
    told.cue("So far this year", "statistic_strong")
    told.toll("forty raiders", 40)
    assert reach(told) == (True, {"strong cue"})


def test_a_weak_word_alone_does_not() -> None:
    told = Told("In all forty raiders were killed.")
    told.cue("In all", "statistic_weak")
    told.toll("forty raiders", 40)
    assert reach(told) == (False, {"weak cue"})


def test_few_people_are_hardly_a_statistic() -> None:
    told = Told("Earlier this month two raiders were killed.")
    told.day("Earlier this month", date(2024, 3, 1), date(2024, 3, 19))
    told.toll("two raiders", 2)
    assert not reach(told)[0]


@pytest.mark.parametrize(("said", "statistic"), [("period", True), ("incident", False)])
def test_what_the_judge_weighed_stands(said: str, statistic: bool) -> None:
    told = Told("In 2023 nine hundred raiders were killed.")
    told.toll("nine hundred raiders", 900, reach=said)
    assert reach(told)[0] is statistic


def test_every_weight_has_a_name_that_reads() -> None:
    assert all(name == name.lower() and weight for name, weight in WEIGHTS.items())
