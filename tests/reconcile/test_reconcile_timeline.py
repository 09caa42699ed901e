"""The toll's evolution and what the claims that stand come to."""

from __future__ import annotations

from typing import Any

from recount.reconcile import summary, timeline
from recount.records import Incident


def changes(world: Any, *parts: Incident, of: Incident | None = None) -> list[str]:
    return [point.change for point in world.ask(timeline, *parts, of=of)]


def test_a_toll_that_rises_day_by_day(world: Any) -> None:
    for report, dead, day in (("a", 92, 1), ("b", 92, 2), ("c", 197, 4), ("d", 190, 5)):
        world.tell(report, dead, day=day)
    assert changes(world) == ["first", "repeats", "raises 92 to 197", "lowers 197 to 190"]


def test_points_come_by_publication_day_with_undated_ones_last(world: Any) -> None:
    world.tell("z", 5, day=3)
    world.tell("a", 5, day=None)
    world.tell("y", 4, day=1)
    assert [p.report for p in world.ask(timeline)] == ["y", "z", "a"]


def test_a_lower_bound_behind_the_known_figure_repeats_it(world: Any) -> None:
    world.tell("a", 12, day=1)
    world.tell("b", 10, high=None, day=2)
    assert changes(world) == ["first", "repeats"]


def test_two_figures_of_one_day_contest_each_other(world: Any) -> None:
    world.tell("a", 7)
    world.tell("b", 10)
    assert changes(world) == ["first", "contests 7 with 10"]


def test_the_other_side_of_the_war_contests_however_late_it_speaks(world: Any) -> None:
    world.tell("a", 4, side="state_forces", by="army", party="state", day=1)
    world.tell("b", 30, side="state_forces", by="the Front", party="armed_group", day=3)
    assert changes(world) == ["first", "contests 4 with 30"]
    (row,) = world.ask(summary)
    assert (row.low, row.high, row.disputed) == (4, 30, True)


def test_subsets_and_parts_do_not_move_the_total(world: Any) -> None:
    world.tell("a", 41, event="whole")
    world.tell("a", 3, subset=True, event="whole")
    world.tell("a", 30, event="part", places=("Vestry",))
    whole = world.incident("i_w", "a/whole")
    part = world.incident("i_p", "a/part", part_of="i_w")
    assert changes(world, part, of=whole) == ["first", "part of 41", "of a part"]
    (row,) = world.ask(summary, part, of=whole)
    assert (row.low, row.high, row.sources) == (41, 41, 1)


def test_a_correction_inside_a_report_is_a_step_of_its_own(world: Any) -> None:
    world.tell("a", 10)
    world.tell("a", 7, superseded_by="c_0")
    assert changes(world) == ["first", "raises 7 to 10"]
    (row,) = world.ask(summary)
    assert (row.low, row.high) == (10, 10)


def test_people_listed_side_by_side_add_up(world: Any) -> None:
    world.tell("a", 1, who="a shopkeeper")
    world.tell("a", 4, who="nephews")
    (row,) = world.ask(summary)
    assert (row.low, row.high, row.claims, row.disputed) == (5, 5, ("c_0", "c_1"), False)


def test_a_toll_that_was_revised_no_longer_stands(world: Any) -> None:
    world.tell("a", 92, day=1)
    world.tell("b", 197, day=4)
    (row,) = world.ask(summary)
    assert (row.low, row.high, row.disputed) == (197, 197, False)


def test_an_open_top_stays_open(world: Any) -> None:
    world.tell("a", 20, high=None)
    (row,) = world.ask(summary)
    assert (row.low, row.high) == (20, None)


def test_copies_and_one_agency_are_one_source(world: Any) -> None:
    body = " ".join(f"word{i}" for i in range(200))
    world.tell("a", 7, text=body)
    world.tell("b", 7, text=f"{body} and a last line")
    world.tell("c", 7, text="DORVAL (Reuters) - Seven people died there.")
    world.tell("d", 7, text="DORVAL (Reuters) - An ambush left seven dead.")
    world.tell("e", 7, text="Our own reporter counted seven.")
    (row,) = world.ask(summary)
    assert row.sources == 3


def test_parts_are_added_only_where_nobody_counts_the_whole(world: Any) -> None:
    world.tell("a", 5, harm="wounded", event="whole")
    world.tell("a", 30, event="one", places=("Vestry",))
    world.tell("a", 11, event="two", places=("Calder",))
    whole = world.incident("i_w", "a/whole")
    parts = [world.incident("i_1", "a/one"), world.incident("i_2", "a/two")]
    rows = {r.harm: r for r in world.ask(summary, *parts, of=whole)}
    assert (rows["killed"].low, rows["killed"].from_parts) == (41, True)
    assert (rows["wounded"].low, rows["wounded"].from_parts) == (5, False)
