"""The connection to one SQLite file: write-ahead log, full flush for every commit, transactions that we begin."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event


def file_uri(path: Path, *, readonly: bool) -> str:
    """SQLite's URI of a file. A ledger in a folder that may not be written is opened as one that nobody changes."""
    if not readonly:
        return f"file:{quote(str(path))}?mode=rw"
    settled = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
    return f"file:{quote(str(path))}?mode=ro" + ("&immutable=1" if settled else "")


def connect(path: Path, *, readonly: bool, wait: float) -> sqlite3.Connection:
    """A plain connection with the ledger's pragmas, outside of any transaction. Raises sqlite3.Error."""
    connection = sqlite3.connect(
        file_uri(path, readonly=readonly), uri=True, timeout=wait, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def engine_for(path: Path, *, readonly: bool, wait: float) -> Engine:
    """SQLAlchemy's engine for the file; connections with the option `writing` begin as the one writer."""
    engine = create_engine("sqlite://", creator=lambda: connect(path, readonly=readonly, wait=wait), poolclass=_pool())
    event.listen(engine, "begin", _begin)
    return engine


def _pool() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
