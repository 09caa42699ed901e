"""How a place or day stands in its clause, and what that says for it."""

from __future__ import annotations

from datetime import date

import pytest
from told_report import Told

from recount.assemble.choose_clause import Clause, distance
from recount.assemble.choose_days import named_days
from recount.assemble.choose_days_traits import telling
from recount.assemble.choose_frame import Frame
from recount.assemble.choose_places_traits import coarse, inside, ties
from recount.assemble.choose_view import View
from recount.assemble.drafts import Draft
from recount.records import Place


def frame_of(told: Told) -> Frame:
    scenes = told.scenes()
    draft = Draft()
    for scene in scenes:
        draft.add(scene, scene.tolls, "", told.text)
    return Frame(told.report, scenes, [draft], sorted(told.words, key=lambda w: w.start))


def clause(text: str, name: str) -> Clause:
    told = Told(text)
    told.place(name)
    frame = frame_of(told)
    return frame.clause(frame.places[0])


@pytest.mark.parametrize(
    ("text", "governor"),
    [
        ("Raiders fired in Arvan.", "in"),
        ("Raiders fired in the northern Arvan.", "in"),
        ("Raiders fled to Arvan.", "to"),
        ("Raiders struck Arvan.", "hit"),
        ("Arvan fell.", ""),
    ],
)
def test_the_governing_word_is_found_behind_articles_and_sides(text: str, governor: str) -> None:
    found = clause(text, "Arvan")
    assert found.governor == governor
    assert found.located == (governor == "in")


def test_a_name_that_acts_or_owns_and_one_behind_another_event() -> None:
    assert clause("Arvan condemned it.", "Arvan").acts
    assert clause("Arvan's council met.", "Arvan").possessive
    assert clause("Six were held after a raid in Arvan.", "Arvan").turned
    assert not clause("Six were held in a raid in Arvan.", "Arvan").turned


def test_distances_have_five_sizes() -> None:
    assert [distance(n) for n in (0, 30, 80, 150, 400)] == ["at hand", "near", "apart", "far", "none"]


def test_anothers_figure_between_is_seen() -> None:
    told = Told("Nine were killed in Arvan, four were killed in Belo.")
    told.toll("Nine were killed", 9)
    told.place("Arvan")
    told.toll("four were killed", 4)
    told.place("Belo")
    scenes = told.scenes()
    draft = Draft()
    draft.add(scenes[0], scenes[0].tolls[:1], "", told.text)
    frame = Frame(told.report, scenes, [draft], ())
    view = View(frame, 0)
    assert [view.crossed(c) for c in frame.places] == ["clear", "crossed once"]


def test_a_place_inside_an_area_of_its_story_is_told_so() -> None:
    told = Told("Nine were killed in Arvan in Highland.")
    told.toll("Nine were killed", 9)
    told.place("Arvan")
    frame = frame_of(told)
    view = View(frame, 0)
    (mentions,) = [[c] for c in frame.places]
    traits = list(ties(view, mentions, view.nearest(mentions)))
    assert "fine: governed by in" in traits
    assert all(trait.startswith("fine: ") for trait in traits)


def test_a_part_of_a_country_holds_what_the_country_holds() -> None:
    south = Place(name="southern Zedland", country="ZZ", level="region")
    town = Place(name="Arvan", country="ZZ", admin1="Highland", level="settlement")
    assert inside(town, south)
    assert not inside(south, town)
    assert coarse(south) > coarse(town)


def test_the_reports_day_is_the_fresh_one_named_most() -> None:
    told = Told("It was on Monday.", "It was on Tuesday.", "It was on Tuesday.")
    for words, day in (("Monday", 18), ("Tuesday", 19), ("Tuesday", 19)):
        told.day(words, date(2024, 3, day))
    frame = frame_of(told)
    assert len(named_days(frame)) == 2
    assert telling(frame) == (date(2024, 3, 19), date(2024, 3, 19))
