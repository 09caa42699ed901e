"""Which scenes join and which open an incident of their own."""

from __future__ import annotations

from datetime import date

from told_report import Told, Word, figures


def test_headline_and_lead_tell_one_incident() -> None:
    told = Told(
        "Nine raiders killed in Arvan",
        "Nine raiders were killed on Monday in Arvan.",
        "The raid went on.",
        headline=True,
    )
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.toll("Nine raiders", 9)
    told.day("Monday", date(2024, 3, 18))
    told.place("Arvan")
    told.cue("The raid", kind="operation")
    account = told.account()
    (event,) = account.event_reports
    assert (event.role, event.days.first) == ("main", date(2024, 3, 18))
    assert [p.name for p in event.places] == ["Arvan"]
    assert len(event.tolls) == 1


def test_another_place_and_day_is_another_incident() -> None:
    told = Told("Nine raiders were killed on Monday in Arvan by a bomb.", "On Tuesday four guards were shot in Belo.")
    told.toll("Nine raiders", 9)
    told.day("Monday", date(2024, 3, 18))
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.day("On Tuesday", date(2024, 3, 19))
    told.toll("four guards", 4, side="state_forces")
    told.cue("shot", kind="attack", weight=2)
    told.place("Belo")
    assert figures(told.account()) == [[9], [4]]


def test_an_incident_taken_up_again_later_is_the_same() -> None:
    told = Told(
        "Nine raiders were killed in Arvan by a bomb.",
        "Four guards were shot in Belo.",
        "The nine raiders killed in Arvan were young.",
    )
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.toll("Four guards", 4, side="state_forces")
    told.cue("shot", kind="attack")
    told.place("Belo")
    told.toll("nine raiders", 9)
    told.place("Arvan")
    account = told.account()
    assert figures(account) == [[9], [4]]
    assert len(account.event_reports[0].tolls[0].repeats) == 1


def test_a_scene_without_place_and_day_joins_the_one_before() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb.", "Two guards were wounded in the blast.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.toll("Two guards", 2, harm="wounded", side="state_forces")
    told.cue("blast", kind="bombing")
    assert figures(told.account()) == [[9, 2]]


def test_a_separate_incident_is_opened_by_its_words() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb.", "In a separate ambush, four guards died.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.cue("In a separate", "separate")
    told.cue("ambush", kind="attack")
    told.toll("four guards", 4, side="state_forces")
    assert figures(told.account()) == [[9], [4]]


def test_an_accident_is_no_incident() -> None:
    told = Told("Nine people died when a bus overturned in Arvan.")
    told.toll("Nine people", 9, side="unspecified")
    start = told.text.index("overturned")
    told.words.append(Word(start, start + 10, "accident"))
    told.place("Arvan")
    assert told.account().event_reports == ()


def test_denied_and_planned_figures_make_no_toll() -> None:
    told = Told("The raid in Arvan was meant to kill nine guards; it is denied that two raiders died.")
    told.cue("raid", kind="operation")
    told.place("Arvan")
    told.toll("nine guards", 9, side="state_forces", modality="planned")
    told.toll("two raiders", 2, modality="denied")
    assert [line for row in figures(told.account()) for line in row] == []


def test_an_old_day_is_background() -> None:
    told = Told("Nine raiders were killed by a bomb in Arvan on 2 January.")
    told.toll("Nine raiders", 9)
    told.cue("bomb", kind="bombing")
    told.place("Arvan")
    told.day("2 January", date(2024, 1, 2))
    (event,) = told.account().event_reports
    assert event.role == "background"


def test_a_missing_day_is_said_and_never_the_publication_day() -> None:
    told = Told("Nine raiders were killed by a bomb in Arvan.")
    told.toll("Nine raiders", 9)
    told.cue("bomb", kind="bombing")
    told.place("Arvan")
    (event,) = told.account().event_reports
    assert (event.days.first, event.days.last, event.days_said) == (None, None, None)
    assert event.days.reason


def test_every_event_report_gives_its_reason_for_each_passage() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb.", "Two guards were wounded in the blast.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.toll("Two guards", 2, harm="wounded", side="state_forces")
    (event,) = told.account().event_reports
    assert event.reason.startswith("told in passages 0, 1: goes on")


def test_those_harmed_are_targets_and_the_others_actors() -> None:
    told = Told("The Guard killed nine members of the Arrow in a raid in Arvan.")
    told.actor("The Guard", "state_forces")
    told.toll("nine members of the Arrow", 9)
    told.back()
    told.actor("Arrow", "armed_group")
    told.cue("raid", kind="operation")
    told.place("Arvan")
    (event,) = told.account().event_reports
    assert [a.name for a in event.actors] == ["The Guard"]
    assert [a.name for a in event.targets] == ["Arrow"]


def test_a_list_of_places_is_kept_whole_and_a_province_behind_is_no_place_of_it() -> None:
    told = Told("Nine raiders were killed by bombs in Arvan, Belo and Corda, Highland.")
    told.toll("Nine raiders", 9)
    told.cue("bombs", kind="bombing")
    for name in ("Arvan", "Belo", "Corda"):
        told.place(name)
    told.place("Highland", "province")
    (event,) = told.account().event_reports
    assert [p.name for p in event.places] == ["Arvan", "Belo", "Corda"]


def test_an_attribution_is_about_the_incident_of_its_passage() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb, which the mayor blamed on Redland.", "Redland is blamed.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.attribution("the mayor blamed on Redland", "mayor", "Redland")
    told.attribution("Redland is blamed", "mayor", "Redland")
    account = told.account()
    assert [a.about for a in account.attributions] == [account.event_reports[0].id, None]


def test_the_same_claims_give_the_same_ids_in_any_order() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb.", "Two guards were wounded in the blast.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.toll("Two guards", 2, harm="wounded", side="state_forces")
    first = told.account()
    told.claims.reverse()
    told.words.reverse()
    assert told.account() == first
