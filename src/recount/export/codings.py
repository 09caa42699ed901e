"""A coding in the shape of the codebook: one JSON object a report."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, TextIO

from recount.records import Attributed, Coding, Days, EventReport, Statistic, TollLine
from recount.store.contract import Ledger
from recount.store.left import left


def coding_to_dict(coding: Coding, linked: Mapping[str, tuple[str, str | None]] | None = None) -> dict[str, Any]:
    """The codebook's object. `linked` gives, by event report id, the ledger's incident and its largest whole."""
    keys = {e.id: e.key for e in coding.event_reports}
    return {
        "id": coding.report.name,
        "conflict": coding.conflict,
        "incidents": [_incident(e, keys, linked) for e in coding.event_reports],
        "periods": [_period(s) for s in coding.statistics],
        "attributions": [_attribution(a, keys) for a in coding.attributions],
    }


def write_codings(ledger: Ledger, out: TextIO) -> None:
    """Every report's coding, one JSON object a line, each incident with what it was linked to and its largest whole."""
    parents = {incident.id: incident.part_of for incident in ledger.incidents()}
    linked = {link.event_report: (link.incident, _largest(link.incident, parents)) for link in ledger.links()}
    for one in left(ledger):
        row = coding_to_dict(one.coding, linked)
        out.write(json.dumps(row, ensure_ascii=False) + "\n")


def _largest(incident: str, parents: Mapping[str, str | None]) -> str:
    """The largest whole that an incident is part of; itself where it is part of none."""
    seen = {incident}
    while (parent := parents.get(incident)) is not None and parent not in seen:
        seen.add(parent)
        incident = parent
    return incident


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _bounds(days: Days) -> dict[str, str | None]:
    return {"date_from": _day(days.first), "date_to": _day(days.last)}


def _incident(
    event: EventReport, keys: Mapping[str, str], linked: Mapping[str, tuple[str, str | None]] | None
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": event.key,
        "label": event.label,
        "role": event.role,
        "part_of": keys.get(event.part_of) if event.part_of else None,
        "kind": event.kind,
        **_bounds(event.days),
        "date_text": event.days_said,
        "country": event.country,
        "places": [p.name for p in event.places],
        "admin1": event.admin1,
        "actors": [a.name for a in event.actors],
        "targets": [a.name for a in event.targets],
        "tolls": [_toll(line) for line in event.tolls],
    }
    if linked is not None:
        incident, operation = linked.get(event.id, (None, None))
        row |= {"incident": incident, "operation": operation}
    return row


def _period(statistic: Statistic) -> dict[str, Any]:
    return {
        "label": statistic.label,
        **_bounds(statistic.days),
        "country": statistic.country,
        "places": [p.name for p in statistic.places],
        "incident_count": statistic.incidents,
        "tolls": [_toll(line) for line in statistic.tolls],
    }


def _toll(line: TollLine) -> dict[str, Any]:
    count = line.toll.count
    row: dict[str, Any] = {
        "harm": line.toll.harm,
        "side": line.toll.side,
        "low": count.low,
        "high": count.high,
        "who": line.toll.who,
        "by": line.by,
        "subset": line.subset,
        "quote": line.quote,
    }
    if count.approx:
        row["approx"] = True
    return row


def _attribution(item: Attributed, keys: Mapping[str, str]) -> dict[str, Any]:
    return {
        "stance": item.attribution.stance,
        "accuser": item.attribution.accuser,
        "accused": item.attribution.accused,
        "about": keys.get(item.about) if item.about else None,
        "quote": item.quote,
    }
