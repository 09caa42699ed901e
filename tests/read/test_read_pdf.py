"""PDFs: their text in paragraphs, and why one gives none."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pdf import pdf

from recount.errors import UnreadableInput
from recount.read import read
from recount.read.pdf import MOST_PAGES, pdf_text, report_from_pdf
from recount.records import Report, SetAside
from recount.settings import Settings

pytest.importorskip("pypdfium2")
RELEASE = [
    "PRESS RELEASE",
    "",
    "Five soldiers and two militants were killed in a clash near Bannu on Friday,",
    "the military said in a statement. The exchange of fire lasted for three hours",
    "and another four soldiers were wounded (two of them badly).",
    "",
    "A spokesman for the group denied the figures.",
    "(a) Two rifles were found.",
    "(b) A vehicle had burnt out.",
    "- 1 -",
]


def test_lines_of_a_paragraph_are_joined_and_others_are_not() -> None:
    assert pdf_text(pdf(RELEASE), "x").split("\n") == [
        "PRESS RELEASE",
        "Five soldiers and two militants were killed in a clash near Bannu on Friday, the military said in a statement. "
        "The exchange of fire lasted for three hours and another four soldiers were wounded (two of them badly).",
        "A spokesman for the group denied the figures.",
        "(a) Two rifles were found.",
        "(b) A vehicle had burnt out.",
    ]


def test_a_sentence_runs_on_over_a_page_break_and_page_numbers() -> None:
    first = ["The search for those who fled went on for two days and was called off late on", "Page 1 of 2"]
    text = pdf_text(
        pdf(first, ["2", "sunday evening in the hills.", "", "Nobody else was hurt in it, the office said."]), "x"
    )
    assert text.startswith(
        "The search for those who fled went on for two days and was called off late on sunday evening"
    )
    assert "Page 1" not in text


def test_a_pdf_is_a_report_like_any_other(tmp_path: Path) -> None:
    path = tmp_path / "release.pdf"
    path.write_bytes(pdf(RELEASE))
    (report,) = read(path, Settings())
    assert isinstance(report, Report)
    assert report.name == "release"
    assert report.published is None  # the file's own dates say nothing of publication
    assert "Five soldiers" in report.text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([""]), "no text in it"),
        (pdf(["Page one of a scan"]), "no text in it"),
        (pdf(*[["x"]] * (MOST_PAGES + 1)), "more than 300 pages"),
        (pdf(RELEASE)[:200], "a PDF that cannot be read"),
        (b"%PDF-1.4", "a PDF that cannot be read"),
        (b"", "a PDF that cannot be read"),
    ],
)
def test_what_gives_no_text_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableInput, match=reason) as fault:
        report_from_pdf(data, name="x")
    assert fault.value.do


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_brings_more_than_a_reason(data: st.DataObject) -> None:
    body = bytearray(pdf(RELEASE))
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=12)):
        body[at] = data.draw(st.integers(0, 255))
    with suppress(UnreadableInput):
        report_from_pdf(bytes(body), name="x")


def test_without_its_library_a_pdf_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    path = tmp_path / "release.pdf"
    path.write_bytes(pdf(RELEASE))
    (found,) = read(path, Settings())
    assert isinstance(found, SetAside)
    assert "recount[sources]" in found.advice
