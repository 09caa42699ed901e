"""Fit the judge of attributions to the coded training reports, and say how well it does on held-out ones.

    train_attributions.py --shared ../shared [--dry]

Proposals are what `extract.attributions_pairs` makes of `dev/train`. One is right when the coding has its stance and names
that share a content word, with a quote in or beside the passage; where the coding has the same elsewhere, the proposal is
left out. Folds are whole reports. Needs scikit-learn (training only).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coded_reports import coded_reports
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from train_choices import scorer

from recount.extract.attributions import rule_hits
from recount.extract.attributions_judge import STANCES
from recount.extract.attributions_names import Cast
from recount.extract.attributions_pairs import Candidate, candidates
from recount.extract.attributions_traits import AttributionTraits
from recount.extract.speakers import find as find_sources
from recount.read import passages
from recount.resolve import actors
from recount.rules import FOLDER

FOLDS = 5
SPREAD = 0.1
KEEP = 0.04
RARE = 2
NEAR = 5
WIDE, PROPOSED = (0.25, 0.2, 0.15), (0.07, 0.07, 0.07)
"""The shares from which each of `STANCES` is believed, of pairs that no rule found and of those that a rule did: what
served F1 best on held-out reports."""


class Example(NamedTuple):
    """One proposal: its traits, its right stance ("none", or "elsewhere"), and what makes two of them one."""

    report: str
    fold: int
    traits: list[str]
    right: str
    names: tuple[str | None, str | None]
    key: tuple[str | None, str | None]
    proposed: bool


def examples(shared: Path, score: Any) -> Iterator[Example]:
    """All proposals of the coded training reports."""
    coded = list(coded_reports(shared))
    folds = {name: n % FOLDS for n, name in enumerate(sorted(report.name for _, report, _ in coded))}
    for _, report, gold in coded:
        parts = passages(report)
        cast = Cast(report.text, actors.find(report.text), find_sources(report.text, parts))
        traits = AttributionTraits(cast)
        for one in candidates(cast, parts, rule_hits(cast, parts)):
            right = right_stance(one, gold["attributions"], report.text, score)
            key = cast.side_key(one.accuser), cast.side_key(one.accused)
            names = one.accuser, one.accused
            yield Example(report.name, folds[report.name], traits.of(one), right, names, key, bool(one.rules))


def right_stance(one: Candidate, coded: Sequence[Mapping[str, Any]], text: str, score: Any) -> str:
    """The stance that the coding gives a proposal; "elsewhere" where its quote stands in another part of the report."""
    found = "none"
    for row in coded:
        if row["stance"] == "no_claim" or (row["stance"] == "alleges" and one.own):
            continue
        if score.names_meet(row["accuser"], one.accuser) and score.names_meet(row["accused"], one.accused):
            at, passage = text.find(row["quote"] or "\0"), one.line.passage
            if at < 0 or (at < passage.end + NEAR and at + len(row["quote"]) > passage.start - NEAR):
                return str(row["stance"])
            found = "elsewhere"
    return found


def fit(rows: Sequence[Example]) -> dict[str, Any]:
    """The weights of the three stances."""
    used = [row for row in rows if row.right != "elsewhere"]
    counts = Counter(t for row in used for t in row.traits)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{t: 1.0 for t in row.traits if counts[t] >= RARE} for row in used])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    models = [
        LogisticRegression(C=SPREAD, solver="liblinear", max_iter=300).fit(matrix, [row.right == s for row in used])
        for s in STANCES
    ]
    weights = np.vstack([m.coef_ for m in models]).T
    names = list(vectorizer.get_feature_names_out())
    bias = np.array([float(m.intercept_[0]) for m in models])
    table = {
        n: [round(float(w), 2) if abs(w) >= KEEP else 0 for w in row]
        for n, row in zip(names, weights, strict=True)
        if max(abs(row)) >= KEEP
    }
    # Every proposal is either of the speaker itself or of another: the intercepts join these two.
    for name in ("own", "other"):
        table[name] = [round(float(b + w), 3) for b, w in zip(bias, table.get(name, (0, 0, 0)), strict=True)]
    return {"wide": WIDE, "proposed": PROPOSED, "traits": table}


def believed(rows: Sequence[Example], table: Mapping[str, Any]) -> dict[str, list[dict[str, str | None]]]:
    """What the judge would write down, by report."""
    best: dict[tuple[Any, ...], tuple[float, Example]] = {}
    shares = np.array([WIDE, PROPOSED])
    needed = np.log(shares / (1 - shares))
    for row in rows:
        scores = np.sum([table["traits"].get(t, (0, 0, 0)) for t in row.traits], axis=0)
        for n, stance in enumerate(STANCES):
            key = (row.report, stance, *row.key)
            if scores[n] >= needed[int(row.proposed)][n] and (key not in best or best[key][0] < scores[n]):
                best[key] = (float(scores[n]), row)
    found: dict[str, list[dict[str, str | None]]] = {}
    for (report, stance, *_), (_, row) in best.items():
        found.setdefault(report, []).append({"stance": stance, "accuser": row.names[0], "accused": row.names[1]})
    return found


def measure(shared: Path, found: Mapping[str, Sequence[Mapping[str, Any]]], score: Any) -> str:
    """Precision, recall and F1 as the scorer counts them, "no_claim" left out."""
    hits = system = coded = 0
    for row in map(json.loads, (shared / "dev" / "train" / "gold.jsonl").open(encoding="utf-8")):
        left = list(found.get(row["id"], ()))
        system += len(left)
        for one in row["attributions"]:
            if one["stance"] == "no_claim":
                continue
            coded += 1
            twin = next((x for x in left if score.attribution_meets(one, x)), None)
            if twin is not None:
                left.remove(twin)
                hits += 1
    precision, recall = hits / max(1, system), hits / coded
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / (precision + recall):.3f}"


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--dry", action="store_true", help="only print held-out figures")
    args = parser.parse_args()
    score = scorer(args.shared)
    rows = list(examples(args.shared, score))
    print(f"{len(rows)} proposals: {dict(Counter(row.right for row in rows))}")
    held: dict[str, list[dict[str, str | None]]] = {}
    for fold in range(FOLDS):
        table = fit([row for row in rows if row.fold != fold])
        held |= believed([row for row in rows if row.fold == fold], table)
    print("held out:", measure(args.shared, held, score))
    if not args.dry:
        table = fit(rows)
        lines = ",\n".join(
            f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(w)}" for n, w in sorted(table["traits"].items())
        )
        out = FOLDER / "judge" / "en" / "attributions.json"
        out.write_text(
            f'{{"wide": {json.dumps(WIDE)}, "proposed": {json.dumps(PROPOSED)}, "traits": {{\n{lines}\n}}}}\n',
            encoding="utf-8",
        )
        print(f"{len(table['traits'])} traits, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
