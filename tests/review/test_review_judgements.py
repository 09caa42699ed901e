"""People's decisions: what they must name, their ids, and which of them stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import WrongUse
from recount.records import Count, Judgement
from recount.review.judgements import active, make_judgement

AT = "2025-03-04T10:00:00Z"


def test_the_same_decision_has_the_same_id_whatever_the_order_of_subjects() -> None:
    one = make_judgement("same", ["e_2", "e_1"], "ana", AT)
    assert one == make_judgement("same", ["e_1", "e_2"], "ana", AT)
    assert one.subjects == ("e_1", "e_2")


@pytest.mark.parametrize(
    "other",
    [
        make_judgement("different", ["e_1", "e_2"], "ana", AT),
        make_judgement("same", ["e_1", "e_3"], "ana", AT),
        make_judgement("same", ["e_1", "e_2"], "ben", AT),
        make_judgement("same", ["e_1", "e_2"], "ana", "2025-03-05T10:00:00Z"),
        make_judgement("same", ["e_1", "e_2"], "ana", AT, why="one bridge"),
    ],
)
def test_every_part_of_a_decision_counts_for_its_id(other: Judgement) -> None:
    assert other.id != make_judgement("same", ["e_1", "e_2"], "ana", AT).id


def test_a_correction_carries_its_value() -> None:
    made = make_judgement("corrected", ["c_1"], "ana", AT, value=Count(low=3, high=3))
    assert made.value == Count(low=3, high=3)
    assert made.id != make_judgement("corrected", ["c_1"], "ana", AT, value=Count(low=4, high=4)).id


def test_a_decision_without_what_it_needs_is_wrong_use() -> None:
    for decision, subjects, by in (("same", ["e_1"], "ana"), ("right", [], "ana"), ("right", ["c_1"], " ")):
        with pytest.raises(WrongUse):
            make_judgement(decision, subjects, by, AT)
    with pytest.raises(WrongUse, match="value"):
        make_judgement("corrected", ["c_1"], "ana", AT)
    with pytest.raises(WrongUse, match="take back"):
        make_judgement("undo", [], "ana", AT)


def test_an_undone_decision_stands_no_longer() -> None:
    first = make_judgement("same", ["e_1", "e_2"], "ana", AT)
    second = make_judgement("right", ["c_1"], "ana", AT)
    undo = make_judgement("undo", [], "ben", AT, undoes=first.id)
    assert active([first, second, undo]) == [second]


def test_an_undone_undoing_lets_the_decision_stand_again() -> None:
    first = make_judgement("same", ["e_1", "e_2"], "ana", AT)
    undo = make_judgement("undo", [], "ben", AT, undoes=first.id)
    redo = make_judgement("undo", [], "ana", AT, undoes=undo.id)
    assert active([first, undo, redo]) == [first]


def test_a_decision_can_replace_an_earlier_one() -> None:
    first = make_judgement("same", ["e_1", "e_2"], "ana", AT)
    other = make_judgement("different", ["e_1", "e_2"], "ana", AT, undoes=first.id)
    assert active([first, other]) == [other]
    back = make_judgement("undo", [], "ana", AT, undoes=other.id)
    assert active([first, other, back]) == [first]


@given(st.integers(0, 6))
def test_a_chain_of_undoings_lets_the_first_stand_when_its_length_is_even(length: int) -> None:
    chain = [make_judgement("right", ["c_1"], "ana", AT)]
    for step in range(length):
        chain.append(make_judgement("undo", [], "ana", AT, why=str(step), undoes=chain[-1].id))
    assert active(chain) == (chain[:1] if length % 2 == 0 else [])
