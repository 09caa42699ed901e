"""Killed at any point, the next run finishes the work: nothing doubled, nothing lost."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("made_river.py")


def command(ledger: Path, count: int) -> list[str]:
    return [sys.executable, str(PROGRAM), str(ledger), str(count)]


@pytest.mark.parametrize(
    ("kills", "count", "seed"), [(5, 300, 1), pytest.param(50, 1000, 2, marks=pytest.mark.slow)], ids=["5", "50"]
)
def test_killed_at_random_points_the_ledger_ends_as_undisturbed(
    tmp_path: Path, kills: int, count: int, seed: int
) -> None:
    chance = random.Random(seed)
    started = time.monotonic()
    subprocess.run(command(tmp_path / "undisturbed.db", count), check=True)
    whole = time.monotonic() - started
    expected = current(tmp_path / "undisturbed.db")
    left, round_number = kills, 0
    while left:
        ledger = tmp_path / f"killed{round_number}.db"
        left -= add_killing(ledger, count, chance, whole, left)
        assert current(ledger) == expected
        round_number += 1


def add_killing(ledger: Path, count: int, chance: random.Random, whole: float, at_most: int) -> int:
    """Add to a ledger, killing the run again and again until one comes through; how many kills it took."""
    for kills in range(at_most):
        run = subprocess.Popen(command(ledger, count))
        try:
            run.wait(chance.uniform(0, whole))
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        else:
            assert run.returncode == 0
            return kills
    subprocess.run(command(ledger, count), check=True)
    return at_most


def current(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table: the order of arrival and the marks of the ledger too."""
    with sqlite3.connect(ledger) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [n for (n,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(plain.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
