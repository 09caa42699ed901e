"""The swap test: sides trade places in the same sentences, and the coding trades names and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import NotFound
from recount.review.fairness import FILE, Pair, SwapReport, exchange, pair_named, pairs, swap_faults, swap_report
from recount.rules import read_table

DAY = date(2026, 2, 5)


def _cases() -> list[object]:
    rows = [(p, s) for p in pairs().values() for s in p.sentences]
    return [pytest.param(p, s, id=f"{p.name}: {s}") for p, s in rows]


@pytest.mark.parametrize(("pair", "sentence"), _cases())
def test_only_names_change(pair: Pair, sentence: str) -> None:
    report = swap_report(sentence, pair, published=DAY)
    assert report.touched
    assert (report.missing, report.added) == ((), ())


@pytest.mark.parametrize("pair", pairs().values(), ids=lambda p: p.name)
def test_most_sentences_of_a_pair_hold_something_to_compare(pair: Pair) -> None:
    empty = [s for s in pair.sentences if swap_report(s, pair, published=DAY).empty]
    assert len(empty) <= 0.3 * len(pair.sentences), empty


def test_the_pairs_are_sound() -> None:
    assert list(swap_faults(read_table(FILE))) == []
    assert {p.name for p in pairs().values()} >= {"state-rebels", "india-pakistan"}


def test_a_pair_that_cannot_work_is_named() -> None:
    row = {"name": "trial", "says": "A trial.", "words": [["a", "b"], ["B", "c"]], "sentences": ["Nothing."]}
    faults = list(swap_faults({"pair": [row]}))
    assert any("'b' stands in two rows" in f for f in faults)
    assert any("names neither side" in f for f in faults)


def test_an_unknown_pair_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="india-pakistan"):
        pair_named("north-south")


def test_capitals_stay_and_parts_of_words_are_left_alone() -> None:
    trade = exchange((("soldiers", "rebels"), ("India", "Pakistan")))
    assert (
        trade("SOLDIERS of India. Rebels! Soldiership, pro-India.")
        == "REBELS of Pakistan. Soldiers! Soldiership, pro-India."
    )


@given(st.lists(st.sampled_from(["India", "Indian", "PAKISTAN", "soldiers", "Rebels", "troops", ",", "İ", "x-India"])))
def test_a_text_comes_back_when_traded_twice(words: list[str]) -> None:
    text = " ".join(words)
    for pair in pairs().values():
        trade = exchange(pair.words)
        assert trade(trade(text)) == text


def _unfair(monkeypatch: pytest.MonkeyPatch) -> SwapReport:
    """A coder that believes only the forces."""
    from recount.review import fairness
    from recount.river import code

    def partial(report: object, *, use_judge: bool = True) -> object:
        import msgspec

        coding = code(report, use_judge=use_judge)  # type: ignore[arg-type]
        kept = tuple(c for c in coding.claims if getattr(c.value, "side", "") != "state_forces")
        return msgspec.structs.replace(coding, claims=kept)

    monkeypatch.setattr(fairness, "code", partial)
    return swap_report(
        "Five soldiers were killed in a clash with militants near Kohlu on Monday.",
        pairs()["state-rebels"],
        published=DAY,
    )


def test_a_coder_with_a_side_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    report = _unfair(monkeypatch)
    assert not report.fair
    assert any("killed" in line for line in (*report.missing, *report.added))
