"""Arithmetic inside one report."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest

from recount.reconcile import checks, checks_of_coding
from recount.records import Check, Claim, Coding, Count, Days, Passage, Place, Report, Statistic, Toll, TollLine


def coding(world: Any, *, part_of: dict[str, str] | None = None, **more: Any) -> Coding:
    events = [msgspec.structs.replace(e, part_of=(part_of or {}).get(e.id)) for e in world.events.values()]
    reports = list(world.reports.values()) or [Report(id="a", name="a", text="")]
    fields = {"claims": tuple(world.claims)} | more
    return Coding(report=reports[0], event_reports=tuple(events), **fields)


def verdicts(found: tuple[Check, ...]) -> list[tuple[str, str]]:
    return [(c.kind, c.verdict) for c in found]


@pytest.mark.parametrize(
    ("parts", "verdict"), [((30, 11), "consistent"), ((30, 12), "contradiction"), ((30, 5), "open")]
)
def test_parts_against_the_total(world: Any, parts: tuple[int, int], verdict: str) -> None:
    world.tell("a", 41, event="whole")
    world.tell("a", parts[0], event="one")
    world.tell("a", parts[1], event="two")
    found = checks_of_coding(coding(world, part_of={"a/one": "a/whole", "a/two": "a/whole"}))
    assert verdicts(found) == [("parts_and_total", verdict)]
    assert f"{parts[0]} + {parts[1]} = {sum(parts)}" in found[0].sentence
    assert found[0].claims == ("c_0", "c_1", "c_2")


def test_more_among_them_than_there_are(world: Any) -> None:
    world.tell("a", 5)
    world.tell("a", 8, subset=True)
    assert verdicts(checks_of_coding(coding(world))) == [("parts_and_total", "contradiction")]
    assert [c.verdict for c in checks(world.events["a/"])] == ["contradiction"]


def test_headline_against_body(world: Any) -> None:
    world.tell("a", 9)
    world.tell("a", 6)
    passages = (Passage(index=0, start=0, end=1, kind="headline"), Passage(index=1, start=1, end=9))
    second = msgspec.structs.replace(world.claims[1], passage=1)
    found = checks_of_coding(coding(world, passages=passages, claims=(world.claims[0], second)))
    assert verdicts(found) == [("headline_and_body", "contradiction")]


@pytest.mark.parametrize(("later", "verdict"), [(10, "consistent"), (6, "open")])
def test_a_report_that_corrects_itself(world: Any, later: int, verdict: str) -> None:
    world.tell("a", 8, superseded_by="c_1")
    world.tell("a", later)
    assert verdicts(checks_of_coding(coding(world))) == [("running_total", verdict)]


def statistic(name: str, first: int, last: int, low: int, high: int | None) -> Statistic:
    toll = Toll(harm="killed", side="armed_group", count=Count(low=low, high=high))
    return Statistic(
        id=name,
        report="a",
        key=name,
        label=name,
        days=Days(first=date(2024, 5, first), last=date(2024, 5, last)),
        places=(Place(name="Highland"),),
        country="XA",
        tolls=(TollLine(claim=f"c_{name}", toll=toll),),
        claims=(f"c_{name}",),
    )


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [(80, None, "consistent"), (80, 80, "consistent"), (70, 70, "contradiction"), (120, 120, "contradiction")],
)
def test_windows_that_fill_a_longer_one(world: Any, low: int, high: int | None, verdict: str) -> None:
    statistics = (
        statistic("whole", 3, 20, low, high),
        statistic("first", 3, 16, 69, 69),
        statistic("rest", 17, 20, 13, 13),
    )
    found = checks_of_coding(coding(world, statistics=statistics))
    assert verdicts(found) == [("statistic_windows", verdict)]
    assert "= 82" in found[0].sentence


def test_windows_that_overlap_are_not_added(world: Any) -> None:
    statistics = (
        statistic("whole", 1, 30, 40, 40),
        statistic("first", 1, 16, 30, 30),
        statistic("second", 10, 20, 30, 30),
    )
    assert checks_of_coding(coding(world, statistics=statistics)) == ()


def count_claim(ident: str, said: str, low: int, *, approx: bool = False) -> Claim:
    return Claim(
        id=ident, report="a", passage=0, start=0, end=1, quote=said, property="scope", said=said,
        value=Count(low=low, high=low, approx=approx),
    )  # fmt: skip


def test_a_count_of_districts_given_twice(world: Any) -> None:
    claims = (count_claim("c_x", "11 districts", 11), count_claim("c_y", "about 13 districts", 13, approx=True))
    found = checks_of_coding(coding(world, claims=claims))
    assert verdicts(found) == [("restated_count", "contradiction")]
    assert "11" in found[0].sentence
    assert "about 13" in found[0].sentence


def test_counts_of_different_things_are_not_compared(world: Any) -> None:
    claims = (count_claim("c_x", "11 districts", 11), count_claim("c_y", "35 operations", 35))
    assert checks_of_coding(coding(world, claims=claims)) == ()
