"""`add` and `code`: what they print, and their exit status."""

from __future__ import annotations

import gzip
import io
import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import told_records as told
from command_runs import Command

from recount.cli import add as add_verb
from recount.cli import screen, stdin
from recount.engine import local
from recount.engine.local import Added
from recount.records import Coding, SetAside

BROKEN = SetAside(source="b.gz", reason="it ends too early", advice="Fetch it again.")


def codings(*extra: object, **__: object) -> Iterator[Coding | SetAside]:
    yield told.first_statement().coding()
    yield BROKEN
    yield told.second_statement().coding()


@pytest.fixture
def coder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "code_all", codings)


@pytest.mark.usefixtures("coder")
def test_code_prints_one_object_a_report_in_order(command: Command) -> None:
    result = command("code", "a", "b")
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [f["id"] for f in found] == ["statement-one", "statement-two"]
    assert found[0]["incidents"][0]["tolls"][0]["low"] == 40
    assert result.status == 1
    assert "b.gz: it ends too early. Fetch it again." in result.err


@pytest.mark.usefixtures("coder")
def test_code_into_a_file_says_so_and_leaves_no_part(command: Command, tmp_path: Path) -> None:
    result = command("code", "a", "--out", "codings.jsonl")
    assert result.out == ""
    assert "2 reports coded, 1 set aside into codings.jsonl." in result.err
    assert [p.name for p in tmp_path.iterdir()] == ["codings.jsonl"]
    assert len((tmp_path / "codings.jsonl").read_text().splitlines()) == 2


def test_a_run_that_stops_leaves_no_half_file(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object, **__: object) -> Iterator[Coding]:
        yield told.first_statement().coding()
        raise KeyboardInterrupt

    monkeypatch.setattr(local, "code_all", stop)
    (tmp_path / "codings.jsonl").write_text("before\n")
    assert command("code", "a", "--out", "codings.jsonl").status == 130
    assert [p.name for p in tmp_path.iterdir()] == ["codings.jsonl"]
    assert (tmp_path / "codings.jsonl").read_text() == "before\n"


@pytest.mark.usefixtures("coder")
@pytest.mark.parametrize("place", ["nowhere/out.jsonl", "."])
def test_a_place_that_cannot_be_written_is_wrong_use(command: Command, place: str) -> None:
    result = command("code", "a", "--out", place)
    assert result.status == 2
    assert "Name a file." in result.err


def test_nothing_set_aside_is_status_0_and_quiet(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "code_all", lambda *_, **__: iter([told.first_statement().coding()]))
    result = command("code", "a")
    assert (result.status, result.err) == (0, "")


def fake_add(monkeypatch: pytest.MonkeyPatch, outcome: Added | BaseException) -> None:
    def add(*_: object, **__: object) -> Added:
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    monkeypatch.setattr(local, "add", add)


def test_add_says_what_was_done(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_add(monkeypatch, Added(new=1200, known=3, aside=(BROKEN,)))
    result = command("add", "a")
    assert result.status == 1
    assert "1,203 reports: 1,200 new, 3 known before, 1 set aside." in result.out
    assert "b.gz: it ends too early. Fetch it again." in result.out


def test_add_quietly(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_add(monkeypatch, Added(new=1))
    result = command("add", "a", "--quiet")
    assert (result.status, result.out, result.err) == (0, "", "")


def test_add_as_json(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_add(monkeypatch, Added(new=2, aside=(BROKEN,)))
    result = command("add", "a", "--json")
    assert result.status == 1
    assert result.json["new"] == 2
    assert result.json["aside"][0]["source"] == "b.gz"


def test_an_interrupted_add_says_what_is_kept(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_add(monkeypatch, KeyboardInterrupt())
    result = command("add", "a")
    assert result.status == 130
    assert "stays in the ledger. Run the same command again" in result.err


def test_sentence_of_nothing_names_what_is_read() -> None:
    assert ".jsonl" in add_verb.sentence(Added())
    assert add_verb.sentence(Added(recoded=1)) == "1 report: 0 new, 1 coded again by newer rules, 0 known before."


@pytest.mark.parametrize(
    ("head", "ending"),
    [
        (b'\n {"text": "x"}', ".jsonl"),
        (b"[{}]", ".json"),
        (b"\xef\xbb\xbf<html>", ".html"),
        (gzip.compress(b'{"text": "x"}'), ".jsonl.gz"),
        (b"\x1f\x8b\x08", ".txt.gz"),
        (b"\x1f\x8bno gzip", ".jsonl.gz"),
        (gzip.compress(b"WARC/1.0\r\n" * 999)[:60], ".warc.gz"),
        (gzip.compress(b"Five killed"), ".txt.gz"),
        (b"%PDF-1.7", ".pdf"),
        (b'<?xml version="1.0"?>\n<rss version="2.0">', ".xml"),
        (b"<?xml version='1.0'?><!DOCTYPE html><html>", ".html"),
        (b"From press@made.example Mon Mar 24 10:00:00 2031\nSubject: x\n", ".mbox"),
        (b"Subject: Raid\r\n near Tank\r\nMessage-ID: <1@made.example>\r\n", ".eml"),
        (b"From Kabul it was reported: five killed", ".txt"),
        (b"Subject: five killed\n\nMessage-ID: a word in the text", ".txt"),
        (b"[Dorval] Five killed", ".txt"),
        (b"Five killed", ".txt"),
        (b"", ".txt"),
    ],
)
def test_standard_input_tells_its_kind(head: bytes, ending: str) -> None:
    assert stdin.ending(head) == ending


def test_standard_input_is_kept_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body = b"x" * 10_000
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(body)))
    assert stdin.spool(tmp_path).read_bytes() == body


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_comes_up_only_after_a_while_and_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen.Bar, "patience", 0.05)
    shown = []
    for stream, wait in ((Terminal(), 0.5), (Terminal(), 0.0), (io.StringIO(), 0.5)):
        monkeypatch.setattr(sys, "stderr", stream)
        with screen.Bar("reports read") as bar:
            time.sleep(wait)
            bar("reports read", 1234)
            time.sleep(wait / 2)
        shown.append("1,234 reports read" in stream.getvalue())
    assert shown == [True, False, False]
