"""What speaks for a scene that begins an incident of its own."""

from __future__ import annotations

from datetime import date

from told_report import Told

from recount.assemble import openings
from recount.assemble.drafts import Draft, may_tell
from recount.assemble.joins import join_tables


def last(told: Told) -> set[str]:
    """The traits of the last scene as a beginning, beside one draft of all before it."""
    *before, scene = told.scenes()
    draft = Draft()
    for earlier in before:
        draft.add(earlier, earlier.tolls, "told", told.text)
    drafts = [draft] if before else []
    return set(openings.traits(scene, bool(scene.tolls), drafts, told.report))


def struck(place: str, day: str = "Monday", when: int = 18) -> Told:
    told = Told("Nine raiders were killed on Monday in Arvan.", f"Jets struck {place} on {day}, officials said.")
    told.toll("Nine raiders", 9)
    told.day("Monday", date(2024, 3, 18))
    told.place("Arvan")
    told.cue("struck", "deed")
    told.place(place)
    told.day(day, date(2024, 3, when))
    return told


def test_a_place_that_no_incident_had_is_new() -> None:
    assert {"place fine new", "place fine, day", "day told before"} <= last(struck("Belo"))
    assert "place fine told before" in last(struck("Arvan"))


def test_a_day_that_no_incident_had_is_new() -> None:
    assert {"day new", "day of the eve"} <= last(struck("Arvan", "Tuesday", 19))


def test_bare_scenes_are_told_by_their_words_and_counted_ones_are_not() -> None:
    assert "says struck" in last(struck("Belo"))
    told = Told("Nine raiders were killed in Arvan.")
    told.toll("Nine raiders", 9)
    assert not any(t.startswith("says ") for t in last(told))


def test_the_words_around_a_word_for_a_kind() -> None:
    told = Told("The army carried out fresh raids on Belo.")
    told.cue("raids", kind="operation")
    told.place("Belo")
    assert {"word 'raids'", "operation after 'fresh'", "operation before 'on'", "kind operation 3"} <= last(told)


def test_a_deed_may_tell_of_an_incident_only_with_a_place() -> None:
    with_place = struck("Belo").scenes()[-1]
    assert may_tell(with_place)
    told = Told("Jets struck again.")
    told.cue("struck", "deed")
    assert not may_tell(told.scenes()[-1])


def test_figures_of_a_period_alone_tell_of_no_incident() -> None:
    told = Told("Raids killed 900 raiders this year.")
    told.cue("Raids", kind="operation")
    told.toll("900 raiders", 900)
    assert not may_tell(told.scenes()[-1])


def test_the_fitted_table_knows_news_of_a_new_place_from_one_told_before() -> None:
    weights = join_tables()["bare begins"]
    assert weights["place fine new"] > weights.get("place fine told before", 0.0)
