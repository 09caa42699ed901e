"""A large made ledger to Parquet and GED: `python scripts/bench_export.py [--claims N] [--ledger FILE]`.

Prints wall and processor seconds and the largest memory of any process, against what is allowed for a million claims:
60 s and 120 s on two processors, 2 GB.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = (("claims", "parquet", 60), ("ged", "csv", 120))


def main() -> None:
    """Make the ledger unless one is given, and write both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--ledger", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ledger = given.ledger or Path(folder) / "made.db"
        if given.ledger is None:
            maker = str(Path(__file__).with_name("made_ledger.py"))
            subprocess.run([sys.executable, maker, str(ledger), "--claims", str(given.claims)], check=True)
        for what, form, allowed in RUNS:
            measure(ledger, Path(folder) / f"out.{form}", what, form, allowed)


def measure(ledger: Path, out: Path, what: str, form: str, allowed: int) -> None:
    """One export by the command, with two processes."""
    command = [sys.executable, "-m", "recount.cli.main", "--ledger", str(ledger), "export", what, "--as", form]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    code = "import sys; from recount.cli.main import run; sys.exit(run(sys.argv[1:]))"
    subprocess.run([sys.executable, "-c", code, *command[3:], "--out", str(out), "--jobs", "2"], check=True)
    wall = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(
        f"{what} as {form}: {wall:.0f} s wall (allowed {allowed}), {used:.0f} s of processors, "
        f"largest process {after.ru_maxrss / 1e6:.2f} GB, file {out.stat().st_size / 1e6:.0f} MB"
    )


if __name__ == "__main__":
    main()
