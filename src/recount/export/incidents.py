"""One row an incident: when, where, what, who, which lowest and highest figures are claimed, by how many sources.

`low` and `high` are the lowest and highest claim that stands, not an uncertainty interval. Rows with `parts` hold the
figures of the whole: adding them to the rows of their parts counts people twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO

from recount.export import tables
from recount.export.ground import Dossier, Ground
from recount.export.pieces import grounds
from recount.records import HARMS, SIDES, Actor, Incident

if TYPE_CHECKING:
    from recount.reconcile.summary import Summary
    from recount.store.contract import Ledger

BEFORE: dict[str, str] = {
    "incident_id": "stable id of the incident",
    "label": "what its first report calls it",
    "date_start": "first possible day",
    "date_end": "last possible day",
    "date_precision": "day, days, week, month, year or unknown",
    "kind": "operation, clash, attack, bombing, airstrike, shelling, abduction, riot or other",
    "places": "places as named",
    "country": "ISO 3166 alpha-2",
    "admin1": "province",
    "latitude": "of the first place with a known point, WGS84",
    "longitude": "of the first place with a known point, WGS84",
    "place_precision": "how exact that point is",
    "actors": "who carried it out: neutral names, else as named",
    "targets": "whom or what it hit: neutral names, else as named",
    "part_of": "the incident that this one is directly part of",
    "operation": "the largest whole that it is part of",
    "parts": "how many incidents are part of it, at any depth",
}
RULES = "representative"
"""The rule set of the figures where none is asked for."""

AFTER: dict[str, str] = {
    "number_of_sources": "independent sources: near copies and one agency's texts count once",
    "disputed": "whether any figure is disputed",
    "disputed_tolls": "which ones",
    "event_reports": "event reports linked to it",
    "reports": "their reports",
}
CSV_COLUMNS: dict[str, str] = {
    **BEFORE,
    **{
        f"{harm}_{side}_{bound}": f"{bound}est figure claimed of {side} {harm}; empty: none, or open"
        for harm in HARMS
        for side in SIDES
        for bound in ("low", "high")
    },
    **AFTER,
    **{f"{harm}_best": f"people {harm} on all sides under the rule set" for harm in HARMS},
    "rule_set": "name of the rule set",
    "rule_set_version": "its version",
}


def write_jsonl(ledger: Ledger, out: TextIO, rules: str = RULES) -> None:
    """All current incidents as JSON Lines: claimed figures as objects in `tolls`, those of a rule set in `figures`."""
    tables.write_jsonl(({**row, "tolls": tolls, **ruled} for row, tolls, ruled in rows(ledger, rules)), out)


def write_csv(ledger: Ledger, out: TextIO, rules: str = RULES) -> None:
    """All current incidents as CSV: claimed figures in columns `<harm>_<side>_low` and `_high`, `<harm>_best` by rule."""
    tables.write_csv((wide(*row) for row in rows(ledger, rules)), CSV_COLUMNS, out)


Ruled = dict[str, Any]
Parts = tuple[tables.Row, list[dict[str, object]], Ruled]


def rows(ledger: Ledger, rules: str = RULES) -> Iterator[Parts]:
    """Each incident's row, the figures claimed of it, and those under a rule set, in the ledger's order of families."""
    for ground in grounds(ledger):
        for incident in ground.incidents.values():
            yield row_of(ground.dossier(incident), ground, rules)


def row_of(dossier: Dossier, ground: Ground, rules: str = RULES) -> Parts:
    """The row, the claimed figures and the ruled figures of one incident."""
    summaries = summaries_of(dossier, ground)
    reports = list(dict.fromkeys(e.report for e in dossier.event_reports))
    row: tables.Row = {
        **_what(dossier.incident),
        "operation": dossier.wholes[-1].id if dossier.wholes else None,
        "parts": len(dossier.parts),
        "number_of_sources": sources_of(dossier, ground),
        "disputed": any(s.disputed for s in summaries),
        "disputed_tolls": [f"{s.harm} {s.side}" for s in summaries if s.disputed],
        "event_reports": list(dossier.incident.event_reports),
        "reports": reports,
    }
    ordered = {name: row[name] for name in (*BEFORE, *AFTER)}
    return ordered, [_toll(summary) for summary in summaries], _ruled(dossier, ground, rules)


def _ruled(dossier: Dossier, ground: Ground, rules: str) -> Ruled:
    from recount.reconcile import figures, rule_set

    told = (dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    found = [
        {
            "harm": f.harm,
            "side": f.side,
            "low": f.low,
            "best": f.best,
            "high": f.high,
            "used": list(f.used),
            "reason": f.reason,
        }
        for f in figures(*told, rules=rules)
    ]
    return {"figures": found, "rule_set": rules, "rule_set_version": rule_set(rules).version}


def summaries_of(dossier: Dossier, ground: Ground) -> list[Summary]:
    """What is claimed, one entry for each harm and side that anybody gives a figure of."""
    from recount.reconcile.summary import summary

    return summary(dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)


def sources_of(dossier: Dossier, ground: Ground) -> int:
    """How many independent sources tell of the incident or its parts."""
    from recount.reconcile.sources import origins

    return len(origins((e.report for e in dossier.all_event_reports), ground.reports))


def _what(incident: Incident) -> tables.Row:
    days = incident.days
    point = next((p for p in incident.places if p.latitude is not None and p.longitude is not None), None)
    return {
        "incident_id": incident.id,
        "label": incident.label,
        "date_start": days.first.isoformat() if days.first else None,
        "date_end": days.last.isoformat() if days.last else None,
        "date_precision": days.precision,
        "kind": incident.kind,
        "places": [place.name for place in incident.places],
        "country": incident.country,
        "admin1": incident.admin1,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
        "place_precision": point.level if point else None,
        "actors": _names(incident.actors),
        "targets": _names(incident.targets),
        "part_of": incident.part_of,
    }


def _names(actors: Sequence[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.neutral or actor.name for actor in actors))


def _toll(summary: Summary) -> dict[str, object]:
    return {
        "harm": summary.harm,
        "side": summary.side,
        "low": summary.low,
        "high": summary.high,
        "sources": summary.sources,
        "speakers": list(summary.speakers),
        "disputed": summary.disputed,
        "sum_of_parts": summary.from_parts,
        "claims": list(summary.claims),
    }


def wide(row: tables.Row, tolls: Sequence[dict[str, object]], ruled: Ruled) -> tables.Row:
    """One flat row with exactly the names of `CSV_COLUMNS`."""
    wide: tables.Row = {**dict.fromkeys(CSV_COLUMNS), **row}
    for figure in ruled["figures"]:
        if figure["side"] is None:
            wide[f"{figure['harm']}_best"] = figure["best"]
    wide["rule_set"], wide["rule_set_version"] = ruled["rule_set"], ruled["rule_set_version"]
    for toll in tolls:
        for bound in ("low", "high"):
            value = toll[bound]
            wide[f"{toll['harm']}_{toll['side']}_{bound}"] = value if isinstance(value, int) else None
    return wide
