"""A ledger as a data package that others can cite: tables, codebook, licence, version, changes, checksums.

The description follows Frictionless Data Package, version 1. A release is built beside its place and moved there whole.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from recount.errors import WrongUse
from recount.export import claims, event_reports, incident_entries, incidents, tables
from recount.export.codebook import codebook
from recount.export.database import FIGURES
from recount.export.folders import replaced
from recount.export.losses import Losses
from recount.export.releases import CHANGED, Change, changes
from recount.export.schemas import Column, Schema, schema
from recount.records import Record

if TYPE_CHECKING:
    from recount.store.contract import Ledger

FIGURE_COLUMNS: dict[str, str] = {
    name: FIGURES[name]
    for name in (
        "incident_id", "rule_set", "rule_set_version", "harm", "side", "low", "best", "high", "claims", "reason",
    )
}  # fmt: skip


class Release(Record, frozen=True):
    """What a release says of itself. `licence` is an SPDX name; `version` has three numbers."""

    title: str
    name: str
    version: str
    licence: str
    day: date
    description: str = ""
    rules: str = "representative"


def publish(ledger: Ledger, folder: Path, release: Release, previous: Path | None = None) -> list[Change]:
    """Write the release to `folder` and return what changed since the one in `previous`.

    A folder that holds an earlier release is replaced; any other folder that is not empty is left alone (WrongUse).
    The same ledger and release give the same bytes. RecountError where the folder cannot be written.
    """
    check_place(folder)
    with replaced(folder) as part:
        (part / "data").mkdir()
        return _fill(part, ledger, release, previous)


def check_place(folder: Path) -> None:
    """WrongUse where something lies that is no release: nothing of a user's is ever overwritten."""
    if folder.is_file():
        raise WrongUse("this is a file", str(folder), "Name a folder.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "datapackage.json").is_file():
        raise WrongUse("this folder holds other things", str(folder), "Name an empty or a new folder.")
    if not folder.resolve().parent.is_dir():
        raise WrongUse("its folder does not exist", str(folder), "Make it, or name another folder.")


def _fill(part: Path, ledger: Ledger, release: Release, previous: Path | None) -> list[Change]:
    data = part / "data"
    _csv(data / "claims.csv", claims.COLUMNS, claims.rows(ledger))
    losses = Losses(schema("event_reports").facets)
    _csv(data / "event_reports.csv", schema("event_reports").columns, event_reports.noted(ledger, losses))
    kept = list(incidents.rows(ledger, release.rules))
    _csv(data / "incidents.csv", incidents.CSV_COLUMNS, (incidents.wide(*row) for row in kept))
    _csv(data / "figures.csv", FIGURE_COLUMNS, _figures(ledger))
    found = changes(previous, part) if previous else []
    _csv(data / "changes.csv", CHANGED, (change.row() for change in found))
    packs = sorted({row["pack"] for row in _read(data / "claims.csv") if row["pack"]})
    (part / "codebook.md").write_text(codebook(packs), encoding="utf-8", newline="\n")
    (part / "README.md").write_text(_readme(release, ledger, found, previous), encoding="utf-8", newline="\n")
    (part / "CITATION.cff").write_text(_citation(release), encoding="utf-8", newline="\n")
    (part / "datapackage.json").write_bytes(_package(part, release))
    sums = [
        f"{_hash(path)}  {path.relative_to(part).as_posix()}\n" for path in sorted(part.rglob("*")) if path.is_file()
    ]
    (part / "SHA256SUMS").write_text("".join(sums), encoding="utf-8", newline="\n")
    return found


def _csv(path: Path, columns: tables.Columns, rows: Iterable[tables.Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        tables.write_csv(rows, columns, out)


def _read(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _figures(ledger: Ledger) -> Iterator[tables.Row]:
    """Every incident under every rule set, with the claims used."""
    from recount.export.pieces import grounds
    from recount.reconcile import RULE_SETS, figures

    for ground in grounds(ledger):
        for incident in ground.incidents.values():
            dossier = ground.dossier(incident)
            told = (incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
            for name in RULE_SETS:
                for f in figures(*told, rules=name):
                    yield {
                        "incident_id": incident.id,
                        "rule_set": f.rule_set,
                        "rule_set_version": f.version,
                        "harm": f.harm,
                        "side": f.side,
                        "low": f.low,
                        "best": f.best,
                        "high": f.high,
                        "claims": list(f.used),
                        "reason": f.reason,
                    }


def _package(part: Path, release: Release) -> bytes:
    """The description in Frictionless' terms, each table with its columns, its size and its checksum."""
    described: dict[str, tuple[Iterable[tuple[str, str, str]], str]] = {
        "claims": (_plain_fields(claims.COLUMNS), "claim_id"),
        "event_reports": (_fields(schema("event_reports")), ""),
        "incidents": (_fields(incident_entries.form()), "incident_id"),
        "figures": (_plain_fields(FIGURE_COLUMNS), ""),
        "changes": (_plain_fields(CHANGED), ""),
    }
    resources = [_resource(part / "data" / f"{name}.csv", name, *rest) for name, rest in described.items()]
    package = {
        "profile": "tabular-data-package",
        "name": release.name,
        "title": release.title,
        "description": release.description or "What published reports claim of armed incidents, and who claims it.",
        "version": release.version,
        "created": f"{release.day}T00:00:00Z",
        "licenses": [{"name": release.licence}],
        "keywords": ["armed conflict", "event reports", "casualties", "claims"],
        "resources": resources,
    }
    return msgspec.json.format(msgspec.json.encode(package), indent=2) + b"\n"


def _resource(path: Path, name: str, fields: Iterable[tuple[str, str, str]], key: str) -> dict[str, Any]:
    layout: dict[str, Any] = {
        "fields": [{"name": n, "type": kind, "description": says} for n, kind, says in fields],
        "missingValues": [""],
    }
    if key:
        layout["primaryKey"] = key
    return {
        "profile": "tabular-data-resource",
        "name": name.replace("_", "-"),
        "path": f"data/{path.name}",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_hash(path)}",
        "schema": layout,
    }


def _fields(of: Schema) -> Iterator[tuple[str, str, str]]:
    for column in of.column:
        yield column.name, _type(column), column.says


def _type(column: Column) -> str:
    return column.type if column.type != "boolean" else "integer"  # true and false are 1 and 0 in these files


INTEGERS = frozenset({"start", "end", "low", "high", "best", "incident_count", "approx", "offered", "subset"})
DAYS = frozenset({"published", "date_start", "date_end"})


def _plain_fields(columns: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for name, says in columns.items():
        kind = "integer" if name in INTEGERS else "date" if name in DAYS else "string"
        yield name, "number" if name in ("latitude", "longitude") else kind, says


def _readme(release: Release, ledger: Ledger, found: list[Change], previous: Path | None) -> str:
    counts = ledger.counts()
    since = (
        f"{len(found):,} changes since the release before: see data/changes.csv."
        if previous
        else "This is the first release."
    )
    return f"""# {release.title}

Version {release.version}, {release.day}. Licence: {release.licence}.

{release.description or "What published reports claim of armed incidents, and who claims it."}

It holds {counts["claims"]:,} claims of {counts["reports"]:,} reports on {counts["incidents"]:,} incidents. A claim is what a
report says that someone says; nothing here is what happened. {since}

| file | holds |
|---|---|
| data/claims.csv | every claim: who said it, the exact words, the value as said and as read |
| data/event_reports.csv | the report-level table: claimant, target, loss, window, value |
| data/incidents.csv | one row for each incident: what is claimed, and the figures of the rule set {release.rules} |
| data/figures.csv | every incident under every rule set, with the claims used |
| data/changes.csv | what changed since the release before, by stable ids, with reasons |
| codebook.md | what every column and value means, and how each rule set counts |
| datapackage.json | the description of these tables for programs (Frictionless Data Package) |
| SHA256SUMS | checksums: `sha256sum -c SHA256SUMS` |

Ids are hashes of content: the same report and words have the same id in every release. Rows of an operation hold the figures
of the whole; adding them to the rows of their parts counts people twice. Quoted words belong to their publishers.
"""


def _citation(release: Release) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'

    return (
        "cff-version: 1.2.0\nmessage: Please cite this data set as below.\ntype: dataset\n"
        f"title: {quoted(release.title)}\nversion: {quoted(release.version)}\ndate-released: {release.day}\n"
        f"license: {release.licence}\nauthors:\n  - name: {quoted('The makers of ' + release.title)}\n"
    )


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
