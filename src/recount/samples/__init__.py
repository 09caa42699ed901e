"""Sample reports that ship with the package: all invented, to see the whole path without any data of one's own."""

from __future__ import annotations

from pathlib import Path


def folder() -> Path:
    """The folder with the sample reports, to be given to `recount add`. `README.md` beside it says what each shows."""
    return Path(__file__).parent / "reports"
