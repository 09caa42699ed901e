"""Fit the table that credits figures to voices, and say how well it does on held-out reports.

    train_speakers.py --shared ../shared [--dry]

Figures are those that the coder takes from the coded training reports and that their codings hold; a voice is right when
the coding credits the figure to a name that shares a content word with it. Folds are whole reports. Needs scikit-learn
and scipy (training only).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coded_reports import coded_reports
from train_choices import FOLDS, Rows, fit_ranking, matrix_of, scorer

from recount.extract.speakers import find
from recount.extract.speakers_judge import Credits
from recount.records import Toll
from recount.river import read_claims
from recount.rules import FOLDER

SPREAD = 0.1
KEEP = 0.02


class Figures(NamedTuple):
    """Options as rows, with the rank of each in its group and what the grammar alone would take."""

    rows: Rows
    by_grammar: list[bool]


def figures(shared: Path, score: Any) -> Figures:
    """Every option of every figure whose coding can be told."""
    found, group = Figures(Rows([], [], [], []), []), 0
    for fold, text, credits, marked in _marked(shared):
        for start, end, by in marked:
            options = credits.options(start)
            right = [score.names_meet(by, o.source.name if o.source else None) for o in options]
            plain = Credits(text, (), credits._sources, None).source_for(start, end)
            if len(options) < 2:
                continue
            group += 1
            found.by_grammar.append(score.names_meet(by, plain.name if plain else None))
            for option, good in zip(options, right, strict=True):
                found.rows.traits.append(credits.traits(option, start, end, options))
                found.rows.right.append(good)
                found.rows.fold.append(fold)
                found.rows.group.append(group)
    return found


def _marked(shared: Path) -> Iterator[tuple[int, str, Credits, list[tuple[int, int, str | None]]]]:
    for number, report, gold in coded_reports(shared):
        reader, claims, _ = read_claims(report)
        sources = find(reader.report.text, reader.passages)
        credits = Credits(reader.report.text, reader.passages, sources, {})
        marked = [
            (c.start, c.end, toll["by"])
            for c in claims or ()
            if isinstance(c.value, Toll) and (toll := _coded(c.value, c.start, gold, report.text))
        ]
        yield number % FOLDS, reader.report.text, credits, marked


def _coded(toll: Toll, start: int, coding: Mapping[str, Any], text: str) -> Mapping[str, Any] | None:
    """The coded figure that a claim says: same harm and number, the nearest where several are."""
    number = toll.count.low if toll.count.low is not None else toll.count.high
    same = [
        t
        for group in ("incidents", "periods")
        for item in coding[group]
        for t in item["tolls"]
        if t["harm"] == toll.harm and number == (t["low"] if t["low"] is not None else t["high"])
    ]
    near = sorted((abs(text.find(t["quote"]) - start), n) for n, t in enumerate(same))
    if not near or (number is not None and number <= 3 and near[0][0] > 120):
        return None
    return same[near[0][1]]


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--dry", action="store_true", help="only print held-out figures")
    args = parser.parse_args()
    found = figures(args.shared, scorer(args.shared))
    matrix, names = matrix_of(found.rows.traits)
    right, fold = np.array(found.rows.right), np.array(found.rows.fold)
    group = np.array(found.rows.group)
    scores = np.zeros(len(right))
    for held in range(FOLDS):
        weights = fit_ranking(matrix[fold != held], right[fold != held], group[fold != held], SPREAD)
        scores[fold == held] = matrix[fold == held] @ weights
    hits = [right[group == g][np.argmax(scores[group == g])] for g in np.unique(group)]
    ceiling = [right[group == g].any() for g in np.unique(group)]
    print(
        f"{len(hits)} figures: right {np.mean(hits):.3f} held out, by grammar alone {np.mean(found.by_grammar):.3f}, "
        f"at best {np.mean(ceiling):.3f}"
    )
    if not args.dry:
        weights = fit_ranking(matrix, right, group, SPREAD)
        table = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= KEEP}
        lines = ",\n".join(f"{json.dumps(n, ensure_ascii=False)}: {w}" for n, w in sorted(table.items()))
        out = FOLDER / "judge" / "en" / "speakers.json"
        out.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
        print(f"{len(table)} traits, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
