"""Measure tolls on labelled sets outside the development reports: press releases, analysts' notes, narratives.

    measure_tolls.py --shared ../shared [--set isaf|pitf|airwars] [--errors N]

Each text is coded as a report; its coding is read into the one cell that the set holds, by the set's own convention
(docs/quality.md). Prints the share of rows with the exact number.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from recount.read.report import report_from_text
from recount.records import Coding, Harm, Toll, TollLine
from recount.river import code
from recount.settings import Inclusion

INCLUSION: dict[str, Inclusion] = {"pitf": "any"}
"""What each set counts: the analysts' notes hold feuds, cartels and communal violence too."""


class Measure(NamedTuple):
    """One cell of a set: file, field, which rows count, how a coding gives it, and the bar."""

    name: str
    file: str
    field: str
    rows: Callable[[dict[str, Any]], bool]
    cell: Callable[[Coding], int]
    bar: float


def size(toll: Toll) -> int:
    """The one number of a toll: its low bound, else its high."""
    return toll.count.low if toll.count.low is not None else toll.count.high or 0


def over_incidents(coding: Coding, harm: Harm) -> int:
    """Everyone of a release added up, raid by raid, line by line ("a leader" and "two others" are three).

    Parts are left out, and so are soldiers: the set counts whom the forces killed or held, not their own losses.
    """
    lines = [line for event in coding.event_reports if event.part_of is None for line in event.tolls]
    theirs = [line for line in lines if line.toll.side != "state_forces" and not line.subset]
    return sum(told(line) for line in theirs if line.toll.harm == harm)


def told(line: TollLine) -> int:
    """The number of a line as the releases' table has it: "numerous" is 4, "more than 10" is 11."""
    who = (line.toll.who or "").lower()
    return 4 if "numerous" in who else size(line.toll) + ("more than" in who)


def noncombatants(coding: Coding) -> int:
    """The dead who are no fighters and no soldiers: of the incident with most of them, line by line, else of a statistic.

    The notes' table adds up what a sentence lists ("a pastor and two others") and counts days of violence as one event.
    """
    told = [e for e in coding.event_reports if e.role == "main"] or list(coding.event_reports)
    dead = [sum(size(line.toll) for line in e.tolls if _noncombatant(line)) for e in told]
    counted = [size(line.toll) for s in coding.statistics for line in s.tolls if _noncombatant(line)]
    return max(dead, default=0) or max(counted, default=0)


def _noncombatant(line: TollLine) -> bool:
    return line.toll.harm == "killed" and line.toll.side in ("civilians", "unspecified") and not line.subset


def lowest_of_civilians(coding: Coding) -> int:
    """The civilians killed as the narrative first counts them: its lead gives the assessed minimum, sources follow below."""
    found = [
        size(line.toll)
        for event in coding.event_reports
        for line in event.tolls
        if line.toll.harm == "killed" and line.toll.side in ("civilians", "unspecified") and not line.subset
    ]
    return next((n for n in found if n), 0)


MEASURES = (
    Measure(
        "isaf killed", "isaf", "killed", lambda r: (r["killed"] or 0) > 0, lambda c: over_incidents(c, "killed"), 0.8
    ),
    Measure(
        "isaf captured",
        "isaf",
        "captured",
        lambda r: (r["captured"] or 0) > 0,
        lambda c: over_incidents(c, "captured"),
        0.75,
    ),
    Measure("pitf killed", "pitf", "killed", lambda r: (r["killed"] or 0) > 0, noncombatants, 0.85),
    Measure(
        "airwars killed_low",
        "airwars_gaza",
        "killed_low",
        lambda r: (r["killed_low"] or 0) > 0,
        lowest_of_civilians,
        0.55,
    ),
)


def coded(shared: Path, name: str) -> list[tuple[dict[str, Any], Coding]]:
    """Every row of a set with its text coded; published the day after the event, since the sets give no day of their own."""
    path = shared / "data" / "tolls" / f"{name}_dev.jsonl"
    found = []
    for row in map(json.loads, path.open(encoding="utf-8")):
        day = _day_after(row.get("event_date"))
        report = msgspec.structs.replace(report_from_text(row["text"], name=row["id"]), published=day)
        found.append((row, code(report, inclusion=INCLUSION.get(name, "political"))))
    return found


def _day_after(said: str | None) -> date | None:
    """The day after a day that the set gives in full; some rows give a month or a day that is none."""
    try:
        return date.fromisoformat(said or "") + timedelta(days=1)
    except ValueError:
        return None


def main() -> None:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--set", default="", help="only the measures of this set")
    parser.add_argument("--errors", type=int, default=0, help="print so many rows that came out wrong")
    args = parser.parse_args()
    if not (args.shared / "data" / "tolls").exists():
        print("the shared data is not here: nothing measured")
        return
    codings: dict[str, list[tuple[dict[str, Any], Coding]]] = {}
    for measure in MEASURES:
        if not measure.name.startswith(args.set):
            continue
        rows = codings.setdefault(measure.file, coded(args.shared, measure.file) if measure.file not in codings else [])
        asked = [(row, measure.cell(coding), coding) for row, coding in rows if measure.rows(row)]
        right = sum(row[measure.field] == got for row, got, _ in asked)
        print(f"{measure.name:20} {right / len(asked):.3f} of {len(asked)} rows (asked {measure.bar:.2f})")
        for row, got, coding in [r for r in asked if r[0][measure.field] != r[1]][: args.errors]:
            lines = [(t.toll.harm, t.toll.side, size(t.toll), t.subset) for e in coding.event_reports for t in e.tolls]
            print(f"  {row['id']}: {row[measure.field]} in the table, {got} read; {lines}\n    {row['text'][:900]!r}")


if __name__ == "__main__":
    main()
