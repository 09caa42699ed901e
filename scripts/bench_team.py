"""What a team's ledger takes: space, the time to copy it, writers at once, and the memory of the desk; file and server.

`python scripts/bench_team.py --server postgresql://USER@HOST/EMPTY_DATABASE [--claims N] [--folder DIR]` generates invented
reports (as `bench_web.py`), copies the ledger to the server, and prints a table. The database is filled and stays so.
"""

from __future__ import annotations

import argparse
import multiprocessing
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import bench_web
import httpx
from sqlalchemy import text

from recount import records as r
from recount.settings import Settings
from recount.store import Ledger, copying, open_ledger

BATCH, SECONDS = 10, 10.0
PATIENT = Settings(wait_seconds=120)


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def space(book: Ledger) -> int:
    """Bytes of the ledger on disk."""
    if book.file is not None:
        return sum(p.stat().st_size for p in (book.file, book.file.with_name(book.file.name + "-wal")) if p.exists())
    with book.connected() as connection:
        return int(connection.scalar(text("SELECT pg_database_size(current_database())")))


def write(door: str, number: int, start: multiprocessing.Barrier, kept: multiprocessing.Value) -> None:  # type: ignore[valid-type]
    """Keep batches of new reports until the time is over."""
    rng_seed, n = number * 10_000_000, 0
    with open_ledger(door, settings=PATIENT) as book:
        stock = codings(rng_seed)
        start.wait()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            book.keep([next(stock) for _ in range(BATCH)])
            n += BATCH
    with kept.get_lock():
        kept.value += n


def codings(seed: int) -> object:
    """Invented codings that no other seed gives."""
    rng = bench_web.random.Random(seed)
    where = bench_web.place(bench_web.PLACES[0])
    for n in range(seed, seed + 10_000_000):
        yield bench_web.report(rng, 1_000_000_000 + n, bench_web.FIRST, where, "attack", 0, bench_web.ACTORS[0])


def writers(door: str, number: int) -> float:
    """Reports a second that so many processes keep together, each batch acknowledged."""
    context = multiprocessing.get_context("spawn")
    start, kept = context.Barrier(number), context.Value("q", 0)
    made = [context.Process(target=write, args=(door, n, start, kept)) for n in range(number)]
    for process in made:
        process.start()
    for process in made:
        process.join()
    assert all(p.exitcode == 0 for p in made)
    return kept.value / SECONDS


def desk(door: str) -> str:
    """The desk's memory after its lists are made and a hundred pages asked for, and its time for a page."""
    process, address = bench_web.serve(door)
    try:
        with httpx.Client(base_url=address, timeout=60) as client:
            while "recount_lists_behind 0.0" not in client.get("/metrics").text:
                time.sleep(1)
            ids = [i["id"] for i in client.get("/api/incidents").json()["incidents"]]
            took = [timed(lambda i=i: client.get(f"/incidents/{i}")) for i in ids[:50]]
        status = Path(f"/proc/{process.pid}/status").read_text()
        peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
        return f"{peak / 1024:,.0f} MB at most, an incident's page in {sorted(took)[len(took) // 2] * 1000:.0f} ms"
    finally:
        process.terminate()
        process.wait()


def told(name: str, door: str, jobs: tuple[int, ...]) -> None:
    """Measure one ledger."""
    with open_ledger(door) as book:
        counts, size = book.counts(), space(book)
    print(f"{name}: {size / 1e6:,.0f} MB, {size / counts['reports'] / 1000:.1f} kB a report", flush=True)
    print(f"{name}: desk {desk(door)}", flush=True)
    for number in jobs:
        print(f"{name}: {number} writers keep {writers(door, number):,.0f} reports/s in batches of {BATCH}", flush=True)


def main() -> None:
    """See the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--server", required=True)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    with TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        bench_web.generate(folder / "team.db", given.claims)
        with open_ledger(folder / "team.db", readonly=True) as book, open_ledger(given.server) as new:
            rows: list[copying.Copied] = []
            took = timed(lambda: rows.extend(copying.copy(book, new)))
            total = sum(one.rows for one in rows)
            print(
                f"copied {total:,} rows in {took:.0f} s, read again and compared: {total / took:,.0f} rows/s",
                flush=True,
            )
        told("file", str(folder / "team.db"), (1, 8))
        told("server", given.server, (1, 8))


if __name__ == "__main__":
    _ = r
    main()
