"""A ledger of invented reports, and a way to run the command in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
import told_records as told
from command_runs import Command, Result

from recount.cli.main import run
from recount.records import SetAside
from recount.settings import Settings
from recount.store import open_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    """The invented world, kept and linked."""
    path = tmp_path / "recount.db"
    tellers = told.all_tellers()
    book = open_ledger(path, settings=Settings())
    book.keep([t.coding() for t in tellers])
    book.relink(*told.linked(tellers))
    book.set_aside([SetAside(source="broken.gz", reason="it ends too early", advice="Fetch it again.")])
    book.close()
    return path


@pytest.fixture
def command(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Command:
    """Runs `recount` with these words in an empty folder, 80 columns wide."""
    monkeypatch.chdir(tmp_path)
    for name in ("RECOUNT_LEDGER", "RECOUNT_DEBUG", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")

    def go(*words: object) -> Result:
        capfdbinary.readouterr()
        status = run([str(w) for w in words])
        captured = capfdbinary.readouterr()
        return Result(status, captured.out.decode(), captured.err.decode())

    return go
