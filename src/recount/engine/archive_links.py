"""Incidents and links of an archive's tables, by the linker that a ledger uses."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from recount.engine.archive_folder import ALL
from recount.engine.part_files import Part, part_path, rows_in
from recount.engine.tables import incident_row, link_row, report_of
from recount.records import EventReport, Incident, Link, Report
from recount.store.wire import read_event_report


def link_parts(out: Path, parts: Sequence[str]) -> tuple[int, int]:
    """Link all event reports and write incidents and links; how many of each.

    Holds all event reports and the reports that tell of them in memory (some 17 KB for each event report).
    """
    from recount.link import link_all

    events, reports = told(out, parts)
    incidents, links = link_all(events, reports)
    write_links(out, incidents, links)
    return len(incidents), len(links)


def told(out: Path, parts: Sequence[str]) -> tuple[list[EventReport], dict[str, Report]]:
    """All event reports, and the reports that hold some."""
    events: list[EventReport] = []
    reports: dict[str, Report] = {}
    for part in parts:
        here = [read_event_report(row["body"]) for row in rows_in(part_path(out, "event_reports", part), ("body",))]
        wanted = {event.report for event in here}
        events += here
        if wanted:
            rows = rows_in(part_path(out, "reports", part))
            reports |= {row["id"]: report_of(row) for row in rows if row["id"] in wanted}
    return events, reports


def write_links(out: Path, incidents: Sequence[Incident], links: Sequence[Link]) -> None:
    """Replace the tables of incidents and links."""
    part = Part(out, ALL)
    part.add_rows("incidents", map(incident_row, incidents))
    part.add_rows("links", map(link_row, links))
    for table in ("incidents", "links"):
        part_path(out, table, ALL).unlink(missing_ok=True)
    part.close()
