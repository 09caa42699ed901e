"""Cue words: each class finds its own words, offsets stay true in any script, gates open and shut."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.extract.events import Cue, cues, fold
from recount.extract.lexicon import lexicon
from recount.extract.standing import modality_of
from recount.records import Kind, Modality
from recount.rules import read_table


def names(text: str) -> set[str]:
    return {cue.name for cue in cues(text)}


def _kind_words() -> Iterator[tuple[str, str, int]]:
    for row in read_table("cues/en/kinds.toml")["kind"]:
        for weight, words in row["words"].items():
            for word in words:
                yield word, row["kind"], int(weight)


def _scope_words() -> Iterator[tuple[str, str]]:
    for name, row in read_table("cues/en/scope.toml").items():
        for key, label in (("strong", f"{name}_strong"), ("weak", f"{name}_weak"), ("words", name)):
            for word in row.get(key, ()):
                yield word, label


def _spoken(word: str) -> str:
    """The word as a text would have it; a star is any ending."""
    return word.replace("*", "")


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_finds_its_own_words(kind: Kind) -> None:
    mine = [(word, weight) for word, k, weight in _kind_words() if k == kind]
    assert mine or kind == "other"
    missed = [
        word
        for word, weight in mine
        if not any(c.kind == kind and c.weight == weight for c in cues(f"News of {_spoken(word)} came in."))
    ]
    assert missed == []


@pytest.mark.parametrize("label", sorted({label for _, label in _scope_words()} - {"political"}))
def test_every_class_finds_its_own_words(label: str) -> None:
    inclusion, shown = {"crime": ("any", "armed"), "violent": ("any", "hint")}.get(label, ("political", label))
    texts = {w: f"They said {_spoken(w)} there." for w, name in _scope_words() if name == label}
    missed = [w for w, text in texts.items() if shown not in {c.name for c in cues(text, inclusion=inclusion)}]  # type: ignore[arg-type]
    assert missed == []


@pytest.mark.parametrize("word", sorted(w for w, label in _scope_words() if label == "political"))
def test_a_report_of_crime_counts_where_a_word_gives_it_a_political_side(word: str) -> None:
    crime = "A shopkeeper was strangled and a homicide case opened after the kidnapping."
    plain = crime.replace("kidnapping", "quarrel")
    assert cues(plain) == []
    assert cues(f"{plain} They spoke of {_spoken(word)}.") != []


def test_every_word_of_harm_is_a_cue() -> None:
    words = [" ".join(w.split()).replace(" 's", "'s") for w in lexicon("en").harms.phrases()]
    assert [w for w in words if "harm" not in names(f"The {w} there.")] == []


def test_stars_stand_at_the_end_of_words_only() -> None:
    """A star anywhere else is no wildcard: such a word would never be found."""
    words = [w for w, *_ in _kind_words()] + [w for w, _ in _scope_words()]
    assert [w for w in words if "*" in w.rstrip("*")] == []


def test_no_word_stands_twice_in_a_class() -> None:
    rows = [(kind, w) for w, kind, _ in _kind_words()] + [(label, w) for w, label in _scope_words()]
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Two bombings shook the town.", "bombings"),
        ("A SUICIDE BOMBER came.", "SUICIDE BOMBER"),
        ("An ambush; then calm.", "ambush"),
    ],
)
def test_a_cue_spans_its_whole_word(text: str, found: str) -> None:
    assert found in {text[c.start : c.end] for c in cues(text) if c.kind is not None}


@pytest.mark.parametrize("text", ["The warehouse reopened.", "A contraband skill.", "An eyewitness rambled."])
def test_words_inside_other_words_are_no_cues(text: str) -> None:
    assert not {c for c in cues(text) if c.kind is not None}
    assert "harm" not in names(text)


def test_cues_come_in_order() -> None:
    found = cues("Gunmen opened fire; a bomb blast killed two soldiers in the raid.")
    assert found == sorted(found, key=lambda c: (c.start, -c.end))
    assert len(found) > 4


def test_overlapping_words_are_all_found() -> None:
    kinds = {c.kind for c in cues("A drone strike hit.") if c.kind}
    assert "airstrike" in kinds


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_folding_never_moves_an_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_a_cue_is_found_behind_any_text(before: str, after: str) -> None:
    """Letters whose small form is longer (İ), emoji and right-to-left marks move nothing."""
    text = f"{before} ambush {after}"
    at = len(before) + 1
    assert any((c.start, c.end) == (at, at + 6) for c in cues(text))


def test_a_cue_is_a_plain_record() -> None:
    (cue,) = [c for c in cues("An ambush.") if c.kind is not None]
    assert cue == Cue(3, 9, "kind", "attack", 3)


# ---------------------------------------------------------------------------------------------------- standing


def _standing_rows() -> dict[str, Any]:
    return read_table("cues/en/standing.toml")


@pytest.mark.parametrize("name", sorted(_standing_rows()))
def test_every_standing_is_a_modality_and_finds_its_own_words(name: str) -> None:
    assert name in get_args(Modality)
    for word in _standing_rows()[name]["words"]:
        text = f"They {word} kill five men."
        start = text.index("kill")
        assert modality_of(text, 0, len(text), start, start) != "asserted", word


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("The army killed five men.", "asserted"),
        ("The plan could kill five men.", "hypothetical"),
        ("The cell was plotting to kill five men.", "planned"),
        ("The army denied that it had killed five men.", "denied"),
        ("The army did not kill five men.", "denied"),
        ("It could rain. The army killed five men.", "asserted"),
    ],
)
def test_the_words_before_the_harm_give_the_standing(text: str, standing: Modality) -> None:
    harm = text.index("kill")
    assert modality_of(text, 0, len(text), text.index("five"), harm) == standing
