"""Bytes → Report, Passages. Start with `inputs` (which files), `read` (their reports) and `passages`."""

from __future__ import annotations

from recount.read.files import read
from recount.read.inputs import inputs
from recount.read.passages import passages
from recount.read.report import report_from_text

__all__ = ["inputs", "passages", "read", "report_from_text"]
