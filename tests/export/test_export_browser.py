"""The page in a real browser, where one is installed: its script runs, nothing else does, nothing is complained of."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from recount.export.page import write_page
from recount.store import Ledger

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --enable-logging=stderr --dump-dom"
)

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture
def shown(ledger: Ledger, tmp_path: Path) -> subprocess.CompletedProcess[str]:
    """The page's document as the browser has it after the script ran, and what the browser logged."""
    write_page(ledger, tmp_path / "page.html")
    # A profile and a home of its own: nothing of the user's browser is touched.
    return subprocess.run(
        [str(CHROMIUM), *QUIET.split(), f"--user-data-dir={tmp_path / 'profile'}", (tmp_path / "page.html").as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )


def test_the_script_makes_the_table_sortable_and_filterable(shown: subprocess.CompletedProcess[str]) -> None:
    head = shown.stdout[shown.stdout.index("<thead>") : shown.stdout.index("</thead>")]
    assert head.count("<button") == 10
    assert re.search(r'<div class="filter">', shown.stdout)


def test_nothing_of_a_report_runs_and_the_console_is_silent(shown: subprocess.CompletedProcess[str]) -> None:
    assert "<title>What is claimed, and by whom: small</title>" in shown.stdout
    assert [line for line in shown.stderr.splitlines() if "CONSOLE" in line] == []
