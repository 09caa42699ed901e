"""A ledger in a PostgreSQL database: several writers, each for one transaction; any number of readers.

An advisory lock of the server is the writer's place. It is held for a transaction, not for a run, so that people decide
while reports are added. Inside it numbers are given in the order of commits, and what is looked up stays as it is.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Select, func, select, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from recount.errors import LedgerBusy
from recount.store.faults import spoken, timed_out
from recount.store.server import shown

WRITING, LINKING = 0x7265_636F_756E_7401, 0x7265_636F_756E_7402
"""Keys of the two advisory locks; each database has its own."""

HOLDER = text(
    "SELECT a.application_name, a.usename, coalesce(host(a.client_addr), 'this machine') FROM pg_locks l"
    " JOIN pg_stat_activity a ON a.pid = l.pid JOIN pg_database d ON d.oid = l.database"
    " WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"
    " AND l.classid = :high AND l.objid = :low"
)
BUSY = {WRITING: "writing to", LINKING: "linking"}


class ServerHome:
    """See `home.Home`. Safe in several threads."""

    file: Path | None = None

    def __init__(self, url: URL, engine: Engine, wait: float) -> None:
        self.address, self.door = shown(url), url.render_as_string(hide_password=False)
        self.name = url.database or url.username or "ledger"
        self._engine, self._wait = engine, wait
        self._snapshots = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        self._turn, self._linkers = threading.RLock(), threading.RLock()
        self._held: Connection | None = None
        self._is_linking = False

    def adding(self) -> nullcontext[None]:
        """Nothing: each transaction takes its own turn."""
        return nullcontext()

    @contextmanager
    def linking(self) -> Iterator[None]:
        """One linking at a time; others write meanwhile."""
        with self._linkers:
            if self._is_linking:
                yield
                return
            with self._keeping(LINKING):
                self._is_linking = True
                try:
                    yield
                finally:
                    self._is_linking = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """The advisory lock, on a connection that all changes inside use: when it breaks, both are lost together."""
        with self._turn:
            if self._held is not None:
                yield
                return
            with self._keeping(WRITING) as connection:
                self._held = connection
                try:
                    yield
                finally:
                    self._held = None

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One transaction that sees all that was committed before it took its turn."""
        with self._turn, spoken(self.address):
            if self._held is not None:
                with self._held.begin():
                    yield self._held
                return
            with self._engine.begin() as connection:
                self._take(connection, select(func.pg_advisory_xact_lock(WRITING)), WRITING)
                yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One snapshot."""
        with spoken(self.address), self._snapshots.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close the pool."""
        self._engine.dispose()

    # ------------------------------------------------------------------ how
    @contextmanager
    def _keeping(self, key: int) -> Iterator[Connection]:
        """Hold a lock over several transactions of one connection."""
        with spoken(self.address), self._engine.connect() as connection:
            with connection.begin():
                self._take(connection, select(func.pg_advisory_lock(key)), key)
            try:
                yield connection
            finally:
                _release(connection, key)

    def _take(self, connection: Connection, lock: Select[Any], key: int) -> None:
        """Wait for a lock, in vain at most as long as the settings allow; commits are to be on disk when they return."""
        patience = func.set_config("lock_timeout", f"{max(int(self._wait * 1000), 1)}ms", True)
        surely = text(
            "SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off'"
        )
        connection.execute(select(patience))
        connection.execute(surely)
        try:
            connection.execute(lock)
        except DBAPIError as fault:
            if timed_out(fault):
                raise self._busy(key) from None
            raise

    def _busy(self, key: int) -> LedgerBusy:
        with self._snapshots.connect() as connection:
            found = connection.execute(HOLDER, {"high": key >> 32, "low": key & 0xFFFF_FFFF}).first()
        who = f"{found[0]} of {found[1]} on {found[2]}" if found else "done by now"
        return LedgerBusy(
            f"another process ({who}) is {BUSY[key]} this ledger, and was not done within {self._wait:g} seconds",
            self.address,
            "Wait until it is done, or let this one wait longer (RECOUNT_WAIT_SECONDS). What was kept before stays.",
        )


def _release(connection: Connection, key: int) -> None:
    try:
        with connection.begin():
            connection.execute(select(func.pg_advisory_unlock(key)))
    except SQLAlchemyError:  # the connection is broken, or its transaction still open: end it, and the lock with it
        connection.invalidate()
