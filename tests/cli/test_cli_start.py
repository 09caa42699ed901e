"""A cold start loads what the verb needs, and nothing that would be half of its time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"alembic", "duckdb", "jinja2", "numpy", "pandas", "pydantic", "rich", "sqlalchemy", "trafilatura", "typer"}
LOADED = "import sys; print(*sorted({name.split('.')[0] for name in sys.modules}), file=sys.stderr)"


@pytest.mark.parametrize("words", [["code", "report.txt"], ["--help"], ["--version"]], ids=lambda words: words[0])
def test_no_heavy_library_is_loaded(tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "report.txt").write_text(
        "Four soldiers were killed when a roadside bomb hit their convoy, police said."
    )
    start = f"from recount.cli.main import run; status = run({words!r}); {LOADED}; sys.exit(status)"
    done = subprocess.run([sys.executable, "-c", start], cwd=tmp_path, capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert "recount" in loaded
    assert not loaded & HEAVY
