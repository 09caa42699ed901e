"""Copying a ledger between engines: all of it and equal, or nothing; and going on with the copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from homes import MadeHome, made_home
from made_records import QUICK, linked, made_coding, made_report

from recount.errors import LedgerError
from recount.records import SetAside
from recount.review.judgements import make_judgement
from recount.store import acts, copying, open_ledger, schema
from recount.store.acts import Act
from recount.store.contract import Ledger
from recount.store.words import Key, Words

AT = "2025-03-04T10:00:00Z"
ODD = "quote ' and \\ tab\t zero \x00 emoji 🧭 right-to-left ابان newline\n{\\N}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def other(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MadeHome]:
    """An empty home on either engine, whatever the engine of the first."""
    server = request.getfixturevalue("server") if request.param == "postgres" else None
    with made_home(request.param, tmp_path, server) as made:
        yield made


@pytest.fixture
def filled(ledger: Ledger) -> Ledger:
    """A ledger with something in every kind of table."""
    fill(ledger)
    return ledger


def fill(ledger: Ledger, names: tuple[str, ...] = ("Aban", "Bur", "Cor", ODD)) -> None:
    codings = [made_coding(made_report(name, url=f"news/{name}", day=n or None)) for n, name in enumerate(names)]
    ledger.keep(codings)
    ledger.relink(*linked(codings), "a mark")
    ledger.relink(*linked(codings[1:]), "another")
    first = make_judgement("right", [codings[0].claims[0].id], "ana", AT, ODD)
    ledger.judge(first)
    ledger.judge(make_judgement("undo", [], "ben", AT, undoes=first.id))
    ledger.set_aside([SetAside(source="x" * 5000, reason=ODD, advice="Look.")])
    with ledger.connected(write=True) as writing:
        one = acts.log(writing, Act(seq=0, at=AT, by="ana", way="api", verb="right", target="c", judgements=("j",)))
        acts.log(writing, Act(seq=0, at=AT, by="ana", way="api", verb="undo", target="c", undoes=one))


def test_the_copy_holds_the_same_and_says_how_much(filled: Ledger, home: MadeHome, other: MadeHome) -> None:
    with open_ledger(other.address, settings=QUICK) as new:
        done = {one.table: one for one in copying.copy(filled, new)}
        assert done["reports"].rows == done["claims"].rows == 4
        assert done["links"].rows == 4
        assert set(done) | {"alembic_version"} == set(other.rows())
        for listing in ("reports", "codings", "claims", "event_reports", "statistics", "incidents", "judgements"):
            assert list(getattr(new, listing)()) == list(getattr(filled, listing)())
        assert list(new.links(ended=True)) == list(filled.links(ended=True))
        assert new.state() == filled.state()
        assert new.linked() == filled.linked() == "another"
        assert new.counts() == filled.counts()
    sums = {name: len(found) for name, found in other.rows().items()}
    assert sums == {name: len(found) for name, found in home.rows().items()}


def test_the_copy_goes_on_as_the_first_would(filled: Ledger, other: MadeHome) -> None:
    with open_ledger(other.address, settings=QUICK) as new:
        copying.copy(filled, new)
        for ledger in (filled, new):
            fill(ledger, ("Dor", "Aban"))
        assert list(new.codings()) == list(filled.codings())
        assert new.state() == filled.state()
        assert [told(new, table) for table in ("reports", "links", "judgements", "judged", "acts")] == [
            told(filled, table) for table in ("reports", "links", "judgements", "judged", "acts")
        ]


def told(ledger: Ledger, table: str) -> copying.Copied:
    with ledger.connected() as connection:
        return copying.told(connection, schema.metadata.tables[table])


def test_a_ledger_that_holds_anything_is_no_target(filled: Ledger, other: MadeHome) -> None:
    with open_ledger(other.address, settings=QUICK) as new:
        new.set_aside([SetAside(source="a", reason="b", advice="c")])
        before = other.rows()
        with pytest.raises(LedgerError, match=r"asides.*new ledger"):
            copying.copy(filled, new)
        assert other.rows() == before


def test_a_copy_that_is_stopped_leaves_nothing_and_can_be_begun_again(filled: Ledger, other: MadeHome) -> None:
    def stop(table: str, _: int) -> None:
        if table == "links":
            raise KeyboardInterrupt

    with open_ledger(other.address, settings=QUICK) as new:
        with pytest.raises(KeyboardInterrupt):
            copying.copy(filled, new, stop)
        assert not any(found for name, found in other.rows().items() if name != "alembic_version")
        assert sum(one.rows for one in copying.copy(filled, new)) > 20


def test_a_copy_that_comes_out_different_is_thrown_away(
    filled: Ledger, other: MadeHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = copying._add

    def lossy(connection: object, table: object, rows: list[object]) -> None:
        add(connection, table, rows[1:] if table is schema.claims else rows)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_add", lossy)
    monkeypatch.setattr(copying, "tables", lambda: [schema.reports, schema.claims])
    with open_ledger(other.address, settings=QUICK) as new:
        with pytest.raises(LedgerError, match=r"claims: 3 rows instead of 4"):
            copying.copy(filled, new)
        assert new.counts()["reports"] == 0


@pytest.mark.parametrize("change", ["name", "published", "body"])
def test_a_changed_value_changes_the_checksum(change: str) -> None:
    row = {"seq": 1, "id": "r_1", "name": "Aban", "url": None, "published": None, "outlet": None, "body": "{}"}
    sums = []
    for values in (row, row | {change: "other"}):
        total = copying.Sum(schema.reports)
        total.add(list(values.values()))
        sums.append(total.checksum)
    assert sums[0] != sums[1]


def test_long_keys_stay_apart_and_are_held_the_same_way_twice() -> None:
    long, longer = "ن" * 3000, "ن" * 3001
    assert Key.held(long) != Key.held(longer)
    assert Key.held(Key.held(long)) == Key.held(long)
    assert len(Key.held(long).encode()) <= 1200
    assert Words.held(long) == long


def test_a_report_with_an_address_too_long_for_an_index_is_kept_and_found(
    ledger: Ledger, opening: Callable[..., Ledger]
) -> None:
    made = [made_report(f"{'n' * 4000}{n}", url=f"news/{'x' * 9000}/{n}") for n in range(2)]
    ledger.keep([made_coding(report) for report in made])
    assert {report.url for report in ledger.reports()} == {report.url for report in made}
    assert ledger.find(made[1].name) == made[1].id
    assert ledger.versions(made[0].id) == (made[0].id,)
