"""Sentences end where the rule folder's examples say."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.read.sentences import FILE, NupunktSplitter, PlainSplitter, sentence_spans, splitter
from recount.rules import read_table

EXAMPLES = [(row["text"], row["sentences"]) for row in read_table(FILE)["example"]]
WORDS = st.sampled_from(
    ["Lt.", "Gen.", "killed", "No.", "5", "on", "Feb.", "“We", "left.”", "He", "U.S.", "\n", "۔", "…", "!"]
)


def cut(text: str, name: str = "nupunkt") -> list[str]:
    return [text[start:end].strip() for start, end in sentence_spans(text, name)]


@pytest.mark.parametrize(("text", "sentences"), EXAMPLES)
def test_examples_of_the_rule_folder(text: str, sentences: list[str]) -> None:
    assert cut(text) == sentences


@pytest.mark.parametrize(("text", "sentences"), EXAMPLES)
def test_the_plain_splitter_passes_the_same_examples(text: str, sentences: list[str]) -> None:
    assert cut(text, "plain") == sentences


def test_full_stop_and_question_mark_of_the_urdu_script() -> None:
    assert cut("پہلا جملہ ختم ہوا۔ دوسرا کب ہوگا؟ تیسرا۔") == ["پہلا جملہ ختم ہوا۔", "دوسرا کب ہوگا؟", "تیسرا۔"]


def test_a_missing_space_behind_a_quotation_still_ends_a_sentence() -> None:
    assert cut("“We are at peace now.”The chief left the hall.") == [
        "“We are at peace now.”",
        "The chief left the hall.",
    ]


def test_numbered_lines_stay_whole() -> None:
    assert cut("He asked for two things:\n1. Peace talks.") == ["He asked for two things:\n1. Peace talks."]


def test_asking_the_model_only_in_doubt_agrees_with_asking_it_always() -> None:
    text = " ".join(text for text, _ in EXAMPLES if "no." not in text.lower())
    by_model = NupunktSplitter().spans_by_model(text)
    assert {text[:e].rstrip() for _, e in NupunktSplitter().spans(text)} == {text[:e].rstrip() for _, e in by_model}


def test_plain_stands_in_where_nupunkt_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "nupunkt.models", None)
    splitter.cache_clear()
    try:
        assert isinstance(splitter(), PlainSplitter)
    finally:
        splitter.cache_clear()


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=200))
@pytest.mark.parametrize("name", ["nupunkt", "plain"])
def test_spans_are_in_order_and_leave_nothing_out(name: str, text: str) -> None:
    spans = sentence_spans(text, name)
    covered = "".join(text[start:end] for start, end in spans)
    assert covered.split() == text.split()
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(spans))
