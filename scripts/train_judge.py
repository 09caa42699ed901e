"""Fit the judge to the coded training reports and write its weights into the rule folder.

    train_judge.py --shared ../shared

Candidates are what the rules propose in `dev/train`; a candidate is right when the report's coding has its harm and number
(for small numbers also near its words). Needs scikit-learn (a training-time library, not a dependency of the package).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coded_reports import coded_reports
from scipy.sparse import diags
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from recount.extract import Reader, cues, heard, passed_over
from recount.extract.evenhanded import ONLY_SIDE
from recount.extract.phrases import Span
from recount.extract.proposals import Proposal, proposals
from recount.extract.reading import by_passage, traits_of
from recount.extract.tolls import TollMention
from recount.read import passages
from recount.records import SIDES, Count, Report
from recount.river import dated, day_items
from recount.rules import FOLDER

SMALL = 3
KEEP = 0.03
RARE = 2


BAGS = ("report says", "passage says")
"""Traits of all the words around, which may weigh on side and reach alone: whether a figure counts is told by those near it.

With them the judge is no better on reports that it has not seen, and worse on short ones (their sums are smaller).
"""


CORE = ("core=", "form, kind and hedge=", "harm and kind of people=", "modality=")
FIRM = 3.0
"""Traits of the bare form of a figure are held back less by the fit: a plain short sentence must stand on them alone."""


class Example(NamedTuple):
    """One candidate with what the coding says of it."""

    report: str
    traits: list[str]
    toll: bool | None
    statistic: bool | None
    side: str | None


def value_of(count: Count) -> int:
    """The one number of a count."""
    return count.low if count.low is not None else count.high or 0


def examples(shared: Path, part: str = "train") -> Iterator[Example]:
    """All candidates of the coded reports."""
    for _, report, gold in coded_reports(shared, part):
        yield from _of_report(report, gold)


def _of_report(report: Report, gold: dict[str, Any]) -> Iterator[Example]:
    report, _ = dated(report)
    cut, found = passages(report), cues(report.text)
    reader = Reader(report, cut, heard(found, list(passed_over(report.text, cut, found))), "")
    days = by_passage(reader.passages, day_items(report))
    spans = {n: [Span(i.start, i.end, "T") for i in items] for n, items in days.items()}
    shared = traits_of(reader, days)
    coded = [(t, group) for group in ("incidents", "periods") for item in gold[group] for t in item["tolls"]]
    for proposal in proposals(report, reader.passages, reader.cues, spans):
        mention = proposal.mention
        label, toll, group = _coded(report.text, coded, proposal)
        traits = [*shared.shared, *dict.fromkeys(shared.of(mention, proposal.passage, proposal.modality))]
        wide = group == "periods" if toll else None
        yield Example(report.name, traits, label, wide, toll["side"] if toll else None)


Coded = tuple[dict[str, Any], str]
"""A coded figure and the list that it stands in: incidents or periods."""


def _coded(text: str, coded: list[Coded], proposal: Proposal) -> tuple[bool | None, dict[str, Any] | None, str | None]:
    """Whether the coding has this figure, with the coded figure; None where it has its like and the words leave it open.

    A figure that stands in the coder's quote is right. Another mention of the same figure is right too when it is large
    enough to be told by its size alone.
    """
    mention = proposal.mention
    size = value_of(mention.count)
    rows = [(t, g) for t, g in coded if t["harm"] == mention.harm and _size(t) == size]
    rows.sort(key=lambda row: row[0]["side"] != mention.side)
    quoted = next(((t, g) for t, g in rows if _inside(text, t.get("quote"), mention)), None)
    if quoted is not None:
        return True, *quoted
    if rows and size > SMALL:
        return True, *rows[0]
    open_ = any(size == SMALL or t["side"] == mention.side for t, _ in rows)
    return (None if open_ else False), None, None


def _size(toll: dict[str, Any]) -> int:
    return int(toll["low"] if toll["low"] is not None else toll["high"])


def _inside(text: str, quote: str | None, mention: TollMention) -> bool:
    """Whether the people of a mention stand in a quote."""
    group, at = mention.group, text.find(quote) if quote else -1
    while at >= 0:
        if group.start < at + len(quote or "") and group.end > at:
            return True
        at = text.find(quote or "", at + 1)
    return False


def fit(rows: list[Example]) -> dict[str, Any]:
    """The weights of the three decisions."""
    counts = Counter(t for row in rows for t in row.traits)
    vectorizer = DictVectorizer(dtype=np.float32)
    matrix = vectorizer.fit_transform([{t: 1 for t in row.traits if counts[t] >= RARE} for row in rows])
    names = list(vectorizer.get_feature_names_out())
    even = matrix @ diags([float(not name.startswith(ONLY_SIDE)) for name in names])
    scale = np.array([0.0 if name.startswith(BAGS) else FIRM if name.startswith(CORE) else 1.0 for name in names])
    near = even @ diags(scale)
    right = np.array([i for i, row in enumerate(rows) if row.toll])
    known = np.array([i for i, row in enumerate(rows) if row.toll is not None])
    toll = LogisticRegression(C=0.15, max_iter=1000).fit(near[known], [rows[i].toll for i in known])
    wide = LogisticRegression(C=0.15, max_iter=1000).fit(even[right], [rows[i].statistic for i in right])
    side = LogisticRegression(C=0.2, max_iter=1000).fit(matrix[right], [rows[i].side for i in right])
    order = [list(side.classes_).index(name) for name in SIDES]
    weights = np.vstack([toll.coef_ * scale, wide.coef_, side.coef_[order]]).T
    biases = np.hstack([toll.intercept_, wide.intercept_, side.intercept_[order]])
    return {"traits": table(names, weights, biases), "threshold": 0.55}


def table(names: list[str], weights: np.ndarray, biases: np.ndarray) -> dict[str, list[float]]:
    """Trait → weights, small ones left out; the intercepts join the trait `bias`, which every figure has."""
    found = {"bias": [round(float(b), 3) for b in biases]}
    for name, row in zip(names, weights, strict=True):
        kept = [round(float(w), 3) if abs(w) >= KEEP else 0 for w in row]
        if name == "bias":
            found["bias"] = [round(a + b, 3) for a, b in zip(found["bias"], kept, strict=True)]
        elif any(kept):
            found[name] = kept
    return found


def as_lines(weights: dict[str, Any]) -> str:
    """The weights as JSON with one trait a line, sorted, so that a refit shows as a readable difference."""
    rows = ",\n".join(
        f"{json.dumps(n, ensure_ascii=False)}: {json.dumps(w)}" for n, w in sorted(weights["traits"].items())
    )
    return f'{{"threshold": {weights["threshold"]}, "traits": {{\n{rows}\n}}}}'


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    rows = list(examples(args.shared))
    weights = fit(rows)
    out = FOLDER / "judge" / "en" / "tolls.json"
    out.write_text(as_lines(weights) + "\n", encoding="utf-8")
    print(f"{len(rows)} candidates, {sum(bool(r.toll) for r in rows)} right; {out.stat().st_size} bytes of weights")


if __name__ == "__main__":
    main()
