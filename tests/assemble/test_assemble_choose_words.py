"""The words that choosers look at are the same whoever is named."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.assemble.choose_table import tables
from recount.assemble.choose_words import says_office, says_speech, step, words_of

NAMES = st.text(string.ascii_lowercase, min_size=4, max_size=9).map(lambda w: f"Q{w}")


@given(NAMES, NAMES)
def test_one_name_reads_like_another(one: str, other: str) -> None:
    assert words_of(f"troops of {one} hit 3 houses") == words_of(f"troops of {other} hit 3 houses")


@pytest.mark.parametrize(("one", "other"), [("soldiers", "rebels"), ("troops", "insurgents"), ("policemen", "gunmen")])
def test_one_side_reads_like_the_other(one: str, other: str) -> None:
    assert words_of(f"the {one} fled") == words_of(f"the {other} fled")


def test_days_months_numbers_and_small_words_keep_their_kind() -> None:
    assert words_of("On Monday, May 5") == ["on", "weekday", ",", "month", "#"]


@pytest.mark.parametrize("name", ["places", "days", "kinds", "roles"])
def test_no_weight_hangs_on_a_name(name: str) -> None:
    told = {trait.lower() for table in tables(name).values() for trait in table}
    for word in ("israel", "iran", "india", "pakistan", "taliban", "hamas", "ukrain", "russia", "baloch", "soldier"):
        assert not [trait for trait in told if word in trait]


def test_speech_and_office() -> None:
    assert says_speech("police said and later told") == 2
    assert says_speech("he was silent") == 0
    assert says_office("a Ministry statement")
    assert not says_office("a quiet village")


@pytest.mark.parametrize(("characters", "name"), [(0, "none"), (15, "a step"), (16, "a phrase"), (10_000, "far")])
def test_distances_have_names(characters: int, name: str) -> None:
    assert step(characters) == name
