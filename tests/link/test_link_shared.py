"""Linking on the shared coded reports: the seeds exactly, and a floor under the measured quality."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.exists(), reason="needs the shared measuring data")]
FLOORS = {"f1": 0.95, "pair_precision": 0.85, "pair_recall": 0.75}


@pytest.fixture(scope="module")
def measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure_links", ROOT / "scripts" / "measure_links.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_seeds_are_one_operation_and_one_umbrella(measure: ModuleType) -> None:
    gold = measure.rows(SHARED / "dev" / "seeds" / "gold.jsonl")
    texts = {r["id"]: (SHARED / "seeds" / f"{r['id']}.txt").read_text(encoding="utf-8") for r in gold}
    reports = {r["id"]: measure.report_of({**r, "text": texts[r["id"]]}) for r in gold}
    out, *_ = measure.linked(gold, reports)
    top = {(row["id"][:3], i["key"]): i["operation"] for row in out for i in row["incidents"]}
    assert top["003", "i1"] == top["003", "i2"] == top["004", "i1"]
    assert top["004", "i2"] == top["004", "i3"] == top["004", "i4"] != top["004", "i1"]
    assert len(set(top.values())) == len(top) - 4


def test_linking_given_the_coded_incidents_stays_above_its_floor(measure: ModuleType, tmp_path: Path) -> None:
    check, out = SHARED / "dev" / "check", tmp_path / "linked.jsonl"
    reports = {row["id"]: measure.report_of(row) for row in measure.rows(check / "reports.jsonl")}
    coded, *_ = measure.linked(measure.rows(check / "gold.jsonl"), reports)
    out.write_text("".join(json.dumps(row) + "\n" for row in coded), encoding="utf-8")
    scorer = [sys.executable, str(SHARED / "score" / "links.py"), str(check / "gold.jsonl"), str(check / "links.jsonl")]
    done = subprocess.run([*scorer, str(out), "--json"], capture_output=True, text=True, check=True)
    given = json.loads(done.stdout)["given"]
    assert all(given[name] >= floor for name, floor in FLOORS.items()), given


def scored(*args: object) -> dict[str, dict[str, float]]:
    scorer = [sys.executable, str(SHARED / "score" / "links.py"), *map(str, args), "--json"]
    return json.loads(subprocess.run(scorer, capture_output=True, text=True, check=True).stdout)  # type: ignore[no-any-return]


def from_raw(reports: Path, out: Path, *more: str) -> None:
    script = [sys.executable, str(ROOT / "scripts" / "measure_raw_links.py"), str(reports), str(out), *more]
    subprocess.run(script, capture_output=True, check=True, cwd=ROOT)


@pytest.mark.slow
def test_linking_from_raw_text_stays_above_its_floor(tmp_path: Path) -> None:
    check, out = SHARED / "dev" / "check", tmp_path / "raw.jsonl"
    from_raw(check / "reports.jsonl", out)
    found = scored(check / "gold.jsonl", check / "links.jsonl", out)
    assert found["given"]["f1"] >= 0.91
    assert found["all"]["f1"] >= 0.875


@pytest.mark.slow
def test_reports_of_crime_are_linked_better_than_by_day_and_town(tmp_path: Path) -> None:
    told, out, base = SHARED / "data" / "links" / "gun_violence_dev.jsonl", tmp_path / "raw.jsonl", tmp_path / "b.jsonl"
    from_raw(told, out, "--baseline", str(base), "--inclusion", "any")
    found, plain = (scored("--documents", told, each)["documents"] for each in (out, base))
    assert found["f1"] >= 0.75
    assert found["pair_precision"] >= 0.85
    assert found["f1"] > plain["f1"] + 0.04
