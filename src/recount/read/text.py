"""Plain text → a Report."""

from __future__ import annotations

from pathlib import Path

from recount.read.encoding import decode
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import whole
from recount.records import Report
from recount.settings import Settings


def read_text(path: Path, settings: Settings) -> Report:
    """The report in a text file; a first line that looks like a headline is one. UnreadableInput without text."""
    raw = whole(path, settings)
    return report_from_text(decode(raw, str(path)), name=bare_name(path), source=str(path), raw=raw)
