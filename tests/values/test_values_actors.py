"""What two actors' names have to do with one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.records import Actor
from recount.values.actors import FAMILIES, contains, same_actor


def actor(
    neutral: str | None, side: str = "armed_group", party: str = "armed_group", country: str | None = None
) -> Actor:
    return Actor(name=neutral or "somebody", neutral=neutral, side=side, party=party, country=country)  # type: ignore[arg-type]


def state(neutral: str, country: str) -> Actor:
    return actor(neutral, "state_forces", "state", country)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (actor("Tehrik-i-Taliban Pakistan"), actor("Tehrik-i-Taliban Pakistan"), True),
        (actor("Baloch armed groups"), actor("Balochistan Liberation Front"), True),
        (actor("Islamic State"), actor("Islamic State – Khorasan Province"), True),
        (state("Iran", "IR"), state("Military of Iran", "IR"), True),
        (state("Police of Iran", "IR"), state("Military of Iran", "IR"), None),
        (state("Military of Iraq", "IQ"), state("Military of Iran", "IR"), False),
        (actor("Hamas"), state("Military of Israel", "IL"), False),
        (actor("Hamas"), actor("unidentified gunmen"), None),
        (actor("Hamas"), actor(None), None),
        (actor("Boko Haram"), actor("al-Shabaab"), False),
    ],
)
def test_names_that_meet(one: Actor, other: Actor, expected: bool | None) -> None:
    verdict, reason = same_actor(one, other)
    assert verdict is expected
    assert reason


NAMES = st.sampled_from(sorted({*FAMILIES, *(m for f in FAMILIES.values() for m in f), "police", "Iran"}))


@given(NAMES, NAMES)
def test_the_order_of_two_actors_never_matters(a: str, b: str) -> None:
    assert same_actor(actor(a), actor(b))[0] is same_actor(actor(b), actor(a))[0]


@given(NAMES)
def test_every_actor_is_itself_and_no_family_holds_itself(a: str) -> None:
    assert same_actor(actor(a), actor(a))[0] is True
    assert not contains(a, a)
