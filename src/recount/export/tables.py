"""Rows to JSON Lines and CSV: the same columns in both, in the same order."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

import msgspec

Cell = str | int | float | bool | None | Sequence[str] | Sequence[Mapping[str, object]]
Row = dict[str, Cell]
Columns = Mapping[str, str]
"""Column name → what it holds, in the order of the file."""

SEPARATOR = "; "
"""Between the values of a cell that holds several."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_jsonl(rows: Iterable[Row], out: TextIO) -> None:
    """One JSON object a line; every column in every object, lists as lists, text exactly as it is."""
    encode = msgspec.json.Encoder().encode
    for row in rows:
        out.write(encode(row).decode() + "\n")


def write_csv(rows: Iterable[Row], columns: Columns, out: TextIO) -> None:
    """CSV of RFC 4180 with a header row.

    Lists are joined by "; ", missing values are empty, true and false are 1 and 0. Text
    that a spreadsheet would run as a formula gets a leading apostrophe (see `guarded`).
    """
    csv.writer(out, lineterminator="\r\n").writerow(columns)
    write_rows(rows, columns, out)


def write_rows(rows: Iterable[Row], columns: Columns, out: TextIO) -> None:
    """The rows of `write_csv` without the header."""
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([cell_text(row[name]) for name in columns])


def cell_text(cell: Cell) -> str:
    """A cell as CSV holds it."""
    match cell:
        case None:
            return ""
        case bool():
            return "1" if cell else "0"
        case int() | float():
            return str(cell)
        case str():
            return guarded(cell)
        case _:
            return guarded(SEPARATOR.join(str(item) for item in cell))


def guarded(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would take its first character for a formula.

    Numbers never come here, so a negative longitude stays a number. Readers who need the exact text take JSON Lines.
    """
    return f"'{text}" if text.startswith(FORMULA) else text
