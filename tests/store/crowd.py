"""Many processes that write to one ledger and many threads that read it, until they are told to stop."""

from __future__ import annotations

import multiprocessing
import os
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from pathlib import Path
from zlib import crc32

from made_records import made_coding, made_report

from recount.engine.linking import relink_if_behind
from recount.errors import LedgerError
from recount.records import Report
from recount.review.judgements import make_judgement
from recount.settings import Settings
from recount.store import open_ledger

PATIENT = Settings(wait_seconds=60)
SHARED = 3
"""Every third report is one that all writers bring, each at its own moment."""
AT = "2025-03-04T10:00:00Z"


def write(start: Barrier, address: str, number: int, folder: Path, seconds: float, forgiving: bool) -> None:
    """Keep reports until the time is over; each is noted down once the ledger has acknowledged it."""
    n, done = 0, os.open(folder / f"kept{number}", os.O_CREAT | os.O_WRONLY)
    with open_ledger(address, settings=PATIENT) as ledger:
        start.wait()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            names = [f"all{n}" if (n + k) % SHARED == 0 else f"own{number}.{n}.{k}" for k in range(1 + n % 4)]
            codings = [made_coding(_spread(name)) for name in names]
            try:
                ledger.keep(codings)
                ledger.judge(make_judgement("right", [codings[0].claims[0].id], f"coder{number}", AT))
                os.write(done, "".join(f"{c.report.id}\n" for c in codings).encode())
                if number == 0 and n % 40 == 39:
                    relink_if_behind(ledger)
            except LedgerError:
                if not forgiving:
                    raise
                time.sleep(0.1)  # the same again: what was kept after all changes nothing
                continue
            n += 1


def _spread(name: str) -> Report:
    """A report of some day in forty years: hundreds that are much alike on one day take minutes to link."""
    mark = crc32(name.encode())
    return made_report(name, day=1 + mark % 28, year=1985 + mark // 28 % 40)


def read(start: Barrier, address: str, number: int, folder: Path, seconds: float, threads: int) -> None:
    """Read whatever until the time is over; each thing read must belong together."""
    faults, rounds, until = [], [0] * threads, 0.0

    def look(thread: int) -> None:
        chance = random.Random(thread)
        try:
            while time.monotonic() < until:
                counts = ledger.counts()
                assert counts["reports"] == counts["claims"] == counts["event_reports"], counts
                first = next(iter(ledger.codings()), None)
                if first is not None:
                    assert ledger.find(first.report.name) == ledger.report(first.report.id).id
                    assert list(ledger.claims([first.claims[0].id])) == list(first.claims)
                rounds[thread] += 1
                time.sleep(chance.random() / 10)
        except Exception as fault:  # noqa: BLE001 (told by the process's end)
            faults.append(repr(fault))

    with open_ledger(address, settings=PATIENT, readonly=True) as ledger:
        start.wait()
        until = time.monotonic() + seconds
        running = [threading.Thread(target=look, args=(n,)) for n in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
    (folder / f"read{number}").write_text(f"{sum(rounds)}")
    assert not faults, faults[:3]


@contextmanager
def crowd(
    address: str, folder: Path, seconds: float, *, writers: int = 8, readers: int = 32, forgiving: bool = False
) -> Iterator[list[BaseProcess]]:
    """So many writing processes and reading threads (eight in a process), waited for at the end."""
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(1 + writers + readers // 8)
    given = (start, address)
    made = [context.Process(target=write, args=(*given, n, folder, seconds, forgiving)) for n in range(writers)]
    made += [context.Process(target=read, args=(*given, n, folder, seconds, 8)) for n in range(readers // 8)]
    for process in made:
        process.start()
    try:
        start.wait(120)
        yield made
    finally:
        for process in made:
            process.join(seconds + 120)
            process.kill()


def acknowledged(folder: Path) -> list[str]:
    """All that the ledger said was kept."""
    return [line for path in folder.glob("kept*") for line in path.read_text().splitlines()]
