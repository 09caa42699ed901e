"""What changed between two releases, by stable ids, each with the reason."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Literal

import msgspec

from recount.errors import WrongUse
from recount.export.tables import Row
from recount.records import Record

CHANGED: dict[str, str] = {
    "table": "claims or incidents",
    "id": "stable id of the row",
    "change": "added, removed or changed",
    "columns": "the columns that differ",
    "reason": "why",
}
PASSING = frozenset({"rule", "reason", "pack"})
"""Columns of claims that say how a claim was found: a claim found again in another way has not changed."""
KEYS = {"claims": "claim_id", "incidents": "incident_id"}


class Change(Record, frozen=True):
    """One row that is new, gone or different."""

    table: str
    id: str
    change: Literal["added", "removed", "changed"]
    columns: tuple[str, ...]
    reason: str

    def row(self) -> Row:
        """As `data/changes.csv` holds it."""
        return {
            "table": self.table,
            "id": self.id,
            "change": self.change,
            "columns": self.columns,
            "reason": self.reason,
        }


def changes(old: Path, new: Path) -> list[Change]:
    """All changes of claims and incidents from the release in `old` to that in `new`, by table and id.

    WrongUse where `old` holds no release.
    """
    if not (old / "datapackage.json").is_file():
        raise WrongUse("there is no release here", str(old), "Name a folder that `recount publish` wrote.")
    before, after = (_table(folder, "claims") for folder in (old, new))
    found = list(_claims(before, after))
    found += _incidents(_table(old, "incidents"), _table(new, "incidents"))
    return sorted(found, key=lambda c: (c.table, c.id))


def next_version(old: Path | None) -> str:
    """The version after that of a release: its middle number grows; 1.0.0 for the first."""
    if old is None or not (old / "datapackage.json").is_file():
        return "1.0.0"
    said = msgspec.json.decode((old / "datapackage.json").read_bytes()).get("version", "")
    number = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", said)
    return f"{number[1]}.{int(number[2]) + 1}.0" if number else "1.0.0"


def _table(folder: Path, name: str) -> dict[str, dict[str, str]]:
    path = folder / "data" / f"{name}.csv"
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as stream:
        return {row[KEYS[name]]: row for row in csv.DictReader(stream)}


def _claims(old: Mapping[str, dict[str, str]], new: Mapping[str, dict[str, str]]) -> Iterator[Change]:
    reports = ({row["report_id"] for row in rows.values()} for rows in (old, new))
    old_reports, new_reports = reports
    for key in new.keys() - old.keys():
        known = new[key]["report_id"] in old_reports
        reason = f"found by the rules of pack {new[key]['pack']}" if known else "its report is new"
        yield Change(table="claims", id=key, change="added", columns=(), reason=reason)
    for key in old.keys() - new.keys():
        known = old[key]["report_id"] in new_reports
        reason = "newer rules no longer find it" if known else "no claim of its report is in the ledger any more"
        yield Change(table="claims", id=key, change="removed", columns=(), reason=reason)
    for key in old.keys() & new.keys():
        columns = tuple(c for c in _differ(old[key], new[key]) if c not in PASSING)
        if columns:
            yield Change(table="claims", id=key, change="changed", columns=columns, reason=_why(columns, new[key]))


def _why(columns: Iterable[str], row: Mapping[str, str]) -> str:
    if set(columns) <= {"incidents", "event_reports"}:
        return "its report is linked to other incidents"
    return f"read anew by the rules of pack {row['pack']}"


def _incidents(old: Mapping[str, dict[str, str]], new: Mapping[str, dict[str, str]]) -> Iterator[Change]:
    was, now = _homes(old), _homes(new)
    for key in new.keys() - old.keys():
        from_others = sorted({was[e] for e in _listed(new[key], "event_reports") if e in was})
        reason = f"its accounts were in {', '.join(from_others)}" if from_others else "told by reports that are new"
        yield Change(table="incidents", id=key, change="added", columns=(), reason=reason)
    for key in old.keys() - new.keys():
        to_others = sorted({now[e] for e in _listed(old[key], "event_reports") if e in now})
        reason = f"its accounts are now in {', '.join(to_others)}" if to_others else "no report tells of it any more"
        yield Change(table="incidents", id=key, change="removed", columns=(), reason=reason)
    for key in old.keys() & new.keys():
        columns = tuple(_differ(old[key], new[key]))
        if columns:
            yield Change(
                table="incidents", id=key, change="changed", columns=columns, reason=_story(old[key], new[key])
            )


def _story(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    gained = set(_listed(new, "event_reports")) - set(_listed(old, "event_reports"))
    lost = set(_listed(old, "event_reports")) - set(_listed(new, "event_reports"))
    told = [f"{len(gained)} more account{'s' if len(gained) > 1 else ''} linked"] if gained else []
    told += [f"{len(lost)} account{'s' if len(lost) > 1 else ''} linked elsewhere"] if lost else []
    if old["rule_set"] != new["rule_set"]:
        told.append(f"figures by the rule set {new['rule_set']} in place of {old['rule_set']}")
    return "; ".join(told) or "its reports are read anew"


def _homes(rows: Mapping[str, dict[str, str]]) -> dict[str, str]:
    return {told: key for key, row in rows.items() for told in _listed(row, "event_reports")}


def _listed(row: Mapping[str, str], column: str) -> list[str]:
    return [item for item in row[column].split("; ") if item]


def _differ(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    return [column for column in new if old.get(column, "") != new[column]]
