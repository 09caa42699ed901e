"""Lines: repeats folded, hedges settled, vague words dropped beside exact ones, parts marked."""

from __future__ import annotations

from told_report import Told

from recount.assemble.lines import lines_of
from recount.records import Claim, TollLine


def lines(*claims: Claim) -> list[TollLine]:
    return lines_of(claims)


def lows(*claims: Claim) -> list[int | None]:
    return [line.toll.count.low for line in lines(*claims)]


def test_a_figure_told_twice_is_one_line_with_its_repeat() -> None:
    told = Told("34 raiders killed", "Police say 34 raiders killed")
    one, two = told.toll("34 raiders", 34), told.toll("34 raiders", 34, by="police")
    (line,) = lines(one, two)
    assert (line.claim, line.repeats) == (one.id, (two.id,))


def test_a_line_names_a_speaker_that_only_a_repeat_names() -> None:
    told = Told("34 raiders killed", "Police say 34 raiders killed")
    (line,) = lines(told.toll("34 raiders", 34), told.toll("34 raiders", 34, by="police"))
    assert line.by == "police"


def test_where_only_the_hedge_differs_the_unhedged_figure_stands() -> None:
    told = Told("At least 34 raiders killed", "34 raiders killed")
    hedged = told.toll("At least 34 raiders", 34, high=None, hedge="at_least")
    exact = told.toll("34 raiders", 34)
    for order in ((hedged, exact), (exact, hedged)):
        (line,) = lines(*order)
        assert line.claim == exact.id
        assert line.repeats == (hedged.id,)
        assert (line.toll.count.low, line.toll.count.high) == (34, 34)


def test_two_numbers_for_the_same_people_are_two_lines() -> None:
    told = Told("Police say 7 died", "The hospital says 10 died")
    assert lows(told.toll("7", 7, by="police"), told.toll("10", 10, by="hospital")) == [7, 10]


def test_other_harms_and_other_sides_are_other_lines() -> None:
    told = Told("Five raiders, five guards, five hurt")
    five = [
        told.toll("Five raiders", 5),
        told.toll("five guards", 5, side="state_forces"),
        told.toll("five hurt", 5, harm="wounded"),
    ]
    assert lows(*five) == [5, 5, 5]


def test_a_vague_word_falls_away_beside_an_exact_figure() -> None:
    told = Told("Dozens of raiders killed", "31 raiders killed")
    dozens = told.toll("Dozens of raiders", 24, high=None, hedge="vague")
    assert lows(dozens, told.toll("31 raiders", 31)) == [31]


def test_a_vague_word_alone_stays() -> None:
    told = Told("Dozens of raiders killed")
    assert lows(told.toll("Dozens of raiders", 24, high=None, hedge="vague")) == [24]


def test_a_vague_word_about_other_people_stays() -> None:
    told = Told("Dozens of villagers killed", "31 raiders killed")
    vague = told.toll("Dozens of villagers", 24, high=None, hedge="vague", side="civilians")
    assert lows(vague, told.toll("31 raiders", 31)) == [24, 31]


def test_an_unnumbered_plural_falls_away_beside_a_figure() -> None:
    told = Told("Raiders were killed", "31 raiders killed")
    assert lows(told.toll("Raiders", 2, high=None), told.toll("31 raiders", 31)) == [31]


def test_parts_are_marked() -> None:
    told = Told("92 raiders, including three bombers")
    lines_found = lines(told.toll("92 raiders", 92), told.toll("three bombers", 3, subset=True))
    assert [line.subset for line in lines_found] == [False, True]


def test_a_side_comes_from_a_repeat_that_tells_it() -> None:
    told = Told("34 killed", "34 raiders killed")
    (line,) = lines(told.toll("34", 34, side="unspecified"), told.toll("34 raiders", 34))
    assert line.toll.side == "armed_group"


def test_single_persons_of_two_sides_are_not_one() -> None:
    told = Told("A man was killed", "A raider was killed")
    assert lows(told.toll("A man", 1, side="unspecified"), told.toll("A raider", 1)) == [1, 1]


def test_every_claim_is_in_some_line_or_dropped_as_vague() -> None:
    told = Told("34 raiders 34 raiders 12 guards at least 12 guards several raiders")
    claims = [
        told.toll("34 raiders", 34),
        told.toll("34 raiders", 34),
        told.toll("12 guards", 12, side="civilians"),
        told.toll("at least 12 guards", 12, high=None, side="civilians", hedge="at_least"),
        told.toll("several raiders", 3, high=None, hedge="vague"),
    ]
    found = lines(*claims)
    named = {c for line in found for c in (line.claim, *line.repeats)}
    assert {c.id for c in claims} - named == {claims[-1].id}
