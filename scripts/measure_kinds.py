"""Measure typing on labelled snippets: F1 of each sub-type, weighted over the violent ones and over all.

python scripts/measure_kinds.py --shared ../shared [--wrong CODE]
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from recount.extract.subevents import sub_events

Pair = tuple[str, str]
"""The label and what was read ("" for nothing)."""


def rows(shared: Path) -> list[tuple[str, str, str]]:
    """(id, snippet, label) of the labelled set."""
    with (shared / "data/kinds/case2021_dev.tsv").open(encoding="utf-8", newline="") as file:
        return [(r["id"], r["EventSnippet"], r["SubType"]) for r in csv.DictReader(file, delimiter="\t")]


def f1(pairs: Sequence[Pair], code: str) -> float:
    """F1 of one label."""
    right = sum(a == b == code for a, b in pairs)
    told, read = sum(a == code for a, _ in pairs), sum(b == code for _, b in pairs)
    return 2 * right / (told + read) if told + read else 0.0


def weighted(pairs: Sequence[Pair], codes: Sequence[str]) -> float:
    """F1 of each of the labels, weighted by how often it is given; what is wrongly read as one of them counts."""
    support = Counter(a for a, _ in pairs if a in codes)
    return sum(f1(pairs, code) * n for code, n in support.items()) / max(1, support.total())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--wrong", metavar="CODE", help="list the ids that should have been read as this type")
    chosen = parser.parse_args()
    types = sub_events()
    read = [(i, label, got.code if (got := types.read(text)) else "") for i, text, label in rows(chosen.shared)]
    pairs = [(label, got) for _, label, got in read]
    if chosen.wrong:
        print(*(f"{i}\t{got or '-'}" for i, label, got in read if label == chosen.wrong != got), sep="\n")
        return
    codes = sorted({label for label, _ in pairs})
    violent = [code for code in codes if code in types.types and types.types[code]["violent"]]
    for code in codes:
        print(f"{code:<30} {f1(pairs, code):.2f}  n={sum(a == code for a, _ in pairs)}")
    half = len(pairs) // 2
    print(f"violent sub-types, weighted F1: {weighted(pairs, violent):.3f}  ({len(violent)} types)")
    print(f"  even rows {weighted(pairs[0::2], violent):.3f}, odd rows {weighted(pairs[1::2], violent):.3f}")
    print(f"all types, weighted F1: {weighted(pairs, codes):.3f}  ({len(codes)} types, {2 * half} snippets)")


if __name__ == "__main__":
    main()
