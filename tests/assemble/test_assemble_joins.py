"""What a scene and an incident told before have in common, feature by feature."""

from __future__ import annotations

import ast
import inspect
import re
from datetime import date
from types import ModuleType

import pytest
from told_report import Told

from recount.assemble import joins, openings
from recount.assemble.choose_table import total
from recount.assemble.drafts import Draft
from recount.assemble.joins import features_of, join_tables
from recount.records import Side


def features(told: Told) -> set[str]:
    """Of the last scene against a draft of all before it."""
    *before, scene = told.scenes()
    draft = Draft()
    for earlier in before:
        draft.add(earlier, earlier.tolls, "told", told.text)
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


def test_two_facts_together_are_a_feature() -> None:
    assert {"same place, same single day", "same place, latest", "same figure and side above two, gap 1"} <= features(
        two()
    )
    assert "same place, other day" in features(two(day=19))


def test_a_draft_without_figures_says_so() -> None:
    told = Told("A raid in Arvan.", "Nine raiders were killed.")
    told.place("Arvan")
    told.toll("Nine raiders", 9)
    assert {"draft bare", "draft bare, scene has no place"} <= features(told)


def shapes(module: ModuleType) -> re.Pattern[str]:
    """Whatever the strings of a module may give, its filled-in parts left open."""
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values]
            found.add("".join(parts))
    return re.compile("|".join(sorted(found - {".+", ".+.+"})), re.DOTALL)


@pytest.mark.parametrize(
    ("name", "module"),
    [("counted goes on", joins), ("bare goes on", joins), ("counted begins", openings), ("bare begins", openings)],
)
def test_every_fitted_weight_is_of_a_feature_that_exists(name: str, module: ModuleType) -> None:
    """A weight for a feature that nothing gives would never weigh: a renamed feature shows here."""
    known, weights = shapes(module), join_tables()[name]
    assert len(weights) > 20
    assert [n for n in weights if not known.fullmatch(n)] == []
    assert not known.fullmatch("unheard of")


def fitted(told: Told, name: str) -> float:
    """How much more the fitted tables give to going on than to a beginning, for the last scene."""
    *before, scene = told.scenes()
    draft = Draft()
    for earlier in before:
        draft.add(earlier, earlier.tolls, "told", told.text)
    begins = openings.traits(scene, bool(scene.tolls), [draft], told.report)
    on = features_of(scene, scene.tolls, draft, [draft], told.text)
    return total(on, join_tables()[f"{name} goes on"]) - total(begins, join_tables()[f"{name} begins"])


def test_the_fitted_weights_tell_the_clearest_cases() -> None:
    assert fitted(two(), "counted") > 0
    assert fitted(two(place="Corda", day=1, number=4), "counted") < 0
