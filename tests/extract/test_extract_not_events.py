"""What is told of violence and is no incident: every example of the rules runs, and news of violence stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from recount import river
from recount.errors import BadRule
from recount.extract.events import cues, heard
from recount.extract.not_events import PREFIX, no_event_rules, passed_over, read_no_event
from recount.read import passages, report_from_text
from recount.records import Passage
from recount.rules import read_table

FILE = "cues/en/not_events.toml"
ROWS: list[dict[str, Any]] = read_table(FILE)["rule"]
NEWS = "Gunmen attacked a post near Tump on Monday and killed four soldiers, police said. "


def spoken(text: str) -> set[str]:
    """The names of the rules that speak in a text of one sentence."""
    found = passed_over(text, [Passage(index=0, start=0, end=len(text))], cues(text))
    return {passed.rule.name for _, passed in found}


def figures(text: str) -> set[tuple[str, int | None]]:
    """The harm and number of every figure that a report with this text would carry."""
    coding = river.code(report_from_text(text, name="told"), use_judge=False)
    return {(t.toll.harm, t.toll.count.low) for event in coding.event_reports for t in event.tolls}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_rule_speaks_in_its_examples_and_in_no_counter_example(row: dict[str, Any]) -> None:
    assert [t for t in row["examples"] if row["name"] not in spoken(t)] == []
    assert row["counter_examples"]
    assert [t for t in row["counter_examples"] if row["name"] in spoken(t)] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_every_word_of_a_rule_is_found(row: dict[str, Any]) -> None:
    missed = [
        w
        for w in row["words"]
        if PREFIX + row["name"] not in {c.name for c in cues(f"It was {w.replace('*', '')} then.")}
    ]
    assert missed == []


@pytest.mark.parametrize("text", [t for row in ROWS if row["effect"] == "sentence" for t in row["examples"]])
def test_a_silenced_sentence_takes_no_figure_and_no_kind_from_the_news_beside_it(text: str) -> None:
    alone, beside = figures(NEWS), figures(NEWS + text)
    assert alone == {("killed", 4)}
    assert beside == alone
    both = NEWS + text
    found, cut = cues(both), passages(report_from_text(both, name="told"))
    kept = heard(found, list(passed_over(both, cut, found)))
    assert {c.name for c in kept if c.start >= len(NEWS)} <= {"political"}


def test_what_was_passed_over_is_said() -> None:
    coding = river.code(report_from_text(NEWS + "The film tells of a captain who kills nine rebels.", name="told"))
    assert any("film" in w and "“The film tells”" in w for w in coding.warnings)


def test_words_alone_are_passed_over_and_the_deed_on_trial_stands() -> None:
    text = NEWS + "Two men were sentenced to death for the raid."
    assert figures(text) == {("killed", 4)}
    names = {c.name for c in cues("The tailors went on strike.")}
    assert names == {f"{PREFIX}strike of workers"}


def test_history_gets_a_cue_of_its_own() -> None:
    text = "Families marked the tenth anniversary of the siege in which 30 pupils died."
    found = cues(text)
    kept = heard(found, list(passed_over(text, [Passage(index=0, start=0, end=len(text))], found)))
    assert "anniversary of" in {text[c.start : c.end] for c in kept if c.name == "background"}
    assert {"harm"} <= {c.name for c in kept}


def test_a_real_attack_on_an_exercise_is_news() -> None:
    text = "Gunmen attacked soldiers near Tump during a joint exercise on Monday and killed two of them, police said."
    assert ("killed", 2) in figures(text)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"efect": "words"}, "unknown key 'efect'"),
        ({"effect": "silence"}, "unknown effect 'silence'"),
        ({"words": []}, "no 'words'"),
    ],
)
def test_a_faulty_rule_is_named(change: dict[str, Any], said: str) -> None:
    with pytest.raises(BadRule, match=said):
        read_no_event({**ROWS[0], **change}, FILE)


def test_the_rules_are_found_by_the_class_of_their_cue_words() -> None:
    assert {rule.name for rule in no_event_rules().values()} == {row["name"] for row in ROWS}
