"""Files and folders in; reports, or a reason for each file that gives none."""

from __future__ import annotations

import errno
import gzip
import json
import os
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from recount.read import inputs, read
from recount.records import Report, SetAside
from recount.settings import Settings

BODY = "KHARAN: Two guards were killed at a checkpost on Monday, police said."
SETTINGS = Settings()
BIG = Settings(max_report_bytes=50_000, max_line_bytes=50_000)


def put(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def reports(path: Path, settings: Settings = SETTINGS) -> list[Report]:
    found = list(read(path, settings))
    assert all(isinstance(item, Report) for item in found), found
    return [item for item in found if isinstance(item, Report)]


def refused(path: Path, settings: Settings = SETTINGS) -> SetAside:
    (found,) = read(path, settings)
    assert isinstance(found, SetAside)
    assert found.source
    assert found.reason
    assert found.advice
    return found


# ---------------------------------------------------------------------------------------------------- which files


def test_folders_give_their_files_in_order(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.jsonl.gz", "b/one.HTML", "c.json", "b/notes.md", ".hidden/x.txt", "z.htm"):
        put(tmp_path, name, BODY)
    found = [str(path.relative_to(tmp_path)) for path in inputs([tmp_path]) if isinstance(path, Path)]
    assert found == ["a.jsonl.gz", "b/one.HTML", "b/two.txt", "c.json", "z.htm"]


def test_what_was_named_itself_is_never_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "notes.md", BODY)
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "lost.txt").symlink_to(tmp_path / "nowhere")
    found = list(inputs([tmp_path / "notes.md", tmp_path / "missing", tmp_path, Path("/dev/null")]))
    assert [item.reason for item in found if isinstance(item, SetAside)] == [
        "unknown kind of file",
        "no such file or folder",
        "no such file or folder",
        "not a plain file (a pipe, socket or device)",
        "not a plain file (a pipe, socket or device)",
    ]


def test_links_that_lead_back_are_entered_once(tmp_path: Path) -> None:
    put(tmp_path, "a/one.txt", BODY)
    (tmp_path / "a" / "again").symlink_to(tmp_path)
    assert list(inputs([tmp_path])) == [tmp_path / "a" / "one.txt"]


def test_a_folder_without_permission_is_set_aside_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "shut/one.txt", BODY)
    put(tmp_path, "two.txt", BODY)
    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "shut":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    aside, path = inputs([tmp_path])
    assert isinstance(aside, SetAside)
    assert aside.reason == "no permission to read it"
    assert path == tmp_path / "two.txt"


def test_very_deep_folders_are_walked(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * 300)
    put(deep, "one.txt", BODY)
    assert len(list(inputs([tmp_path]))) == 1


# ---------------------------------------------------------------------------------------------------- plain text


def test_a_text_file_is_a_report_named_after_it(tmp_path: Path) -> None:
    (report,) = reports(put(tmp_path, "r.17.txt", BODY))
    assert (report.name, report.text, report.source) == ("r.17", BODY, str(tmp_path / "r.17.txt"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = "“Two guards were killed,” said the café’s owner — nobody else was hurt."
    (report,) = reports(put(tmp_path, "a.txt", text.encode(encoding)))
    assert report.text == text


def test_packed_text(tmp_path: Path) -> None:
    (report,) = reports(put(tmp_path, "a.txt.gz", gzip.compress(BODY.encode())))
    assert (report.name, report.text) == ("a", BODY)


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\n", "no text"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image, not text"),
        ("a.txt", b"abc\x00\x01\x02def", "binary data"),
        ("a.txt", "Zwölf Männer — „tot“, später".encode() * 9 + b"\xff\xfe\x9d", "damaged UTF-8"),
        ("a.txt", b"\xff\xfeT\x00w", "UTF-16"),
        ("a.txt", bytes(range(0x80, 0xA0)) * 40, "unknown encoding"),
        ("a.txt", b"x" * 60_000, "larger than 50,000 bytes"),
        ("a.txt.gz", gzip.compress(os.urandom(9000))[:5000], "cut short"),
        ("a.txt.gz", b"no gzip at all", "damaged gzip"),
        ("a.txt.gz", b"", "empty"),
        ("a.html.gz", gzip.compress(b"<p>" + b"a" * 9_000_000), "larger than"),
        ("a.html", b"just words, and 3 < 4", "no HTML"),
        ("a.html", b"<html><body><p>Not found</p></body></html>", "no article"),
        ("a.html", b"<div>" * 5_000 + b"words and more words " * 40, "nested more than"),
        ("a.json", b'{"id": "1"}', "no text"),
        ("a.json", b'{"text": 5}', "not a report"),
        ("a.json", b'{"text": "x"', "not readable as JSON"),
        ("a.json", b"[" * 9_000, "JSON"),
        ("a.json", b"[]", "empty list"),
        ("a.json", b'"text"', "not a report"),
        ("a.json", b"", "empty"),
        ("a.json", b'{"text": "two men died", "pub_date": "last week"}', "no such publication day"),
        ("a.json", b'{"text": "two men died", "pub_date": "2031-02-31"}', "no such publication day"),
        ("a.jsonl", b"\x89PNG\r\n\x1a\n\x00\x00\n\x00\n\x00", "a PNG image, not text"),
        ("a.docx", b"PK", "unknown kind of file"),
        ("a.pdf", b"%PDF-1.4", "a PDF that cannot be read"),
    ],
)
def test_what_cannot_be_read_is_set_aside_with_a_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    assert reason in refused(put(tmp_path, name, data), BIG).reason


def test_a_packed_bomb_is_stopped_by_its_ratio(tmp_path: Path) -> None:
    bomb = put(tmp_path, "a.jsonl.gz", gzip.compress(b'{"text": "' + b"a" * 15_000_000 + b'"}'))
    assert "more than 200 times its size" in refused(bomb).reason


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (PermissionError(errno.EACCES, "Permission denied"), "no permission to read it"),
        (OSError(errno.EIO, "Input/output error"), "cannot be read (Input/output error)"),
    ],
)
def test_a_file_that_cannot_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, reason: str
) -> None:
    path = put(tmp_path, "a.jsonl", BODY)

    def closed(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(Path, "open", closed)
    assert refused(path).reason == reason


# ---------------------------------------------------------------------------------------------------- JSON


def test_every_known_field_is_kept_and_others_are_passed_over(tmp_path: Path) -> None:
    row = {
        "id": 17,
        "headline": "Two killed",
        "pub_date": "2031-05-03T09:00:00Z",
        "outlet": "valley.example",
        "url": "valley.example/17",
        "text": BODY,
        "section": ["front"],
    }
    (report,) = reports(put(tmp_path, "a.json", json.dumps(row)))
    assert (report.name, report.headline, report.published) == ("17", "Two killed", date(2031, 5, 3))
    assert (report.outlet, report.url) == ("valley.example", "valley.example/17")


def test_other_names_for_headline_and_day(tmp_path: Path) -> None:
    (report,) = reports(
        put(tmp_path, "a.json", json.dumps({"title": "Two killed", "date": "2031-05-03", "text": BODY}))
    )
    assert (report.headline, report.published) == ("Two killed", date(2031, 5, 3))


def test_an_array_of_reports(tmp_path: Path) -> None:
    found = list(
        read(put(tmp_path, "a.json", json.dumps([{"text": BODY}, {"id": "x"}, {"id": "y", "text": BODY}])), SETTINGS)
    )
    assert [item.name if isinstance(item, Report) else item.reason for item in found] == ["a:1", "no text in it", "y"]


def test_a_bad_line_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps({"id": "g", "text": BODY})
    lines = [
        good,
        "{broken",
        "",
        json.dumps({"headline": "no text"}),
        '{"text": "' + "x" * 70_000 + '"}',
        "\ufeff" + good,
    ]
    path = put(tmp_path, "news.jsonl", "\n".join(lines))
    found = list(read(path, BIG))
    assert [item.name for item in found if isinstance(item, Report)] == ["g", "g"]
    asides = [item for item in found if isinstance(item, SetAside)]
    assert [aside.source for aside in asides] == [f"{path}:2", f"{path}:4", f"{path}:5"]
    assert [aside.reason.split(" (")[0] for aside in asides] == [
        "not readable as JSON",
        "no text in it",
        "a line longer than 50,000 bytes",
    ]
    assert found[-1] == Report(
        **{
            **{f: getattr(found[0], f) for f in Report.__struct_fields__},
            "sha256": found[-1].sha256,
            "source": f"{path}:6",
        }
    )


def test_lines_before_a_cut_are_kept(tmp_path: Path) -> None:
    rows = "\n".join(json.dumps({"id": str(i), "text": f"{BODY} {os.urandom(300).hex()}"}) for i in range(60))
    path = put(tmp_path, "a.jsonl.gz", gzip.compress(rows.encode())[:-9000])
    *given, last = read(path, SETTINGS)
    assert len(given) > 5
    assert isinstance(last, SetAside)
    assert "cut short" in last.reason


def test_a_long_file_is_read_in_flat_memory(tmp_path: Path) -> None:
    row = json.dumps({"text": BODY * 40})
    path = put(tmp_path, "a.jsonl", "\n".join([row] * 3_000))
    peaks = []
    tracemalloc.start()
    for number, _ in enumerate(read(path, SETTINGS)):
        if number in (100, 2_999):
            peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[1] < peaks[0] * 1.5 + 200_000


# ---------------------------------------------------------------------------------------------------- HTML


PAGE = """<!doctype html><html><head><meta charset="{charset}">
<title>Two guards killed near Kharan - Valley Herald</title>
<meta property="og:site_name" content="Valley Herald">
<meta property="og:title" content="Two guards killed near Kharan">
<meta property="article:published_time" content="2031-05-03T08:00:00+05:00">
<link rel="canonical" href="https://valley.example/2031/05/two-guards"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<article><h1>Two guards killed near Kharan</h1>
<p>Two guards were killed on Saturday when armed men fired at a checkpost near Kharan,
the district’s police chief said.</p>
<p>The attackers fled towards the hills, he added, and a search was under way in the villages around the café.</p>
<p>Nobody claimed the attack. A third guard was taken to a clinic in the town with wounds to his leg.</p></article>
<aside><p>Subscribe to our newsletter</p></aside>
<footer><p>Copyright 2031 Valley Herald. All rights reserved.</p></footer>
</body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_a_page_gives_its_article_and_its_metadata(tmp_path: Path, charset: str) -> None:
    raw = PAGE.format(charset=charset).encode(charset)
    (report,) = reports(put(tmp_path, "two-guards.html", raw))
    assert report.headline == "Two guards killed near Kharan"
    assert report.text[: report.headline_end] == report.headline
    assert (report.outlet, report.published) == ("Valley Herald", date(2031, 5, 3))
    assert (report.url, report.name) == ("https://valley.example/2031/05/two-guards", "two-guards")
    assert "district’s police chief" in report.text
    assert "café" in report.text
    assert not any(word in report.text for word in ("Sport", "newsletter", "Copyright"))
    assert report.text.count("\n") >= 3


def test_a_page_without_a_day_has_none(tmp_path: Path) -> None:
    page = PAGE.format(charset="utf-8").replace("2031-05-03T08:00:00+05:00", "").replace("/2031/05", "")
    (report,) = reports(put(tmp_path, "a.html", page))
    assert report.published is None


def test_too_many_tags_are_not_parsed(tmp_path: Path) -> None:
    assert "tags" in refused(put(tmp_path, "a.html", b"<p>word</p>" * 40_000)).reason
