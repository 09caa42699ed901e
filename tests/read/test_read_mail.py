"""Mails and mailboxes: their words, their PDFs, and what is wrong with a broken one."""

from __future__ import annotations

import gzip
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_pdf import pdf

from recount.read import inputs, read
from recount.read.mail import MOST_NESTED, reports_from_mail
from recount.records import Report, SetAside
from recount.settings import Settings

WORDS = "Two constables were wounded in a blast near Tank on Tuesday morning, the district police office said.\n"


def mail(subject: str = "Blast near Tank", words: str = WORDS, **headers: str) -> EmailMessage:
    made = EmailMessage()
    told = {
        "From": "Press Office <press@office.example>",
        "Date": "Tue, 04 Nov 2031 21:30:00 +0500",
        "Message-ID": "<1@office.example>",
    }
    for name, value in (told | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            made[name] = value
    made["Subject"] = subject
    made.set_content(words)
    return made


def read_one(data: bytes) -> list[Report | SetAside]:
    return [
        found if isinstance(found, Report) else SetAside(source=found.where, reason=found.what, advice=found.do)
        for found in reports_from_mail(data, name="m")
    ]


def put(folder: Path, name: str, data: bytes) -> list[Report | SetAside]:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return list(read(path, Settings()))


def test_a_mail_is_a_report_with_what_its_head_tells(tmp_path: Path) -> None:
    (report,) = put(tmp_path, "a.eml", mail().as_bytes())
    assert isinstance(report, Report)
    assert report.headline == "Blast near Tank"
    assert report.published == date(2031, 11, 4)  # the sender's day: in UTC it is the same one, in Karachi too
    assert report.outlet == "Press Office"
    assert report.name == "1@office.example"
    assert "Two constables" in report.text


def test_its_day_is_the_senders_own() -> None:
    (report,) = read_one(mail(Date="Wed, 05 Nov 2031 01:30:00 +0500").as_bytes())
    assert isinstance(report, Report)
    assert report.published == date(2031, 11, 5)


@pytest.mark.parametrize("said", ["Fri, 31 Dec 1969 23:59:59 GMT", "Mon, 01 Jan 2199 00:00:00 GMT", "soon", "", "99"])
def test_a_date_that_cannot_be_is_none(said: str) -> None:
    (report,) = read_one(mail(Date=said).as_bytes())
    assert isinstance(report, Report)
    assert report.published is None


def test_html_is_read_where_there_is_no_plain_text() -> None:
    made = mail()
    made.set_content(f"<html><body><h1>Blast</h1><p>{WORDS}</p></body></html>", subtype="html")
    (report,) = read_one(made.as_bytes())
    assert isinstance(report, Report)
    assert "Two constables" in report.text
    assert "<p>" not in report.text


def test_plain_text_goes_before_html_and_attached_texts_are_none_of_it() -> None:
    made = mail()
    made.add_alternative("<p>something else</p>", subtype="html")
    made.add_attachment("attached words", filename="note.txt")
    (report,) = read_one(made.as_bytes())
    assert isinstance(report, Report)
    assert report.text.endswith("office said.\n")


def test_pdfs_that_hang_on_it_are_reports_of_their_own() -> None:
    pytest.importorskip("pypdfium2")
    made = mail(words="Please find the release attached.\n")
    lines = ["Two constables were wounded in a blast near Tank on Tuesday morning, police said."]
    made.add_attachment(pdf(lines), maintype="application", subtype="pdf", filename="r.pdf")
    made.add_attachment(b"no pdf", maintype="application", subtype="pdf", filename="s.pdf")
    words, release, broken = read_one(made.as_bytes())
    assert isinstance(words, Report)
    assert isinstance(release, Report)
    assert "constables" in release.text
    assert release.published == date(2031, 11, 4)
    assert release.outlet == "Press Office"
    assert isinstance(broken, SetAside)


@pytest.mark.parametrize(("charset", "words"), [("iso-8859-1", "Café"), ("utf-8", "کوئٹہ"), ("windows-1256", "كويتا")])
def test_words_in_other_encodings_are_read(charset: str, words: str) -> None:
    made = mail(subject=f"{words} today")
    made.set_content(f"{words}. {WORDS}", charset=charset)
    (report,) = read_one(made.as_bytes())
    assert isinstance(report, Report)
    assert words in report.text
    assert report.headline == f"{words} today"


def test_a_mailbox_gives_its_mails_one_by_one(tmp_path: Path) -> None:
    mails = [mail(f"Number {n}", Message_ID=f"<{n}@x>").as_bytes() for n in range(3)]
    box = b"".join(b"From press@office.example Tue Nov  4 21:30:00 2031\n" + one + b"\n" for one in mails)
    for name, data in (("b.mbox", box), ("c.mbox.gz", gzip.compress(box))):
        found = put(tmp_path, name, data)
        assert [report.headline for report in found if isinstance(report, Report)] == [
            "Number 0",
            "Number 1",
            "Number 2",
        ]
        assert found[1].source == f"{tmp_path / name}:2"


def test_from_inside_a_mail_ends_it_only_behind_a_blank_line(tmp_path: Path) -> None:
    one = mail(words=f"{WORDS}From there they fled.\n\n>From the hills too.\n").as_bytes()
    (report,) = put(tmp_path, "b.mbox", b"From x\n" + one)
    assert isinstance(report, Report)
    assert "From there they fled.\n\nFrom the hills too." in report.text


def test_a_broken_mail_does_not_stop_the_others(tmp_path: Path) -> None:
    big = mail(words="x " * 40_000).as_bytes()
    box = b"From a\n" + mail("One").as_bytes() + b"\nFrom b\nno head at all\n\nFrom c\n" + big + b"\nFrom d\n"
    path = tmp_path / "b.mbox"
    path.write_bytes(box + mail("Two").as_bytes())
    found = list(read(path, Settings(max_report_bytes=50_000)))
    assert [isinstance(one, Report) for one in found] == [True, False, False, True]
    assert [one.reason for one in found if isinstance(one, SetAside)] == [
        "no mail in it",
        "a mail of more than 50,000 bytes",
    ]


def test_a_maildir_is_read_whatever_its_files_are_called(tmp_path: Path) -> None:
    for part in ("cur", "new", "tmp"):
        (tmp_path / "box" / part).mkdir(parents=True)
    (tmp_path / "box" / "new" / "171.M1.host").write_bytes(mail("New").as_bytes())
    (tmp_path / "box" / "cur" / "170.M1.host:2,S").write_bytes(mail("Seen").as_bytes())
    found = [path for path in inputs([tmp_path]) if isinstance(path, Path)]
    reports = [one for path in found for one in read(path, Settings())]
    assert [one.headline for one in reports if isinstance(one, Report)] == ["Seen", "New"]


NESTED = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(MOST_NESTED + 1))
HEAD = b"From: a@b.example\nSubject: x\n"
BROKEN = {
    "nothing": b"",
    "binary": b"\x00\xff" * 500,
    "nested": HEAD + NESTED,
    "many parts": HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 300 + b"--b--",
    "no words": HEAD + b"\n\n   \n",
    "odd charset": HEAD + b"Content-Type: text/plain; charset=x-\xff\xfe\n\n\xff\xfe\x81",
    "odd base64": HEAD + b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!\n",
    "no boundary": HEAD + b"Content-Type: multipart/mixed\n\nwords",
    "odd kind": HEAD + b"Content-Type: /;=;;\x01\n\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_gives_no_report_is_told(name: str) -> None:
    for found in read_one(BROKEN[name]):
        if isinstance(found, SetAside):
            assert found.reason
            assert found.advice


@pytest.mark.parametrize("name", ["nothing", "binary", "nested", "many parts", "no words"])
def test_broken_mails_are_set_aside(name: str) -> None:
    (found,) = read_one(BROKEN[name])
    assert isinstance(found, SetAside)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_brings_more_than_a_reason(data: st.DataObject) -> None:
    made = mail("=?utf-8?b?Q2Fmw6k=?=")
    made.add_alternative("<p>x</p>", subtype="html")
    body = bytearray(made.as_bytes())
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=20)):
        body[at] = data.draw(st.integers(0, 255))
    assert all(isinstance(found, (Report, SetAside)) for found in read_one(bytes(body)))


@settings(max_examples=150, deadline=None)
@given(st.text(), st.text(), st.text())
def test_no_head_is_too_odd(subject: str, sender: str, said: str) -> None:
    raw = f"From: {sender}\nSubject: {subject}\nDate: {said}\nMessage-ID: {said}\n\n{WORDS}".encode("utf-8", "replace")
    assert all(isinstance(found, (Report, SetAside)) for found in read_one(raw))
