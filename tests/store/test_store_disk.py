"""A disk that is full at any moment: words, not a traceback, and a ledger that goes on when there is room again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from made_records import QUICK, made_coding, made_report

from recount.store import open_ledger

resource = pytest.importorskip("resource")

FILL = """
import resource, sys
sys.path.insert(0, {here!r})
from made_records import made_coding, made_report
from recount.errors import LedgerError
from recount.store import open_ledger
kept = 0
try:
    if {late}:
        ledger = open_ledger({path!r})
    resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
    if not {late}:
        ledger = open_ledger({path!r})
    for start in range(0, 5000, 50):
        kept += ledger.keep([made_coding(made_report(f"n{{n}}")) for n in range(start, start + 50)])
except LedgerError as fault:
    print(kept, type(fault).__name__, fault)
    sys.exit(3)
"""


@pytest.mark.parametrize(
    ("room", "late"), [(400_000, True), (300_000, True), (0, False), (2_000, False), (30_000, False)]
)
def test_what_was_kept_stays_and_the_rest_can_follow(path: Path, room: int, late: bool) -> None:
    script = FILL.format(here=str(Path(__file__).parent), path=str(path), room=room, late=late)
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert run.returncode == 3, run.stderr
    assert "LedgerError" in run.stdout
    kept = int(run.stdout.split()[0])
    assert (kept > 0) == late
    ledger = open_ledger(path, settings=QUICK)
    assert ledger.counts()["reports"] == ledger.counts()["claims"] == kept
    ledger.keep([made_coding(made_report(f"n{n}")) for n in range(kept + 50)])
    assert ledger.counts()["reports"] == kept + 50
    ledger.close()
