"""Fit the tables that choose place, day, kind and role of an incident, and say how well they do on held-out reports.

    train_choices.py --shared ../shared [--dry] [--only places days]

The drafts of each coded training report are paired with its coded incidents as the scorer pairs them (shared figures,
then places and days, then kind). A place or day is right when the coding has it; the tables are fitted so that the
right one weighs most among all that its report names. Places and days are also fitted to drafts made of the coded
incidents themselves (the scenes that hold their quoted figures), and measured on both kinds of drafts: the second shows
the choice alone. Folds are whole reports. Needs scikit-learn (training only).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from coded_reports import coded_reports
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from recount.assemble import choose_days, choose_kind, choose_places, choose_role
from recount.assemble.choose import NEWS
from recount.assemble.choose_frame import Frame, days_of, place_of
from recount.assemble.choose_view import View
from recount.assemble.drafts import Draft, gather
from recount.assemble.lines import lines_of
from recount.assemble.report import _armed, sort_figures
from recount.assemble.scenes import Scene
from recount.records import Claim
from recount.river import read_claims
from recount.rules import FOLDER

FOLDS = 5
KEEP = 0.02
RARE = 3
SPREAD = {"places": 0.03, "days": 0.04, "kinds": 0.2, "roles": 0.03, "news": 0.05}
"""How far the weights of each table may spread (the inverse of the penalty)."""

Table = dict[str, float]


class Told(NamedTuple):
    """One report with its frame, its coding, and the coded incident of each draft that has one."""

    fold: int
    frame: Frame
    views: list[View]
    gold: Mapping[str, Any]
    pairs: dict[int, Mapping[str, Any]]


class Rows(NamedTuple):
    """Candidates: traits, whether right, fold, and the group in which one wins."""

    traits: list[Sequence[str]]
    right: list[bool]
    fold: list[int]
    group: list[int]


def scorer(shared: Path) -> Any:
    """The scorer's module, for its pairing."""
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told_reports(shared: Path, score: Any) -> Iterator[tuple[Told, Told]]:
    """The coded training reports with their own drafts, and with drafts made of the coded incidents.

    Those without an incident have no drafts.
    """
    for number, report, coding in coded_reports(shared):
        reader, claims, _ = read_claims(report)
        if claims is None:
            nothing = Told(number % FOLDS, Frame(reader.report, (), ()), [], coding, {})
            yield nothing, nothing
            continue
        found = sort_figures(reader.report, reader.passages, claims, reader.cues)
        drafts = [d for d in gather(found.scenes, found.incident, reader.report) if _armed(d)]
        pairs = score.align(coding["incidents"], [_item(d) for d in drafts])
        paired = {b: coding["incidents"][a] for a, b in pairs}
        own = _told(number, Frame(reader.report, found.scenes, drafts, reader.cues), coding, paired)
        quoted = [(d, i) for i in coding["incidents"] if (d := _quoted(found.scenes, i, reader.report.text)).scenes]
        frame = Frame(reader.report, found.scenes, [d for d, _ in quoted], reader.cues)
        yield own, _told(number, frame, coding, {n: i for n, (_, i) in enumerate(quoted)})


def _told(number: int, frame: Frame, coding: Mapping[str, Any], pairs: dict[int, Mapping[str, Any]]) -> Told:
    return Told(number % FOLDS, frame, [View(frame, n) for n in range(len(frame.drafts))], coding, pairs)


def _quoted(scenes: Sequence[Scene], incident: Mapping[str, Any], text: str) -> Draft:
    """The scenes that hold the quoted figures of a coded incident, as a draft; empty where none is found."""
    places = [(at, at + len(q)) for t in incident["tolls"] if (q := t.get("quote")) and (at := text.find(q)) >= 0]
    draft = Draft()
    for scene in scenes:
        tolls = [c for c in scene.tolls if any(c.start < end and start < c.end for start, end in places)]
        bare = not scene.tolls and any(scene.passage.start <= start < scene.passage.end for start, _ in places)
        if tolls or bare:
            draft.add(scene, tolls, "quoted", text)
    return draft


def _item(draft: Draft) -> dict[str, Any]:
    """A draft as the scorer sees one, with every place that it might have."""
    counts = [(line.toll, line.toll.count) for line in lines_of(draft.tolls)]
    kinds = Counter(dict.fromkeys(choose_kind.KINDS, 0))
    for scene in draft.scenes:
        for kind, weight in scene.kinds:
            kinds[kind] += weight
    return {
        "tolls": [{"harm": t.harm, "side": t.side, "low": c.low, "high": c.high} for t, c in counts],
        "places": [place_of(c).name for s in draft.scenes for c in s.places],
        "kind": max(kinds, key=lambda k: kinds[k]),
        "date_from": next((_iso(c) for s in draft.scenes for c in s.days if days_of(c).first), None),
    }


def _iso(claim: Claim | None) -> str | None:
    first = days_of(claim).first if claim else None
    return first.isoformat() if first else None


def place_rows(told: Sequence[Told], score: Any) -> Rows:
    """Every place of a report for every paired draft whose coding has places."""
    rows, group = Rows([], [], [], []), 0
    for report in told:
        named = choose_places.named_places(report.frame)
        for number, coded in report.pairs.items():
            if not coded["places"]:
                continue
            group += 1
            view = report.views[number]
            for mentions, nearest in view.candidates(named):
                name = place_of(mentions[0]).name
                traits = choose_places.traits(view, mentions, nearest)
                rows.traits.append([*traits, *view.around(mentions, nearest)])
                rows.right.append(any(score.names_meet(p, name) for p in coded["places"]))
                rows.fold.append(report.fold)
                rows.group.append(group)
    return rows


def day_rows(told: Sequence[Told]) -> Rows:
    """Every day of a report, and none, for every paired draft."""
    rows, group = Rows([], [], [], []), 0
    for report in told:
        named = choose_days.named_days(report.frame)
        for number, coded in report.pairs.items():
            group += 1
            view = report.views[number]
            for traits, day in day_options(view, named):
                rows.traits.append(traits)
                rows.right.append(_iso(day) == coded["date_from"])
                rows.fold.append(report.fold)
                rows.group.append(group)
    return rows


def day_options(view: View, named: Sequence[Sequence[Claim]]) -> list[tuple[list[str], Claim | None]]:
    """The days that a draft may have, and none, each with its traits."""
    found: list[tuple[list[str], Claim | None]] = [(choose_days.no_day(view), None)]
    for mentions, nearest in view.candidates(named):
        found.append(([*choose_days.traits(view, mentions, nearest), *view.around(mentions, nearest)], nearest.claim))
    return found


def matrix_of(traits: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    """The traits as a matrix; those of fewer than `RARE` rows are left out."""
    counts = Counter(t for row in traits for t in set(row))
    vectorizer = DictVectorizer(dtype=np.float64)
    rows = [{t: 1.0 for t in row if counts[t] >= RARE} for row in traits]
    matrix = vectorizer.fit_transform(rows).tocsr()
    return matrix, list(vectorizer.get_feature_names_out())


def fit_ranking(matrix: csr_matrix, right: np.ndarray, group: np.ndarray, spread: float) -> np.ndarray:
    """Weights by which the right rows of each group weigh most: a conditional logit with a penalty on squares."""
    held = np.isin(group, np.unique(group[right]))
    matrix, chosen = matrix[held], right[held].astype(float)
    _, at = np.unique(group[held], return_inverse=True)
    turned, groups = matrix.T.tocsr(), int(at.max()) + 1

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        highest = np.full(groups, -np.inf)
        np.maximum.at(highest, at, scores)
        shares = np.exp(scores - highest[at])
        every = np.bincount(at, weights=shares, minlength=groups)
        good = np.bincount(at, weights=shares * chosen, minlength=groups)
        value = float((np.log(every) - np.log(good)).sum() + weights @ weights / (2 * spread))
        return value, turned @ (shares / every[at] - shares * chosen / good[at]) + weights / spread

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 400}).x


def together(rows: Rows, more: Rows) -> Rows:
    """Both as one; groups stay apart."""
    last = max(rows.group, default=0)
    group = [*rows.group, *[g + last for g in more.group]]
    return Rows([*rows.traits, *more.traits], [*rows.right, *more.right], [*rows.fold, *more.fold], group)


def ranked(rows: Rows, spread: float) -> tuple[Table, list[float], list[Table]]:
    """The table fitted to all rows, each row's score by the table that its fold had no part in, and those tables."""
    matrix, names = matrix_of(rows.traits)
    right, fold, group = np.array(rows.right), np.array(rows.fold), np.array(rows.group)
    scores, held_out = np.zeros(len(right)), []
    for n in range(FOLDS):
        weights = fit_ranking(matrix[fold != n], right[fold != n], group[fold != n], spread)
        scores[fold == n] = matrix[fold == n] @ weights
        held_out.append(table(names, weights))
    return table(names, fit_ranking(matrix, right, group, spread)), list(scores), held_out


def say(what: str, rows: Rows, scores: Sequence[float], own: int) -> None:
    """Held-out accuracy on the river's own drafts (the first `own` rows) and on those of the codings."""
    for whose, part in (("own drafts", slice(None, own)), ("coded drafts", slice(own, None))):
        some = Rows(rows.traits[part], rows.right[part], rows.fold[part], rows.group[part])
        rights = list(winners(some, scores[part]))
        groups = len(set(some.group))
        share = sum(rights) / groups
        print(f"{what}, {whose}: {share:.3f} of {groups}; {len(rights) / groups:.3f} have the right one to choose")


def table(names: Sequence[str], weights: np.ndarray, bias: float = 0.0) -> Table:
    """Trait → weight, small ones left out; the intercept joins the trait `bias`."""
    found = {n: round(float(w), 3) for n, w in zip(names, weights, strict=True) if abs(w) >= KEEP}
    if bias:
        found["bias"] = round(found.get("bias", 0.0) + bias, 3)
    return dict(sorted(found.items()))


def sorted_out(
    traits: Sequence[Sequence[str]],
    label: Sequence[str | None],
    fold: Sequence[int],
    spread: float,
    weight: Sequence[float],
) -> tuple[dict[str, Table], list[dict[str, float]]]:
    """Tables for one of several names, and the held-out scores of every row (those without a label too)."""
    matrix, names = matrix_of(traits)
    known, folds = np.array([x is not None for x in label]), np.array(fold)
    labels, weights = np.array([x or "" for x in label]), np.array(weight)
    scores: list[dict[str, float]] = [{} for _ in label]
    for n in range(FOLDS):
        mine = known & (folds != n)
        model = LogisticRegression(C=spread, max_iter=3000).fit(matrix[mine], labels[mine], sample_weight=weights[mine])
        for row in np.where(folds == n)[0]:
            scores[row] = _scores(model, matrix[row])
    model = LogisticRegression(C=spread, max_iter=3000).fit(matrix[known], labels[known], sample_weight=weights[known])
    if len(model.classes_) == 2:
        return {model.classes_[1]: table(names, model.coef_[0], float(model.intercept_[0]))}, scores
    rows = zip(model.classes_, model.coef_, model.intercept_, strict=True)
    return {str(name): table(names, row, float(bias)) for name, row, bias in rows}, scores


def _scores(model: LogisticRegression, row: csr_matrix) -> dict[str, float]:
    found = model.decision_function(row)
    if len(model.classes_) == 2:
        return {str(model.classes_[1]): float(found[0])}
    return {str(c): float(s) for c, s in zip(model.classes_, found[0], strict=True)}


def winners(rows: Rows, scores: Sequence[float]) -> Iterator[bool]:
    """For each group in which some row is right, whether the row with the best score is."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for group, score, right in zip(rows.group, scores, rows.right, strict=True):
        groups[group].append((score, right))
    for found in groups.values():
        if any(right for _, right in found):
            yield max(found)[1]


def chosen_days(told: Sequence[Told], tables: Callable[[int], Table]) -> list[list[Claim | None]]:
    """The day that each draft gets."""
    found = []
    for report in told:
        weights, named, days = tables(report.fold), choose_days.named_days(report.frame), []
        for view in report.views:
            options = day_options(view, named)
            days.append(max(options, key=lambda o: sum(weights.get(t, 0.0) for t in o[0]))[1])
        found.append(days)
    return found


def write(name: str, tables: Mapping[str, Table]) -> None:
    """The tables as JSON, one trait a line."""
    out = FOLDER / "judge" / "en" / f"{name}.json"
    out.write_text(json.dumps(tables, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{name}: {sum(map(len, tables.values()))} weights, {out.stat().st_size} bytes")


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--dry", action="store_true", help="measure only, write nothing")
    parser.add_argument("--only", nargs="+", choices=("places", "days", "kinds", "roles"), help="fit these tables only")
    args = parser.parse_args()
    wanted = set(args.only or ("places", "days", "kinds", "roles"))
    score = scorer(args.shared)
    both = list(told_reports(args.shared, score))
    told, coded = [own for own, _ in both], [quoted for _, quoted in both]
    print(f"{len(told)} reports, {sum(len(t.views) for t in told)} drafts, {sum(len(t.pairs) for t in told)} paired")
    found: dict[str, dict[str, Table]] = {}
    if "places" in wanted:
        own = place_rows(told, score)
        places = together(own, place_rows(coded, score))
        fitted, scores, _ = ranked(places, SPREAD["places"])
        say("place", places, scores, len(own.right))
        found["places"] = {"place": fitted}
    if wanted & {"days", "roles"}:
        own = day_rows(told)
        days = together(own, day_rows(coded))
        fitted, scores, held_out = ranked(days, SPREAD["days"])
        say("day", days, scores, len(own.right))
        found["days"] = {"day": fitted}
    if "kinds" in wanted:
        found["kinds"] = train_kinds(told)
    if "roles" in wanted:
        found["roles"] = train_roles(told, chosen_days(told, lambda n: held_out[n]))
    if not args.dry:
        for name in sorted(wanted):
            write(name, found[name])


def train_kinds(told: Sequence[Told]) -> dict[str, Table]:
    """The tables of kinds."""
    cases = [(r.fold, v, r.pairs[v.number]["kind"]) for r in told for v in r.views if v.number in r.pairs]
    traits = [sorted(choose_kind.traits(v)) for _, v, _ in cases]
    labels = [kind for *_, kind in cases]
    tables, scores = sorted_out(traits, labels, [f for f, *_ in cases], SPREAD["kinds"], [1.0] * len(cases))
    rights = [max(s, key=lambda k: s[k]) == label for s, label in zip(scores, labels, strict=True)]
    print(f"kind: {np.mean(rights):.3f} of {len(rights)}")
    return tables


def train_roles(told: Sequence[Told], days: Sequence[Sequence[Claim | None]]) -> dict[str, Table]:
    """The tables of roles, and that of reports with news."""
    traits, labels, folds, weights, home = [], [], [], [], []
    opening, fresh = [], []
    for n, (report, row) in enumerate(zip(told, days, strict=True)):
        opening.append(sorted(choose_role.news(report.frame, row)))
        fresh.append("news" if report.gold["conflict"] else "stale")
        for view, day in zip(report.views, row, strict=True):
            coded = report.pairs.get(view.number)
            traits.append(sorted(choose_role.traits(view, day)))
            labels.append(coded["role"] if coded else None if report.gold["conflict"] else "background")
            weights.append(1.0 if coded else 0.5)
            folds.append(report.fold)
            home.append((n, view.number))
    tables, scores = sorted_out(traits, labels, folds, SPREAD["roles"], weights)
    turned = ["a news" if f == "stale" else "news" for f in fresh]
    news, news_scores = sorted_out(opening, turned, [t.fold for t in told], SPREAD["news"], [1.0] * len(told))
    tables |= news
    report_on_roles(told, dict(zip(home, scores, strict=True)), [s["news"] for s in news_scores])
    return tables


def report_on_roles(
    told: Sequence[Told], scores: Mapping[tuple[int, int], Mapping[str, float]], news: Sequence[float]
) -> None:
    """Held-out accuracy of roles, and of news, as `choose.roles_for` decides."""
    rights, counts = [], Counter[tuple[bool, bool]]()
    for n, report in enumerate(told):
        mine = [scores[n, v.number] for v in report.views]
        roles = [max(s, key=lambda r: s[r]) if news[n] > NEWS else "background" for s in mine]
        if mine and news[n] > NEWS and set(roles) == {"background"}:
            margins = [max(s["main"], s["other"]) - s["background"] for s in mine]
            best = margins.index(max(margins))
            roles[best] = max(("main", "other"), key=lambda r: mine[best][r])
        if report.views:
            counts[report.gold["conflict"], news[n] > NEWS] += 1
        rights += [roles[number] == coded["role"] for number, coded in report.pairs.items()]
    good, wrong, missed = counts[True, True], counts[False, True], counts[True, False]
    print(f"role: {np.mean(rights):.3f} of {len(rights)}; news: F1 {2 * good / (2 * good + wrong + missed):.3f}")


if __name__ == "__main__":
    main()
