"""Umbrella and parts, and statistics, inside one report."""

from __future__ import annotations

from datetime import date

from told_report import Told, figures


def _whole_and_parts(total: int, one: int, other: int) -> Told:
    told = Told(
        f"{total} raiders were killed in operations in Arvan and Belo.",
        f"{one} raiders were killed in a raid in Arvan.",
        f"{other} raiders were killed in another raid in Belo.",
    )
    told.toll(f"{total} raiders", total)
    told.cue("operations", kind="operation")
    told.place("Arvan")
    told.place("Belo")
    told.toll(f"{one} raiders", one)
    told.cue("raid", kind="operation")
    told.place("Arvan")
    told.toll(f"{other} raiders", other)
    told.cue("another raid", kind="operation")
    told.words.append(told.words[-1]._replace(name="separate", kind=None))
    told.place("Belo")
    return told


def test_parts_that_add_up_stand_under_their_umbrella() -> None:
    account = _whole_and_parts(41, 30, 11).account()
    whole, *parts = account.event_reports
    assert figures(account) == [[41], [30], [11]]
    assert [p.part_of for p in parts] == [whole.id, whole.id]
    assert whole.part_of is None


def test_what_does_not_add_up_is_no_umbrella() -> None:
    account = _whole_and_parts(50, 30, 11).account()
    assert [e.part_of for e in account.event_reports] == [None] * len(account.event_reports)


def test_a_statistic_is_no_incident_and_keeps_its_window() -> None:
    told = Told("Nine raiders were killed in Arvan by a bomb.", "In 2023 some 900 raiders were killed in Highland.")
    told.toll("Nine raiders", 9)
    told.place("Arvan")
    told.cue("bomb", kind="bombing")
    told.day("In 2023", date(2023, 1, 1), date(2023, 12, 31))
    told.toll("some 900 raiders", 900)
    told.place("Highland", "province")
    account = told.account()
    assert figures(account) == [[9]]
    (statistic,) = account.statistics
    assert (statistic.days.first, statistic.days.last) == (date(2023, 1, 1), date(2023, 12, 31))
    assert statistic.days_said == "In 2023"
    assert [p.name for p in statistic.places] == ["Highland"]
    assert [line.toll.count.low for line in statistic.tolls] == [900]


def test_two_windows_are_two_statistics() -> None:
    told = Told("In 2022 some 800 raiders were killed by bombs.", "In 2023 some 900 raiders were killed by bombs.")
    for year, number in ((2022, 800), (2023, 900)):
        told.day(f"In {year}", date(year, 1, 1), date(year, 12, 31))
        told.toll(f"some {number} raiders", number)
        told.cue("bombs", kind="bombing")
    account = told.account()
    assert account.event_reports == ()
    assert [s.days.first for s in account.statistics] == [date(2022, 1, 1), date(2023, 1, 1)]
