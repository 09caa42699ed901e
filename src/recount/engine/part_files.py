"""Tables in parts: Parquet files that are there whole or not at all, written and read a few rows at a time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from recount.engine.tables import COLUMNS, OF_REPORTS, Row, aside_row, rows_of
from recount.errors import MissingExtra
from recount.records import Coding, SetAside

GROUP = 500
"""Rows of a row group: what is held in memory while a part is written."""
UNFINISHED = ".unfinished"


def arrow() -> Any:
    """pyarrow; MissingExtra where it is not installed."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingExtra("reading an archive", "archive") from None
    return pyarrow


def layout(table: str) -> Any:
    """The Arrow schema of a table."""
    pa = arrow()
    kinds = {
        "string": pa.string(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "date": pa.date32(),
        "strings": pa.list_(pa.string()),
    }
    return pa.schema([pa.field(name, kinds[kind]) for name, kind in COLUMNS[table].items()])


class Part:
    """One part of every table while it is written; `close` makes it real, anything before leaves nothing behind."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._attempt = uuid4().hex[:8]  # two machines may write the same part at once; the contents are the same
        self._rows: dict[str, list[Row]] = {}
        self._writers: dict[str, Any] = {}

    def add(self, item: Coding | SetAside) -> None:
        """Add a coding, or something set aside."""
        found = {"asides": [aside_row(item)]} if isinstance(item, SetAside) else rows_of(item)
        for table, rows in found.items():
            self.add_rows(table, rows)

    def add_rows(self, table: str, rows: Iterable[Row]) -> None:
        """Add rows to one table."""
        held = self._rows.setdefault(table, [])
        held.extend(rows)
        if len(held) >= GROUP:
            self._flush(table)

    def close(self) -> None:
        """Write what is left and give every file its name; a table without rows gets no file."""
        for table in [*self._rows]:
            self._flush(table)
        for table, writer in self._writers.items():
            writer.close()
            unfinished(self._folder, table, f"{self._name}-{self._attempt}").replace(
                part_path(self._folder, table, self._name)
            )

    def abandon(self) -> None:
        """Take back what was written."""
        for table, writer in self._writers.items():
            writer.close()
            unfinished(self._folder, table, f"{self._name}-{self._attempt}").unlink(missing_ok=True)

    def _flush(self, table: str) -> None:
        rows, self._rows[table] = self._rows[table], []
        if not rows:
            return
        pa = arrow()
        if table not in self._writers:
            path = unfinished(self._folder, table, f"{self._name}-{self._attempt}")
            path.parent.mkdir(parents=True, exist_ok=True)
            self._writers[table] = pa.parquet.ParquetWriter(path, layout(table), compression="zstd")
        self._writers[table].write_table(table_of(table, rows))


def table_of(table: str, rows: Sequence[Row]) -> Any:
    """Rows as an Arrow table."""
    pa, form = arrow(), layout(table)
    columns = zip(*rows, strict=True) if rows else ([] for _ in form)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, form, strict=True)], schema=form)


def part_path(folder: Path, table: str, name: str) -> Path:
    """Where a part of a table lies."""
    return folder / table / f"part-{name}.parquet"


def unfinished(folder: Path, table: str, name: str) -> Path:
    """Where a part lies while it is written."""
    return folder / table / f".part-{name}{UNFINISHED}"


def rows_in(path: Path, columns: Collection[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of one file as dicts, a few at a time; none where there is no such file."""
    if not path.exists():
        return
    with arrow().parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(GROUP, columns=None if columns is None else list(columns)):
            yield from batch.to_pylist()


def without(folder: Path, name: str, reports: Collection[str]) -> None:
    """Write a part anew without these reports; safe to be stopped at any point and done again."""
    for table in OF_REPORTS:
        path = part_path(folder, table, name)
        if not path.exists():
            continue
        key = "id" if table == "reports" else "report"
        rows = [tuple(row.values()) for row in rows_in(path) if row[key] not in reports]
        if not rows:
            path.unlink()
            continue
        new = unfinished(folder, table, name)
        arrow().parquet.write_table(table_of(table, rows), new, compression="zstd")
        new.replace(path)
