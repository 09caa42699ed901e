"""Near copies, crowded blocks, and the neighbourhood of one more report."""

from __future__ import annotations

import importlib.util
import math
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest
from msgspec.structs import replace

from recount.link import link_all
from recount.link.blocks import candidate_pairs
from recount.link.copies import stand_ins
from recount.link.profile import profiles_of
from recount.records import EventReport, Judgement, Report


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "scripts" / "bench_links.py"
    spec = importlib.util.spec_from_file_location("bench_links", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["bench_links"] = module
    spec.loader.exec_module(module)
    return module


def syndicated(bench: ModuleType, number: int) -> tuple[list[EventReport], dict[str, Report]]:
    (first, report), *_ = bench.told(1)
    body = " ".join(f"word{i}" for i in range(120))
    reports = {
        f"r{n}": replace(report, id=f"r{n}", name=f"r{n}", text=f"{report.text} {body} desk {n}") for n in range(number)
    }
    return [replace(first, id=f"e_{n:03}", report=f"r{n}") for n in range(number)], reports


def test_four_hundred_copies_are_one_incident_with_few_comparisons(bench: ModuleType) -> None:
    events, reports = syndicated(bench, 400)
    profiles = profiles_of(events, reports)
    firsts = set(stand_ins(profiles).values())
    assert len(firsts) == 1
    start = time.perf_counter()
    incidents, links = link_all(events, reports)
    assert time.perf_counter() - start < 8  # 28 s when each was compared with each
    assert len(incidents) == 1
    assert len(links) == 400
    assert all("copy" in {f.name for f in link.features} for link in links)


def test_a_judged_copy_stands_for_itself(bench: ModuleType) -> None:
    events, reports = syndicated(bench, 5)
    apart = Judgement(
        id="j1", decision="different", subjects=("e_001", "e_003"), by="Ada", at="2024-03-05T10:00:00Z"
    )  # fmt: skip
    incidents, _ = link_all(events, reports, judgements=[apart])
    homes = {e: i.id for i in incidents for e in i.event_reports}
    assert homes["e_001"] != homes["e_003"]


def test_two_accounts_of_one_report_are_no_copies_of_each_other(bench: ModuleType) -> None:
    events, reports = syndicated(bench, 2)
    twin = replace(events[0], id="e_900", report="r1")
    found = stand_ins(profiles_of([*events, twin], reports))
    assert found["e_900"] != found["e_001"]
    incidents, _ = link_all([*events, twin], reports)
    assert not any({"e_001", "e_900"} <= set(i.event_reports) for i in incidents)


def test_pairs_grow_with_the_reports_and_not_with_their_square(bench: ModuleType) -> None:
    """One town on one day, with ever more reports."""
    counts = []
    for number in (1600, 4800):
        pairs = list(bench.told(number))
        day, town = pairs[0][0].days, pairs[0][0].places
        crowd = [replace(e, days=day, places=town, admin1="Highland") for e, _ in pairs]
        counts.append(len(candidate_pairs(profiles_of(crowd, {r.id: r for _, r in pairs}))))
    assert counts[1] <= counts[0] * 3 * math.log(4800) / math.log(1600) * 1.2
