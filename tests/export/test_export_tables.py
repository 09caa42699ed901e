"""Rows as JSON Lines and CSV, read back by the standard library."""

from __future__ import annotations

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from recount.export import FORMATS, claims, incidents, tables
from recount.store import Ledger

TEXT = st.text(alphabet=st.characters(exclude_categories=("Cs",)))


def exported(ledger: Ledger, name: str) -> str:
    """What a format writes."""
    out = io.StringIO(newline="")
    FORMATS[name](ledger, out)
    return out.getvalue()


def as_csv(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_claim_is_one_row_with_its_words(ledger: Ledger) -> None:
    rows = [json.loads(line) for line in exported(ledger, "claims.jsonl").splitlines()]
    texts = {report.id: report.text for report in ledger.reports()}
    assert {row["claim_id"] for row in rows} == {claim.id for claim in ledger.claims()}
    assert all(texts[row["report_id"]][row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(list(row) == list(claims.COLUMNS) for row in rows)


def test_csv_and_json_lines_tell_the_same(ledger: Ledger) -> None:
    table = as_csv(exported(ledger, "claims.csv"))
    rows = [json.loads(line) for line in exported(ledger, "claims.jsonl").splitlines()]
    for cells, row in zip(table, rows, strict=True):
        assert cells == {name: tables.cell_text(value) for name, value in row.items()}


def test_a_claim_says_who_whom_and_how_many(ledger: Ledger) -> None:
    rows = {row["quote"]: row for row in as_csv(exported(ledger, "claims.csv"))}
    least = rows["At least 3 soldiers died"]
    assert (least["harm"], least["side"], least["low"], least["high"]) == ("killed", "state_forces", "3", "")
    assert (least["hedge"], least["speaker"], least["published"]) == ("at_least", "", "2025-03-06")
    assert rows["9 soldiers"]["speaker_side"] == "armed_group"
    assert rows["9 soldiers"]["incidents"] == "i_operation"


def test_a_statistic_is_marked_as_no_incident(ledger: Ledger) -> None:
    rows = {row["quote"]: row for row in as_csv(exported(ledger, "claims.csv"))}
    assert rows["80 people were killed"]["report_scope"] == "integrative"
    assert rows["80 people were killed"]["incidents"] == ""
    assert rows["12 militants"]["report_scope"] == "incident"


def test_a_spreadsheet_runs_no_report(ledger: Ledger) -> None:
    outlets = {row["outlet"] for row in as_csv(exported(ledger, "claims.csv"))}
    assert "'=Wire & Sons" in outlets
    exact = {json.loads(line)["outlet"] for line in exported(ledger, "claims.jsonl").splitlines()}
    assert "=Wire & Sons" in exact


def test_numbers_are_never_guarded() -> None:
    assert tables.cell_text(-12.5) == "-12.5"
    assert tables.cell_text("-12.5") == "'-12.5"
    assert tables.cell_text(None) == ""
    assert (tables.cell_text(True), tables.cell_text(False)) == ("1", "0")


def test_lines_end_as_rfc_4180_says(ledger: Ledger) -> None:
    text = exported(ledger, "incidents.csv")
    assert text.endswith("\r\n")
    assert text.replace("\r\n", "").count("\n") == 0


def test_an_incident_has_its_figures_and_its_operation(ledger: Ledger) -> None:
    rows = {row["incident_id"]: row for row in as_csv(exported(ledger, "incidents.csv"))}
    whole, part = rows["i_operation"], rows["i_part"]
    assert list(whole) == list(incidents.CSV_COLUMNS)
    assert (part["part_of"], part["operation"]) == ("i_operation", "i_operation")
    assert (whole["part_of"], whole["operation"], whole["parts"]) == ("", "", "1")
    assert (part["killed_armed_group_low"], part["killed_armed_group_high"]) == ("4", "4")
    assert whole["killed_armed_group_high"] == "19"  # the part's 4 are inside, not added
    assert (whole["disputed"], part["disputed"]) == ("1", "0")
    assert (whole["date_start"], whole["date_end"], whole["date_precision"]) == ("2025-03-03", "2025-03-05", "days")


def test_json_incidents_keep_figures_as_objects(ledger: Ledger) -> None:
    rows = {row["incident_id"]: row for row in map(json.loads, exported(ledger, "incidents.jsonl").splitlines())}
    tolls = {(t["harm"], t["side"]): t for t in rows["i_operation"]["tolls"]}
    assert tolls["killed", "armed_group"]["high"] == 19
    assert tolls["killed", "armed_group"]["claims"]
    assert rows["i_operation"]["places"] == ["Kech"]


def test_the_same_ledger_gives_the_same_bytes(ledger: Ledger) -> None:
    for name in ("claims.jsonl", "claims.csv", "incidents.jsonl", "incidents.csv"):
        assert exported(ledger, name) == exported(ledger, name)


@given(st.lists(st.one_of(st.none(), st.booleans(), st.integers(), TEXT, st.lists(TEXT, max_size=3)), min_size=1))
def test_any_cell_comes_back_from_csv(values: list[tables.Cell]) -> None:
    columns = {f"c{i}": "" for i in range(len(values))}
    row = dict(zip(columns, values, strict=True))
    out = io.StringIO(newline="")
    tables.write_csv([row], columns, out)
    back = as_csv(out.getvalue())[0] if any(tables.cell_text(v) for v in values) or len(values) > 1 else None
    if back is not None:
        assert list(back.values()) == [tables.cell_text(value) for value in values]


@given(TEXT)
def test_no_text_cell_begins_as_a_formula(text: str) -> None:
    assert not tables.guarded(text).startswith(tables.FORMULA)
    assert tables.guarded(text).removeprefix("'") == text.removeprefix("'") or text.startswith("'")
