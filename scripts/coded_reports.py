"""The coded development reports, each with its coding: what the training scripts fit to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from recount.read import read
from recount.records import Report
from recount.settings import Settings


def coded_reports(shared: Path, part: str = "train") -> Iterator[tuple[int, Report, dict[str, Any]]]:
    """Number, report and coding of each report of `part`, in the order of the file."""
    folder = shared / "dev" / part
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    for number, report in enumerate(read(folder / "reports.jsonl", Settings())):
        if isinstance(report, Report):
            yield number, report, gold[report.name]
