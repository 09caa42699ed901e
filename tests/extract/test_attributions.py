"""Who says that whom did it; every rule's own examples run here."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.extract import attributions, attributions_rules, speakers
from recount.extract.attributions import AttributionMention
from recount.extract.attributions_rules import Rule, attribution_rules
from recount.extract.attributions_shapes import SHAPES
from recount.records import Passage
from recount.resolve import actors
from recount.rules.expressions import Expression

SET = attribution_rules()
RULES = [*SET.rules, *SET.deeds]


def find(text: str, kind: str = "sentence") -> list[AttributionMention]:
    parts = [Passage(index=0, start=0, end=len(text), kind=kind)]  # type: ignore[arg-type]
    return attributions.find(text, parts, actors.find(text), speakers.find(text, parts))


EXAMPLES = [(rule, *example) for rule in RULES for example in rule.examples]
COUNTERS = [(rule, text) for rule in RULES for text in rule.counter_examples]


@pytest.mark.parametrize(
    ("rule", "text", "accuser", "accused"), EXAMPLES, ids=[f"{e[0].name}: {e[1]}" for e in EXAMPLES]
)
def test_the_examples_of_each_rule(rule: Rule, text: str, accuser: str, accused: str) -> None:
    said = {(m.stance, m.accuser, m.accused) for m in find(text)}
    assert (rule.stance, accuser or None, accused or None) in said


@pytest.mark.parametrize(("rule", "text"), COUNTERS, ids=[f"{c[0].name}: {c[1]}" for c in COUNTERS])
def test_the_counter_examples_of_each_rule(rule: Rule, text: str) -> None:
    assert rule.stance not in {m.stance for m in find(text)}


def test_every_rule_has_an_example_and_a_shape_that_exists() -> None:
    assert {rule.shape for rule in RULES} <= SHAPES.keys()
    assert [rule.name for rule in RULES if not rule.examples] == []
    assert SHAPES.keys() == attributions_rules.SHAPE_NAMES


def test_both_sides_accuse_each_other() -> None:
    found = find("Thailand and Cambodia have accused each other of firing first.")
    assert {(m.accuser, m.accused) for m in found} == {("Thailand", "Cambodia"), ("Cambodia", "Thailand")}


def test_two_accusers_and_two_accused_are_told_apart() -> None:
    found = find("The army and the ministry accused Hamas and Hezbollah of attacks.")
    assert {m.accuser for m in found} == {"army", "ministry"}
    assert {m.accused for m in found} == {"Hamas", "Hezbollah"}


def test_a_group_is_the_one_named_before() -> None:
    text = "The Baloch Liberation Front met. The group claimed responsibility for the ambush."
    assert [(m.accuser, m.accused) for m in find(text)] == [("Baloch Liberation Front",) * 2]


def test_a_state_label_is_quoted_as_it_stands() -> None:
    (found,) = find("Officials accused Fitna al-Khawarij of the attack.")
    assert found.accused == "Fitna al-Khawarij"


def test_an_operation_at_home_is_no_claim() -> None:
    assert find("Security forces said they killed nine militants in Bannu.") == []
    assert find("The Pakistan Army said it struck a hideout in Bannu.") == []


def test_the_outlet_s_own_words_are_no_attribution() -> None:
    assert find("Taliban gunmen backed by Iran stormed the post.") == []


def test_a_rejected_claim_is_held_against_who_made_it() -> None:
    (found,) = [m for m in find("The army denied claims by Hezbollah that its base was hit.") if m.stance == "denies"]
    assert (found.accuser, found.accused) == ("army", "Hezbollah")


def test_a_headline_is_not_told_twice() -> None:
    head, body = "Iran accuses Israel of a strike", "Iran accused Israel of a strike on Sunday."
    text = f"{head}\n\n{body}"
    parts = [
        Passage(index=0, start=0, end=len(head), kind="headline"),
        Passage(index=1, start=len(head) + 2, end=len(text)),
    ]
    found = attributions.find(text, parts, actors.find(text), speakers.find(text, parts))
    assert [m.start >= len(head) for m in found] == [True]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"shap": "deny"}, "unknown key 'shap'.*Did you mean 'shape'"),
        ({"shape": "denies"}, "unknown shape"),
        ({"stance": "allege"}, "unknown stance.*Did you mean 'alleges'"),
        ({"words": ["("]}, "not a regular expression"),
    ],
)
def test_a_fault_in_a_rule_stops_the_load_of_another_folder(
    row: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = {"name": "mine", "stance": "denies", "shape": "deny", "says": "X.", "stems": ["x"], "words": ["x"]}
    monkeypatch.setattr(attributions_rules, "read_table", lambda _: {"rule": [{**good, **row}]})
    monkeypatch.setattr(attributions_rules, "Expression", partial(Expression, trusted=False))
    with pytest.raises(BadRule, match=message) as caught:
        attributions_rules.attribution_rules.__wrapped__("en")
    assert "mine" in caught.value.where


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_expression_of_a_rule_compiles(rule: Rule) -> None:
    for part in rule:
        assert not isinstance(part, Expression) or part.pattern


WORDS = st.sampled_from(
    [
        "Hamas",
        "Israel",
        "said",
        "it",
        "struck",
        "accused",
        "of",
        "the attack",
        "denied",
        "claimed responsibility",
        ".",
        ",",
        "“",
        "”",
        "backed by",
        "India",
        "-backed",
        "no group",
        "was blamed on",
        "which",
        "and",
        "each other",
        "army",
        "\u00ad",
        "(",
        ")",
    ]
)


@given(st.lists(WORDS, max_size=30))
def test_quotes_are_spans_of_any_text(words: list[str]) -> None:
    text = " ".join(words)
    for mention in find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.said in text
        assert mention.reason
