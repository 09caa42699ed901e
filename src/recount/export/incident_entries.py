"""Incidents as tables, maps and HXL hold them: one row each, from the lowest to the highest claim, and one rule set."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from recount.export import entering as e
from recount.export import incidents, tables
from recount.export.fates import Entry
from recount.export.ground import Ground
from recount.export.schemas import Column, Schema
from recount.records import HARMS, SIDES, Harm, KindOf, Side

INTEGERS = frozenset({"parts", "number_of_sources"})
LISTS = ("places", "actors", "targets", "disputed_tolls", "event_reports", "reports")
"""Columns that hold several values."""
TAGS: dict[str, str] = {
    "incident_id": "#event+id",
    "label": "#event+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "date_precision": "#date+precision",
    "kind": "#event+type",
    "places": "#loc+name+list",
    "country": "#country+code+v_iso2",
    "admin1": "#adm1+name",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "place_precision": "#geo+precision",
    "actors": "#group+actor+list",
    "targets": "#group+target+list",
    "part_of": "#event+parent+id",
    "operation": "#event+operation+id",
    "parts": "#event+parts+num",
    "number_of_sources": "#meta+source+num",
    "disputed": "#indicator+disputed+bool",
    "disputed_tolls": "#indicator+disputed+list",
    "event_reports": "#meta+event_report+id+list",
    "reports": "#meta+source+id+list",
    "rule_set": "#meta+method+name",
    "rule_set_version": "#meta+method+version",
}
"""HXL tags (standard 1.1) of the columns that hold no figure."""


def form() -> Schema:
    """The columns of the flat table."""
    return Schema(
        title="Incidents",
        standard="Recount incidents 1",
        column=tuple(_column(name, says) for name, says in incidents.CSV_COLUMNS.items()),
        harms=HARMS,
        properties=("toll", "day", "place", "actor", "target", "kind"),
    )


def _column(name: str, says: str) -> Column:
    figure = name.endswith(("_low", "_high", "_best")) or name in INTEGERS
    if figure:
        return Column(name=name, type="integer", says=says, low=0)
    if name in ("latitude", "longitude"):
        return Column(name=name, type="number", says=says)
    if name == "disputed":
        return Column(name=name, type="boolean", says=says)
    kind: Any = "date" if name in ("date_start", "date_end") else "string"
    return Column(name=name, type=kind, says=says, required=name in ("incident_id", "kind", "rule_set"))


def entries(ground: Ground, rules: str = incidents.RULES) -> Mapping[str, Entry]:
    """One row for each incident: as JSON holds it, with `tolls` and `figures`; `flat` makes it a row of a table."""
    found = {}
    for incident in ground.incidents.values():
        dossier = ground.dossier(incident)
        row, tolls, ruled = incidents.row_of(dossier, ground, rules)
        own = (ground.claims[c] for told in dossier.event_reports for c in told.claims if c in ground.claims)
        found[incident.id] = Entry(
            rows=({**row, "tolls": tolls, **ruled},),
            keys=(incident.id,),
            numbers=_numbers(tolls, ruled),
            days=(incident.days.first, incident.days.last),
            places=e.places_held(incident.places),
            names=e.names_held([*incident.actors, *incident.targets]),
            held=frozenset(c.id for c in own if isinstance(c.value, KindOf) and c.value.kind == incident.kind),
        )
    return found


def _numbers(
    tolls: Sequence[Mapping[str, Any]], ruled: Mapping[str, Any]
) -> dict[tuple[Harm, Side | None], frozenset[int]]:
    found: dict[tuple[Harm, Side | None], set[int]] = {}
    for toll in tolls:
        found.setdefault((toll["harm"], toll["side"]), set()).update(
            n for n in (toll["low"], toll["high"]) if n is not None
        )
    for figure in ruled["figures"]:
        if figure["side"] is None and figure["best"] is not None:
            found.setdefault((figure["harm"], None), set()).add(figure["best"])
    return {cell: frozenset(numbers) for cell, numbers in found.items()}


def flat(row: Mapping[str, Any]) -> tables.Row:
    """A row of `entries` with exactly the names of `CSV_COLUMNS`."""
    ruled = {name: row[name] for name in ("figures", "rule_set", "rule_set_version")}
    rest = {name: cell for name, cell in row.items() if name not in (*ruled, "tolls")}
    return incidents.wide(rest, row["tolls"], ruled)


def csv_text(rows: Sequence[tables.Row]) -> str:
    """Rows as lines of CSV."""
    out = io.StringIO(newline="")
    tables.write_rows(map(flat, rows), incidents.CSV_COLUMNS, out)
    return out.getvalue()


def json_text(rows: Sequence[tables.Row]) -> str:
    """Rows as JSON Lines."""
    out = io.StringIO(newline="")
    tables.write_jsonl(rows, out)
    return out.getvalue()


def hxl_head() -> str:
    """The header of a table with HXL: names, then a line of hashtags."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(incidents.CSV_COLUMNS)
    writer.writerow([tag_of(name) for name in incidents.CSV_COLUMNS])
    return out.getvalue()


def tag_of(column: str) -> str:
    """The HXL tag of a column: "#affected+killed+civilians+num+low"."""
    if column in TAGS:
        return TAGS[column]
    harm, _, rest = column.partition("_")
    if rest == "best":
        return f"#affected+{harm}+num+best"
    side, _, bound = rest.rpartition("_")
    assert side in SIDES
    return f"#affected+{harm}+{side.replace('_', '')}+num+{bound}"


def feature_text(rows: Sequence[tables.Row]) -> str:
    """Rows as GeoJSON features, parted by commas; geometry null where no point is known (RFC 7946)."""
    return ",\n".join(msgspec.json.encode(_feature(row)).decode() for row in rows)


def _feature(row: Mapping[str, Any]) -> dict[str, object]:
    at = [row["longitude"], row["latitude"]]
    known = at[0] is not None and at[1] is not None
    return {
        "type": "Feature",
        "id": row["incident_id"],
        "geometry": {"type": "Point", "coordinates": at} if known else None,
        "properties": {name: cell for name, cell in row.items() if name not in ("latitude", "longitude")},
    }
