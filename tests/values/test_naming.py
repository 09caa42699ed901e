"""The words that screen, page and tables share."""

from __future__ import annotations

from typing import get_args

import pytest

from recount import records as r
from recount.values import naming


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(7, 7, "7"), (7, 9, "7–9"), (7, None, "7+"), (None, 9, "≤9"), (None, None, "–"), (1200, 1200, "1,200")],
)
def test_bounds_read_short(low: int | None, high: int | None, text: str) -> None:
    assert naming.range_text(low, high) == text


def test_every_side_party_hedge_and_stance_has_its_words() -> None:
    assert set(naming.SIDE_NAMES) == set(get_args(r.Side))
    assert set(naming.PARTY_NAMES) == set(get_args(r.Party))
    assert set(naming.HEDGES) == set(get_args(r.Hedge))
    said = {naming.attribution_text(r.Attribution(stance=s, accuser="A", accused="B")) for s in get_args(r.Stance)}
    assert len(said) == len(get_args(r.Stance))


def test_a_name_over_two_lines_is_quoted_on_one() -> None:
    assert naming.actor_text(r.Actor(name="the\n northern  band")) == "“the northern band”"


def test_days_and_counts_are_written_as_the_caller_writes_them() -> None:
    toll = r.Toll(harm="killed", side="civilians", count=r.Count(low=2, high=3))
    assert naming.value_text(toll, str, lambda c: f"<{c.low}>") == "<2> killed, civilians"
    assert naming.value_text(r.Days(), lambda _: "some day", str) == "some day"
