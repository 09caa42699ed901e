"""What is coded under each inclusion rule: political violence, or any violent incident."""

from __future__ import annotations

from datetime import date

import pytest

from recount import river
from recount.errors import WrongUse
from recount.extract import cues
from recount.read.report import report_from_text
from recount.rules import pack_hash
from recount.settings import Inclusion, load_settings

CRIME = (
    "Two people were killed and three injured in a gun fight between families over a land dispute in Quetta on Tuesday."
)
BOMB = "Four soldiers were killed when a roadside bomb hit their convoy near Quetta on Tuesday, the army said."
FLOOD = "Four people drowned when a van was swept away by a flash flood near Quetta on Tuesday, officials said."


def kinds(text: str, inclusion: Inclusion) -> list[str]:
    report = report_from_text(text, name="r", published=date(2025, 3, 5))
    return [e.kind for e in river.code(report, inclusion=inclusion).event_reports]


def test_the_victim_of_a_crime_is_coded_only_where_any_violence_is_included() -> None:
    assert kinds(CRIME, "political") == []
    assert len(kinds(CRIME, "any")) == 1


def test_a_bomb_is_coded_under_both() -> None:
    assert len(kinds(BOMB, "political")) == len(kinds(BOMB, "any")) == 1


def test_an_accident_is_coded_under_neither() -> None:
    assert kinds(FLOOD, "political") == kinds(FLOOD, "any") == []


def test_words_of_crime_are_invisible_by_default() -> None:
    assert cues(CRIME) == []
    told = cues(f"{CRIME} Militants attacked an army post in the hills.")
    assert {"armed", "accident"} <= {c.name for c in told}
    assert "crime" not in {c.name for c in told}
    assert {c.name for c in cues(CRIME, inclusion="any")} & {"armed", "accident"} == {"armed"}


def test_codings_of_another_inclusion_are_of_another_pack() -> None:
    assert pack_hash(inclusion="any") != pack_hash()


def test_the_setting_is_read_and_checked() -> None:
    assert load_settings({"RECOUNT_INCLUSION": "any"}).inclusion == "any"
    with pytest.raises(WrongUse, match="INCLUSION"):
        load_settings({"RECOUNT_INCLUSION": "all"})
