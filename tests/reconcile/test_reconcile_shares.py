"""One figure over several places or days, shared out by each codebook's rule."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import WrongUse
from recount.reconcile import shares
from recount.reconcile.shares import deal
from recount.records import Days, Incident, Place


def places(*names: str) -> tuple[Place, ...]:
    return tuple(Place(name=n, country="XA", admin1="Highland", level="settlement") for n in names)


def over(world: Any, *names: str, last: int = 1, **more: Any) -> Incident:
    days = Days(first=date(2024, 3, 1), last=date(2024, 3, last), precision="days")
    return world.incident(**({"places": places(*names), "days": days} | more))  # type: ignore[no-any-return]


@given(st.integers(-50, 500), st.integers(1, 12), st.integers(0, 40))
def test_a_deal_keeps_the_sum_and_is_as_even_as_can_be(number: int, among: int, start: int) -> None:
    hands = deal(number, among, start)
    assert sum(hands) == number
    assert max(hands) - min(hands) <= 1


@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 12), st.integers(0, 40))
def test_a_larger_bound_never_gives_anybody_less(one: int, more: int, among: int, start: int) -> None:
    assert all(a <= b for a, b in zip(deal(one, among, start), deal(one + more, among, start), strict=True))


def test_ucdp_splits_over_places_and_every_place_gets_whole_people(world: Any) -> None:
    world.tell("a", 7)
    world.tell("a", 4, side="state_forces")
    found = world.ask(shares, of=over(world, "Dorval", "Vestry", "Calder"), rules="ucdp")
    total = {s.place.name: s.best for s in found if s.side is None}
    sided = {name: sum(s.best for s in found if s.side and s.place.name == name) for name in total}
    assert total == sided == {"Dorval": 4, "Vestry": 4, "Calder": 3}


def test_ucdp_does_not_split_two_deaths_over_three_places(world: Any) -> None:
    world.tell("a", 2)
    (total,) = (s for s in world.ask(shares, of=over(world, "Dorval", "Vestry", "Calder"), rules="ucdp") if not s.side)
    assert (total.best, total.place.name, total.place.level, total.exact) == (2, "Highland", "province", False)


def test_acled_divides_over_days_and_the_first_day_takes_the_rest(world: Any) -> None:
    world.tell("a", 12)
    even = world.ask(shares, of=over(world, "Dorval", last=3, kind="operation"), rules="acled")
    assert [(s.day.day, s.best) for s in even] == [(1, 4), (2, 4), (3, 4)]
    world.tell("a", 1, side="armed_group")
    odd = world.ask(shares, of=over(world, "Dorval", last=3, kind="operation"), rules="acled")
    assert [(s.day.day, s.best) for s in odd] == [(1, 5), (2, 4), (3, 4)]


def test_acled_divides_over_days_and_places(world: Any) -> None:
    world.tell("a", 5)
    found = world.ask(shares, of=over(world, "Dorval", "Vestry", last=2, kind="clash"), rules="acled")
    by_day = {d: sum(s.best for s in found if s.day.day == d) for d in (1, 2)}
    assert (len(found), by_day) == (4, {1: 3, 2: 2})


def test_a_day_that_is_not_known_is_no_spell_of_days(world: Any) -> None:
    world.tell("a", 12)
    (one,) = world.ask(shares, of=over(world, "Dorval", last=3, kind="bombing"), rules="acled")
    assert (one.day, one.best, one.exact) == (date(2024, 3, 2), 12, False)


def test_acled_records_nothing_of_a_whole_country(world: Any) -> None:
    world.tell("a", 1000)
    country = world.incident(places=(Place(name="Aland", country="XA", level="country"),))
    assert world.ask(shares, of=country, rules="acled") == []


def test_gtd_distributes_a_common_toll_over_linked_incidents(world: Any) -> None:
    world.tell("a", 33, event="whole")
    world.tell("b", 3, event="known", places=("Vestry",))
    world.tell("c", 5, harm="wounded", event="one", places=("Calder",))
    world.tell("d", 5, harm="wounded", event="two", places=("Tarn",))
    whole = world.incident("i_w", "a/whole")
    parts = [
        world.incident(f"i_{e}", f"{r}/{e}", part_of="i_w") for r, e in (("b", "known"), ("c", "one"), ("d", "two"))
    ]
    found = {s.incident: s.best for s in world.ask(shares, *parts, of=whole, rules="gtd") if s.side is None}
    assert found == {"i_one": 15, "i_two": 15}


def test_a_negative_figure_is_shared_with_nobody(world: Any) -> None:
    world.tell("a", 5, event="whole")
    world.tell("b", 8, event="part", places=("Vestry",))
    part = world.incident("i_p", "b/part", part_of="i_w")
    whole = world.incident("i_w", "a/whole", places=places("Dorval", "Vestry"))
    found = [s for s in world.ask(shares, part, of=whole, rules="ucdp") if s.side is None]
    assert [s.best for s in found] == [-3]


def test_only_codebooks_that_split_do(world: Any) -> None:
    world.tell("a", 5)
    assert world.ask(shares, rules="ibc") == []
    with pytest.raises(WrongUse):
        world.ask(shares, rules="guess")
