"""A desk on a ledger of the sample reports, coded once for all tests and copied for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from recount import samples
from recount.engine import local
from recount.settings import Settings
from recount.store import Ledger, open_ledger
from recount.web.app import make_app
from recount.web.desk import Desk

Client = TestClient


@pytest.fixture(scope="session")
def coded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples' ledger."""
    path = tmp_path_factory.mktemp("desk") / "samples.db"
    with open_ledger(path) as book:
        local.add(book, [samples.folder()], Settings())
    return path


@pytest.fixture
def ledger(coded: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy to write to."""
    shutil.copy(coded, tmp_path / "desk.db")
    with open_ledger(tmp_path / "desk.db") as book:
        yield book


@pytest.fixture
def desk(ledger: Ledger) -> Iterator[Desk]:
    """The desk of one person; without a thread, so that everything is up to date after each write."""
    made = Desk(ledger, Settings(), coder="Mira")
    made.changed()
    yield made
    made.stop()


@pytest.fixture
def client(desk: Desk) -> Iterator[Client]:
    """A browser that has opened the desk, with the token that writes need."""
    with TestClient(make_app(desk)) as found:
        found.get("/")
        found.headers["x-csrftoken"] = found.cookies["recount-csrf"]
        yield found
