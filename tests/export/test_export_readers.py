"""The files open in the programs that people use: pandas, GeoPandas, DuckDB, openpyxl, SQLite, FollowTheMoney, HXL."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest

from recount.errors import MissingExtra, RecountError, WrongUse
from recount.export import claims, formats, incidents, parquet, workbook
from recount.export.ftm import TYPES
from recount.export.losses import Losses
from recount.export.schemas import schema
from recount.store import Ledger


def written(ledger: Ledger, folder: Path, what: str, form: str | None = None) -> Path:
    """The export as a file of its own."""
    asked = formats.known(what, form)
    target = folder / f"{what}.{asked.form}"
    with ExitStack() as stack:
        place = target
        if asked.form not in formats.FORMATS[what].binary:
            place = stack.enter_context(target.open("w", encoding="utf-8", newline=""))  # type: ignore[assignment]
        formats.write(ledger, asked, place, Losses())
    return target


def test_pandas_reads_claims_as_they_are(ledger: Ledger, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.read_parquet(written(ledger, tmp_path, "claims", "parquet"))
    plain = list(claims.rows(ledger))
    assert list(frame.columns) == list(claims.COLUMNS)
    assert frame["claim_id"].tolist() == [row["claim_id"] for row in plain]
    assert [int(n) for n in frame["low"].dropna()] == [row["low"] for row in plain if row["low"] is not None]
    assert [str(d) for d in frame["published"].dropna()] == [row["published"] for row in plain if row["published"]]
    flat = pandas.read_csv(written(ledger, tmp_path, "claims", "csv"))
    assert flat["quote"].tolist() == [row["quote"] for row in plain]


def test_pandas_reads_the_codebooks_tables(ledger: Ledger, tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    for what in ("ged", "acled", "gtd", "event-reports"):
        frame = pandas.read_csv(written(ledger, tmp_path, what))
        assert list(frame.columns) == list(schema(what.replace("-", "_")).columns)
        assert len(frame)
    ged = pandas.read_csv(tmp_path / "ged.csv", parse_dates=["date_start", "date_end"])
    assert (ged["best"] == ged[["deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"]].sum(axis=1)).all()
    assert str(ged["date_start"].dtype).startswith("datetime")


def test_geopandas_reads_the_map(ledger: Ledger, tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    pytest.importorskip("pyogrio")
    frame = geopandas.read_file(written(ledger, tmp_path, "incidents", "geojson"))
    known = [i.id for i in ledger.incidents()]
    assert sorted(frame["incident_id"]) == sorted(known)
    assert frame.crs.to_epsg() == 4326
    assert {(round(p.x, 4), round(p.y, 4)) for p in frame.geometry} == {(63.05, 26.0), (63.0485, 26.0023)}


def test_duckdb_asks_parquet(ledger: Ledger, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    pytest.importorskip("pyarrow")
    for what in ("claims", "incidents", "event-reports"):
        written(ledger, tmp_path, what, "parquet")
    asked = "SELECT harm, count(*) FROM read_parquet(?) WHERE property = 'toll' GROUP BY harm"
    counted = dict(duckdb.execute(asked, [str(tmp_path / "claims.parquet")]).fetchall())
    told = [row["harm"] for row in claims.rows(ledger) if row["property"] == "toll"]
    assert counted == {harm: told.count(harm) for harm in set(told)}
    lists = duckdb.execute("SELECT sum(len(reports)) FROM read_parquet(?)", [str(tmp_path / "incidents.parquet")])
    assert lists.fetchone() == (sum(len(row[0]["reports"] or ()) for row in incidents.rows(ledger)),)  # type: ignore[arg-type]
    made = duckdb.execute(
        "SELECT value FROM parquet_kv_metadata(?) WHERE key = 'made_with'", [str(tmp_path / "incidents.parquet")]
    )
    assert b"rule set representative" in made.fetchone()[0]


def test_openpyxl_opens_the_workbook_and_finds_no_formula(ledger: Ledger, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written(ledger, tmp_path, "workbook"))
    assert book.sheetnames == ["read me", "incidents", "event reports", "claims", "codebook"]
    head, *rows = book["claims"].iter_rows(values_only=True)
    assert list(head) == list(claims.COLUMNS)
    assert [row[0] for row in rows] == [row["claim_id"] for row in claims.rows(ledger)]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    explained = {(row[0], row[1]) for row in book["codebook"].iter_rows(min_row=2, values_only=True)}
    for sheet in ("incidents", "event reports", "claims"):
        assert explained >= {(sheet, cell.value) for cell in book[sheet][1]}


def test_sqlite_joins_claims_to_incidents(ledger: Ledger, tmp_path: Path) -> None:
    connection = sqlite3.connect(written(ledger, tmp_path, "database"))
    (number,) = connection.execute("SELECT count(*) FROM claims").fetchone()
    assert number == ledger.counts()["claims"]
    joined = connection.execute(
        "SELECT count(*) FROM event_reports JOIN incidents ON event_id = incident_id"
    ).fetchone()
    assert joined[0] > 0
    explained = {(t, c) for t, c in connection.execute('SELECT "table", "column" FROM codebook')}
    for table in ("claims", "incidents", "event_reports", "figures"):
        assert explained >= {(table, row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    assert "rule set representative" in connection.execute("SELECT value FROM about").fetchone()[0]
    connection.close()


def test_without_the_library_the_error_names_the_extra(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    for missing, what, form, extra in (
        ("pyarrow", "claims", "parquet", "tables"),
        ("openpyxl", "workbook", None, "excel"),
    ):
        monkeypatch.setitem(sys.modules, missing, None)
        with pytest.raises(MissingExtra, match=rf"recount\[{extra}\]"):
            written(ledger, tmp_path, what, form)


def test_more_claims_than_a_sheet_holds_is_said_before_anything_is_written(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openpyxl")
    monkeypatch.setattr(workbook, "MOST", 3)
    with pytest.raises(RecountError, match="more than a sheet can hold"):
        written(ledger, tmp_path, "workbook")
    assert not (tmp_path / "workbook.xlsx").exists()


def test_row_groups_bound_memory(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet, "GROUP", 4)
    file = pq.ParquetFile(written(ledger, tmp_path, "claims", "parquet"))
    assert file.num_row_groups == -(-ledger.counts()["claims"] // 4)


def test_two_processes_write_the_same_claims(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(parquet, "REPORTS", 2)
    found = []
    for jobs in (1, 2):
        losses = Losses()
        formats.write(ledger, formats.known("claims", "parquet", jobs=jobs), tmp_path / f"{jobs}.parquet", losses)
        found.append((pq.read_table(tmp_path / f"{jobs}.parquet").to_pylist(), losses.claims))
    assert found[0] == found[1]


def test_plover_lines_name_their_report(ledger: Ledger, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in written(ledger, tmp_path, "plover").read_text(encoding="utf-8").splitlines()]
    events = {e.id for e in ledger.event_reports()}
    assert {row["id"] for row in rows if row["event"] == ["ASSAULT"]} <= events
    for row in rows:
        assert {"id", "date", "actor", "event", "cite_info", "coder"} <= set(row)
        assert row["event"][0] in ("ASSAULT", "COERCE", "PROTEST", "AGREE", "RETREAT", "MOBILIZE", "ACCUSE", "REJECT")


def test_ftm_refers_only_to_entities_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    rows = [json.loads(line) for line in written(ledger, tmp_path, "ftm").read_text(encoding="utf-8").splitlines()]
    ids = [row["id"] for row in rows]
    assert len(set(ids)) == len(ids)
    links = [v for row in rows for p, vs in row["properties"].items() if TYPES.get(p) == "entity" for v in vs]
    assert links
    assert set(links) <= set(ids)
    assert not {row["schema"] for row in rows} & {"Person"}


@pytest.mark.readers
def test_the_ftm_library_takes_every_entity(ledger: Ledger, tmp_path: Path) -> None:
    ftm = pytest.importorskip("followthemoney")
    for line in written(ledger, tmp_path, "ftm").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        entity = ftm.model.get_proxy(row, cleaned=False)
        for prop, values in row["properties"].items():
            assert prop in entity.schema.properties, (row["schema"], prop)
            assert len(entity.get(prop)) == len(set(values)), (prop, values)
            kind = entity.schema.properties[prop].type.name
            assert TYPES.get(prop, "string") == kind, prop


@pytest.mark.readers
def test_libhxl_reads_the_tags(ledger: Ledger, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl")
    source = hxl.data(io.BytesIO(written(ledger, tmp_path, "incidents", "hxl").read_bytes()))
    assert [column.header for column in source.columns] == list(incidents.CSV_COLUMNS)
    rows = [row.get("#event+id") for row in source]
    assert sorted(rows) == sorted(i.id for i in ledger.incidents())


def test_a_binary_form_needs_a_file() -> None:
    with pytest.raises(WrongUse, match=r"workbook\.xlsx"):
        formats.known("workbook", "csv")
