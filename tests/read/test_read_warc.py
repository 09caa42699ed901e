"""WARC files: every whole record is read, whatever is wrong with the others, and ranges give each record once."""

from __future__ import annotations

import gzip
import time
import tracemalloc
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import brotli
import made_warc
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_pdf import pdf
from made_warc import answer, packed, put, record, records

from recount.engine.archive import read_archive
from recount.errors import UnreadableInput
from recount.read import read
from recount.read.pages import Page
from recount.read.warc import pages
from recount.records import Report, SetAside
from recount.settings import Settings

SETTINGS = Settings()
TEN = records(10)


def found(path: Path, settings: Settings = SETTINGS, **where: int) -> list[str]:
    """The last letter of each page's address, and the reason of whatever was set aside."""
    told = []
    for item in pages(path, settings, **where):
        if isinstance(item, SetAside):
            told.append(item.reason)
        elif isinstance(item, Page):
            told.append((item.url or "")[-1])
    return told


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz"])
def test_every_page_is_read_with_its_address_and_bytes(tmp_path: Path, name: str) -> None:
    data = packed(TEN) if name.endswith("gz") else b"".join(TEN)
    got = [p for p in pages(put(tmp_path / name, data), SETTINGS) if isinstance(p, Page)]
    assert [p.url for p in got] == [f"http://made.example/{n}" for n in range(10)]
    assert [p.data for p in got] == [made_warc.page(n) for n in range(10)]
    assert len({p.source for p in got}) == 10
    assert got[0].charset == "utf-8"


def test_a_file_packed_as_a_whole_is_read_too(tmp_path: Path) -> None:
    assert found(put(tmp_path / "a.warc.gz", gzip.compress(b"".join(TEN)))) == list("0123456789")


def broken(kind: str) -> bytes:
    """Ten packed records of which the fifth is broken."""
    parts = [gzip.compress(part) for part in TEN]
    body = answer(made_warc.page(4))
    url = "http://made.example/4"
    flipped = bytearray(parts[4])
    flipped[len(flipped) // 2] ^= 0xFF
    parts[4] = {
        "flipped": bytes(flipped),
        "cut": parts[4][:-30],
        "short": gzip.compress(record(url, body, says=100)),
        "long": gzip.compress(record(url, body, says=99_999)),
        "endless head": gzip.compress(record(url, body, extra="X: " + "x" * 100_000 + "\r\n")),
        "no length": gzip.compress(TEN[4].replace(b"Content-Length", b"Content-Lenght")),
        "no record": gzip.compress(b"just words"),
        "bomb": gzip.compress(record(url, answer(b"a" * 40_000_000))),
        "lying bomb": gzip.compress(record(url, answer(b"a" * 40_000_000), says=100)),
        "no answer": gzip.compress(record(url, b"words and more words")),
        "garbage": b"not packed at all " * 50,
    }[kind]
    return b"".join(parts)


REASONS = {
    "flipped": "damaged gzip data",
    "cut": "damaged gzip data",
    "short": "does not end where it says",
    "long": "says 99,999 bytes",
    "endless head": "no beginning",
    "no length": "without a length",
    "no record": "no beginning",
    "bomb": "times its size",
    "lying bomb": "does not end where it says",
    "no answer": "no HTTP answer",
    "garbage": "no record",
}


@pytest.mark.parametrize("kind", REASONS)
def test_a_broken_record_is_set_aside_and_all_others_are_read(tmp_path: Path, kind: str) -> None:
    got = found(put(tmp_path / "a.warc.gz", broken(kind)))
    assert [g for g in got if len(g) == 1] == list("012356789")
    (reason,) = (g for g in got if len(g) > 1)
    assert REASONS[kind] in reason


@pytest.mark.parametrize("says", [100, 99_999, 5_000_000])
def test_wrong_lengths_of_an_unpacked_file_lose_only_their_record(tmp_path: Path, says: int) -> None:
    parts = list(TEN)
    parts[4] = record("http://made.example/4", answer(made_warc.page(4)), says=says)
    got = found(put(tmp_path / "a.warc", b"".join(parts)))
    assert [g for g in got if len(g) == 1] == list("012356789")


def test_garbage_between_unpacked_records_costs_nothing_else(tmp_path: Path) -> None:
    got = found(put(tmp_path / "a.warc", b"".join(TEN[:5]) + b"garbage\r\n" * 40 + b"".join(TEN[5:])))
    assert [g for g in got if len(g) == 1] == list("0123456789")
    assert len(got) == 11


def test_a_file_cut_short_gives_what_is_whole(tmp_path: Path) -> None:
    got = found(put(tmp_path / "a.warc.gz", packed(TEN)[:-100]))
    assert got == [*"012345678", "the packed record is cut short"]


def test_large_records_are_set_aside_only_where_they_are_pages(tmp_path: Path) -> None:
    small = Settings(max_report_bytes=50_000)
    large = [b"a%d " % n for n in range(20_000)]
    film = record("http://made.example/f", answer(b"".join(large), kind="video/mp4"))
    text = record("http://made.example/t", answer(b"".join(large)))
    got = found(put(tmp_path / "a.warc.gz", packed([TEN[0], film, text, TEN[1]])), small)
    assert got == ["0", "larger than 50,000 bytes", "1"]


def test_a_bomb_is_neither_unpacked_nor_waited_for(tmp_path: Path) -> None:
    path = put(tmp_path / "a.warc.gz", broken("bomb"))
    tracemalloc.start()
    begin = time.process_time()
    found(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12_000_000
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("head", "body", "data"),
    [
        ("Content-Encoding: gzip\r\n", gzip.compress(b"<p>word</p>"), b"<p>word</p>"),
        ("Content-Encoding: br\r\n", brotli.compress(b"<p>word</p>"), b"<p>word</p>"),
        ("Content-Encoding: gzip\r\n", b"<p>never packed</p>", b"<p>never packed</p>"),
        ("Transfer-Encoding: chunked\r\n", b"5\r\n<p>wo\r\n6\r\nrd</p>\r\n0\r\n\r\n", b"<p>word</p>"),
        ("Transfer-Encoding: chunked\r\n", b"<p>word</p>", b"<p>word</p>"),
    ],
)
def test_bodies_are_unpacked(tmp_path: Path, head: str, body: bytes, data: bytes) -> None:
    path = put(tmp_path / "a.warc", record("http://made.example/1", answer(body, head=head)))
    (got,) = pages(path, SETTINGS)
    assert isinstance(got, Page)
    assert got.data == data


@pytest.mark.parametrize("pack", [gzip.compress, brotli.compress])
def test_a_bomb_inside_an_answer_is_set_aside(tmp_path: Path, pack: object) -> None:
    coding = "gzip" if pack is gzip.compress else "br"
    bomb = answer(pack(b"a" * 30_000_000), head=f"Content-Encoding: {coding}\r\n")  # type: ignore[operator]
    got = found(put(tmp_path / "a.warc", record("http://made.example/1", bomb) + TEN[2]))
    assert got == ["a page that unpacks to more than 20,000,000 bytes", "2"]


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    parts = [
        record("http://made.example/a", b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record("http://made.example/b", answer(b"GIF89a", kind="image/gif")),
        record("http://made.example/c", answer(made_warc.page(1), status="404 Not Found")),
        record("http://made.example/d", b"words of a page", kind="conversion", http=False),
    ]
    path = put(tmp_path / "a.warc.gz", packed(parts))
    assert found(path) == ["d"]
    assert len(list(pages(path, SETTINGS))) == 4


@pytest.mark.parametrize("data", [b"", b"hello", gzip.compress(b"hello" * 100)])
def test_what_is_no_warc_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnreadableInput):
        list(pages(put(tmp_path / "a.warc.gz", data), SETTINGS))


@given(st.lists(st.integers(0, 12_000), max_size=6))
def test_ranges_that_cover_a_file_give_each_record_once(cuts: list[int]) -> None:
    whole = found(WHOLE)
    size = WHOLE.stat().st_size
    edges = sorted({0, size, *(c for c in cuts if c < size)})
    parts = [found(WHOLE, start=a, stop=b) for a, b in pairwise(edges)]
    assert [item for part in parts for item in part] == whole


@given(st.lists(st.tuples(st.integers(0, 11_000), st.integers(1, 255)), min_size=1, max_size=4))
def test_damage_anywhere_loses_no_record_that_it_does_not_touch(damage: list[tuple[int, int]]) -> None:
    data = bytearray(PACKED)
    touched = set()
    for at, change in damage:
        at %= len(data)
        data[at] ^= change
        touched |= {n for n, (a, b) in enumerate(EDGES) if a <= at < b}
    path = put(WHOLE.with_name("damaged.warc.gz"), bytes(data))
    try:
        got = {g for g in found(path) if len(g) == 1}
    except UnreadableInput:
        got = set()
        assert 0 in touched
    assert {str(n) for n in range(10)} - {str(n) for n in touched} <= got


def test_archives_are_read_by_add_and_code_as_other_files_are(tmp_path: Path) -> None:
    twice = records(12, every=3)
    path = put(tmp_path / "a.warc.gz", packed([*twice, *twice]) + packed(TEN)[:100])
    got = list(read(path, SETTINGS))
    reports = [item for item in got if isinstance(item, Report)]
    assert [r.url for r in reports] == [f"http://made.example/{n}" for n in (0, 3, 6, 9)]
    assert str(reports[0].published) == "2031-03-01"
    assert reports[0].outlet == "Made Gazette"
    assert [item.reason for item in got if isinstance(item, SetAside)] == ["the packed record is cut short"]


def test_reports_say_when_they_were_archived_and_no_day_is_later_than_that(tmp_path: Path) -> None:
    late = made_warc.page(0).replace(b"2031-03-01", b"2099-03-01")
    path = put(tmp_path / "a.warc", TEN[0] + record("http://made.example/late", answer(late)))
    one, other = (item for item in read(path, SETTINGS) if isinstance(item, Report))
    assert one.fetched == other.fetched == datetime(2031, 3, 28, tzinfo=UTC)
    assert str(one.published) == "2031-03-01"
    assert other.published is None


def test_press_releases_as_pdf_and_mail_are_read_out_of_an_archive(tmp_path: Path) -> None:
    pytest.importorskip("pypdfium2")
    words = ["Five militants were killed in a raid near Bannu on Monday, the police office said."]
    mail = (
        b"From: Press Office <press@made.example>\r\nSubject: Raid near Tank\r\nDate: Mon, 24 Mar 2031 10:00:00 +0000\r\n"
        b"\r\nThree militants were killed in a raid near Tank on Sunday.\r\n"
    )
    parts = [
        record("http://made.example/a.pdf", answer(pdf(words), kind="application/pdf")),
        record("file:///inbox/b.pdf", pdf(words * 2), kind="resource", http=False, content="application/pdf"),
        record("file:///inbox/scan.pdf", pdf([""]), kind="resource", http=False, content="application/pdf"),
        record("mid:1", mail, kind="resource", http=False, content="message/rfc822"),
    ]
    path = put(tmp_path / "a.warc.gz", packed(parts))
    got = list(read(path, SETTINGS))
    one, other, posted = (item for item in got if isinstance(item, Report))
    assert one.text == words[0]
    assert other.text.count("Bannu") == 2
    assert (posted.headline, posted.outlet) == ("Raid near Tank", "Press Office")
    assert {item.fetched for item in (one, other, posted)} == {datetime(2031, 3, 28, tzinfo=UTC)}
    assert [item.reason for item in got if isinstance(item, SetAside)] == ["no text in it: pictures of pages"]
    tally = read_archive([path], tmp_path / "out", SETTINGS).manifest.tally
    assert (tally.kept, tally.no_page, tally.aside) == (2, 1, 1)


PACKED = packed(TEN)
EDGES = [(len(packed(TEN[:n])), len(packed(TEN[: n + 1]))) for n in range(10)]
WHOLE = Path()


@pytest.fixture(autouse=True, scope="module")
def _whole(tmp_path_factory: pytest.TempPathFactory) -> None:
    global WHOLE
    WHOLE = put(tmp_path_factory.mktemp("warc") / "whole.warc.gz", PACKED)
