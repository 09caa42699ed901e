"""A ledger in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_records import QUICK

from recount.store import open_ledger
from recount.store.contract import Ledger


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recount.db"


@pytest.fixture
def opening(path: Path) -> Iterator[Callable[..., Ledger]]:
    """Opens the test's ledger, as often as wanted, and closes what it opened."""
    open_now: list[Ledger] = []

    def open_one(**options: object) -> Ledger:
        open_now.append(open_ledger(path, settings=QUICK, **options))  # type: ignore[arg-type]
        return open_now[-1]

    yield open_one
    for ledger in open_now:
        ledger.close()


@pytest.fixture
def ledger(opening: Callable[..., Ledger]) -> Ledger:
    return opening()
