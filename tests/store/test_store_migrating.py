"""Older ledgers brought up to date with what they hold, on every engine; newer ones and other programs' left alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from alembic import command
from homes import MadeHome
from made_records import QUICK, linked, made_coding, made_report
from sqlalchemy import insert, inspect

from recount.errors import LedgerError, LedgerTooNew
from recount.review.judgements import make_judgement
from recount.store import migrations, open_ledger, schema
from recount.store.contract import Ledger

Homes = Callable[[], AbstractContextManager[MadeHome]]
VERSIONS = [f"{n:04}" for n in range(1, int(schema.HEAD) + 1)]


@pytest.mark.parametrize("version", VERSIONS)
def test_what_an_older_ledger_holds_is_there_afterwards(home: MadeHome, homes: Homes, version: str) -> None:
    with homes() as present:
        with open_ledger(present.address, settings=QUICK) as filled:
            fill(filled)
            expected = list(filled.codings())
        older(home, version, present)
        with pytest.raises(LedgerError) if version != schema.HEAD else open_ledger(home.address, readonly=True):
            open_ledger(home.address, settings=QUICK, readonly=True).close()
        with open_ledger(home.address, settings=QUICK, create=False) as ledger:
            assert list(ledger.codings()) == expected
            ledger.keep([made_coding(made_report("Cor"))])
            assert ledger.counts()["reports"] == 3
        now, then = home.rows(), present.rows()
        assert now["judged"] == then["judged"] != []
        assert now["alembic_version"] == then["alembic_version"]


def fill(ledger: Ledger) -> None:
    codings = [made_coding(made_report(name)) for name in ("Aban", "Bur")]
    ledger.keep(codings)
    ledger.relink(*linked(codings))
    first = make_judgement("same", ["e_1", "e_2"], "ana", "2025-03-04T10:00:00Z")
    ledger.judge(first)
    ledger.judge(make_judgement("undo", ["e_1"], "ana", "2025-03-04T10:00:00Z", undoes=first.id))


def older(home: MadeHome, version: str, present: MadeHome) -> None:
    """A ledger of this version with the rows of the present one that fit into its tables."""
    with home.plain() as connection:
        command.upgrade(migrations.config(connection), version)
        there = inspect(connection).get_table_names()
        for table in (t for t in schema.metadata.sorted_tables if t.name in there and t is not schema.version):
            with present.plain() as other:
                rows = [dict(row) for row in other.execute(table.select()).mappings()]
            if rows and table.name != "judged":
                connection.execute(insert(table), rows)
                numbered = table.autoincrement_column
                if numbered is not None and home.engine == "postgres":
                    connection.exec_driver_sql(f"SELECT setval('{table.name}_{numbered.name}_seq', 100)")


def test_steps_and_schema_make_the_same_ledger(home: MadeHome, homes: Homes) -> None:
    with homes() as straight:
        with home.plain() as connection:
            command.upgrade(migrations.config(connection), "head")
        open_ledger(home.address, settings=QUICK).close()
        open_ledger(straight.address, settings=QUICK).close()
        assert home.shape() == straight.shape()
        assert home.rows() == straight.rows()


def test_a_newer_ledger_is_refused_with_both_versions(opening: Callable[..., Ledger], home: MadeHome) -> None:
    opening().close()
    home.run("UPDATE alembic_version SET version_num = '0042'")
    before = home.rows()
    for options in ({}, {"create": False}, {"readonly": True}):
        with pytest.raises(LedgerTooNew, match=rf"0042.*{schema.HEAD}.*upgrade"):
            opening(**options)
    assert home.rows() == before


@pytest.mark.parametrize("name", ["birds", "alembic_version"])
def test_another_programs_database_is_refused_and_left_alone(home: MadeHome, name: str) -> None:
    home.run(f"CREATE TABLE {name} (version_num TEXT)")
    home.run(f"INSERT INTO {name} VALUES ('ab12cd')")
    with pytest.raises(LedgerError, match="no ledger"):
        open_ledger(home.address, settings=QUICK)
    assert home.rows() == {name: [("ab12cd",)]}


def test_an_empty_database_is_made_a_ledger_by_a_writer_only(home: MadeHome) -> None:
    home.run("CREATE TABLE passing (n INTEGER)")
    home.run("DROP TABLE passing")
    for options in ({"create": False}, {"readonly": True}):
        with pytest.raises(LedgerError, match="nothing in this ledger"):
            open_ledger(home.address, settings=QUICK, **options)
    with open_ledger(home.address, settings=QUICK) as ledger:
        assert ledger.counts()["reports"] == 0


def test_a_step_that_fails_leaves_the_ledger_as_it_was(home: MadeHome, monkeypatch: pytest.MonkeyPatch) -> None:
    with home.plain() as connection:
        command.upgrade(migrations.config(connection), "0001")
    before, shape = home.rows(), home.shape()
    steps = migrations.upgrade

    def break_off(connection: object) -> None:
        steps(connection)  # type: ignore[arg-type]
        raise LedgerError("the machine failed", home.address, "")

    monkeypatch.setattr(migrations, "upgrade", break_off)
    with pytest.raises(LedgerError, match="machine failed"):
        open_ledger(home.address, settings=QUICK)
    assert (home.rows(), home.shape()) == (before, shape)
