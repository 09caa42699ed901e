"""Tables as Parquet: typed columns, lists as lists, written in row groups so that memory stays small."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from recount.errors import MissingExtra
from recount.export import claims, event_reports, incident_entries, tables
from recount.export.losses import Losses
from recount.export.schemas import schema
from recount.store.left import left
from recount.store.outline import coded_reports, tellers

if TYPE_CHECKING:
    import pyarrow

    from recount.export.formats import Asked
    from recount.store.contract import Ledger

T = TypeVar("T")

GROUP = 50_000
"""Rows of a row group."""
REPORTS = 2_000
"""Reports of a table that one of several processes makes."""
INTEGERS = frozenset({"start", "end", "low", "high", "incident_count"})
NUMBERS = frozenset({"latitude", "longitude"})
FLAGS = frozenset({"approx", "offered", "subset"})
LISTS = frozenset({"relayed_by", "event_reports", "incidents"})
DAYS = frozenset({"published", "date_start", "date_end"})


def write_claims(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """All claims; days are dates, and what may be several is a list."""
    _arrow()
    import pyarrow.parquet as pq

    with pq.ParquetWriter(out, _claims_layout(), compression="zstd") as writer:
        for table in _claim_tables(ledger, asked.jobs):
            writer.write_table(table)
            losses.rows += table.num_rows
    losses.whole(losses.rows)


def _claims_layout() -> Any:
    import pyarrow

    return _layout({name: _kind(name, pyarrow) for name in claims.COLUMNS}, claims.COLUMNS, "")


def _claim_tables(ledger: Ledger, jobs: int) -> Iterator[Any]:
    """Tables of claims in the ledger's order; with several processes each makes whole tables."""
    import pyarrow as pa

    from recount.export.sharing import by_many

    incidents = claims.incidents_by_event_report(ledger.incidents())
    if jobs == 1:
        for group in _groups(claims.cells_of(left(ledger), incidents)):
            yield _claims_table(group)
        return
    for raw in by_many(ledger.door, _tasks(ledger, incidents), claims_in, jobs):
        yield pa.ipc.open_stream(raw).read_all()


Task = tuple[list[str], dict[str, list[str]]]


def _tasks(ledger: Ledger, incidents: Mapping[str, list[str]]) -> Iterator[Task]:
    """Reports in groups, each with the incidents of their event reports."""
    told: dict[str, list[str]] = {}
    for event, report in tellers(ledger).items():
        told.setdefault(report, []).append(event)
    ids = iter(coded_reports(ledger))
    while some := list(islice(ids, REPORTS)):
        yield some, {e: incidents[e] for report in some for e in told.get(report, ()) if e in incidents}


def claims_in(task: Task) -> pyarrow.Buffer:
    """The claims of a group of reports as an Arrow stream; runs in a process of its own."""
    import pyarrow as pa

    from recount.export.sharing import told

    reports, incidents = task
    table = _claims_table(list(claims.cells_of(told(reports), incidents)))
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue()


def _claims_table(rows: Sequence[claims.Cells]) -> Any:
    """These rows as a table; the places of a scope, the one list in that column, as text."""
    import pyarrow as pa

    layout = _claims_layout()
    columns = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in layout]
    at = layout.get_field_index("place")
    columns[at] = [tables.SEPARATOR.join(c) if isinstance(c, list) else c for c in columns[at]]
    arrays = [_array(column, field.type) for column, field in zip(columns, layout, strict=True)]
    return pa.Table.from_arrays(arrays, schema=layout)


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


def _write(
    rows: Iterable[tables.Row], kinds: Mapping[str, Any], columns: tables.Columns, asked: Asked, out: Path
) -> int:
    """Write rows in groups; returns how many."""
    import pyarrow.parquet as pq

    layout, written = _layout(kinds, columns, asked.rules), 0
    with pq.ParquetWriter(out, layout, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_table(_table(group, kinds, layout))
            written += len(group)
    return written


def _layout(kinds: Mapping[str, Any], columns: tables.Columns, rules: str) -> Any:
    """The file's own schema: meanings of columns, and the rule set of the figures."""
    import pyarrow as pa

    from recount.export.running import stamp

    fields = [pa.field(name, kind, metadata={"description": columns[name]}) for name, kind in kinds.items()]
    return pa.schema(fields, metadata={"made_with": stamp(rules)} if rules else {})


def _table(group: list[tables.Row], kinds: Mapping[str, Any], layout: Any) -> Any:
    import pyarrow as pa

    arrays = [_array([row[name] for row in group], kind) for name, kind in kinds.items()]
    return pa.Table.from_arrays(arrays, schema=layout)


def _array(values: list[Any], kind: Any) -> Any:
    import pyarrow as pa

    if kind == pa.date32():
        return pa.array(values, pa.string()).cast(kind)
    return pa.array(values, kind)


def _groups(rows: Iterable[T]) -> Iterator[list[T]]:
    waiting = iter(rows)
    while group := list(islice(waiting, GROUP)):
        yield group
