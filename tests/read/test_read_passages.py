"""Passages: sentences, headline and furniture of a report."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from recount.read import passages, report_from_text
from recount.read.sentences import PlainSplitter

SHARED = Path(__file__).parents[3] / "shared"


def said(text: str, headline: str | None = None) -> list[tuple[str, str]]:
    report = report_from_text(text, name="a", headline=headline)
    return [(p.kind[0], report.text[p.start : p.end]) for p in passages(report)]


def test_headline_sentences_and_furniture() -> None:
    page = (
        "Dark Mode\nMonday, 3 May 2032\nLogo\nThree held in Kech raid\n\nThree held in Kech raid\n\n"
        "By Our Correspondent\n\n"
        "TURBAT - Three men were held. Nobody was hurt.\n\nAdvertisement\n\nTheir names were not given.\n\nALSO READ\n"
    )
    assert said(page) == [
        ("f", "Dark Mode"),
        ("f", "Monday, 3 May 2032"),
        ("f", "Logo"),
        ("h", "Three held in Kech raid"),
        ("f", "Three held in Kech raid"),
        ("f", "By Our Correspondent"),
        ("s", "TURBAT - Three men were held."),
        ("s", "Nobody was hurt."),
        ("f", "Advertisement"),
        ("s", "Their names were not given."),
        ("f", "ALSO READ"),
    ]


def test_a_cut_off_repeat_of_the_headline_is_furniture() -> None:
    headline = "Three men held in a night raid on a compound near Turbat"
    assert said("NewsThree men held in a night raid on a compound...\nTURBAT: They were armed.", headline)[:2] == [
        ("h", headline),
        ("f", "NewsThree men held in a night raid on a compound..."),
    ]


def test_inline_bullets_and_the_dateline_behind_them() -> None:
    text = "• Army says nine dead • Locals dispute toll MIRAN SHAH / TANK: Nine men died on Monday. Two fled."
    assert said(text) == [
        ("s", "Army says nine dead"),
        ("s", "Locals dispute toll"),
        ("s", "MIRAN SHAH / TANK: Nine men died on Monday."),
        ("s", "Two fled."),
    ]


def test_bullets_are_paragraphs_of_their_own() -> None:
    report = report_from_text("• One man died • Two were hurt", name="a")
    assert [p.paragraph for p in passages(report)] == [0, 1]


def test_a_closing_notice_without_a_full_stop_before_it() -> None:
    assert said("He gave no toll, AFP said Published in Herald, May 2nd, 2031") == [
        ("s", "He gave no toll, AFP said"),
        ("f", "Published in Herald, May 2nd, 2031"),
    ]


def test_a_sentence_goes_on_over_a_line_break_in_lower_case_only() -> None:
    assert said("Police launched a search in the\nhills above the town.\nNobody was found") == [
        ("s", "Police launched a search in the\nhills above the town."),
        ("s", "Nobody was found"),
    ]
    assert said("High alert along the border\nPatrols were doubled.") == [
        ("s", "High alert along the border"),
        ("s", "Patrols were doubled."),
    ]


def test_text_wrapped_at_a_fixed_width_is_joined() -> None:
    wrapped = (
        "The governor of the northern province said on Monday that\n"
        "Kunar and two more districts had been searched by troops,\n"
        "and that eleven men were held. Nobody was killed in it, he\n"
        "said, and the search would go on until the men were found.\n\n"
        "The group denied it."
    )
    assert [kind for kind, _ in said(wrapped)] == ["s"] * 3
    assert said(wrapped)[0][1].endswith("held.")


def test_a_stray_mark_joins_the_sentence_before_it() -> None:
    assert said("“Leave now,” he said. ” Nobody moved.")[0] == ("s", "“Leave now,” he said. ”")


def test_urdu_sentences() -> None:
    assert [text for _, text in said("دو افراد ہلاک ہوئے۔ تین زخمی ہیں۔")] == ["دو افراد ہلاک ہوئے۔", "تین زخمی ہیں۔"]


def test_passages_are_fast_and_grow_with_the_text_only() -> None:
    """A long report takes time in proportion; measured against the plain splitter on the same text."""
    sentence = "Lt. Gen. Karim Wali said No. 5 post fell on Feb. 3 and nine men were killed there. "
    report = report_from_text(sentence * 400, name="a")
    passages(report)
    began = time.process_time()
    passages(report)
    whole = time.process_time() - began
    began = time.process_time()
    PlainSplitter().spans(report.text)
    assert whole < 30 * (time.process_time() - began) + 0.05


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "seeds").exists(), reason="needs the shared measuring data")
def test_seed_reports_have_headlines_and_marked_furniture() -> None:
    kinds = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        report = report_from_text(path.read_text(), name=path.stem)
        found = passages(report)
        kinds[path.stem[:3]] = tuple(sum(p.kind == kind for p in found) for kind in ("headline", "furniture"))
        sentences = [report.text[p.start : p.end] for p in found if p.kind == "sentence"]
        assert not any("AdSense" in s or "Dark Mode" in s or "Advertisement" in s for s in sentences)
    assert kinds == {"000": (0, 0), "001": (0, 0), "002": (1, 3), "003": (1, 14), "004": (0, 0)}
