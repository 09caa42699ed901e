"""Opening a ledger: new, old, newer, foreign, damaged, without permission; and what start-up costs."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from made_records import QUICK, made_coding, made_report
from sqlalchemy import create_engine

from recount.errors import LedgerError, LedgerTooNew
from recount.store import migrations, open_ledger, schema
from recount.store.contract import Ledger


def test_a_new_ledger_is_made_and_opened_again(opening_file: Callable[..., Ledger], path: Path) -> None:
    opening_file().keep([made_coding(made_report("Aban"))])
    assert opening_file(create=False).counts()["reports"] == 1
    assert path.is_file()


def test_every_writer_flushes_fully_into_a_write_ahead_log(opening_file: Callable[..., Ledger], path: Path) -> None:
    opening_file()
    with sqlite3.connect(path) as plain:
        assert plain.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    from recount.store.database import connect

    mine = connect(path, readonly=False, wait=1)
    assert mine.execute("PRAGMA synchronous").fetchone() == (2,)
    assert mine.execute("PRAGMA foreign_keys").fetchone() == (1,)
    mine.close()


def test_without_create_a_missing_ledger_is_an_error_and_none_is_made(path: Path) -> None:
    with pytest.raises(LedgerError, match="no ledger here"):
        open_ledger(path, settings=QUICK, create=False)
    with pytest.raises(LedgerError, match="no ledger here"):
        open_ledger(path, settings=QUICK, readonly=True)
    assert not path.exists()


def test_a_ledger_whose_making_was_interrupted_is_made(opening_file: Callable[..., Ledger], path: Path) -> None:
    path.touch()
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(LedgerError, match="nothing in this ledger"):
        open_ledger(path, settings=QUICK, create=False)
    assert opening_file().counts()["reports"] == 0


def test_a_newer_ledger_is_refused_with_both_versions_and_left_alone(
    opening_file: Callable[..., Ledger], path: Path
) -> None:
    opening_file().close()
    with sqlite3.connect(path) as plain:
        plain.execute("UPDATE alembic_version SET version_num = '0042'")
    before = path.read_bytes()
    for options in ({}, {"create": False}, {"readonly": True}):
        with pytest.raises(LedgerTooNew, match=rf"0042.*{schema.HEAD}.*upgrade"):
            open_ledger(path, settings=QUICK, **options)
    assert path.read_bytes() == before


def test_an_older_ledger_is_brought_up_to_date_by_a_writer_only(
    opening_file: Callable[..., Ledger], path: Path
) -> None:
    older(path)
    with pytest.raises(LedgerError, match="older version 0000"):
        open_ledger(path, settings=QUICK, readonly=True)
    ledger = opening_file(create=False)
    ledger.keep([made_coding(made_report("Aban"))])
    assert ledger.counts()["reports"] == 1


def test_migrations_and_schema_make_the_same_ledger(tmp_path: Path) -> None:
    older(tmp_path / "stepped.db")
    open_ledger(tmp_path / "stepped.db", settings=QUICK).close()
    open_ledger(tmp_path / "straight.db", settings=QUICK).close()
    assert shape(tmp_path / "stepped.db") == shape(tmp_path / "straight.db")
    with create_engine(f"sqlite:///{tmp_path / 'stepped.db'}").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), schema.metadata) == []


def test_the_newest_migration_is_the_version_of_the_schema() -> None:
    assert ScriptDirectory.from_config(migrations.config()).get_heads() == [schema.HEAD]


@pytest.mark.parametrize("content", [b"just words, no database at all\n" * 200, b"\x89PNG\r\n\x1a\n" + bytes(4000)])
def test_a_file_that_is_no_database_is_refused_and_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(path, settings=QUICK)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    with sqlite3.connect(path) as plain:
        plain.execute("CREATE TABLE birds (name TEXT)")
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(path, settings=QUICK)
    assert path.read_bytes() == before


def test_a_folder_a_missing_folder_and_an_unknown_address_are_named(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="this is a folder"):
        open_ledger(tmp_path, settings=QUICK)
    with pytest.raises(LedgerError, match="folder does not exist"):
        open_ledger(tmp_path / "none" / "recount.db", settings=QUICK)
    with pytest.raises(LedgerError, match="not supported"):
        open_ledger("mysql://here/ledger", settings=QUICK)


def test_a_folder_that_may_not_be_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    with pytest.raises(LedgerError, match="may not be written"):
        open_ledger(path, settings=QUICK)
    assert not path.exists()


def test_a_ledger_in_a_folder_that_may_not_be_written_can_be_read(
    opening_file: Callable[..., Ledger], path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = opening_file()
    first.keep([made_coding(made_report("Aban"))])
    first.close()
    monkeypatch.setattr(os, "access", lambda _, mode: not mode & os.W_OK)
    before = sorted(path.parent.iterdir())
    assert opening_file(readonly=True).counts()["reports"] == 1
    assert sorted(path.parent.iterdir()) == before


def test_a_ledger_opened_for_reading_refuses_to_write(opening: Callable[..., Ledger]) -> None:
    opening()
    with pytest.raises(LedgerError, match="reading only"):
        opening(readonly=True).keep([made_coding(made_report("Aban"))])


def test_opening_an_up_to_date_ledger_loads_no_migrations(opening_file: Callable[..., Ledger], path: Path) -> None:
    opening_file().close()
    check = (
        "import sys; from recount.store import open_ledger; assert 'sqlalchemy' not in sys.modules;"
        f"open_ledger({str(path)!r}, create=False).counts(); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", check], check=True)


def older(path: Path) -> None:
    """A ledger before its first step."""
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("CREATE TABLE alembic_version (version_num TEXT NOT NULL PRIMARY KEY)")


def shape(path: Path) -> dict[str, object]:
    """Columns, keys, indexes and triggers of every table."""
    with sqlite3.connect(path) as plain:
        names = [n for (n,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found: dict[str, object] = {
            name: [plain.execute(f"PRAGMA {what}({name})").fetchall() for what in ("table_info", "foreign_key_list")]
            for name in names
            if name != "alembic_version"
        }
        ask = "SELECT name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY name"
        found["rest"] = [(name, sql) for name, sql in plain.execute(ask) if "alembic" not in name]
        found["version"] = plain.execute("SELECT * FROM alembic_version").fetchall()
        return found
