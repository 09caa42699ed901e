"""Recount's linker beside Splink on the same event reports, in one run.

    compare_splink.py [GOLD.jsonl REPORTS.jsonl LINKS.jsonl] [--generated N]

Both get the same event reports: hand-coded ones where three paths are given (LINKS says which are the same), and N
generated ones with days off by one, figures revised, places and targets left out. Splink gets day, place, point, kind,
killed, wounded and target words, blocks on country and neighbouring days, learns u by sampling and m by expectation
maximisation, and is clustered by the same average link, once at its own threshold (weight 0) and once at the best one,
which only the truth can tell. Prints B-cubed F1 and pair precision and recall. Needs `pip install splink`.
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import bench_links
import measure_links
from msgspec.structs import replace

from recount.link import link_all
from recount.link.cluster import cluster
from recount.link.profile import Profile, profiles_of
from recount.records import Count, EventReport, Report

Truth = Mapping[str, object]
Pairs = Mapping[tuple[str, str], float]


def noisy(number: int) -> tuple[list[EventReport], dict[str, Report], Truth]:
    """Generated event reports with faults, and the incident of each."""
    chance = random.Random(11)
    events, reports, truth = [], {}, {}
    for event, report in bench_links.told(number):
        truth[event.id] = (event.targets[0].name, event.places[0].name, event.days.first)
        events.append(_blurred(event, chance))
        reports[report.id] = report
    return events, reports, truth


def _blurred(event: EventReport, chance: random.Random) -> EventReport:
    days, first = event.days, event.days.first
    if first and chance.random() < 0.15:
        moved = first + timedelta(days=chance.choice((-1, 1)))
        days = replace(days, first=moved, last=moved)
    tolls = event.tolls
    if chance.random() < 0.3:
        tolls = tuple(replace(t, toll=replace(t.toll, count=_revised(t.toll.count, chance))) for t in tolls)
    places = () if chance.random() < 0.1 else event.places
    return replace(event, days=days, tolls=tolls, places=places, targets=() if chance.random() < 0.3 else event.targets)


def _revised(count: Count, chance: random.Random) -> Count:
    number = (count.low or 0) + chance.randint(1, 4)
    return Count(low=number, high=number)


def coded(gold: Path, reports: Path, links: Path) -> tuple[list[EventReport], dict[str, Report], Truth]:
    """Hand-coded event reports and their incidents."""
    rows = measure_links.rows(gold)
    events = [measure_links.event_of(row["id"], i) for row in rows for i in row["incidents"]]
    held = {row["id"]: measure_links.report_of(row) for row in measure_links.rows(reports)}
    named = {(row["report"], row["key"]): row["incident"] for row in measure_links.rows(links)}
    truth = {e.id: named[e.report, e.key] for e in events if (e.report, e.key) in named}
    return [e for e in events if e.id in truth], held, truth


def row_of(profile: Profile) -> dict[str, Any]:
    """An event report as Splink takes it."""
    day = profile.first
    spot = next(iter(profile.spots), None)
    return {
        "unique_id": profile.id, "day": day, "place": spot.key if spot else None, "kind": profile.kind,
        "near_days": [f"{profile.country} {d}" for d in range(day - 1, day + 2)] if day else [],
        "killed": _most(profile, "killed"), "wounded": _most(profile, "wounded"),
        "targets": sorted(profile.targets) or None,
    }  # fmt: skip


def _most(profile: Profile, harm: str) -> int | None:
    return max((c.low or c.high or 0 for h, _, c in profile.figures if h == harm), default=None)


def splink_pairs(rows: Sequence[dict[str, Any]]) -> Pairs:
    """Match weights of the pairs that Splink predicts."""
    import pyarrow
    import splink.comparison_level_library as level
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    near = library.CustomComparison(
        output_column_name="day",
        comparison_levels=[
            level.NullLevel("day"), level.ExactMatchLevel("day"),
            level.CustomLevel("abs(day_l - day_r) = 1", "next day"), level.ElseLevel(),
        ],
    )  # fmt: skip
    blocks = block_on("near_days", arrays_to_explode=["near_days"])
    chosen = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[blocks, block_on("place", "killed"), block_on("place", "kind")],
        comparisons=[
            near, library.JaroWinklerAtThresholds("place", [0.9]), library.ExactMatch("kind"),
            library.ExactMatch("killed"), library.ExactMatch("wounded"), library.ArrayIntersectAtSizes("targets", [1]),
        ],
    )  # fmt: skip
    api = DuckDBAPI()
    linker = Linker(api.register(pyarrow.Table.from_pylist(list(rows))), chosen)
    linker.training.estimate_probability_two_random_records_match([block_on("day", "place", "killed")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in (block_on("day"), block_on("place", "kind")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_weight=-20).as_record_list()
    return {_pair(r["unique_id_l"], r["unique_id_r"]): r["match_weight"] for r in found}


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def clusters(ids: Sequence[str], pairs: Pairs, threshold: float) -> dict[str, str]:
    """The cluster of each event report by average link above a threshold."""
    kept = [p for p, weight in pairs.items() if weight > threshold - 4]
    groups = cluster(ids, kept, lambda a, b: pairs.get(_pair(a, b), -20.0) - threshold, lambda a, b: False, ())
    return {member: group[0] for group in groups for member in group}


def b_cubed(truth: Truth, held: Mapping[str, str]) -> tuple[float, float, float]:
    """B-cubed F1, pair precision and pair recall."""
    gold, made = _members(truth), _members(held)
    precision = recall = 0.0
    right = pairs_made = pairs_gold = 0
    for item in truth:
        one, other = gold[truth[item]], made[held[item]]
        both = len(one & other)
        precision, recall = precision + both / len(other), recall + both / len(one)
        right, pairs_made, pairs_gold = right + both - 1, pairs_made + len(other) - 1, pairs_gold + len(one) - 1
    p, r = precision / len(truth), recall / len(truth)
    return 2 * p * r / (p + r), right / max(1, pairs_made), right / max(1, pairs_gold)


def _members(labels: Mapping[str, object]) -> dict[object, set[str]]:
    found: dict[object, set[str]] = {}
    for item, label in labels.items():
        found.setdefault(label, set()).add(item)
    return found


def compared(name: str, events: Sequence[EventReport], reports: Mapping[str, Report], truth: Truth) -> None:
    """Print both linkers on one set."""
    start = time.perf_counter()
    _, links = link_all(events, reports)
    line(f"{name}, Recount", b_cubed(truth, {k.event_report: k.incident for k in links}), start)
    start = time.perf_counter()
    pairs = splink_pairs([row_of(p) for p in profiles_of(events, reports).values()])
    ids = [e.id for e in events]
    line(f"{name}, Splink at 0", b_cubed(truth, clusters(ids, pairs, 0.0)), start)
    best = max((b_cubed(truth, clusters(ids, pairs, t)), t) for t in range(-6, 13, 2))
    line(f"{name}, Splink at its best ({best[1]})", best[0], start)


def line(name: str, scores: tuple[float, float, float], start: float) -> None:
    """One line of the comparison."""
    f1, precision, recall = scores
    seconds = time.perf_counter() - start
    print(f"{name:44} B3 {f1:.3f}  pair precision {precision:.3f}  recall {recall:.3f}  {seconds:6.1f} s", flush=True)


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--generated", type=int, default=5_000)
    args = parser.parse_args()
    if args.paths:
        compared("coded by hand", *coded(*args.paths))
    compared(f"{args.generated} generated", *noisy(args.generated))
    return 0


if __name__ == "__main__":
    sys.exit(main())
