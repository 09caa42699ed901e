"""Accounts that were told apart and are of one incident."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from told_report import Told

from recount.assemble.drafts import Draft
from recount.assemble.rejoined import rejoined
from recount.records import Count, Days, EventReport, Place, Role, Toll, TollLine

ARVAN = Place(name="Arvan", country="XA", admin1="Highland", latitude=10.0, longitude=20.0, level="settlement")
BELO = Place(name="Belo", country="XA", admin1="Lowland", latitude=14.0, longitude=24.0, level="settlement")
HIGHLAND = Place(name="Highland", country="XA", admin1="Highland", latitude=10.5, longitude=20.5, level="province")
LAND = Place(name="Land", country="XA", latitude=12.0, longitude=22.0, level="country")
MARCH = date(2024, 3, 19)


def told(
    number: int = 9, by: str | None = None, place: Place | None = ARVAN, day: date | None = MARCH, role: Role = "main"
) -> EventReport:
    toll = Toll(harm="killed", side="civilians", count=Count(low=number, high=number))
    return EventReport(
        id=f"e_{number}{by}{place and place.name}",
        report="r_told",
        key="i1",
        label="attack",
        role=role,
        kind="attack",
        days=Days(first=day, last=day, precision="day" if day else "unknown"),
        places=(place,) if place else (),
        tolls=(TollLine(claim="c", toll=toll, by=by),),
    )


def homes(*events: EventReport, cues: frozenset[str] = frozenset(), headline: bool = False) -> int:
    """How many incidents are left of these accounts, each of one line."""
    text = Told(*(f"Line {n} tells that nine were killed." for n in range(len(events))), headline=headline)
    for _ in events:
        text.toll("nine were killed", 9)
    drafts = []
    for n, scene in enumerate(text.scenes()):
        own = scene._replace(cues=scene.cues | cues) if n == len(events) - 1 else scene
        drafts.append(Draft(scenes=[own], tolls=list(own.tolls)))
    end = text.passages[0].end if headline else 0
    left = rejoined(drafts, events, text.text, end)
    assert sorted(c.start for d in left for c in d.tolls) == sorted(c.start for d in drafts for c in d.tolls)
    return len(left)


@pytest.mark.parametrize(
    "other",
    [told(), told(place=HIGHLAND), told(day=None), replace(told(), tolls=(*told().tolls, *told(3).tolls))],
    ids=["alike", "one place inside the other", "one without a day", "one figure of two"],
)
def test_one_day_place_and_figure_are_one_incident(other: EventReport) -> None:
    assert homes(told(), other) == 1


@pytest.mark.parametrize(
    "other",
    [
        told(place=BELO),
        told(place=LAND),
        told(place=None),
        told(day=date(2024, 3, 18)),
        told(4),
        told(role="background"),
    ],
    ids=["other place", "no more than the country", "no place", "other day", "other figure", "background"],
)
def test_what_differs_keeps_them_apart(other: EventReport) -> None:
    assert homes(told(), other) == 2


@pytest.mark.parametrize("cue", ["separate", "other"])
def test_a_word_for_another_incident_keeps_them_apart(cue: str) -> None:
    assert homes(told(), told(), cues=frozenset({cue})) == 2


def test_two_speakers_who_contradict_each_other_tell_of_one_incident() -> None:
    assert homes(told(9, "police"), told(17, "residents")) == 1
    assert homes(told(9, "police"), told(17, "police")) == 2
    assert homes(told(9, "police"), told(17)) == 2
    assert homes(told(9, "police"), told(17, "residents"), told(30, "police", BELO)) == 3


def test_a_headline_is_of_the_incident_whose_figure_it_gives() -> None:
    assert homes(told(place=BELO), told(), headline=True) == 1
    assert homes(told(place=BELO), told()) == 2
    assert homes(told(4, place=BELO), told(), headline=True) == 2


def test_three_accounts_of_one_incident_become_one() -> None:
    assert homes(told(), told(place=BELO), told(place=HIGHLAND), told()) == 2
