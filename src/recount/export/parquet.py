"""Tables as Parquet: typed columns, lists as lists, written in row groups so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.errors import MissingExtra
from recount.export import claims, event_reports, incident_entries, tables
from recount.export.losses import Losses
from recount.export.schemas import schema

if TYPE_CHECKING:
    import pyarrow

    from recount.export.formats import Asked
    from recount.store.contract import Ledger

GROUP = 50_000
"""Rows of a row group."""
INTEGERS = frozenset({"start", "end", "low", "high", "incident_count"})
NUMBERS = frozenset({"latitude", "longitude"})
FLAGS = frozenset({"approx", "offered", "subset"})
LISTS = frozenset({"relayed_by", "event_reports", "incidents"})
DAYS = frozenset({"published", "date_start", "date_end"})


def write_claims(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """All claims; days are dates, and what may be several is a list."""
    arrow = _arrow()
    kinds = {name: _kind(name, arrow) for name in claims.COLUMNS}
    losses.rows = _write(map(_place_text, claims.rows(ledger)), kinds, claims.COLUMNS, asked, out)
    losses.whole(losses.rows)


def write_event_reports(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """The report-level table."""
    arrow, form = _arrow(), schema("event_reports")
    kinds = {c.name: _of_schema(c.type, arrow) for c in form.column}
    rows = event_reports.noted(ledger, losses)
    _write(rows, kinds, form.columns, asked, out)


def write_incidents(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """The flat table of incidents, with the fate of every claim."""
    from recount.export.running import fates_and_rows

    arrow, form = _arrow(), incident_entries.form()
    kinds = {c.name: _of_schema(c.type, arrow) for c in form.column}
    kinds |= {name: arrow.list_(arrow.string()) for name in incident_entries.LISTS}
    rows = map(incident_entries.flat, fates_and_rows(ledger, losses, "incidents.csv", asked.rules))
    _write(rows, kinds, form.columns, asked, out)


def _arrow() -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("Parquet", "tables") from None
    return pyarrow


def _kind(name: str, arrow: Any) -> pyarrow.DataType:
    if name in INTEGERS:
        return arrow.int64()
    if name in NUMBERS:
        return arrow.float64()
    if name in FLAGS:
        return arrow.bool_()
    if name in DAYS:
        return arrow.date32()
    return arrow.list_(arrow.string()) if name in LISTS else arrow.string()


def _of_schema(kind: str, arrow: Any) -> pyarrow.DataType:
    named = {"integer": arrow.int64(), "number": arrow.float64(), "boolean": arrow.bool_(), "date": arrow.date32()}
    return named.get(kind, arrow.string())


def _place_text(row: tables.Row) -> tables.Row:
    """A claim's row; the places of a scope, the one list in that column, as text."""
    if isinstance(row["place"], list):
        row["place"] = tables.SEPARATOR.join(str(name) for name in row["place"])
    return row


def _write(
    rows: Iterable[tables.Row], kinds: Mapping[str, Any], columns: tables.Columns, asked: Asked, out: Path
) -> int:
    """Write rows in groups; returns how many. Meanings of columns and the rule set stand in the file's own schema."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from recount.export.running import stamp

    fields = [pa.field(name, kind, metadata={"description": columns[name]}) for name, kind in kinds.items()]
    made = {"made_with": stamp(asked.rules)} if asked.rules else {}
    layout = pa.schema(fields, metadata=made)
    written = 0
    with pq.ParquetWriter(out, layout, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [_array([row[name] for row in group], kind) for name, kind in kinds.items()]
            writer.write_table(pa.Table.from_arrays(arrays, schema=layout))
            written += len(group)
    return written


def _array(values: list[Any], kind: Any) -> Any:
    import pyarrow as pa

    if kind == pa.date32():
        return pa.array(values, pa.string()).cast(kind)
    return pa.array(values, kind)


def _groups(rows: Iterable[tables.Row]) -> Iterator[list[tables.Row]]:
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield group
