"""Measure linking from raw text: reports are coded and linked by the river, beside a baseline of same day and town.

    measure_raw_links.py REPORTS.jsonl OUT.jsonl [--baseline BASE.jsonl] [--inclusion any]

OUT.jsonl holds the codings, each incident with "incident" and "operation", for the shared scorer; BASE.jsonl the same
codings with incidents joined by day and first place alone. `--inclusion any` codes every violent incident. Nothing of
the texts is printed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from recount import river
from recount.export.codings import coding_to_dict
from recount.link import link_all
from recount.read import read
from recount.records import Coding, EventReport, Report
from recount.settings import INCLUSIONS, Inclusion, Settings
from recount.values.texts import fold

Homes = Mapping[str, tuple[str, str | None]]


def codings(path: Path, inclusion: Inclusion) -> list[Coding]:
    """Every readable report of the file, coded."""
    return [river.code(item, inclusion=inclusion) for item in read(path, Settings()) if isinstance(item, Report)]


def linked(coded: Iterable[Coding]) -> Homes:
    """Incident and its whole for each event report, by the linker."""
    held = list(coded)
    incidents, links = link_all([e for c in held for e in c.event_reports], {c.report.id: c.report for c in held})
    whole = {i.id: i.part_of or i.id for i in incidents}
    return {k.event_report: (k.incident, whole[k.incident]) for k in links}


def same_day_and_town(coded: Iterable[Coding]) -> Homes:
    """The baseline: one incident for each first day and first place; without either, each account by itself."""
    return {e.id: (home := _day_and_town(e), home) for c in coded for e in c.event_reports}


def _day_and_town(event: EventReport) -> str:
    if event.days.first is None or not event.places:
        return event.id
    return f"{event.days.first} {fold(event.places[0].name)}"


def write(coded: Iterable[Coding], homes: Homes, out: Path) -> None:
    """The codings as the scorer reads them."""
    rows = (json.dumps(coding_to_dict(c, homes), ensure_ascii=False) + "\n" for c in coded)
    out.write_text("".join(rows), encoding="utf-8")


def main() -> int:
    """Run as the docstring says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reports", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--baseline", type=Path)
    parser.add_argument("--inclusion", choices=INCLUSIONS, default="political")
    args = parser.parse_args()
    start = time.perf_counter()
    coded = codings(args.reports, args.inclusion)
    read_in = time.perf_counter() - start
    homes = linked(coded)
    print(f"{len(coded)} reports coded in {read_in:.1f} s, linked in {time.perf_counter() - start - read_in:.1f} s")
    write(coded, homes, args.out)
    if args.baseline:
        write(coded, same_day_and_town(coded), args.baseline)
    return 0


if __name__ == "__main__":
    sys.exit(main())
