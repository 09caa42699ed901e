"""Measure linking on coded reports, with no extraction in the way.

    measure_links.py GOLD.jsonl REPORTS.jsonl OUT.jsonl [--pairs]

Turns hand-coded incidents into event reports, links them and writes the codings back, each incident with "incident" and
"operation". Score OUT.jsonl with the shared scorer. `--pairs` lists what was linked and the nearest misses (only for
material that may be read).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from recount.link import link_all
from recount.records import (
    Actor,
    Count,
    Days,
    EventReport,
    Incident,
    Link,
    Place,
    Report,
    Toll,
    TollLine,
    content_id,
)

Row = dict[str, Any]


def rows(path: Path) -> list[Row]:
    """The JSON objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def day(text: str | None) -> date | None:
    """An ISO day, or None."""
    return date.fromisoformat(text) if text else None


def report_of(row: Row) -> Report:
    """A report from a row of reports.jsonl."""
    text = "\n\n".join(t for t in (row.get("headline"), row["text"]) if t)
    return Report(
        id=row["id"], name=row["id"], text=text, headline=row.get("headline"), published=day(row.get("pub_date")),
        outlet=row.get("outlet"),
    )  # fmt: skip


def line_of(event: str, number: int, toll: Row) -> TollLine:
    """A toll line from a coded toll."""
    count = Count(low=toll["low"], high=toll["high"], approx=bool(toll.get("approx")))
    return TollLine(
        claim=content_id("c", event, number),
        toll=Toll(harm=toll["harm"], side=toll["side"], count=count, who=toll.get("who") or ""),
        by=toll.get("by"),
        subset=bool(toll.get("subset")),
        quote=toll.get("quote") or "",
    )


def event_of(report: str, row: Row) -> EventReport:
    """An event report from a coded incident."""
    ident = content_id("e", report, row["key"])
    first, last = day(row["date_from"]), day(row["date_to"])
    places = tuple(place(name, row) for name in row["places"])
    return EventReport(
        id=ident, report=report, key=row["key"], label=row["label"], role=row["role"], kind=row["kind"],
        days=Days(first=first, last=last or first, precision="unknown" if first is None else "day"),
        places=places, country=row["country"], admin1=row["admin1"],
        actors=tuple(Actor(name=name) for name in row["actors"]),
        targets=tuple(Actor(name=name) for name in row["targets"]),
        tolls=tuple(line_of(ident, n, toll) for n, toll in enumerate(row["tolls"])),
        part_of=content_id("e", report, row["part_of"]) if row.get("part_of") else None,
    )  # fmt: skip


MAP = False
"""Whether coded place names are looked up on the map first, as the river does."""


def place(name: str, row: Row) -> Place:
    """A place as named, with the region that the coder gave; with MAP as the gazetteer reads it."""
    bare = Place(name=name, country=row["country"], admin1=row["admin1"])
    if not MAP:
        return bare
    from recount.resolve.places_score import read

    found = read(", ".join(x for x in (name, row["admin1"]) if x), country_hint=row["country"])
    return next((p for p in found if p.country == row["country"]), bare)


def tops(incidents: list[Incident]) -> dict[str, str]:
    """For each incident the largest whole that it is part of (itself where there is none)."""
    above = {i.id: i.part_of for i in incidents}

    def top(incident: str) -> str:
        whole = above[incident]
        return incident if whole is None else top(whole)

    return {i: top(i) for i in above}


def linked(
    gold: list[Row], reports: dict[str, Report]
) -> tuple[list[Row], list[Incident], list[Link], list[EventReport]]:
    """The codings with "incident" and "operation", and what they were made from."""
    events = [event_of(row["id"], incident) for row in gold for incident in row["incidents"]]
    incidents, links = link_all(events, reports)
    home, top = {link.event_report: link.incident for link in links}, tops(incidents)
    out = []
    for row in gold:
        named = []
        for incident in row["incidents"]:
            mine = home[content_id("e", row["id"], incident["key"])]
            named.append({**incident, "incident": mine, "operation": top[mine]})
        out.append({**row, "incidents": named})
    return out, incidents, links, events


def listing(incidents: list[Incident], links: list[Link], events: list[EventReport]) -> Iterator[str]:
    """Clusters and parts for reading."""
    by_id, why = {e.id: e for e in events}, {link.event_report: link for link in links}
    for incident in incidents:
        if len(incident.event_reports) > 1:
            yield f"== {incident.id} {incident.label} | {incident.days.first}"
            for ident in incident.event_reports:
                e = by_id[ident]
                figures = [(t.toll.harm[:3], t.toll.side[:4], t.toll.count.low, t.toll.count.high) for t in e.tolls]
                places = [p.name for p in e.places]
                yield f"   {e.report} {e.key} {e.label} | {e.days.first} {e.days.last} | {places} {figures}"
                yield f"      {why[ident].score:.3f} {why[ident].sentence}"
    labels = {i.id: i.label for i in incidents}
    for incident in incidents:
        if incident.part_of:
            yield f"PART {incident.label} -> {labels[incident.part_of]}: {incident.part_reason}"


def main() -> int:
    """Convert, link, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("reports", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--pairs", action="store_true")
    parser.add_argument("--map", action="store_true", help="look places up in the gazetteer")
    args = parser.parse_args()
    globals()["MAP"] = args.map
    reports = {row["id"]: report_of(row) for row in rows(args.reports)}
    out, incidents, links, events = linked(rows(args.gold), reports)
    args.out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in out), encoding="utf-8")
    if args.pairs:
        print("\n".join(listing(incidents, links, events)))
    print(f"{len(events)} event reports, {len(incidents)} incidents", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
