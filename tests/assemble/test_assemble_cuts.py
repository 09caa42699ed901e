"""Where a passage falls into clauses that tell of different incidents."""

from __future__ import annotations

from typing import Any

import pytest
from told_report import Told

from recount.assemble.cuts import cuts_of, mark_between
from recount.records import Claim


def pair(text: str, one: str, two: str) -> tuple[Claim, Claim]:
    told = Told(text)
    return told.toll(one, 4), told.toll(two, 2)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("A raid on Belo killed four men, while another at Corda left two dead.", ", while"),
        ("Four men died in Belo; two were shot in Corda.", ";"),
        ("Four men died in Belo, and in Corda two were shot.", ", and"),
        ("Four men died in Belo and two were shot in Corda.", "and"),
        ("Four men died in Belo two were shot in Corda.", "two"),
    ],
)
def test_a_passage_is_cut_at_the_surest_mark(text: str, at: str) -> None:
    one = "killed four men" if "killed" in text else "Four men"
    first, second = pair(text, one, "two")
    assert mark_between(first, second, text) == text.index(at)


def cut(text: str, *places: str, two: str = "two", **more: Any) -> list[int]:
    told = Told(text)
    tolls = [told.toll("Four men", 4), told.toll(two, 2, **more)]
    told.back()
    return cuts_of(tolls, [told.place(p) for p in places], text)


def test_two_places_are_two_incidents() -> None:
    text = "Four men died in Belo and two were shot in Corda."
    assert cut(text, "Belo", "Corda") == [text.index("and")]
    assert cut(text, "Belo", "Corda", side="civilians") == []
    assert cut(text, "Belo") == []


@pytest.mark.parametrize("joint", [", while", ";"])
def test_a_joining_word_with_a_place_begins_another_story(joint: str) -> None:
    text = f"Four men died{joint} a raid on Corda left two wounded."
    assert cut(text, "Corda", harm="wounded") == [text.index(joint)]
    assert cut(text, harm="wounded") == []


def test_parts_of_a_figure_are_never_cut_off() -> None:
    text = "Four men died in Belo, including two in a separate cell at Corda."
    assert cut(text, "Belo", "Corda") == []
    text = "Four men died in Belo; two of them were from Corda."
    assert cut(text, "Belo", "Corda", subset=True) == []


def test_one_figure_is_never_cut() -> None:
    told = Told("Four men died in Belo.")
    assert cuts_of([told.toll("Four men", 4)], [told.place("Belo")], told.text) == []
