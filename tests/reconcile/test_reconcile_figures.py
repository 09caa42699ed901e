"""Rule sets side by side, and the algebra under them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import WrongUse
from recount.reconcile import RULE_SETS, figures
from recount.reconcile.totals import Extent, disjoint, increment, may_add, remainder


def best(world: Any, rules: str, side: str | None = "civilians", *parts: Any, of: Any = None) -> int | None:
    rows = world.ask(figures, *parts, of=of, rules=rules)
    return next((r.best for r in rows if r.harm == "killed" and r.side == side), None)


def rivals(world: Any) -> None:
    world.tell("a", 8, day=1, by="police", party="state")
    world.tell("b", 5, day=1, by="a doctor", party="third")
    world.tell("c", 8, day=1, by="residents", party="third")
    world.tell("d", 12, day=2, by="the Front", party="armed_group")


@pytest.mark.parametrize(
    ("rules", "number"),
    [
        ("ucdp", 5),  # 8 is told twice in four: no majority, so the lowest
        ("gtd", 8),  # the latest is a fighting party's; the majority of the rest
        ("conservative", 5),
        ("representative", 8),
        ("informative", 12),
        ("latest", 12),
        ("highest", 12),
        ("lowest", 5),
    ],
)
def test_rule_sets_choose_differently_from_the_same_claims(world: Any, rules: str, number: int) -> None:
    rivals(world)
    assert best(world, rules) == number


def test_ibc_gives_a_range_of_civilians_only(world: Any) -> None:
    rivals(world)
    world.tell("a", 3, side="armed_group")
    (row,) = (r for r in world.ask(figures, rules="ibc"))
    assert (row.side, row.low, row.best, row.high) == ("civilians", 5, None, 12)


def test_acled_has_one_number_and_reads_words_and_silence(world: Any) -> None:
    world.tell("a", 24, high=None, said="dozens of people", hedge="vague")
    (row,) = world.ask(figures, rules="acled")
    assert (row.side, row.best) == (None, 12)
    silent = type(world)()
    silent.tell("a", 5, harm="wounded")
    (row,) = silent.ask(figures, rules="acled")
    assert row.best == 0


def test_ucdp_keeps_a_partys_claim_about_its_enemy_out_when_others_say_less(world: Any) -> None:
    kept = world.tell("a", 4, side="armed_group", by="a doctor", party="third")
    boast = world.tell("b", 40, side="armed_group", by="army", party="state")
    row = next(r for r in world.ask(figures, rules="ucdp") if r.side == "armed_group")
    assert (row.high, row.used) == (4, (kept,))
    assert [c for c, _ in row.dropped] == [boast]
    assert "enemy" in row.dropped[0][1]


def test_every_claim_is_used_or_dropped_with_a_reason(world: Any) -> None:
    rivals(world)
    world.tell("a", 2, subset=True)
    world.tell("a", None, high=None)
    for name in RULE_SETS:
        row = next((r for r in world.ask(figures, rules=name) if r.side == "civilians"), None)
        if row is not None:
            told = [*row.used, *(c for c, _ in row.dropped)]
            assert sorted(told) == sorted(c.id for c in world.claims), name
            assert all(reason for _, reason in row.dropped)


def test_a_running_total_is_never_added_to_what_it_contains(world: Any) -> None:
    world.tell("a", 92, day=1, by="army", party="state", side="armed_group")
    world.tell("b", 197, day=4, by="army", party="state", side="armed_group")
    for name in RULE_SETS:
        assert best(world, name, "armed_group") in (None, 92, 197)
    assert best(world, "ucdp", "armed_group") == 197


def test_parts_are_not_added_to_their_umbrella(world: Any) -> None:
    world.tell("a", 41, event="whole")
    world.tell("a", 30, event="one", places=("Vestry",))
    world.tell("a", 11, event="two", places=("Calder",))
    whole = world.incident("i_w", "a/whole")
    parts = [world.incident("i_1", "a/one"), world.incident("i_2", "a/two")]
    for name in RULE_SETS:
        left = 0 if name == "ucdp" else 41  # its rows of the parts stand beside that of the whole
        assert best(world, name, "civilians", *parts, of=whole) in (None, left)


def test_a_total_without_sides_is_not_added_to_the_sides(world: Any) -> None:
    world.tell("a", 12, side="unspecified")
    world.tell("b", 9, side="civilians")
    world.tell("b", 3, side="armed_group")
    assert best(world, "representative", None) == 12


def test_people_of_no_side_beside_sided_ones_are_added(world: Any) -> None:
    world.tell("a", 12, side="unspecified")
    world.tell("a", 2, side="armed_group")
    assert best(world, "representative", None) == 14


def test_an_unknown_rule_set_is_answered_with_the_known_ones(world: Any) -> None:
    world.tell("a", 1)
    with pytest.raises(WrongUse, match="ucdp"):
        world.ask(figures, rules="guess")


DAYS = st.none() | st.dates(date(2024, 1, 1), date(2024, 3, 1))
EXTENTS = st.builds(
    Extent, places=st.frozensets(st.sampled_from(["dorval", "vestry", "calder"])), first=DAYS, last=DAYS
).filter(lambda e: e.first is None or e.last is None or e.first <= e.last)


@given(EXTENTS, EXTENTS)
def test_disjointness_is_mutual_and_nothing_is_disjoint_from_itself(one: Extent, other: Extent) -> None:
    assert disjoint(one, other) == disjoint(other, one)
    assert not disjoint(one, one)


def test_only_disjoint_figures_may_be_added() -> None:
    north, south = Extent(places=frozenset({"vestry"})), Extent(places=frozenset({"calder"}))
    everywhere = Extent()
    assert may_add([north, south])
    assert not may_add([north, south, everywhere])


@given(st.integers(0, 1000), st.lists(st.integers(0, 300), max_size=6))
def test_a_remainder_is_never_clipped(whole: int, parts: list[int]) -> None:
    left = remainder(whole, parts)
    assert left.value + sum(parts) == whole
    assert left.contradiction == (sum(parts) > whole)


def test_an_increment_may_be_negative() -> None:
    assert increment(92, 197) == 105
    assert increment(8, 6) == -2
