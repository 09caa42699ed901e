"""Fit the tables that tell which scenes are one incident: what begins one, what goes on with one told before.

    train_joins.py --shared ../shared [--dry]

In each coded training report every scene with figures is labelled by the coded incident that has them, a scene without
by the coded incident whose place, day and actors it names, or by none. Each scene is a choice between the incidents told
before, a new one and none; the tables are fitted so that the right one weighs most. Folds are whole reports. Needs
scikit-learn (training only).
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coded_reports import coded_reports
from train_choices import Rows, fit_ranking, matrix_of, table

from recount.assemble import openings
from recount.assemble.drafts import Draft, may_tell
from recount.assemble.joins import features_of
from recount.assemble.report import sort_figures
from recount.assemble.scenes import Scene, toll_of
from recount.records import Claim, Report
from recount.river import read_claims
from recount.rules import FOLDER

FOLDS = 5
SPREAD = 0.1
SURE = 5
"""Points from which a scene without figures is said to tell of a coded incident."""
FILLING = {"the", "of", "in", "a", "an", "and", "at", "near", "district", "province", "city", "town", "area", "on"}


class Telling(NamedTuple):
    """One report read as far as its scenes, with its coding."""

    fold: int
    report: Report
    scenes: list[Scene]
    figures: Mapping[int, list[Claim]]
    gold: Mapping[str, Any]


def tellings(shared: Path) -> Iterator[Telling]:
    """The coded training reports that are read for incidents."""
    for n, report, gold in coded_reports(shared):
        reader, claims, _ = read_claims(report)
        if claims is not None:
            found = sort_figures(reader.report, reader.passages, claims, reader.cues)
            yield Telling(n % FOLDS, reader.report, found.scenes, found.incident, gold)


# ---- labels


def _number(row: Mapping[str, Any]) -> int:
    return row["low"] if row["low"] is not None else row["high"]


def label_of(scene: Scene, tolls: Sequence[Claim], told: Telling) -> str | None:
    """The coded incident that a scene with figures tells of, quotes inside its passage counting more."""
    votes: Counter[str] = Counter()
    for item in told.gold["incidents"]:
        for toll in item["tolls"]:
            at = told.report.text.find(toll.get("quote") or "\0")
            near = scene.passage.start - 1 < at < scene.passage.end
            votes[item["key"]] += sum((4 if near else 1) for c in tolls if _same(c, toll))
    best = votes.most_common(2)
    if not best or best[0][1] == 0 or (len(best) > 1 and best[1][1] == best[0][1]):
        return None
    return best[0][0]


def _same(claim: Claim, toll: Mapping[str, Any]) -> bool:
    mine = toll_of(claim)
    number = mine.count.low if mine.count.low is not None else mine.count.high
    return mine.harm == toll["harm"] and number == _number(toll)


def words(name: str) -> set[str]:
    """The words of a name that tell it from others, without accents."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = set(re.findall(r"[a-z0-9]+", plain))
    return (found - FILLING) or found


def nearness(scene: Scene, item: Mapping[str, Any], text: str) -> float:
    """How much of a coded incident a scene names; 0 where it names none of its places."""
    said = text[scene.start : scene.end].lower()
    places = sum(place.lower() in said for place in item["places"])
    if not places:
        return 0.0
    mine, label = words(said), words(item["label"])
    points = 3.0 * min(places, 2) + 2.0 * bool(item["date_text"] and item["date_text"].lower() in said)
    points += sum(bool(words(name) & mine) for name in [*item["actors"][:2], *item["targets"][:2]])
    points += 2 * len(label & mine) / max(1, len(label))
    return points + (item["kind"] in {kind for kind, weight in scene.kinds if weight >= 2})


def bare_labels(told: Telling) -> dict[int, str]:
    """By scene number, the coded incident that a scene without figures tells of."""
    bare = [n for n, s in enumerate(told.scenes) if not told.figures.get(n) and may_tell(s)]
    items = told.gold["incidents"]
    near = {(n, i["key"]): nearness(told.scenes[n], i, told.report.text) for n in bare for i in items}
    found = {}
    for n in bare:
        best = max(items, key=lambda i: near[n, i["key"]], default=None)
        if best is not None and near[n, best["key"]] >= SURE:
            found[n] = best["key"]
    for item in items:
        best_scene = max(bare, key=lambda n: (near[n, item["key"]], -n), default=None)
        if not item["tolls"] and best_scene is not None and near[best_scene, item["key"]] >= SURE - 1:
            found[best_scene] = item["key"]
    return found


# ---- rows


def choice_rows(told: Sequence[Telling]) -> Rows:
    """Every reading of every labelled scene: the incidents told before, a new one, and none for a bare scene.

    A bare scene that names no coded incident may go on with any, or tell none; all that is known is that it begins none.
    """
    rows, group = Rows([], [], [], []), 0
    for report in told:
        bare = bare_labels(report)
        drafts: dict[str, Draft] = {}
        for n, scene in enumerate(report.scenes):
            tolls = report.figures.get(n, [])
            label = label_of(scene, tolls, report) if tolls else bare.get(n)
            if (tolls and label is None) or not (tolls or may_tell(scene)):
                continue
            group += 1
            for traits, right in _readings(report, scene, tolls, drafts, label):
                rows.traits.append(traits)
                rows.right.append(right)
                rows.fold.append(report.fold)
                rows.group.append(group)
            if label is not None:
                drafts.setdefault(label, Draft()).add(scene, tolls, "", report.report.text)
    return rows


def _readings(
    told: Telling, scene: Scene, tolls: Sequence[Claim], drafts: Mapping[str, Draft], label: str | None
) -> Iterator[tuple[list[str], bool]]:
    kind = "counted" if tolls else "bare"
    held = list(drafts.values())
    begins = openings.traits(scene, bool(tolls), held, told.report)
    yield [f"{kind} begins|{t}" for t in begins], label is not None and label not in drafts
    for key, draft in drafts.items():
        names = features_of(scene, tolls, draft, held, told.report.text)
        right = key == label or (label is None and not tolls)
        yield [f"{kind} goes on|{t}" for t in names] + [f"goes on|{t}" for t in names], right
    if not tolls:
        yield [], label is None


# ---- fits


def fit_choices(rows: Rows) -> dict[str, dict[str, float]]:
    """The four tables of choices; what counted and bare scenes share is added to both."""
    matrix, names = matrix_of(rows.traits)
    right, fold, group = np.array(rows.right), np.array(rows.fold), np.array(rows.group)
    scores = np.zeros(len(right))
    for n in range(FOLDS):
        weights = fit_ranking(matrix[fold != n], right[fold != n], group[fold != n], SPREAD)
        scores[fold == n] = matrix[fold == n] @ weights
    print(f"scenes read rightly: {rightly(scores, right, group):.3f} of {len(set(rows.group))}")
    found = {f"{kind} {what}": Counter() for kind in ("counted", "bare") for what in ("begins", "goes on")}
    for name, weight in zip(names, fit_ranking(matrix, right, group, SPREAD), strict=True):
        where, trait = name.split("|", 1)
        for key in [where] if where in found else ["counted goes on", "bare goes on"]:
            found[key][trait] += float(weight)
    return {key: table(list(t), np.array(list(t.values()))) for key, t in found.items()}


def rightly(scores: np.ndarray, right: np.ndarray, group: np.ndarray) -> float:
    """The share of groups whose heaviest row is right."""
    order = np.lexsort((-scores, group))
    first = np.unique(group[order], return_index=True)[1]
    return float(np.mean(right[order][first]))


def write(tables: Mapping[str, Mapping[str, float]]) -> None:
    """The tables as JSON, one trait a line."""
    out = FOLDER / "judge" / "en" / "joins.json"
    out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"joins: {sum(map(len, tables.values()))} weights, {out.stat().st_size} bytes")


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--dry", action="store_true", help="measure only, write nothing")
    args = parser.parse_args()
    tables = fit_choices(choice_rows(list(tellings(args.shared))))
    if not args.dry:
        write(tables)


if __name__ == "__main__":
    main()
