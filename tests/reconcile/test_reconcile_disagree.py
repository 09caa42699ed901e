"""Each kind of disagreement, from the plainest report of it."""

from __future__ import annotations

from typing import Any

from recount.reconcile import disagreements


def kinds(world: Any) -> list[str]:
    return [d.kind for d in world.ask(disagreements)]


def test_agreement_is_no_disagreement(world: Any) -> None:
    world.tell("a", 7)
    world.tell("b", 7)
    assert kinds(world) == []


def test_a_plain_conflict_gives_both_values_and_speakers(world: Any) -> None:
    world.tell("a", 7, by="police", party="state")
    world.tell("b", 11, by="a doctor", party="third")
    (found,) = world.ask(disagreements)
    assert found.kind == "conflict"
    assert found.claims == ("c_0", "c_1")
    for word in ("7", "11", "police", "a doctor"):
        assert word in found.sentence


def test_hedge(world: Any) -> None:
    world.tell("a", 7, high=None)
    world.tell("b", 9)
    assert kinds(world) == ["hedge"]


def test_rounding(world: Any) -> None:
    world.tell("a", 100)
    world.tell("b", 107)
    assert kinds(world) == ["rounding"]


def test_time(world: Any) -> None:
    world.tell("a", 7, day=1)
    world.tell("b", 11, day=2)
    assert kinds(world) == ["time"]


def test_a_fall_is_explained_by_time_only_when_one_speaker_corrects_it(world: Any) -> None:
    world.tell("a", 11, day=1, by="police", party="state")
    world.tell("b", 7, day=2, by="police", party="state")
    assert kinds(world) == ["time"]
    world.tell("c", 5, day=3, by="a doctor", party="third")
    assert "conflict" in kinds(world)


def test_attackers(world: Any) -> None:
    world.tell("a", 10, side="unspecified")
    world.tell("b", 12, side="unspecified")
    world.tell("b", 2, side="armed_group")
    assert kinds(world) == ["attackers"]


def test_interest(world: Any) -> None:
    world.tell("a", 4, side="state_forces", by="army", party="state")
    world.tell("b", 30, side="state_forces", by="the Front", party="armed_group")
    assert kinds(world) == ["interest"]


def test_scope(world: Any) -> None:
    world.tell("a", 4, places=("Dorval",))
    world.tell("b", 9, places=("Dorval", "Vestry"))
    assert kinds(world) == ["scope"]


def test_place(world: Any) -> None:
    world.tell("a", 4, places=("Dorval",))
    world.tell("b", 9, places=("Vestry",))
    assert kinds(world) == ["place"]


def test_side(world: Any) -> None:
    world.tell("a", 6, side="civilians")
    world.tell("b", 6, side="armed_group")
    assert kinds(world) == ["side"]


def test_a_list_of_people_is_no_disagreement(world: Any) -> None:
    world.tell("a", 1, who="a shopkeeper")
    world.tell("a", 4, who="nephews")
    assert kinds(world) == []
