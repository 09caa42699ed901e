"""Eight writers and thirty-two readers at once, and a server that is killed under them.

RECOUNT_LOAD_SECONDS says how long (five minutes with `make test-slow`, twenty seconds with `make test-postgres`).
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from crowd import PATIENT, acknowledged, crowd
from homes import MadeHome

from postgres_server import Server
from recount.engine.linking import relink_if_behind
from recount.store import open_ledger

SECONDS = float(os.environ.get("RECOUNT_LOAD_SECONDS", "20" if os.environ.get("RECOUNT_TEST_POSTGRES") else "4"))
LONG = float(os.environ.get("RECOUNT_LOAD_SECONDS", "300"))


def test_eight_writers_and_thirty_two_readers_lose_and_double_nothing(home: MadeHome, tmp_path: Path) -> None:
    hold(home, tmp_path, SECONDS)


@pytest.mark.slow
def test_eight_writers_and_thirty_two_readers_for_minutes(home: MadeHome, tmp_path: Path) -> None:
    hold(home, tmp_path, LONG)


def hold(home: MadeHome, folder: Path, seconds: float) -> None:
    open_ledger(home.address, settings=PATIENT).close()
    started = time.monotonic()
    with crowd(home.address, folder, seconds) as processes:
        pass
    assert [p.exitcode for p in processes] == [0] * len(processes)
    took = time.monotonic() - started
    kept, read = acknowledged(folder), sum(int(p.read_text()) for p in folder.glob("read*"))
    print(f"{home.engine}: {len(kept)} kept ({len(set(kept))} different), {read} rounds of reading, {took:.0f} s")
    assert read > 32
    check(home.address, set(kept), exactly=True)


def check(address: str, kept: set[str], *, exactly: bool) -> None:
    """All that was acknowledged is there, once; the rest belongs together; linking can go on."""
    with open_ledger(address, settings=PATIENT) as ledger:
        reports = [report.id for report in ledger.reports()]
        claims = [claim.report for claim in ledger.claims()]
        assert len(reports) == len(set(reports))
        assert sorted(reports) == sorted(claims)
        assert set(reports) == kept if exactly else set(reports) >= kept
        assert [coding.report.id for coding in ledger.codings()] == reports
        judgements = list(ledger.judgements())
        assert len({j.id for j in judgements}) == len(judgements)
        assert kept
        relink_if_behind(ledger)
        assert not relink_if_behind(ledger)
        events, links = [e.id for e in ledger.event_reports()], [k.event_report for k in ledger.links()]
        assert sorted(links) == sorted(events)


@pytest.mark.postgres
def test_a_server_killed_under_load_loses_nothing_that_it_acknowledged(server_folder: Path, tmp_path: Path) -> None:
    server = Server(server_folder / "killed", durable=True)
    server.start()
    try:
        address = server.create("recount")
        mine = open_ledger(address, settings=PATIENT)
        with crowd(address, tmp_path, max(SECONDS, 8), readers=0, forgiving=True) as writers:
            for _ in range(2):
                time.sleep(max(SECONDS, 8) / 4)
                server.kill()
                server.start()
        assert [w.exitcode for w in writers] == [0] * len(writers)
        kept = acknowledged(tmp_path)
        print(f"killed twice: {len(kept)} acknowledged")
        assert mine.counts()["reports"] >= len(set(kept))  # the same connection pool, after two restarts
        mine.close()
        check(address, set(kept), exactly=False)
    finally:
        server.stop()
