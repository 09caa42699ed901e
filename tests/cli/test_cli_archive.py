"""`recount archive` and `recount load`, as a user runs them."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "read"))

from made_warc import packed, put, records

from recount.cli.main import run


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    return put(tmp_path / "made.warc.gz", packed(records(9, every=3)))


def test_an_archive_becomes_tables_and_then_a_ledger(
    warc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, ledger = str(tmp_path / "tables"), str(tmp_path / "a.db")
    assert run(["archive", str(warc), "--out", out, "--jobs", "1"]) == 0
    said = capsys.readouterr().out
    assert "9 records, 9 of them pages" in said
    assert "3 reports" in said
    assert run(["load", out, "--ledger", ledger]) == 0
    assert "3 new" in capsys.readouterr().out
    assert run(["incidents", "--ledger", ledger]) == 0
    assert "Harnai" in capsys.readouterr().out


def test_what_is_set_aside_is_named_and_the_exit_status_says_so(
    warc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    warc.write_bytes(warc.read_bytes()[:-50])
    assert run(["archive", str(warc), "-o", str(tmp_path / "out"), "-j", "1"]) == 1
    assert "cut short" in capsys.readouterr().out


def test_json_gives_the_tally(warc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["archive", str(warc), "-o", str(tmp_path / "out"), "-j", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["manifest"]["tally"]["records"] == 9
    assert found["reports"] == 3


def test_a_folder_that_holds_something_else_is_left_alone(
    warc: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["archive", str(warc), "-o", str(tmp_path), "-j", "1"]) == 2
    assert "it holds something else" in capsys.readouterr().err
    assert run(["load", str(tmp_path), "--ledger", str(tmp_path / "a.db")]) == 2
    assert "recount archive" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [["--master", "local[1]"], ["--engine", "spark", "--conf", "nonsense"]])
def test_settings_of_spark_are_checked(warc: Path, tmp_path: Path, wrong: list[str]) -> None:
    assert run(["archive", str(warc), "-o", str(tmp_path / "out"), *wrong]) == 2
    assert not (tmp_path / "out").exists()
