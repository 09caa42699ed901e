"""Every aggregation and diagnostic equals the reference output of eventreport, cell by cell."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from recount.errors import WrongUse
from recount.reconcile import diagnostics as d
from recount.reconcile import primitives as p
from recount.reconcile.aggregate import aggregate
from recount.reconcile.maverick import aggregate_maverick

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "maverick"
CELL = re.compile(r'"((?:[^"]|"")*)"|([^,\n]*)')
TIES: dict[int, dict[str, str]] = {
    0: {},
    1: {"tie_break": "source_classification"},
    2: {"tie_break": "source_classification", "second_tie_break": "certain"},
}
shared = pytest.mark.shared
needs = pytest.mark.skipif(not FOLDER.exists(), reason="needs the shared measuring data")


def table(path: Path) -> list[dict[str, Any]]:
    """Rows of a file in which quoted cells are text, unquoted ones numbers and unquoted empty ones missing."""
    text, at, row, rows = path.read_text(encoding="utf-8"), 0, [], []
    while at < len(text):
        match = CELL.match(text, at)
        assert match
        at = match.end()
        row.append(match[1].replace('""', '"') if match[1] is not None else number(match[2]))
        if at == len(text) or text[at] == "\n":
            rows.append(row)
            row = []
        at += 1
    return [dict(zip(rows[0], r, strict=True)) for r in rows[1:]]


def number(text: str) -> Any:
    return (
        None
        if text == ""
        else {"TRUE": True, "FALSE": False}.get(text, text)
        if text in ("TRUE", "FALSE")
        else float(text)
    )


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return table(FOLDER / "maverick_event_report.csv")


@pytest.fixture(scope="module")
def numeric() -> set[str]:
    with (FOLDER / "column_types.csv").open(encoding="utf-8") as lines:
        kinds = [r for r in csv.DictReader(lines) if r["file"] == "maverick_event_report.csv"]
    return {r["column"] for r in kinds if r["r_class"] in ("numeric", "integer")}


def same(one: Any, other: Any) -> bool:
    if isinstance(one, str) or isinstance(other, str) or one is None or other is None:
        return bool(one == other and type(one) is type(other))
    if math.isnan(one) or math.isnan(other):
        return math.isnan(one) and math.isnan(other)
    return bool(one == other or abs(one - other) <= 1e-12 * max(1.0, abs(one), abs(other)))


def assert_equal(name: str, found: list[dict[str, Any]]) -> None:
    expected = table(FOLDER / "expected" / f"{name}.csv")
    assert len(expected) == len(found)
    wrong = [
        (want[next(iter(want))], c, want[c], got[c])
        for want, got in zip(expected, found, strict=True)
        for c in want
        if not same(want[c], got[c])
    ]
    assert not wrong, f"{len(wrong)} cells differ, first {wrong[:3]}"


def columns_of(name: str) -> list[str]:
    head = (FOLDER / "expected" / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0]
    skip = ("event_id", "number_of_sources", "unit_of_analysis")
    return [c for c in (h.strip('"') for h in head.split(",")) if c not in skip]


def precision_of(column: str) -> str:
    geography = ("city", "location", "latitude", "longitude", "geo_precision")
    return "geo_precision" if column in geography else f"{column.split('_')[0]}_precision"


@shared
@needs
@pytest.mark.parametrize("ties", [0, 1, 2])
@pytest.mark.parametrize("rule", ["find_mode", "find_mode_na_ignore", "find_least_precise", "find_most_precise"])
def test_rules_with_tie_breaks(rows: list[dict[str, Any]], rule: str, ties: int) -> None:
    name = f"aggregateData_{rule}_tie{ties}"
    wanted: list[Any] = columns_of(name)
    if "precise" in rule:
        wanted = [(c, precision_of(c)) for c in wanted]
    assert_equal(name, aggregate(rows, **{rule: wanted}, **TIES[ties]))


@shared
@needs
@pytest.mark.parametrize(
    "rule",
    [
        "find_mode_bin",
        "find_mode_date",
        "find_mode_numeric",
        "combine_strings",
        "find_max",
        "find_min",
        "summarize_vars",
    ],
)
def test_rules_without_tie_breaks(rows: list[dict[str, Any]], rule: str) -> None:
    name = f"aggregateData_{rule}"
    assert_equal(name, aggregate(rows, **{rule: columns_of(name)}))


@shared
@needs
@pytest.mark.parametrize(
    ("file", "model"), [("con", "conservative"), ("inf", "informative"), ("rep", "representative")]
)
def test_packaged_models(rows: list[dict[str, Any]], file: str, model: Any) -> None:
    name = f"aggregate_maverick_{file}"
    wanted = ["event_id", *columns_of(name), "number_of_sources", "unit_of_analysis"]
    assert_equal(name, aggregate_maverick(rows, model, wanted))


@shared
@needs
def test_event_level_measures(rows: list[dict[str, Any]]) -> None:
    variables = [c for c in rows[0] if c != "event_id"]
    assert_equal("dscore", d.dscore(rows, "event_id", variables))
    assert_equal("event_level_disagreement", d.event_level_disagreement(rows, "event_id", variables))


@shared
@needs
@pytest.mark.parametrize("suffix", ["", "_multi"])
def test_measures_over_events(rows: list[dict[str, Any]], numeric: set[str], suffix: str) -> None:
    if suffix:
        told = Counter(r["event_id"] for r in rows)
        rows = [r for r in rows if told[r["event_id"]] > 1]
    variables = [c for c in rows[0] if c != "event_id"]
    numbers = [v for v in variables if v in numeric]
    measures: dict[str, dict[str, float]] = {
        "mean_dscore_raw": d.mean_dscore(rows, "event_id", variables),
        "mean_dscore_normalized": d.mean_dscore(rows, "event_id", variables, normalize=True),
        "share_disagreement": d.share_disagreement(rows, "event_id", variables),
        "modal_confidence": d.modal_confidence(rows, "event_id", variables),
        "mean_sd": d.mean_sd(rows, "event_id", numbers),
        "mean_range": d.mean_range(rows, "event_id", numbers),
    }
    for name, scores in measures.items():
        expected = table(FOLDER / "expected" / f"{name}{suffix}.csv")
        assert [r["variable"] for r in expected] == list(scores)
        for row in expected:
            (value,) = (v for k, v in row.items() if k != "variable")
            assert same(value, scores[row["variable"]]), (name, row)
    assert_equal(f"aggregation_diagnostics{suffix}", d.aggregation_diagnostics(rows, "event_id", variables))


@shared
@needs
def test_the_small_sample() -> None:
    small = table(FOLDER / "small_maverick_event_report.csv")
    found = d.aggregation_diagnostics(small, "event_id", ["city", "deaths_best", "actor1"])
    assert_equal("aggregation_diagnostics_small", found)


@shared
@needs
def test_edge_cases() -> None:
    wrong = []
    for case in table(FOLDER / "expected" / "edge_cases.csv"):
        (want,), got = json.loads(case["result_json"]), edge(case)
        if "x:numeric" in case["arg_class"] and isinstance(want, str) and got is not None and not isinstance(got, str):
            got = f"{got:g}"  # the package returns an untied mode of numbers as text
        if got != want:
            wrong.append((case["case"], case["fn"], case["args_json"], want, got))
    assert not wrong, wrong[:5]


def edge(case: dict[str, Any]) -> Any:
    args = json.loads(case["args_json"])
    cells = args.get("x", args.get("str_var"))
    ties = (args.get("tie_break"), args.get("second_tie_break"))
    numbers = "x:numeric" in case["arg_class"] or "x:integer" in case["arg_class"]
    match case["fn"]:
        case "calc_mode":
            return p.mode(cells, ties, numeric=numbers)
        case "calc_mode_na_ignore":
            return p.mode_na_ignore(cells, ties)
        case "calc_mode_binary":
            return p.mode_binary(cells) if numbers else None
        case "calc_mode_numeric":
            return p.mode_numeric(cells)
        case "aggregate_strings":
            return p.combine_strings(cells)
        case "calc_min_precision":
            return p.least_precise(cells, args["precision_var"], ties, numeric=numbers)
        case "calc_max_precision":
            return p.most_precise(cells, args["precision_var"], ties, numeric=numbers)
        case _:
            return p.mode_date(cells)


TABLE = [
    {"event": "a", "town": "Northfield", "dead": 3.0, "sure": 1.0},
    {"event": "a", "town": "Southfield", "dead": 5.0, "sure": 2.0},
    {"event": "b", "town": None, "dead": None, "sure": 1.0},
]


def test_a_tie_is_broken_or_left_open() -> None:
    open_tie = aggregate(TABLE, "event", find_mode=["town"])
    broken = aggregate(TABLE, "event", find_mode=["town"], tie_break="sure")
    assert [r["town"] for r in open_tie] == ["Indeterminate", None]
    assert [r["town"] for r in broken] == ["Southfield", None]


def test_missing_values_disagree_only_where_the_measure_counts_them() -> None:
    rows = [{"event": "a", "town": "Northfield"}, {"event": "a", "town": None}]
    assert d.dscore(rows, "event", ["town"])[0]["dscore_town"] == 1
    assert d.event_level_disagreement(rows, "event", ["town"])[0]["town"] == 0


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(WrongUse, match="no column “village”"):
        aggregate(TABLE, "event", find_mode=["village"])
