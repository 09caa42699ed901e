"""The field's formats as data: each column with its name, type, allowed values and meaning, in the order of the file.

The TOML files beside this module are what an export is held against; they also tell the loss report what a format can
hold at all.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import msgspec

from recount.errors import BadRule
from recount.records import Harm, Property

Type = Literal["string", "integer", "number", "date", "boolean"]


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One column. `one_of`, `low`, `high` and `pattern` bind what is there; `required` that something is."""

    name: str
    type: Type
    says: str
    required: bool = False
    one_of: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    pattern: str = ""


class Schema(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A format: its columns, the rule set that its codebook asks for, and what of a claim it has room for."""

    title: str
    standard: str
    column: tuple[Column, ...]
    rules: str = ""
    harms: tuple[Harm, ...] = ()
    properties: tuple[Property, ...] = ()
    facets: tuple[str, ...] = ()

    @property
    def columns(self) -> dict[str, str]:
        """Column name → what it holds, in the order of the file."""
        return {c.name: c.says for c in self.column}


@cache
def schema(name: str) -> Schema:
    """The format of this name: `ged`, `acled`, `gtd`, `event_reports`; BadRule where its file is faulty."""
    try:
        return msgspec.convert(read(name), Schema)
    except msgspec.ValidationError as fault:
        raise BadRule(str(fault), f"export/schemas/{name}.toml", "Compare it with its neighbours.") from None


@cache
def read(name: str) -> dict[str, Any]:
    """The parsed file of this name."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def faults(row: Mapping[str, object], of: Schema) -> list[str]:
    """What is wrong with a row, one sentence each; nothing for a row that keeps to the format."""
    found = [] if list(row) == [c.name for c in of.column] else ["the columns or their order differ"]
    for column in of.column:
        fault = _fault(row.get(column.name), column)
        if fault:
            found.append(f"{column.name}: {fault}")
    return found


def all_faults(rows: Iterable[Mapping[str, object]], of: Schema) -> list[str]:
    """The faults of many rows, each with the number of its row from 1."""
    return [f"row {number}, {fault}" for number, row in enumerate(rows, 1) for fault in faults(row, of)]


def _fault(value: object, column: Column) -> str:
    if value is None or value == "":
        return "is required" if column.required else ""
    if not _typed(value, column.type):
        return f"{value!r} is no {column.type}"
    if column.one_of and str(value) not in column.one_of:
        return f"{value!r} is not one of {', '.join(column.one_of)}"
    if column.pattern and not re.fullmatch(column.pattern, str(value)):
        return f"{value!r} does not read as {column.pattern}"
    if isinstance(value, (int, float)) and not (
        (column.low is None or value >= column.low) and (column.high is None or value <= column.high)
    ):
        return f"{value} is out of {column.low} to {column.high}"
    return ""


def _typed(value: object, wanted: Type) -> bool:
    match wanted:
        case "string":
            return isinstance(value, str)
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "number":
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "date":
            return isinstance(value, str) and _is_day(value)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
