"""Folded words and near copies."""

from __future__ import annotations

from recount.values.texts import copied, fold, folded_words, sketch

STORY = " ".join(f"word{i}" for i in range(300))


def test_folding_drops_case_and_accents_and_keeps_other_scripts() -> None:
    assert fold("Türkiye") == "turkiye"
    assert folded_words("Al-Hilweh, Saïda") == ("al", "hilweh", "saida")
    assert fold("کوئٹہ")


def test_a_copy_with_a_changed_word_is_a_near_copy() -> None:
    changed = STORY.replace("word150", "changed")
    assert copied(sketch(STORY), sketch(STORY)) == 1.0
    assert 0.8 < copied(sketch(STORY), sketch(changed)) < 1.0


def test_different_and_empty_texts_share_nothing() -> None:
    other = " ".join(f"other{i}" for i in range(300))
    assert copied(sketch(STORY), sketch(other)) == 0.0
    assert copied(sketch(""), sketch(STORY)) == 0.0
    assert sketch("too short") == ()
