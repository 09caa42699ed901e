"""Tests know the world that ships with the package, whatever lists of places the user has added.

A PostgreSQL server of the tests' own serves all tests that ask for one; without its programs they are skipped, unless
RECOUNT_TEST_POSTGRES says that they must be there.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

os.environ["RECOUNT_PLACES"] = str(Path(__file__).parent / "no-added-places")
sys.path.insert(0, str(Path(__file__).parent))

from postgres_server import Server, binaries


@pytest.fixture(scope="session")
def server_folder() -> Iterator[Path]:
    """A folder that a server of another user may enter."""
    if (binaries() is None or find_spec("psycopg") is None) and not os.environ.get("RECOUNT_TEST_POSTGRES"):
        pytest.skip("there is no PostgreSQL here; make test-postgres brings one")
    folder = Path(tempfile.mkdtemp(prefix="recount-server-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def server(server_folder: Path) -> Iterator[Server]:
    """The server that all tests share; each makes a database of its own."""
    made = Server(server_folder / "shared")
    try:
        made.start()
        yield made
    finally:
        made.stop()
