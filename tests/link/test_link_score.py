"""The score alone, which everything but an explanation uses, is the score of the full comparison."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.link.blocks import candidate_pairs, keys, member_of, numbers, partners
from recount.link.compare import DEAR, compare, score
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import Actor, Count, Days, EventReport, Place, Report, Toll, TollLine

MARCH = date(2024, 3, 4)


def told(number: int, chance: random.Random) -> tuple[EventReport, Report]:
    """An account with something missing here and there."""
    day = chance.choice((MARCH, MARCH + timedelta(days=1), MARCH + timedelta(days=9), None))
    town = chance.choice(("Dorval", "Vestry", None))
    words = " ".join(chance.choices(("convoy", "market", "bridge", "night", "gunmen", "river", "checkpoint"), k=20))
    tolls = tuple(
        TollLine(
            claim=f"c{n}",
            quote="were killed",
            toll=Toll(
                harm=chance.choice(("killed", "wounded")),
                side=chance.choice(("civilians", "armed_group", "unspecified")),
                count=Count(low=(low := chance.choice((0, 2, 5, 40, 100))), high=chance.choice((low, None))),
            ),
        )
        for n in range(chance.randint(0, 3))
    )
    event = EventReport(
        id=f"e{number}", report=f"r{number}", key="1", label=f"attack in {town}", role=chance.choice(("main", "other")),
        kind=chance.choice(("attack", "bombing", "shelling")), days=Days(first=day, last=day), country="XA",
        places=(Place(name=town, country="XA", level="settlement"),) if town else (),
        actors=(Actor(name=chance.choice(("Army", "Front")), side="state_forces"),) if chance.random() < 0.5 else (),
        targets=(Actor(name=chance.choice(("convoy", "market"))),) if chance.random() < 0.5 else (), tolls=tolls,
    )  # fmt: skip
    text = f"People {words} were killed. {words}"
    return event, Report(id=f"r{number}", name="r", text=text, published=MARCH + timedelta(days=chance.randint(0, 9)))


def crowd(chance: random.Random, number: int = 8) -> tuple[dict[str, Profile], Rarity]:
    pairs = [told(n, chance) for n in range(number)]
    profiles = profiles_of([e for e, _ in pairs], {r.id: r for _, r in pairs})
    return profiles, Rarity(profiles.values())


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_score_is_that_of_the_comparison_either_way_round(chance: random.Random) -> None:
    profiles, rarity = crowd(chance)
    for one in profiles.values():
        for other in profiles.values():
            if one.id != other.id:
                full = compare(one, other, rarity).score
                assert score(one, other, rarity) == pytest.approx(full, abs=0.002)
                assert score(other, one, rarity) == score(one, other, rarity)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False), st.floats(-20, 20))
def test_a_score_cut_short_lies_below_the_floor_as_the_whole_one_does(chance: random.Random, floor: float) -> None:
    profiles, rarity = crowd(chance)
    one, other, *_ = profiles.values()
    cut, whole = score(one, other, rarity, floor), score(one, other, rarity)
    assert cut == whole or (cut < floor and whole <= cut)
    assert DEAR > 0


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_one_account_finds_by_its_blocks_those_that_a_full_linking_compares_it_with(chance: random.Random) -> None:
    profiles, _ = crowd(chance, 12)
    blocks: dict[int, list[str]] = {}
    for profile in profiles.values():
        assert len(numbers(profile)) == len(set(keys(profile)))
        for block in numbers(profile):
            blocks.setdefault(block, []).append(profile.id)
    pairs = candidate_pairs(profiles)
    for one in profiles.values():
        found: set[str] = set()
        for block, kind in numbers(one).items():
            found.update(partners(member_of(one), kind, [member_of(profiles[e]) for e in blocks[block]]))
        assert found == {a if b == one.id else b for a, b in pairs if one.id in (a, b)}
