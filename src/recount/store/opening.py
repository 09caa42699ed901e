"""Opening a ledger: is it there, is it one, is it of our version; make it or bring it up to date where asked."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from recount.errors import LedgerError
from recount.settings import Settings
from recount.store import schema
from recount.store.contract import Ledger
from recount.store.database import connect, engine_for
from recount.store.faults import spoken, spoken_error
from recount.store.home_file import FileHome
from recount.store.ledger import SqlLedger
from recount.store.locks import writers_place
from recount.store.versions import EMPTY, UNBEGUN, behind, no_ledger, refuse


def opened(path: Path, settings: Settings, *, create: bool, readonly: bool) -> Ledger:
    """See `recount.store.open_ledger`."""
    _look(path, create=create and not readonly, readonly=readonly)
    found = version_of(path) if path.exists() else EMPTY
    refuse(found, str(path))
    if found != schema.HEAD:
        if readonly or (found == EMPTY and not create):
            raise behind(found, str(path))
        _bring_up(path, settings.wait_seconds)
    engine = engine_for(path, readonly=readonly, wait=settings.wait_seconds)
    return SqlLedger(FileHome(path, engine, settings.wait_seconds), readonly=readonly)


def version_of(path: Path) -> str:
    """The version that the file says it is of: EMPTY for one without tables, UNBEGUN for one not yet begun.

    LedgerError where the file is something else. Asks by plain SQL: the migrations' library takes long to load.
    """
    try:
        connection = connect(path, readonly=True, wait=5)
        try:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            rows = connection.execute("SELECT version_num FROM alembic_version").fetchall() if tables else []
        finally:
            connection.close()
    except sqlite3.Error as fault:
        if "no such table" in str(fault):
            raise no_ledger(str(path)) from None
        raise spoken_error(fault, str(path)) from None
    if not tables:
        return EMPTY
    return str(rows[0][0]) if rows else UNBEGUN


def _look(path: Path, *, create: bool, readonly: bool) -> None:
    """Say early, and in words, what would fail later."""
    if path.is_dir():
        raise LedgerError("this is a folder", str(path), "Name a file, such as recount.db, with --ledger.")
    if not path.parent.is_dir():
        raise LedgerError(
            "its folder does not exist", str(path), "Make the folder, or name another file with --ledger."
        )
    if not path.exists() and not create:
        raise LedgerError("there is no ledger here", str(path), "Make one with: recount add PATH")
    if not readonly and not os.access(path.parent, os.W_OK):
        raise LedgerError("its folder may not be written", str(path), "Change its permissions, or name another place.")
    if path.exists() and not os.access(path, os.R_OK if readonly else os.R_OK | os.W_OK):
        act = "read" if readonly else "written"
        raise LedgerError(f"this file may not be {act}", str(path), "Change its permissions, or name another file.")


def _bring_up(path: Path, wait: float) -> None:
    """Make or migrate the ledger in one transaction, holding the writer's place."""
    with spoken(str(path)), writers_place(path, wait):
        _touch(path)
        first = connect(path, readonly=False, wait=wait)
        first.execute("PRAGMA journal_mode = WAL")
        first.close()
        engine = engine_for(path, readonly=False, wait=wait)
        try:
            _build(engine, path)
        finally:
            engine.dispose()


def _touch(path: Path) -> None:
    try:
        path.touch()
    except OSError as fault:
        raise LedgerError(
            f"it cannot be made ({fault.strerror})", str(path), "Check the disk and the folder."
        ) from None


def _build(engine: Engine, path: Path) -> None:
    found = version_of(path)  # again: another process may have made it while this one waited
    if found == schema.HEAD:
        return
    with engine.execution_options(writing=True).begin() as connection:
        if found == EMPTY:
            schema.create_all(connection)
        else:
            from recount.store.migrations import upgrade

            upgrade(connection)
