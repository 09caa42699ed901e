"""Copying a whole ledger into an empty one, on any engine: every row of every table, in one transaction, and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, func, select, text

from recount.errors import LedgerError
from recount.records import Record
from recount.store import schema as s
from recount.store.chunks import chunks
from recount.store.contract import Ledger
from recount.store.upserts import insert
from recount.store.words import Words

Progress = Callable[[str, int], None]
"""Called with the table that is being copied and how many of its rows are done."""
Values = Sequence[Any]

BATCH = 2_000
WHOLE = 1 << 128


class Copied(Record, frozen=True):
    """One table: its name, how many rows both ledgers hold, and the checksum that both have."""

    table: str
    rows: int
    checksum: str


class Sum:
    """Rows and a checksum that does not depend on their order: the sum of the rows' hashes."""

    def __init__(self, table: Table) -> None:
        self.rows, self._sum = 0, 0
        held = [column.type.held if isinstance(column.type, Words) else None for column in table.columns]
        self._held = [(n, form) for n, form in enumerate(held) if form]

    def add(self, row: Values) -> None:
        """Count one row, its texts in the form that every engine can hold."""
        values = list(row)
        for n, form in self._held:
            if values[n] is not None:
                values[n] = form(values[n])
        digest = hashlib.blake2b(msgspec.json.encode(values), digest_size=16).digest()
        self._sum = (self._sum + int.from_bytes(digest)) % WHOLE
        self.rows += 1

    @property
    def checksum(self) -> str:
        """The sum as hex digits."""
        return f"{self._sum:032x}"


def tables() -> list[Table]:
    """All tables, each after those that it points to; the version is not among them, since every ledger has its own."""
    return [table for table in s.metadata.sorted_tables if table is not s.version]


def copy(source: Ledger, target: Ledger, progress: Progress | None = None) -> list[Copied]:
    """Copy all of a ledger into an empty one, which holds all of it afterwards or, whatever happens, nothing.

    LedgerError where the target holds anything, or where it does not come out equal.
    """
    with source.connected() as reading, target.connected(write=True) as writing:
        _refuse_filled(writing, target.address)
        done = [_copy_table(reading, writing, table, progress) for table in tables()]
        for table, expected in zip(tables(), done, strict=True):
            found = told(writing, table)
            if found != expected:
                raise LedgerError(
                    f"the copy differs in the table {table.name}: {found.rows} rows instead of {expected.rows}, or "
                    "other values in them",
                    target.address,
                    "Nothing was kept there. Try again; if it happens again, keep both and tell the project.",
                )
    return done


def told(connection: Connection, table: Table) -> Copied:
    """What one ledger holds in a table."""
    total = Sum(table)
    for row in _rows(connection, table):
        total.add(row)
    return Copied(table=str(table.name), rows=total.rows, checksum=total.checksum)


def _refuse_filled(connection: Connection, address: str) -> None:
    for table in tables():
        if connection.execute(select(*table.primary_key.columns).limit(1)).first() is not None:
            raise LedgerError(
                f"there is something in it already (table {table.name})",
                address,
                "Copy into a new ledger: nothing is ever mixed or written over.",
            )


def _copy_table(reading: Connection, writing: Connection, table: Table, progress: Progress | None) -> Copied:
    total = Sum(table)
    for some in chunks(_counted(_rows(reading, table), total), BATCH):
        _add(writing, table, some)
        if progress:
            progress(table.name, total.rows)
    _go_on_counting(writing, table)
    return Copied(table=str(table.name), rows=total.rows, checksum=total.checksum)


def _rows(connection: Connection, table: Table) -> Iterable[Values]:
    ask = select(*table.columns).order_by(*_numbers(table))
    return connection.execute(ask, execution_options={"yield_per": BATCH})


def _numbers(table: Table) -> list[Column[Any]]:
    """What the rows are numbered by, so that those that point back to others come after them."""
    return [column for column in table.primary_key.columns if column is table.autoincrement_column]


def _counted(rows: Iterable[Values], total: Sum) -> Iterator[Values]:
    for row in rows:
        total.add(row)
        yield row


def _add(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    if connection.dialect.name == "postgresql" and table is not s.judged:
        _stream(connection, table, rows)
        return
    names = [column.name for column in table.columns]
    statement = insert(connection, table)
    if table is s.judged:  # the trigger on judgements has filled it
        statement = statement.on_conflict_do_nothing()
    connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def _stream(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Rows by the server's own way for many of them, ten times as fast as by inserts."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    form = [column.type.held if isinstance(column.type, Words) else None for column in table.columns]
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as stream:
        for row in rows:
            stream.write_row([f(v) if f and v is not None else v for f, v in zip(form, row, strict=True)])


def _go_on_counting(connection: Connection, table: Table) -> None:
    """Let the server number the next rows after those that were copied with their numbers."""
    column = table.autoincrement_column
    last = connection.scalar(select(func.max(column))) if column is not None else None
    if column is not None and last is not None and connection.dialect.name == "postgresql":
        ask = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        connection.execute(ask, {"table": table.name, "column": column.name, "last": last})
