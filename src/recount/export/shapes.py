"""How a format that enters incidents is written: its columns, what it enters, and its text from head to tail."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from recount.export import tables
from recount.export.schemas import Schema, schema
from recount.records import Record

if TYPE_CHECKING:
    from recount.export.fates import Entry
    from recount.export.ground import Ground

Enter = Callable[["Ground"], Mapping[str, "Entry"]]


class Shape(Record, frozen=True):
    """One format. `render` makes text of rows; `between` stands between two such texts."""

    form: Schema
    enter: Enter
    render: Callable[[Sequence[tables.Row]], str]
    head: str
    between: str = ""
    tail: str = ""


def shape(name: str, rules: str) -> Shape:
    """The format `ged`, `acled`, `gtd`, `incidents.csv`, `incidents.jsonl`, `incidents.geojson` or `incidents.hxl`."""
    what, _, kind = name.partition(".")
    if what == "incidents":
        return _incidents(kind, rules)
    if what in ("ftm", "ftm-statements"):
        return _ftm(what, rules)
    module = import_module(f"recount.export.{what}")
    enter = partial(module.entries, rules=rules)
    if what == "gtd":
        enter = partial(enter, numbers=module.Numbers())
    form = schema(what)
    if what == "plover":
        return Shape(form=form, enter=enter, render=_json, head="")
    return Shape(form=form, enter=enter, render=partial(_csv, columns=form.columns), head=_header(form.columns))


def _incidents(kind: str, rules: str) -> Shape:
    from recount.export import incident_entries as i
    from recount.export.incidents import CSV_COLUMNS

    form, enter = i.form(), partial(i.entries, rules=rules)
    match kind:
        case "jsonl":
            return Shape(form=form, enter=enter, render=i.json_text, head="")
        case "hxl":
            return Shape(form=form, enter=enter, render=i.csv_text, head=i.hxl_head())
        case "geojson":
            head = '{"type": "FeatureCollection", "features": [\n'
            return Shape(form=form, enter=enter, render=i.feature_text, head=head, between=",\n", tail="\n]}\n")
        case _:
            return Shape(form=form, enter=enter, render=i.csv_text, head=_header(CSV_COLUMNS))


def _ftm(what: str, rules: str) -> Shape:
    from recount.export import ftm

    enter, once = partial(ftm.entries, rules=rules), ftm.Once()
    if what == "ftm":
        return Shape(form=ftm.form(), enter=enter, render=once.json_text, head="")
    return Shape(form=ftm.form(), enter=enter, render=once.statement_text, head=ftm.statement_head())


def _json(rows: Sequence[tables.Row]) -> str:
    """JSON Lines without empty cells."""
    out = io.StringIO(newline="")
    tables.write_jsonl(({k: v for k, v in row.items() if v not in (None, [], {})} for row in rows), out)
    return out.getvalue()


def _header(columns: tables.Columns) -> str:
    out = io.StringIO(newline="")
    tables.write_csv([], columns, out)
    return out.getvalue()


def _csv(rows: Sequence[tables.Row], columns: tables.Columns) -> str:
    out = io.StringIO(newline="")
    tables.write_rows(rows, columns, out)
    return out.getvalue()
