"""Health: what a source brought against what was expected, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from recount.sources.health import Health, health
from recount.sources.plan import Source
from recount.sources.state import Item, State, iso

NOW = datetime(2031, 11, 20, 12, tzinfo=UTC)


def ago(**span: float) -> str:
    return iso(NOW - timedelta(**span))


@pytest.fixture
def state() -> Iterator[State]:
    """A state in memory, of a source that was watched for a month and answered a minute ago."""
    made = State(":memory:")
    made.told(
        "made", first_try=ago(days=30), last_try=ago(minutes=1), last_success=ago(minutes=1), last_new=ago(hours=2)
    )
    yield made
    made.close()


def brings(state: State, *days: float | None, found: float = 0.5) -> None:
    """Let the source have announced items so many days ago; None for one without a day, found `found` days ago."""
    for number, day in enumerate(days):
        said = None if day is None else ago(days=day)
        item = Item(source="made", key=f"{number} {found}", address="x", published=said, standing="kept")
        state.found([item], NOW - timedelta(days=found))


def look(state: State, **more: object) -> Health:
    return health(Source(name="made", kind="feed", **more), state, NOW)  # type: ignore[arg-type]


def test_as_much_as_expected(state: State) -> None:
    brings(state, 1, 2, 3, 8, 40)
    found = look(state, expect=(2.0, 5.0))
    assert (found.sign, found.week, found.well) == ("ok", 3, True)
    assert found.last_success == NOW - timedelta(minutes=1)


def test_silence_and_flood(state: State) -> None:
    brings(state, 1, 2, 3)
    assert look(state, expect=(4.0, 9.0)).sign == "silent"
    assert "3 reports in a week, 4 at least expected" in look(state, expect=(4.0, 9.0)).says
    assert look(state, expect=(1.0, 2.0)).sign == "flood"
    assert look(state, expect=(3.0, 3.0)).sign == "ok"
    assert look(state).sign == "ok"
    assert all(look(state, expect=pair).do for pair in ((4.0, 9.0), (1.0, 2.0)))


def test_rare_sources_are_silent_only_after_their_own_time(state: State) -> None:
    brings(state, 20)
    assert look(state, expect=(0.25, 3.0)).sign == "ok"  # one in four weeks
    assert look(state, expect=(0.5, 3.0)).sign == "silent"  # one in two weeks


def test_no_silence_is_told_in_the_first_week(state: State) -> None:
    state.told("made", first_try=ago(days=3))
    found = look(state, expect=(4.0, 9.0))
    assert found.sign == "ok"
    assert "no silence is told yet" in found.says


def test_the_undated_backlog_of_the_first_day_is_no_flood(state: State) -> None:
    state.told("made", first_try=ago(days=3))
    brings(state, *([None] * 50), found=2.9)
    assert look(state, expect=(1.0, 9.0)).sign == "ok"
    brings(state, *([None] * 50), found=1.0)
    assert look(state, expect=(1.0, 9.0)).sign == "flood"


def test_days_that_have_not_come_count_when_they_were_found(state: State) -> None:
    brings(state, -4000, -4000)
    assert look(state).week == 2
    brings(state, -4000, found=20)
    assert look(state).week == 2


def test_a_failing_source_says_why_and_what_to_do(state: State) -> None:
    state.told("made", failures=3, error="a.example: not there", advice="Check the address.", error_at=ago(hours=1))
    found = look(state)
    assert found.sign == "failing"
    assert found.says == "failed 3 times in a row: a.example: not there"
    assert found.do == "Check the address."
    assert not found.well


def test_a_source_that_nobody_asks_is_late(state: State) -> None:
    state.told("made", last_success=ago(hours=5))
    assert look(state, every=3600.0).sign == "late"
    assert look(state, every=7200.0).sign == "ok"
    assert "5 h" in look(state, every=3600.0).says


def test_a_source_that_was_never_asked_is_new() -> None:
    found = look(State(":memory:"))
    assert (found.sign, found.well) == ("new", True)


def test_items_are_counted_as_they_stand(state: State) -> None:
    for number, standing in enumerate(("new", "fetched", "kept", "copy", "refused", "aside")):
        item = Item(source="made", key=str(number), address="x", standing=standing)
        state.found([item], NOW)
    found = look(state)
    assert (found.waiting, found.kept, found.copies, found.aside, found.week) == (1, 2, 1, 2, 3)
