"""The ledger as an Excel workbook: a first sheet that says what this is, the tables, and a codebook of every column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from recount.errors import MissingExtra, RecountError
from recount.export import claims, event_reports, incidents, tables
from recount.export.schemas import schema

if TYPE_CHECKING:
    from recount.export.formats import Asked
    from recount.export.losses import Losses
    from recount.store.contract import Ledger

MOST = 1_048_575
"""Rows that a sheet of Excel can hold below its header."""
DAYS = frozenset({"published", "date_start", "date_end", "window_start", "window_end"})


def write(ledger: Ledger, out: Path, losses: Losses, asked: Asked) -> None:
    """Write the workbook to `out`. MissingExtra without openpyxl; RecountError for more claims than a sheet can hold."""
    try:
        from openpyxl import Workbook
    except ImportError:
        raise MissingExtra("An Excel workbook", "excel") from None
    counted = ledger.counts()["claims"]
    if counted > MOST:
        raise RecountError(
            f"{counted:,} claims are more than a sheet can hold", str(out), "Take `export claims --as parquet`."
        )
    book = Workbook(write_only=True)
    sheets = {
        "incidents": (incidents.CSV_COLUMNS, _incidents(ledger, asked.rules)),
        "event reports": (schema("event_reports").columns, event_reports.rows(ledger)),
        "claims": (claims.COLUMNS, claims.rows(ledger)),
    }
    _about(book, asked.rules)
    for name, (columns, rows) in sheets.items():
        number = _sheet(book, name, columns, rows)
        losses.rows += number
        if name == "claims":
            losses.whole(number)
    _sheet(
        book, "codebook", {"sheet": "", "column": "", "meaning": ""}, _codebook({n: c for n, (c, _) in sheets.items()})
    )
    book.save(out)


def _incidents(ledger: Ledger, rules: str) -> Iterator[tables.Row]:
    return (incidents.wide(*row) for row in incidents.rows(ledger, rules))


def _about(book: Any, rules: str) -> None:
    from recount.export.running import stamp

    sheet = book.create_sheet("read me")
    sheet.column_dimensions["A"].width = 110
    for line in (
        "What published reports claim of armed incidents, and who claims it. Nothing here is what happened.",
        f"Made with {stamp(rules)}.",
        "incidents: one row each, from the lowest to the highest claim; columns ending in _best follow the rule set.",
        "Rows with parts hold the figures of the whole: adding them to the rows of their parts counts people twice.",
        "event reports: one row for each figure of each report. claims: every claim with its exact words.",
        "codebook: what each column of each sheet means.",
        "A text that Excel would take for a formula has an apostrophe before it.",
    ):
        sheet.append([line])


def _sheet(book: Any, name: str, columns: tables.Columns, rows: Iterable[tables.Row]) -> int:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(place)].width = 60 if column in ("quote", "meaning", "reason") else 18
    header = []
    for column in columns:
        cell = WriteOnlyCell(sheet, value=column)
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    written = 0
    for row in rows:
        sheet.append([_cell(name, row[name]) for name in columns])
        written += 1
    return written


def _cell(column: str, cell: tables.Cell) -> object:
    """A value that Excel keeps as it is: numbers, truth values and days as such, text that runs nothing."""
    if isinstance(cell, (bool, int, float)) or cell is None:
        return cell
    if column in DAYS and isinstance(cell, str) and cell:
        day = date.fromisoformat(cell)
        return day if day.year >= 1900 else cell
    return _plain(tables.cell_text(cell))[:32_767]


def _plain(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def _codebook(sheets: dict[str, tables.Columns]) -> Iterator[tables.Row]:
    for sheet, columns in sheets.items():
        for column, meaning in columns.items():
            yield {"sheet": sheet, "column": column, "meaning": meaning}
