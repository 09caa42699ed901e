"""What a site puts around a report is known by its lines; every rule has examples, and all of them run."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from recount.errors import BadRule
from recount.read.furniture import FILE, LONGEST, Furniture, compile_form, furniture
from recount.rules import read_table

ROWS: list[dict[str, Any]] = read_table(FILE)["furniture"]


@pytest.mark.parametrize(("name", "line"), [(row["name"], line) for row in ROWS for line in row["examples"]])
def test_examples_match_their_rule(name: str, line: str) -> None:
    assert furniture().rule_of(line, first=True) == name


@pytest.mark.parametrize("line", [line for row in ROWS for line in row["counter_examples"]])
def test_counter_examples_match_no_rule(line: str) -> None:
    assert furniture().rule_of(line, first=True) is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["name"]))
def test_every_rule_has_examples_and_counter_examples(row: dict[str, Any]) -> None:
    assert row["examples"]
    assert row["counter_examples"]


def test_a_line_of_the_page_head_is_furniture_only_there() -> None:
    assert furniture().rule_of("US", first=True) == "country edition"
    assert furniture().rule_of("US") is None


def test_a_long_line_is_never_furniture() -> None:
    assert furniture().rule_of("Read more: " + "x" * LONGEST) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Wednesday, 04 February 2032", date(2032, 2, 4)),
        ("Sept. 3, 2031", date(2031, 9, 3)),
        ("Published in The Valley Herald, October 12th, 2031", date(2031, 10, 12)),
        ("2031-03-05", date(2031, 3, 5)),
        ("31 February 2031", None),
        ("Updated 5 March, 2031", None),
        ("Advertisement", None),
    ],
)
def test_the_day_that_a_line_prints(line: str, day: date | None) -> None:
    assert furniture().published(line) == day


def test_a_closing_notice_is_found_inside_the_last_line() -> None:
    text = "Nobody was hurt, he said Published in Herald, May 2nd, 2031\n"
    assert text[furniture().tail_start(text) :] == "Published in Herald, May 2nd, 2031\n"
    assert furniture().tail_start("Published in Herald, May 2nd, 2031, the list names nine men.") is None
    assert furniture().tail_start("unpublished in Herald, May 2nd, 2031") is None


def test_an_unknown_slot_stops_loading() -> None:
    with pytest.raises(BadRule, match="wrods"):
        compile_form("by {wrods}")


@pytest.mark.parametrize("fault", [{"where": "middle"}, {"example": ["x"]}])
def test_an_unknown_key_or_place_stops_loading(fault: dict[str, Any]) -> None:
    row = {"name": "n", "forms": ["x"], "examples": ["x"], "counter_examples": ["y"], **fault}
    with pytest.raises(BadRule):
        Furniture({"furniture": [row]})
