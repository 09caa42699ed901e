"""The API under schemathesis: whatever the description allows, and much that it does not, gets no fault of ours.

Short here; `make fuzz-api` goes on for ten minutes (RECOUNT_FUZZ_SECONDS).
"""

from __future__ import annotations

import itertools
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.checks import not_a_server_error

from recount.settings import Settings
from recount.store import open_ledger
from recount.web.app import make_app
from recount.web.desk import Desk

SECONDS = float(os.environ.get("RECOUNT_FUZZ_SECONDS", "0"))
EXAMPLES = 30 if SECONDS else 3
"""Cases of one call in one turn."""


@pytest.fixture(scope="module")
def desk(coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One desk for all calls, as in a day's work."""
    path = tmp_path_factory.mktemp("fuzzed") / "desk.db"
    shutil.copy(coded, path)
    with open_ledger(path) as book:
        made = Desk(book, Settings(), coder="Mira")
        made.changed()
        yield made
        made.stop()


@pytest.fixture(scope="module")
def api(desk: Desk) -> schemathesis.schemas.BaseSchema:
    """The description, bound to the application."""
    return schemathesis.openapi.from_asgi("/api/openapi.json", make_app(desk))


def test_no_call_ends_in_a_fault_of_ours(api: schemathesis.schemas.BaseSchema, desk: Desk) -> None:
    token = {"authorization": f"Bearer {desk.local_token}"}
    until = time.monotonic() + SECONDS
    calls = 0
    operations = [found.ok() for found in api.get_all_operations()]
    assert len(operations) > 30
    for turn in itertools.count():
        for operation in operations:
            calls += fuzz(operation, token, turn)
        if time.monotonic() >= until:
            break
    print(f"{calls} calls of {len(operations)} operations")


def fuzz(operation: schemathesis.schemas.APIOperation, token: dict[str, str], turn: int) -> int:
    """Some cases of one call; how many were tried."""
    tried = 0

    @seed(turn)
    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    def run(case: schemathesis.Case) -> None:
        nonlocal tried
        tried += 1
        case.call_and_validate(checks=[not_a_server_error], headers=token)

    run()
    return tried
