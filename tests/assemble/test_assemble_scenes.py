"""Scenes: one a passage, several where its clauses tell of several places."""

from __future__ import annotations

from datetime import date

from told_report import Told, Word

from recount.assemble.scenes import scenes_of
from recount.records import Passage


def test_a_passage_is_one_scene() -> None:
    told = Told("Five raiders were killed in Arvan.", "The weather was fine.")
    told.toll("Five raiders", 5)
    told.place("Arvan")
    (scene,) = told.scenes()
    assert (len(scene.tolls), len(scene.places), scene.headline) == (1, 1, False)


def test_two_figures_with_places_of_their_own_are_two_scenes() -> None:
    told = Told("On Monday 30 raiders were killed in Arvan, while 11 died in Belo.")
    told.day("On Monday", date(2024, 3, 18))
    told.toll("30 raiders were killed", 30)
    told.place("Arvan")
    told.toll("11 died", 11)
    told.place("Belo")
    one, two = told.scenes()
    assert [t.said for t in one.tolls] == ["30 raiders were killed"]
    assert [p.said for p in one.places] == ["Arvan"]
    assert [t.said for t in two.tolls] == ["11 died"]
    assert [p.said for p in two.places] == ["Belo"]


def test_two_sides_harmed_at_one_place_are_one_scene() -> None:
    told = Told("Five raiders were killed in Arvan and two guards were killed in the fight at Belo.")
    told.toll("Five raiders", 5)
    told.place("Arvan")
    told.toll("two guards", 2, side="civilians")
    told.place("Belo")
    assert len(told.scenes()) == 1


def test_those_included_in_a_figure_are_no_scene_of_their_own() -> None:
    told = Told("Nine raiders died in Arvan, including three snipers from Belo.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.toll("three snipers", 3, subset=True)
    told.place("Belo")
    assert len(told.scenes()) == 1


def test_no_claim_falls_between_scenes() -> None:
    told = Told("In Corda 30 raiders were killed, in Arvan 12, and 11 in Belo.")
    told.place("Corda")
    told.toll("30 raiders", 30)
    told.place("Arvan")
    told.toll("12", 12)
    told.toll("11", 11)
    told.place("Belo")
    scenes = told.scenes()
    assert sum(len(s.tolls) for s in scenes) == 3
    assert sum(len(s.places) for s in scenes) == 3


def test_furniture_tells_nothing() -> None:
    passage = Passage(index=0, start=0, end=20, kind="furniture")
    assert scenes_of([passage], [], [Word(0, 4, "kind", "attack", 3)], "Some more news here.") == []


def test_cues_belong_to_the_passage_that_they_stand_in() -> None:
    told = Told("An ambush was laid.", "A bomb went off.")
    told.cue("ambush", kind="attack")
    told.cue("bomb", kind="bombing")
    assert [s.kinds for s in told.scenes()] == [(("attack", 3),), (("bombing", 3),)]
