"""`export` and `report`: data and the page come out whole; help names everything."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command_runs import Command

from recount.settings import Settings


@pytest.mark.parametrize("what", ["claims", "incidents", "codings"])
def test_json_lines(command: Command, ledger: Path, what: str) -> None:
    result = command("export", what)
    assert result.status == 0
    rows = [json.loads(line) for line in result.out.splitlines()]
    assert len(rows) == {"claims": 10, "incidents": 3, "codings": 4}[what]


def test_csv_to_a_file(command: Command, ledger: Path, tmp_path: Path) -> None:
    result = command("export", "claims", "--as", "csv", "--out", "claims.csv")
    assert (result.status, result.out, result.err) == (0, "", "")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text(encoding="utf-8"), newline="")))
    assert len(rows) == 10
    assert "40 fighters were killed" in {row["quote"] for row in rows}


def test_a_form_that_is_not_there_is_wrong_use(command: Command, ledger: Path) -> None:
    result = command("export", "codings", "--as", "csv")
    assert result.status == 2
    assert "codings.jsonl" in result.err


def test_report_writes_one_page(command: Command, ledger: Path, tmp_path: Path) -> None:
    result = command("report", "page.html")
    assert (result.status, result.out) == (0, "Wrote page.html\n")
    assert "40 fighters were killed" in (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "verb", ["add", "import", "plot", "publish", "site", "incidents", "show", "code", "export", "report", "status"]
)
def test_every_verb_has_help_with_an_example(command: Command, verb: str) -> None:
    result = command(verb, "--help")
    assert result.status == 0
    assert f"recount {verb}" in result.out.split("Example", 1)[1]
    assert max(len(line) for line in result.out.splitlines()) <= 80


def test_help_names_every_verb_and_setting(command: Command) -> None:
    out = command("--help").out
    for verb in ("add", "incidents", "show", "code", "export", "report", "status"):
        assert f"\n  {verb} " in out
    for name in Settings.__struct_fields__:
        assert f"RECOUNT_{name.upper()}" in out


def test_import_reads_a_table_once_and_compares_it(command: Command, ledger: Path, tmp_path: Path) -> None:
    assert command("export", "event-reports", "--out", "mine.csv").status == 0
    first = command("import", "mine.csv", "--source", "Our team")
    assert (first.status, "read as claims by their source" in first.out) == (0, True)
    again = command("import", "mine.csv", "--source", "Our team")
    assert "0 rows read as claims by their source" in again.out
    assert "import.cell" in command("export", "claims").out
    assert command("import", "nothing.csv").status != 0


def test_publish_and_site_write_folders_and_plot_a_file(command: Command, ledger: Path, tmp_path: Path) -> None:
    first = command("publish", "release", "--date", "2026-01-02")
    assert (first.status, first.out) == (0, "Wrote release, version 1.0.0.\n")
    assert command("publish", "release").out.startswith("Wrote release, version 1.1.0: nothing changed since")
    assert command("publish", "other", "--version", "one").status == 2
    assert "index.html" in command("site", "public").out
    assert command("plot", "map", "--out", "map.gif").status == 2
    assert command("plot", "months", "--out", "months.json").status == 0
    assert (tmp_path / "months.json").read_text(encoding="utf-8").startswith('{"$schema"')
