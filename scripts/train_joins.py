"""Fit the table that decides whether a scene goes on with an incident told before.

    train_joins.py --shared ../shared

For each coded training report the scenes are labelled by the gold incident whose figures they tell; every labelled scene is
compared with every earlier incident of its report. Needs scikit-learn (training time only).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from recount.assemble.drafts import Draft
from recount.assemble.joins import features_of
from recount.assemble.report import sort_figures
from recount.assemble.scenes import Scene, toll_of
from recount.read import read
from recount.records import Claim, Report
from recount.river import read_claims
from recount.rules import FOLDER
from recount.settings import Settings

KEEP = 0.02


def labelled(report: Report, gold: Mapping[str, Any]) -> Iterator[tuple[list[str], bool]]:
    """Features of each comparison in one report, and whether both tell of one gold incident."""
    reader, claims, _ = read_claims(report)
    if claims is None:
        return
    scenes, incident, *_ = sort_figures(reader.report, reader.passages, claims, reader.cues)
    drafts: dict[str, Draft] = {}
    for n, scene in enumerate(scenes):
        tolls = incident.get(n, [])
        label = label_of(scene, tolls, gold, reader.report.text)
        if label is None:
            continue
        rows = list(drafts.values())
        for key, draft in drafts.items():
            yield features_of(scene, tolls, draft, rows, reader.report.text), key == label
        drafts.setdefault(label, Draft()).add(scene, tolls, "")


def label_of(scene: Scene, tolls: list[Claim], gold: Mapping[str, Any], text: str) -> str | None:
    """The gold incident that a scene tells of: by its figures, quotes inside its passage counting more."""
    votes: Counter[str] = Counter()
    for item in gold["incidents"]:
        for toll in item["tolls"]:
            at = text.find(toll.get("quote") or "\0")
            near = scene.passage.start - 1 < at < scene.passage.end
            votes[item["key"]] += sum((4 if near else 1) for c in tolls if _same(c, toll))
    best = votes.most_common(2)
    if not best or best[0][1] == 0 or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return best[0][0]


def _same(claim: Claim, toll: Mapping[str, Any]) -> bool:
    mine = toll_of(claim)
    number = mine.count.low if mine.count.low is not None else mine.count.high
    return mine.harm == toll["harm"] and number == (toll["low"] if toll["low"] is not None else toll["high"])


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    folder = parser.parse_args().shared / "dev" / "train"
    gold = {row["id"]: row for row in map(json.loads, (folder / "gold.jsonl").open(encoding="utf-8"))}
    features, right, groups = [], [], []
    for n, report in enumerate(read(folder / "reports.jsonl", Settings())):
        if isinstance(report, Report):
            for names, same in labelled(report, gold[report.name]):
                features.append(dict.fromkeys(names, 1.0))
                right.append(same)
                groups.append(n)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform(features)
    model = LogisticRegression(C=0.3, max_iter=1000)
    guess = cross_val_predict(model, matrix, right, groups=groups, cv=GroupKFold(5))
    print(f"{len(right)} comparisons, {sum(right)} same; held-out accuracy {np.mean(guess == np.array(right)):.3f}")
    model.fit(matrix, right)
    names = vectorizer.get_feature_names_out()
    table = {n: round(float(w), 3) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= KEEP}
    table["bias"] = round(float(model.intercept_[0]), 3)
    out = FOLDER / "judge" / "en" / "joins.json"
    out.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
