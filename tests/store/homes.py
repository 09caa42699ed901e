"""Where the tests' ledgers lie: a file, or a database of the tests' own server; and a look past the ledger at its rows."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.pool import NullPool

from postgres_server import Server

NUMBERS = itertools.count()


class MadeHome:
    """An empty place for a ledger; `address` opens it."""

    def __init__(self, address: str, engine: str) -> None:
        self.address, self.engine = address, engine
        driver = address.replace("postgresql://", "postgresql+psycopg://", 1) if "://" in address else ""
        self._plain = create_engine(driver or f"sqlite:///{address}", poolclass=NullPool)

    @contextmanager
    def plain(self) -> Iterator[Connection]:
        """A connection of another program."""
        with self._plain.begin() as connection:
            yield connection

    def run(self, statement: str) -> None:
        """Have another program run one statement."""
        with self.plain() as connection:
            connection.execute(text(statement))

    def ask(self, question: str) -> Any:
        """The one value that answers a question."""
        with self.plain() as connection:
            return connection.execute(text(question)).scalar_one()

    def rows(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table."""
        with self.plain() as connection:
            names = sorted(inspect(connection).get_table_names())
            return {
                n: sorted((tuple(r) for r in connection.execute(text(f"SELECT * FROM {n}"))), key=repr) for n in names
            }

    def shape(self) -> dict[str, object]:
        """Columns, keys, indexes and triggers of every table, as the engine tells them."""
        ask = (
            "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
            if self.engine == "sqlite"
            else "SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace"
            " UNION ALL SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
            " UNION ALL SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace"
        )
        with self.plain() as connection:
            look = inspect(connection)
            tables: dict[str, object] = {
                n: [repr(found) for found in (look.get_columns(n), look.get_foreign_keys(n), look.get_pk_constraint(n))]
                for n in look.get_table_names()
                if n != "alembic_version"
            }
            rest = sorted((name, str(made)) for name, made in connection.execute(text(ask)))
            here = look.default_schema_name if self.engine == "postgres" else None
            return tables | {"rest": [(n, made.replace(f"{here}.", "")) for n, made in rest if "alembic" not in n]}


@contextmanager
def made_home(engine: str, folder: Path, server: Server | None) -> Iterator[MadeHome]:
    """An empty home on this engine, taken away afterwards."""
    number = next(NUMBERS)
    if server is None:
        yield MadeHome(str(folder / f"recount{number}.db"), engine)
        return
    schema = f"made{number}"
    server.sql(f"CREATE SCHEMA {schema}")  # a schema is made sooner than a database
    yield MadeHome(server.url("postgres", options=f"-csearch_path%3D{schema}"), engine)
