"""`recount copy` and a copy as a backup, as a user runs them; and the token of a program."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from postgres_server import Server, binaries
from recount import samples
from recount.cli.main import run
from recount.engine import local
from recount.settings import Settings
from recount.store import open_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of a few samples."""
    path = tmp_path_factory.mktemp("copy") / "recount.db"
    with open_ledger(path) as book:
        local.add(book, sorted(samples.folder().glob("*.txt"))[:3], Settings())
    return path


def test_a_copy_tells_each_table_with_its_checksum(
    ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["copy", str(ledger), str(tmp_path / "backup.db"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["to"].endswith("backup.db")
    assert {t["table"]: t["rows"] for t in told["tables"]}["reports"] == 3
    assert run(["copy", str(ledger), str(tmp_path / "other.db")]) == 0
    assert "now holds what" in capsys.readouterr().out


def test_nothing_is_written_over(ledger: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(ledger, tmp_path / "full.db")
    assert run(["copy", str(ledger), str(tmp_path / "full.db")]) == 2
    assert "Copy into a new ledger" in capsys.readouterr().err
    assert run(["copy", str(tmp_path / "none.db"), str(tmp_path / "new.db")]) == 2
    assert not (tmp_path / "new.db").exists()


def test_an_address_that_is_none_is_told_without_its_password(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["copy", str(ledger), "postgresql://mira:sesame@127.0.0.1:1/recount"]) == 2
    told = capsys.readouterr().err
    assert "sesame" not in told
    assert "reached" in told or "recount[postgres]" in told


def test_a_token_is_shown_once_and_for_accounts_only(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    at = ["--ledger", str(ledger)]
    assert run([*at, "accounts", "add", "monitor", "--role", "reader", "--password", "a long password"]) == 0
    assert run([*at, "accounts", "token", "monitor"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("rct_")
    assert run([*at, "accounts", "token", "nobody"]) == 2


@pytest.mark.postgres
def test_the_verbs_on_a_server_and_a_dump_put_back(
    ledger: Path, tmp_path: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    address, again = server.create("verbs"), server.create("again")
    assert run(["copy", str(ledger), address]) == 0
    capsys.readouterr()
    found = []
    for at in (str(ledger), address):
        assert run(["--ledger", at, "incidents", "--json"]) == 0
        found.append(json.loads(capsys.readouterr().out))
    assert found[0] == found[1] != []
    dump = tmp_path / "recount.dump"
    bin = binaries()
    assert bin is not None
    subprocess.run([bin / "pg_dump", "--format=custom", f"--file={dump}", address], check=True)
    subprocess.run([bin / "pg_restore", "--exit-on-error", "--no-owner", f"--dbname={again}", dump], check=True)
    sums = []
    for n, at in enumerate((address, again)):
        assert run(["copy", at, str(tmp_path / f"back{n}.db"), "--json"]) == 0
        sums.append(json.loads(capsys.readouterr().out)["tables"])
    assert sums[0] == sums[1]
    more = sorted(samples.folder().glob("*.txt"))[3:5]
    assert run(["--ledger", again, "add", *map(str, more)]) == 0
    assert "2 new" in capsys.readouterr().out
    assert run(["--ledger", again, "status", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ledger"] == again
    server.drop("verbs")
    server.drop("again")
