"""The ledger as one plain SQLite file for analysts: flat tables, a table of what each column means, and views to join."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from recount.export import claims, event_reports, incidents, tables
from recount.export.schemas import schema

if TYPE_CHECKING:
    from recount.export.formats import Asked
    from recount.export.losses import Losses
    from recount.store.contract import Ledger

FIGURES = {
    "incident_id": "the incident",
    "harm": "killed, wounded, captured, abducted or missing",
    "side": "the side of the victims; empty: all sides together",
    "low": "lowest",
    "best": "best",
    "high": "highest",
    "claims": "claims that it rests on",
    "reason": "how it was chosen",
    "rule_set": "name of the rule set",
    "rule_set_version": "its version",
}


def write(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """Write the database to `out`, which is replaced."""
    from recount.export.running import stamp

    out.unlink(missing_ok=True)
    connection = sqlite3.connect(out)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        number = _table(connection, "claims", claims.COLUMNS, claims.rows(ledger), key="claim_id")
        losses.whole(number)
        losses.rows += number
        columns = schema("event_reports").columns
        losses.rows += _table(connection, "event_reports", columns, event_reports.rows(ledger))
        both = list(_incidents(ledger, asked.rules))
        losses.rows += _table(
            connection, "incidents", incidents.CSV_COLUMNS, (wide for wide, _ in both), key="incident_id"
        )
        _table(connection, "figures", FIGURES, chain.from_iterable(figures for _, figures in both))
        meant: dict[str, tables.Columns] = {
            "claims": claims.COLUMNS,
            "event_reports": columns,
            "incidents": incidents.CSV_COLUMNS,
            "figures": FIGURES,
        }
        _table(connection, "codebook", dict.fromkeys(("table", "column", "meaning"), ""), _codebook(meant))
        about: list[tables.Row] = [{"name": "made_with", "value": stamp(asked.rules)}]
        _table(connection, "about", {"name": "", "value": ""}, about)
        connection.execute("CREATE INDEX claims_by_report ON claims (report_id)")
        connection.commit()
    finally:
        connection.close()


def _incidents(ledger: Ledger, rules: str) -> Iterator[tuple[tables.Row, list[tables.Row]]]:
    for row, tolls, ruled in incidents.rows(ledger, rules):
        wide = incidents.wide(row, tolls, ruled)
        named: list[tables.Row] = [
            {
                **{name: f[name] for name in ("harm", "side", "low", "best", "high", "reason")},
                "incident_id": row["incident_id"],
                "claims": f["used"],
                "rule_set": ruled["rule_set"],
                "rule_set_version": ruled["rule_set_version"],
            }
            for f in ruled["figures"]
        ]
        yield wide, named


def _codebook(tables_meant: dict[str, tables.Columns]) -> Iterator[tables.Row]:
    for table, columns in tables_meant.items():
        for column, meaning in columns.items():
            yield {"table": table, "column": column, "meaning": meaning}


def _table(
    connection: sqlite3.Connection, name: str, columns: tables.Columns, rows: Iterable[tables.Row], key: str = ""
) -> int:
    """Make and fill one table; returns how many rows. Columns take the types of their values."""
    listed = ", ".join(f'"{column}"{" PRIMARY KEY" if column == key else ""}' for column in columns)
    connection.execute(f'CREATE TABLE "{name}" ({listed})')
    insert = f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})'
    done = connection.executemany(insert, ([_cell(row[column]) for column in columns] for row in rows))
    return max(done.rowcount, 0)


def _cell(cell: tables.Cell) -> str | int | float | None:
    if cell is None or isinstance(cell, (str, int, float)):
        return cell
    return tables.SEPARATOR.join(str(item) for item in cell) or None
