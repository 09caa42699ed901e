"""Reports that came in several shards: the first stays, the others go, so that every table tells a report once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from recount.engine.part_files import part_path, rows_in, without


def drop_doubles(out: Path, parts: Sequence[str]) -> int:
    """Take reports out of later parts that an earlier one has, by id or by the hash of their bytes; how many there were.

    Holds an id and a hash of each report in memory. Safe to be stopped and done again.
    """
    seen: set[str] = set()
    number = 0
    for part in parts:
        doubles = set()
        for row in rows_in(part_path(out, "reports", part), ("id", "sha256")):
            if row["id"] in seen or row["sha256"] in seen:
                doubles.add(row["id"])
            seen |= {row["id"], row["sha256"]}
        if doubles:
            without(out, part, doubles)
            number += len(doubles)
    return number
