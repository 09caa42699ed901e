"""A ledger of its own for each test: in a file, and again on a PostgreSQL server where one is at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from homes import MadeHome, made_home
from made_records import QUICK

from recount.store import open_ledger
from recount.store.contract import Ledger

Opening = Callable[..., Ledger]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "recount.db"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> str:
    """Each test that asks for it, or for what rests on it, runs once for each engine."""
    return str(request.param)


@pytest.fixture
def homes(
    engine: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Callable[[], AbstractContextManager[MadeHome]]:
    """Makes further empty homes on the engine."""
    server = request.getfixturevalue("server") if engine == "postgres" else None
    return lambda: made_home(engine, tmp_path, server)


@pytest.fixture
def home(homes: Callable[[], AbstractContextManager[MadeHome]]) -> Iterator[MadeHome]:
    """Where the test's ledger lies."""
    with homes() as made:
        yield made


def opener(address: str | Path) -> Iterator[Opening]:
    """Opens one ledger, as often as wanted, and closes what it opened."""
    open_now: list[Ledger] = []

    def open_one(**options: object) -> Ledger:
        open_now.append(open_ledger(address, **{"settings": QUICK, **options}))  # type: ignore[arg-type]
        return open_now[-1]

    yield open_one
    for ledger in open_now:
        ledger.close()


@pytest.fixture
def opening(home: MadeHome) -> Iterator[Opening]:
    """Opens the test's ledger."""
    yield from opener(home.address)


@pytest.fixture
def opening_file(path: Path) -> Iterator[Opening]:
    """Opens a ledger in a file, for what only files do."""
    yield from opener(path)


@pytest.fixture
def ledger(opening: Opening) -> Ledger:
    return opening()
