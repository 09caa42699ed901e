"""Measure attributions and speakers against coded reports: precision, recall and F1; share of right speakers.

Usage: python scripts/measure_attributions.py FOLDER [--half 0|1] [--rules] [--errors N]

FOLDER holds `gold.jsonl` and `reports.jsonl`. Names meet when they share a content word, as in the shared score.
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

from recount.extract import attributions, speakers
from recount.read import passages
from recount.records import Report
from recount.resolve import actors

STOP = frozenset(
    {"the", "of", "in", "a", "an", "and", "at", "near", "district", "province", "city", "town", "village", "area"}
    | {"areas", "region", "state", "governorate", "general", "tehsil", "county", "s", "outskirts", "valley", "tribal"}
)


def words(name: str) -> set[str]:
    """The content words of a name, folded."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    found = set(re.findall(r"[a-z0-9]+", plain))
    return (found - STOP) or found


def names_meet(one: str | None, other: str | None) -> bool:
    """Two names share a content word; two missing names meet as well."""
    if not one or not other:
        return not one and not other
    return bool(words(one) & words(other))


def load(folder: Path, half: int | None) -> list[tuple[dict[str, Any], Report]]:
    """Codings with their reports; with `half` only those at even (0) or odd (1) places."""
    with (folder / "reports.jsonl").open(encoding="utf-8") as lines:
        rows = {row["id"]: row for row in map(json.loads, lines)}
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        gold = [json.loads(line) for line in lines]
    chosen = [g for i, g in enumerate(gold) if half is None or i % 2 == half]
    return [(g, _report(rows[g["id"]])) for g in chosen]


def _report(row: dict[str, Any]) -> Report:
    head = row.get("headline") or ""
    text = f"{head}\n\n{row['text']}" if head else row["text"]
    return Report(id=row["id"], name=row["id"], text=text, headline=head or None, headline_end=len(head))


class Tally:
    """Hits of one measure, and the system's and the gold's numbers."""

    def __init__(self) -> None:
        self.hit = self.system = self.gold = 0

    def __str__(self) -> str:
        p, r = self.hit / max(self.system, 1), self.hit / max(self.gold, 1)
        f1 = 2 * p * r / max(p + r, 1e-9)
        return f"P {p:.3f}  R {r:.3f}  F1 {f1:.3f}  ({self.hit} of {self.system} found, {self.gold} coded)"


def unique(found: list[attributions.AttributionMention]) -> list[attributions.AttributionMention]:
    """One for each stance and pair of names in a report; claims, each of a deed of its own, all."""
    last = {(m.stance, m.accuser, m.accused, m.start if m.stance == "claims" else 0): m for m in reversed(found)}
    return list(last.values())[::-1]


class Measures:
    """All that is counted over the reports."""

    def __init__(self, errors: int) -> None:
        self.whole = Tally()
        self.stances: dict[str, Tally] = {}
        self.rules: Counter[tuple[str, bool]] = Counter()
        self.voices: Counter[bool] = Counter()
        self.seconds = self.seconds_of_voices = 0.0
        self.errors = errors

    def add(self, gold: dict[str, Any], report: Report) -> None:
        """Count one report."""
        parts = passages(report)
        began = time.process_time()
        sources = speakers.find(report.text, parts)
        self.seconds_of_voices += time.process_time() - began
        named = actors.find(report.text)
        found = unique(attributions.find(report.text, parts, named, sources, use_judge=True))
        self.seconds += time.process_time() - began
        left = list(gold["attributions"])
        for one in left:
            self._tallies(one["stance"], "gold")
        for mention in found:
            twin = next((g for g in left if _meets(g, mention)), None)
            self._tallies(mention.stance, "system", *(["hit"] if twin else []))
            self.rules[mention.rule, twin is not None] += 1
            if twin is not None:
                left.remove(twin)
            else:
                said = f"{mention.rule} {mention.accuser} -> {mention.accused}"
                self._show("WRONG", gold["id"], said, report, mention.start, mention.end)
        for one in left:
            at = report.text.find(one["quote"])
            said = f"{one['stance']} {one['accuser']} -> {one['accused']}"
            self._show("MISSED", gold["id"], said, report, at, at + len(one["quote"]))
        self._measure_voices(gold, report, sources)

    def _tallies(self, stance: str, *fields: str) -> None:
        for tally in (self.whole, self.stances.setdefault(stance, Tally())):
            for field in fields:
                setattr(tally, field, getattr(tally, field) + 1)

    def _show(self, what: str, name: str, said: str, report: Report, start: int, end: int) -> None:
        if self.errors > 0:
            self.errors -= 1
            text = report.text
            around = f"{text[max(0, start - 120) : start]}[{text[start:end]}]{text[end : end + 100]}"
            print(what, name, said, "::", repr(around))

    def _measure_voices(self, gold: dict[str, Any], report: Report, sources: list[speakers.Source]) -> None:
        for item in (*gold["incidents"], *gold["periods"]):
            for toll in item["tolls"]:
                at = report.text.find(toll["quote"])
                if at >= 0:
                    voice = speakers.source_of(sources, at, at + len(toll["quote"]))
                    self.voices[names_meet(toll["by"], voice.name if voice else None)] += 1

    def show(self, reports: int, *, by_rule: bool) -> None:
        """Print the figures."""
        print("attributions", self.whole)
        for stance, tally in sorted(self.stances.items()):
            print(f"  {stance:8}", tally)
        if by_rule:
            for name in sorted({n for n, _ in self.rules}):
                print(f"  {name:40} right {self.rules[name, True]:4} wrong {self.rules[name, False]:4}")
        print(f"speakers {self.voices[True] / max(self.voices.total(), 1):.3f} of {self.voices.total()}")
        print(f"{reports / self.seconds:.0f} reports/s (voices alone {reports / self.seconds_of_voices:.0f})")


def main() -> None:
    """Print the figures of a folder of coded reports."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    given = parser.parse_args()
    pairs = load(given.folder, given.half)
    measures = Measures(given.errors)
    for gold, report in pairs:
        measures.add(gold, report)
    measures.show(len(pairs), by_rule=given.rules)


def _meets(gold: dict[str, Any], mention: attributions.AttributionMention) -> bool:
    if gold["stance"] != mention.stance:
        return False
    return names_meet(gold["accused"], mention.accused) and names_meet(gold["accuser"], mention.accuser)


if __name__ == "__main__":
    main()
