"""What a scene and an incident told before have in common, feature by feature."""

from __future__ import annotations

import re
from datetime import date

import pytest
from told_report import Told

from recount.assemble import joins
from recount.assemble.drafts import Draft
from recount.assemble.joins import features_of, join_weights, score_of
from recount.records import Side


def features(told: Told) -> set[str]:
    """Of the last scene against a draft of all before it."""
    *before, scene = told.scenes()
    draft = Draft()
    for earlier in before:
        draft.add(earlier, earlier.tolls, "told")
    return set(features_of(scene, scene.tolls, draft, [draft], told.text))


def two(place: str = "Arvan", day: int = 18, number: int = 9, side: Side = "armed_group") -> Told:
    """Two passages; the second one as asked for."""
    told = Told("Nine raiders were killed on Monday in Arvan.", f"{number} dead on another day at {place}.")
    told.toll("Nine raiders", 9)
    told.day("Monday", date(2024, 3, 18))
    told.place("Arvan")
    told.toll(f"{number} dead", number, side=side)
    told.day("another day", date(2024, 3, day))
    told.place(place)
    return told


def test_all_alike() -> None:
    assert {"same figure above two", "same figure and side", "same place", "same single day", "gap 1"} <= features(
        two()
    )


@pytest.mark.parametrize(
    ("told", "feature"),
    [
        (two(place="Corda"), "other place"),
        (two(day=19), "other day"),
        (two(number=4), "other figure, same harm and side"),
        (two(number=4, side="civilians"), "other figure, other side"),
    ],
    ids=["place", "day", "figure", "side"],
)
def test_what_differs_is_named(told: Told, feature: str) -> None:
    assert feature in features(told)
    assert feature not in features(two())


def test_the_same_figure_of_another_side_is_no_same_side() -> None:
    found = features(two(side="civilians"))
    assert "same figure above two" in found
    assert "same figure and side" not in found


def test_a_scene_without_place_and_day_says_so() -> None:
    told = Told("Nine raiders were killed in Arvan.", "Two guards were wounded.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.toll("Two guards", 2, harm="wounded", side="state_forces")
    assert {"no place and no day", "no place and no day, latest", "scene has no place", "other harm"} <= features(told)


def test_cue_words_are_features() -> None:
    told = Told("Nine raiders were killed.", "In a separate raid two guards died.")
    told.toll("Nine raiders", 9)
    told.cue("In a separate", "separate")
    told.toll("two guards", 2, side="state_forces")
    assert "cue separate" in features(told)


def test_a_score_is_the_bias_and_the_weights_of_what_is_there() -> None:
    weights = {"bias": -1.0, "same place": 2.5, "other day": -0.25}
    assert score_of(["same place", "unheard of"], weights) == 1.5
    assert score_of(["same place", "other day"], weights) == 1.25
    assert score_of([], weights) == -1.0


def test_every_fitted_weight_is_of_a_feature_that_exists() -> None:
    """A weight for a feature that nothing gives would never weigh: a renamed feature shows here."""
    with open(joins.__file__, encoding="utf-8") as file:
        source = file.read()
    made = ("gap ", "shared names ", "cue ")
    weights = join_weights()
    assert "bias" in weights
    unknown = [
        n for n in weights if n != "bias" and not n.startswith(made) and not re.search(rf'"{re.escape(n)}"', source)
    ]
    assert unknown == []


def test_the_fitted_weights_tell_the_clearest_cases() -> None:
    weights = join_weights()
    told, other = two(), two(place="Corda", day=1, number=4)
    assert score_of(sorted(features(told)), weights) > 0
    assert score_of(sorted(features(other)), weights) < 0
