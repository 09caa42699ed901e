"""Evidence: every example of the rules runs, every rule bears load, and figures stay apart from proof."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.extract.evidence import EvidenceRules, evidence_items, evidence_rules, read_rule
from recount.records import Evidence, Passage
from recount.rules import read_table

FILE = "cues/en/evidence.toml"
ROWS: list[dict[str, Any]] = read_table(FILE)["rule"]


def found(text: str) -> set[tuple[str, str]]:
    """Kinds of evidence with their standing in a text of one passage."""
    standing = set()
    for item in evidence_items(text, [Passage(index=0, start=0, end=len(text))]):
        assert text[item.start : item.end] == item.said
        assert isinstance(item.value, Evidence)
        standing.add((item.value.item, "offered" if item.value.offered else "absent"))
    return standing


@pytest.mark.parametrize("example", [e for row in ROWS for e in row["examples"]], ids=lambda e: e[0])
def test_an_example_is_read_as_it_says(example: list[str]) -> None:
    text, item, standing = example
    assert (item, standing) in found(text)
    assert len({s for kind, s in found(text) if kind == item}) == 1


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["item"])
def test_a_counter_example_is_no_such_evidence(row: dict[str, Any]) -> None:
    assert row["counter_examples"]
    assert [t for t in row["counter_examples"] if row["item"] in {kind for kind, _ in found(t)}] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["item"])
def test_a_rule_is_explained_and_shows_both_standings(row: dict[str, Any]) -> None:
    assert row["says"].endswith(".")
    assert {e[2] for e in row["examples"]} == {"offered", "absent"}
    assert {e[1] for e in row["examples"]} == {row["item"]}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["item"])
def test_every_form_is_found_by_the_scan_and_the_pattern(row: dict[str, Any]) -> None:
    rule = read_rule(row, FILE)
    for form in (*row["offered"], *row.get("absent", ())):
        said = form.replace("*", "").replace("_ ", "").replace(" _", "")
        spans = (rule.offered, rule.absent)
        assert any(p and p.pattern.search(f"It was {said} then.") for p in spans), form
        assert any(stem in said.lower() for stem in rule.stems), form


def test_the_order_of_rules_never_matters() -> None:
    text = " ".join(e[0] for row in ROWS for e in row["examples"])
    passages = [Passage(index=0, start=0, end=len(text))]
    backwards = EvidenceRules(evidence_rules("en").rules[::-1])
    tried = {(r.item, p.index) for r, p in backwards.worth_trying(text.lower(), passages)}
    assert tried == {(r.item, p.index) for r, p in evidence_rules("en").worth_trying(text.lower(), passages)}


def test_furniture_offers_nothing() -> None:
    text = "Footage showed the raid."
    passage = Passage(index=0, start=0, end=len(text), kind="furniture")
    assert list(evidence_items(text, [passage])) == []


def test_one_item_for_each_kind_and_standing_of_a_passage() -> None:
    assert found("Footage showed a truck and a video showed two more.") == {("video", "offered")}
    text = "Footage showed a truck and a video showed two more."
    assert len(list(evidence_items(text, [Passage(index=0, start=0, end=len(text))]))) == 1


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ({"item": "x", "says": "X.", "ofered": ["a"]}, "offered"),
        ({"item": "x", "says": "X."}, "no 'offered'"),
        ({"item": "x", "says": "X.", "offered": []}, "no words"),
    ],
)
def test_a_faulty_rule_names_file_rule_and_nearest_name(row: dict[str, Any], named: str) -> None:
    with pytest.raises(BadRule, match=named) as fault:
        read_rule(row, FILE)
    assert f"{FILE}, rule 'x'" in str(fault.value)


@given(st.lists(st.sampled_from(["footage", "showed", "no", "İ", "names", "the dead", "bodies", ",", "\n", "weapons"])))
def test_spans_are_true_in_any_text(words: list[str]) -> None:
    found(" ".join(words))
