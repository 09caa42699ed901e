"""Each codebook's own steps: words for numbers, corroboration, doubts, what is out of scope, two reports."""

from __future__ import annotations

from typing import Any

import pytest

from recount.reconcile import figures
from recount.records import Actor, Figure, Incident


def row(world: Any, rules: str, side: str | None = "civilians", harm: str = "killed", **more: Any) -> Figure:
    return next(f for f in world.ask(figures, rules=rules, **more) if (f.harm, f.side) == (harm, side))


@pytest.mark.parametrize(
    ("said", "kind", "number"),
    [
        ("dozens of people", "attack", 12),
        ("several dozen people", "attack", 12),
        ("hundreds", "attack", 100),
        ("several people", "attack", 3),
        ("several people", "airstrike", 10),
        ("many", "shelling", 10),
        ("a handful", "attack", 7),
    ],
)
def test_acled_reads_words_for_numbers_by_the_size_of_the_incident(
    world: Any, said: str, kind: str, number: int
) -> None:
    world.tell("a", 7, high=None, said=said, hedge="vague")
    assert row(world, "acled", None, of=world.incident(kind=kind)).best == number
    assert row(world, "ucdp", of=world.incident(kind=kind)).best == 7


def test_acled_leaves_a_number_alone_that_stands_beside_a_vague_word(world: Any) -> None:
    world.tell("a", 14, high=None, said="at least 14 of the many guests", hedge="at_least")
    assert row(world, "acled", None).best == 14


def test_acled_keeps_the_lowest_until_two_voices_corroborate_another(world: Any) -> None:
    world.tell("a", 4, by="a doctor", party="third")
    world.tell("b", 9, by="a mayor", party="third")
    assert row(world, "acled", None).best == 4
    world.tell("c", 9, by="residents", party="third")
    assert row(world, "acled", None).best == 9


def test_one_press_office_in_many_papers_corroborates_nothing(world: Any) -> None:
    world.tell("a", 4, by="a doctor", party="third")
    world.tell("b", 9, by="Press Office", party="state")
    again = world.tell("c", 9, by="press office", party="state")
    found = row(world, "acled", None)
    assert found.best == 4
    assert "both quote" in dict(row(world, "ucdp").dropped)[again]


def test_gtd_takes_the_latest_then_the_majority_then_the_lowest(world: Any) -> None:
    world.tell("a", 6, day=1)
    world.tell("b", 6, day=1)
    world.tell("c", 9, day=2)
    assert row(world, "gtd").best == 9
    world.tell("d", 7, day=2)
    found = row(world, "gtd")  # two are latest: 6 twice, 9 and 7 once are no majority
    assert (found.best, "lowest" in found.reason) == (6, True)
    world.tell("e", 9, day=2)
    world.tell("f", 9, day=2)
    world.tell("g", 9, day=2)
    assert "majority, 4 of 7" in row(world, "gtd").reason


def test_gtd_goes_to_the_majority_where_the_latest_figure_is_the_perpetrators(world: Any) -> None:
    world.tell("a", 5, day=1)
    world.tell("b", 5, day=2)
    world.tell("c", 8, day=3)
    claimed = world.tell("d", 40, day=4, by="the Front", party="armed_group")
    found = row(world, "gtd")
    assert (found.best, "in doubt" in found.reason) == (5, True)
    assert "fights" in dict(found.dropped)[claimed]


def test_gtd_counts_captives_by_majority_not_by_recency(world: Any) -> None:
    for name, number, day in (("a", 2, 1), ("b", 2, 1), ("c", 5, 2)):
        world.tell(name, number, day=day, harm="captured", side="armed_group")
        world.tell(name, number, day=day, harm="abducted")
    assert row(world, "gtd", "armed_group", "captured").best == 2
    assert row(world, "gtd", harm="abducted").best == 5


@pytest.mark.parametrize(
    ("fields", "recorded"),
    [
        ({"kind": "operation"}, False),
        ({"kind": "airstrike", "actors": (Actor(name="air force", side="state_forces"),)}, False),
        ({"kind": "operation", "actors": (Actor(name="the Front", side="armed_group"),)}, True),
        ({"kind": "attack"}, True),
    ],
)
def test_gtd_does_not_record_what_states_do(world: Any, fields: dict[str, Any], recorded: bool) -> None:
    claim = world.tell("a", 30, side="armed_group")
    found = row(world, "gtd", None, of=world.incident(**fields))
    assert found.best == (30 if recorded else None)
    assert found.used == ((claim,) if recorded else ())
    assert recorded or found.dropped == ((claim, found.reason),)


def test_ibc_asks_for_two_independent_reports(world: Any) -> None:
    body = " ".join(f"word{i}" for i in range(200))
    world.tell("a", 18, text=body)
    world.tell("b", 18, text=f"{body} and a last line")
    assert row(world, "ibc").high is None
    assert "asks for 2" in row(world, "ibc").reason
    world.tell("c", 36, day=4, text="Another account altogether, of its own.")
    found = row(world, "ibc")
    assert (found.low, found.best, found.high) == (18, None, 36)


def parted(world: Any, *numbers: int, whole: int = 197) -> tuple[Incident, list[Incident]]:
    world.tell("w", whole, day=9, side="armed_group", by="army", party="state", event="whole", places=("Highland",))
    parts = []
    for n, number in enumerate(numbers):
        world.tell(f"p{n}", number, day=2, side="armed_group", event="part", places=(f"Town{n}",))
        parts.append(world.incident(f"i_{n}", f"p{n}/part", part_of="i_w"))
    return world.incident("i_w", "w/whole"), parts


def test_ucdp_takes_identified_incidents_from_the_aggregate_that_holds_them(world: Any) -> None:
    whole, parts = parted(world, 30, 11)
    rows = world.ask(figures, *parts, of=whole, rules="ucdp")
    left = next(f for f in rows if f.side == "armed_group")
    assert (left.low, left.best, left.high) == (156, 156, 156)
    assert "197 less 30 + 11 leaves 156" in left.reason
    assert set(left.used) == {c.id for c in world.claims}
    every = [f.best for i, p in ((whole, parts), (parts[0], ()), (parts[1], ())) for f in
             world.ask(figures, *p, of=i, rules="ucdp") if f.side is None]  # fmt: skip
    assert sum(every) == 197


def test_ucdp_tells_a_negative_remainder_and_does_not_clip_it(world: Any) -> None:
    whole, parts = parted(world, 150, 80)
    left = next(f for f in world.ask(figures, *parts, of=whole, rules="ucdp") if f.side == "armed_group")
    assert left.best == -33
    assert "contradiction" in left.reason


def test_ucdp_subtracts_no_incident_twice_that_lies_in_another(world: Any) -> None:
    whole, (outer, inner) = parted(world, 30, 11)
    nested = world.incident("i_1", "p1/part", part_of=outer.id)
    left = next(f for f in world.ask(figures, outer, nested, of=whole, rules="ucdp") if f.side == "armed_group")
    assert left.best == 197 - 30
    assert inner.id == nested.id


def test_ucdp_keeps_what_happened_after_the_figure_was_told(world: Any) -> None:
    from datetime import date

    from recount.records import Days

    whole, (part,) = parted(world, 30)
    late = world.incident(part.id, *part.event_reports, part_of="i_w", days=Days(first=date(2024, 3, 20)))
    left = next(f for f in world.ask(figures, late, of=whole, rules="ucdp") if f.side == "armed_group")
    assert left.best == 197
    assert "after" in dict(left.dropped)["c_1"]
