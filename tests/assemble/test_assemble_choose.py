"""What each draft gets: the place of the deed, the day of the deed, the kind and the role, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from told_report import Told

from recount.assemble.choose import Choice, choices_of
from recount.assemble.choose_frame import Frame, place_of
from recount.assemble.choose_places import listed
from recount.assemble.choose_table import Ballot, Why, tables, total
from recount.assemble.choose_view import View
from recount.assemble.drafts import Draft

MONDAY, TUESDAY = date(2024, 3, 18), date(2024, 3, 19)


def drafted(told: Told, *groups: list[int]) -> list[Draft]:
    """Drafts of the scenes with these numbers, each with all figures of its scenes."""
    scenes, drafts = told.scenes(), []
    for numbers in groups or ([*range(len(scenes))],):
        draft = Draft()
        for n in numbers:
            draft.add(scenes[n], scenes[n].tolls, "", told.text)
        drafts.append(draft)
    return drafts


def chosen(told: Told, *groups: list[int]) -> list[Choice]:
    return choices_of(told.report, told.scenes(), drafted(told, *groups), sorted(told.words, key=lambda w: w.start))


def names(choice: Choice) -> list[str]:
    return [place_of(c).name for c in choice.places]


def test_no_drafts_no_choices() -> None:
    assert choices_of(Told("Nothing happened.").report, [], [], []) == []


def test_the_place_of_the_deed_not_of_the_speaker() -> None:
    told = Told("Nine raiders were killed in a gun battle in Arvan, a spokesman told reporters in Belo.")
    told.toll("Nine raiders were killed", 9)
    told.cue("gun battle", kind="clash")
    told.place("Arvan")
    told.place("Belo")
    assert names(chosen(told)[0]) == ["Arvan"]


def test_places_in_one_list_are_all_the_incidents_and_the_province_is_not() -> None:
    told = Told("Nine raiders were killed in Arvan, Belo and Corda in Highland.")
    told.toll("Nine raiders were killed", 9)
    for name in ("Arvan", "Belo", "Corda"):
        told.place(name)
    told.place("Highland", "province")
    assert names(chosen(told)[0]) == ["Arvan", "Belo", "Corda"]


@pytest.mark.parametrize(
    ("between", "count"), [(", ", 2), (" and ", 2), (" on the road that leads to ", 1), (". In ", 1), (" but not ", 1)]
)
def test_a_list_ends_where_other_words_come(between: str, count: int) -> None:
    told = Told(f"Nine raiders were killed in Arvan{between}Belo.")
    told.toll("Nine raiders", 9)
    first = told.place("Arvan")
    told.place("Belo")
    (draft,) = drafted(told)
    assert len(listed(View(Frame(told.report, told.scenes(), [draft]), 0), first)) == count


def test_the_day_of_the_deed_not_of_the_statement() -> None:
    told = Told("Nine raiders were killed on Monday in Arvan, police said on Tuesday.")
    told.toll("Nine raiders were killed", 9)
    told.day("Monday", MONDAY)
    told.place("Arvan")
    told.day("Tuesday", TUESDAY)
    day = chosen(told)[0].day
    assert day is not None
    assert day.said == "Monday"


def test_a_report_without_a_day_gives_none() -> None:
    told = Told("Nine raiders were killed in Arvan.")
    told.toll("Nine raiders were killed", 9)
    told.place("Arvan")
    assert chosen(told)[0].day is None


def test_a_report_without_a_place_gives_none() -> None:
    told = Told("Nine raiders were killed.")
    told.toll("Nine raiders were killed", 9)
    assert chosen(told)[0].places == ()


@pytest.mark.parametrize(
    ("words", "kind"),
    [("an airstrike", "airstrike"), ("a suicide bombing", "bombing"), ("artillery shelling", "shelling")],
)
def test_the_kind_by_its_words(words: str, kind: str) -> None:
    told = Told(f"Nine people were killed in {words} in Arvan.")
    told.toll("Nine people were killed", 9, side="unspecified")
    told.cue(words.split()[-1], kind=kind)  # type: ignore[arg-type]
    told.place("Arvan")
    assert chosen(told)[0].kind == kind


def test_every_choice_can_say_why() -> None:
    told = Told("Nine raiders were killed in a clash in Arvan on Monday.")
    told.toll("Nine raiders were killed", 9)
    told.cue("clash", kind="clash")
    told.place("Arvan")
    told.day("Monday", MONDAY)
    (choice,) = chosen(told)
    assert set(choice.why) == {"place", "day", "kind", "role"}
    for name in ("place", "day", "kind"):
        assert 1 <= len(choice.why[name].strongest()) <= 3
    weights = choice.why["place"].weights
    assert total(choice.why["place"].traits, weights) == sum(weights.get(t, 0) for t in choice.why["place"].traits)


def test_a_place_in_the_sentence_before_is_taken_when_the_figures_name_none() -> None:
    told = Told("The raid took place in Arvan.", "Nine raiders were killed.", "Officials met later in Belo.")
    told.cue("The raid", kind="operation")
    told.place("Arvan")
    told.toll("Nine raiders were killed", 9)
    told.place("Belo")
    assert names(chosen(told, [1])[0]) == ["Arvan"]


def test_how_a_passage_stands_to_a_draft() -> None:
    told = Told("A raid in Arvan.", "Nine raiders were killed in Belo.", "It ended near Corda.")
    told.cue("raid", kind="operation")
    first = told.place("Arvan")
    told.toll("Nine raiders were killed", 9)
    second = told.place("Belo")
    third = told.place("Corda")
    view = View(Frame(told.report, told.scenes(), drafted(told, [1, 2])), 0)
    stands = [view.nearest([c]) for c in (first, second, third)]
    assert [m.relation for m in stands] == ["1 ahead, nobody's", "with its figures", "in its story"]
    assert view.nearest([first, second, third]).claim is second
    assert [m.told for m in stands] == [False, True, True]


@given(st.lists(st.sampled_from(["Arvan", "Belo", "Corda"]), max_size=4), st.booleans(), st.booleans())
def test_only_what_the_report_names_is_chosen(places: list[str], day: bool, cue: bool) -> None:
    told = Told(" ".join(["Nine raiders were killed", *(f"in {p}" for p in places), "on Monday after a raid."]))
    told.toll("Nine raiders were killed", 9)
    claims = [told.place(name) for name in places]
    monday = told.day("Monday", MONDAY) if day else None
    if cue:
        told.cue("raid", kind="operation")
    (choice,) = chosen(told)
    assert bool(choice.places) == bool(places)
    assert set(choice.places) <= set(claims)
    assert choice.day in (None, monday)


def test_exchanging_two_sides_changes_no_choice() -> None:
    def coded(one: str, other: str) -> tuple[list[str], object, str, str]:
        told = Told(f"Nine {one} were killed in a clash with {other} in Arvan on Monday, officials in Belo said.")
        told.toll(f"Nine {one} were killed", 9, side="unspecified")
        told.cue("clash", kind="clash")
        told.place("Arvan")
        told.day("Monday", MONDAY)
        told.place("Belo")
        (choice,) = chosen(told)
        return names(choice), choice.day and choice.day.said, choice.kind, choice.role

    assert coded("soldiers", "rebels") == coded("rebels", "soldiers")
    assert coded("Corvan troops", "Delian troops") == coded("Delian troops", "Corvan troops")


def test_a_ballot_sums_all_tables_at_once() -> None:
    ballot = Ballot({"a": {"x": 1.0, "y": -2.0}, "b": {"y": 0.5}})
    assert ballot.scores(["x", "y", "unheard of"]) == {"a": -1.0, "b": 0.5}
    assert ballot.scores([]) == {"a": 0.0, "b": 0.0}


def test_reasons_come_heaviest_first() -> None:
    why = Why(("x", "y", "z", "bias", "x"), {"x": 0.5, "y": -2.0, "bias": 9.0})
    assert why.strongest() == ("y (-2.00)", "x (+0.50)")


@pytest.mark.parametrize(
    ("name", "choices"),
    [("places", {"place"}), ("days", {"day"}), ("roles", {"main", "other", "background", "news"})],
)
def test_the_fitted_tables_hold_what_is_chosen(name: str, choices: set[str]) -> None:
    assert set(tables(name)) == choices
    assert all(tables(name).values())
