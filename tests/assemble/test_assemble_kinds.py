"""Event reports in the field's types, from the words that tell of them."""

from __future__ import annotations

import msgspec
import pytest

from recount.assemble.kinds import means_of, types_of
from recount.records import Actor, Count, Days, EventReport, Kind, Toll, TollLine


def told(kind: Kind, harm_to: str, actors: tuple[Actor, ...] = ()) -> EventReport:
    toll = Toll(harm="killed", side=harm_to, count=Count(low=3, high=3))  # type: ignore[arg-type]
    line = TollLine(claim="c_1", toll=toll)
    return EventReport(
        id="e_1", report="r_1", key="i1", label="", role="main", kind=kind, days=Days(), tolls=(line,), actors=actors
    )


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("A man blew himself up at the gate.", {"suicide"}),
        ("They threw two grenades and opened fire.", {"grenade", "gunfire", "live_fire"}),
        ("The army retook the ridge.", {"regained"}),
        ("The mayor opened a bakery.", set()),
    ],
)
def test_means_are_read_from_the_words(words: str, means: set[str]) -> None:
    assert means_of(words) == means


def test_an_event_report_is_typed_with_reasons() -> None:
    bombers = (Actor(name="the front", side="armed_group"),)
    types = types_of(told("bombing", "civilians", bombers), "A bomber blew himself up in a bakery.")
    assert [t.code for t in types] == ["Suicide bomb", "3", "ASSAULT-suicide-attack", "3"]
    assert "suicide" in types.acled.reason


def test_zero_casualties_harm_nobody() -> None:
    event = told("attack", "civilians")
    none = TollLine(claim="c_1", toll=Toll(harm="killed", side="civilians", count=Count(low=0, high=0)))
    quiet = types_of(msgspec.structs.replace(event, tolls=(none,)), "They set a depot ablaze.")
    assert quiet.gtd.code == "7"
    assert types_of(event, "They set a depot ablaze.").gtd.code == "2"
