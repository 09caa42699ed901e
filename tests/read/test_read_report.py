"""A report is made in one place, and says what it says."""

from __future__ import annotations

import hashlib
import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import UnreadableInput
from recount.read import passages, report_from_text
from recount.read.languages import guess

BODY = "KHARAN: Two guards were killed at a checkpost on Monday, police said."


def test_a_headline_of_its_own_stands_first() -> None:
    report = report_from_text(BODY, name="a", headline="Two guards\n  killed")
    assert report.text == f"Two guards killed\n\n{BODY}"
    assert report.text[: report.headline_end] == report.headline == "Two guards killed"


def test_a_headline_that_the_text_begins_with_is_not_doubled() -> None:
    report = report_from_text(f"Two guards killed\n{BODY}", name="a", headline="Two Guards Killed")
    assert report.text.count("guards killed\n") == 1
    assert report.text[: report.headline_end] == report.headline


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        (f"Two guards killed near Kharan\n\n{BODY}", "Two guards killed near Kharan"),
        (f"Dark Mode\nTwo guards killed\nTwo guards killed\n{BODY}", "Two guards killed"),
        (f"{BODY}\n\nAn inquiry began.", None),
        (f"Two guards died.\n\n{BODY}", None),
        (f"Two guards killed\n{BODY}", None),
        ("Two guards killed near Kharan", None),
        (f"• Two guards killed\n\n{BODY}", None),
        (f"{'Two guards killed ' * 20}\n\n{BODY}", None),
    ],
)
def test_a_first_line_is_a_headline_where_it_looks_like_one(text: str, headline: str | None) -> None:
    report = report_from_text(text, name="a")
    assert report.headline == headline
    assert report.text == text
    assert report.headline_end in (0, len(headline or ""))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"Logo\nWednesday, 04 February 2032\nTwo guards killed\n\n{BODY}", date(2032, 2, 4)),
        (f"Two guards killed\n\nBy Our Correspondent\nMarch 5, 2031\n{BODY}", date(2031, 3, 5)),
        (f"{BODY} Published in The Herald, October 12th, 2031", date(2031, 10, 12)),
        (f"{BODY}\nMarch 5, 2031\nMore text follows here.", None),
        (BODY, None),
    ],
)
def test_a_printed_publication_day_is_read(text: str, day: date | None) -> None:
    assert report_from_text(text, name="a").published == day


def test_a_given_publication_day_wins() -> None:
    text = f"{BODY} Published in The Herald, October 12th, 2031"
    assert report_from_text(text, name="a", published=date(2031, 10, 11)).published == date(2031, 10, 11)


def test_the_id_is_of_content_and_address() -> None:
    same = report_from_text(BODY, name="a", url="x", source="one.txt")
    assert same.id == report_from_text(BODY, name="b", url="x", source="two.txt").id
    assert same.id != report_from_text(BODY + " Nobody else was hurt.", name="a", url="x").id
    assert same.id != report_from_text(BODY, name="a", url="y").id
    assert same.id.startswith("r_")


def test_the_hash_is_of_the_bytes_as_they_came() -> None:
    assert report_from_text("x\r\ny", name="a", raw=b"x\r\ny").sha256 == hashlib.sha256(b"x\r\ny").hexdigest()


def test_line_ends_and_controls_are_normalised_and_nothing_else() -> None:
    report = report_from_text("\ufeffOne\r\ntwo\rthree\x00four\tcon\xadfirmed\xa0— ﬁve\ud800", name="a")
    assert report.text == "One\ntwo\nthree four\tcon\xadfirmed\xa0— ﬁve "


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00\x00", "\ufeff"])
def test_no_text_is_no_report(text: str) -> None:
    with pytest.raises(UnreadableInput, match="no text"):
        report_from_text(text, name="a")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (BODY + " The men were on the way to the town.", "en"),
        ("سکیورٹی فورسز نے آپریشن میں تین افراد کو ہلاک کر دیا ہے۔", "ur"),
        ("أعلنت الشرطة أن ثلاثة أشخاص قتلوا في المدينة", "ar"),
        ("Le groupe a dit que les deux hommes ont été tués dans la ville", "fr"),
        ("12 45 98", None),
        ("Zwq kkrt plom vvx", None),
    ],
)
def test_language_is_guessed_or_left_open(text: str, language: str | None) -> None:
    assert guess(text) == language


@given(st.text(min_size=1, max_size=400), st.none() | st.text(max_size=60))
def test_any_text_is_a_report_with_exact_passages(text: str, headline: str | None) -> None:
    try:
        report = report_from_text(text, name="a", headline=headline)
    except UnreadableInput:
        return
    assert report.text.encode()
    found = passages(report)
    assert [p.index for p in found] == list(range(len(found)))
    assert all(one.end <= two.start for one, two in itertools.pairwise(found))
    assert all(report.text[p.start : p.end].strip() == report.text[p.start : p.end] != "" for p in found)
    said = "".join(report.text[p.start : p.end] for p in found)
    assert "".join(said.split()).translate(BULLETS) == "".join(report.text.split()).translate(BULLETS)


BULLETS = dict.fromkeys(map(ord, "•●▪■◆►"))
