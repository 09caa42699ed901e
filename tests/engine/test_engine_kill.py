"""Killed at any point, the next run finishes the work: nothing doubled, nothing lost."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from made_river import TOWNS

MADE = Path(__file__).with_name("made_river.py")
PLACES = ("Quetta", "Mastung", "Kalat", "Bannu", "Hangu", "Tank", "Peshawar", "Khuzdar", "Turbat")
SHAPES = (
    "Security forces killed {low} militants in an operation in {place} on {day}, the military press office said.",
    "At least {low} militants were killed and {less} soldiers wounded in a clash near {place} on {day}, police said.",
    "A roadside bomb killed {less} policemen in {place} on {day}, officials said. No group has claimed the attack.",
    "The toll of the attack in {place} on {day} rose to {low}, hospital officials said.",
)

Command = Callable[[Path], list[str]]


def made(count: int) -> Command:
    """The engine with a small coder that says when it is ready: most of the run is keeping and linking."""
    return lambda ledger: [sys.executable, str(MADE), str(ledger), str(count)]


def real(reports: Path, jobs: int) -> Command:
    """The command itself."""
    start = [sys.executable, "-c", "from recount.cli.main import main; main()"]
    return lambda ledger: [*start, "--ledger", str(ledger), "add", "--quiet", "--jobs", str(jobs), str(reports)]


@pytest.fixture
def reports(tmp_path: Path) -> Callable[[int], Path]:
    """Makes a file of so many invented reports, and between them a line that cannot be read."""

    def make(count: int) -> Path:
        file = tmp_path / "reports.jsonl"
        lines = [json.dumps(told(n)) for n in range(count)]
        lines.insert(count // 2, "{no report")
        file.write_text("\n".join(lines))
        return file

    return make


def told(n: int) -> dict[str, str]:
    """One invented report as a line of the input."""
    day = date(2025, 1, 1) + timedelta(days=n // 6)
    place = PLACES[n % len(PLACES)]
    words = SHAPES[n % len(SHAPES)].format(
        low=n % 11 + 3, less=n % 3 + 2, place=place, day=f"{day:%A}, {day.day} {day:%B}"
    )
    text = f"{words} The road to {TOWNS[n % len(TOWNS)]} was closed for {n} minutes."
    return {"id": f"n{n}", "headline": f"Fighting in {place}", "pub_date": f"{day}", "outlet": "Made", "text": text}


def test_a_short_run_killed_five_times(tmp_path: Path) -> None:
    check(tmp_path, [made(300)], kills=5, seed=1)


def test_the_command_killed_three_times(tmp_path: Path, reports: Callable[[int], Path]) -> None:
    check(tmp_path, [real(reports(40), jobs=1)], kills=3, seed=2)


@pytest.mark.slow
def test_a_thousand_reports_killed_fifty_times(tmp_path: Path) -> None:
    check(tmp_path, [made(1000)], kills=50, seed=3)


@pytest.mark.slow
def test_the_command_over_a_thousand_reports_killed_fifty_times(tmp_path: Path, reports: Callable[[int], Path]) -> None:
    file = reports(1000)
    check(tmp_path, [real(file, jobs=1), real(file, jobs=2)], kills=50, seed=4)


def check(folder: Path, commands: list[Command], *, kills: int, seed: int) -> None:
    """Kill runs at random moments until so many are killed; every ledger must end as the undisturbed one."""
    chance = random.Random(seed)
    started = time.monotonic()
    finish(commands[0](folder / "undisturbed.db"))
    whole = time.monotonic() - started
    expected = current(folder / "undisturbed.db")
    assert len(expected["reports"]) > kills
    assert expected["links"]
    attempt = 0
    while kills:
        ledger = folder / f"killed{attempt}.db"
        kills -= add_killing(ledger, commands, chance, whole, kills)
        assert current(ledger) == expected
        attempt += 1


def add_killing(ledger: Path, commands: list[Command], chance: random.Random, whole: float, at_most: int) -> int:
    """Add to a ledger, killing the run again and again until one comes through; how many kills it took."""
    for kills in range(at_most):
        run = subprocess.Popen(chance.choice(commands)(ledger), env=environment())
        try:
            run.wait(chance.uniform(whole / 8, whole))
        except subprocess.TimeoutExpired:
            run.kill()
            run.wait()
        else:
            assert run.returncode in (0, 1)
            return kills
    finish(commands[0](ledger))
    return at_most


def finish(command: list[str]) -> None:
    assert subprocess.run(command, env=environment(), check=False).returncode in (0, 1)  # 1: some input set aside


def environment() -> dict[str, str]:
    return os.environ | {"RECOUNT_BATCH": "7"}


def current(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table: the order of arrival and the marks of the ledger too."""
    with sqlite3.connect(ledger) as plain:
        assert plain.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        names = [n for (n,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        return {name: sorted(plain.execute(f"SELECT * FROM {name}"), key=repr) for name in names}
