"""Rows of event reports to rows of events, with the arguments that eventreport's users know.

A table is a sequence of rows, a row a mapping from column to text, number or None. Each column is aggregated by itself,
so an event's row may combine values that no single report gave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from recount.errors import WrongUse
from recount.reconcile import primitives as p
from recount.reconcile.primitives import Cell, Ties

Row = Mapping[str, Cell]
Group = Sequence[Row]


def column(rows: Group, name: str) -> list[Cell]:
    """One column of a group of rows; WrongUse where it is missing."""
    try:
        return [row[name] for row in rows]
    except KeyError:
        known = ", ".join(sorted(rows[0])[:12])
        raise WrongUse(f"the table has no column “{name}”", "", f"It has {known} and others") from None


def grouped(rows: Group, by: str) -> dict[str, list[Row]]:
    """Rows by the event that they tell of, events sorted, the order of rows kept."""
    groups: dict[str, list[Row]] = {}
    for row, event in zip(rows, column(rows, by), strict=True):
        groups.setdefault(str(event), []).append(row)
    return dict(sorted(groups.items()))


def is_numeric(rows: Group, name: str) -> bool:
    """Whether a column holds numbers (and perhaps missing cells)."""
    return any(isinstance(cell, (int, float)) for cell in column(rows, name))


def aggregate(
    rows: Group,
    by: str = "event_id",
    *,
    find_mode: Sequence[str] = (),
    find_mode_na_ignore: Sequence[str] = (),
    find_mode_bin: Sequence[str] = (),
    find_mode_date: Sequence[str] = (),
    find_mode_numeric: Sequence[str] = (),
    combine_strings: Sequence[str] = (),
    find_max: Sequence[str] = (),
    find_min: Sequence[str] = (),
    find_least_precise: Sequence[tuple[str, str]] = (),
    find_most_precise: Sequence[tuple[str, str]] = (),
    summarize_vars: Sequence[str] = (),
    tie_break: str | None = None,
    second_tie_break: str | None = None,
    name: str | None = None,
) -> list[dict[str, Cell]]:
    """One row an event, sorted by event, with `number_of_sources` and `unit_of_analysis`, as `aggregateData` returns.

    The precision rules take (column, precision column). Higher tie-break values win. WrongUse for an unknown column.
    """
    plain: list[tuple[Sequence[str], Callable[[list[Cell]], Cell]]] = [
        (find_mode_bin, p.mode_binary),
        (find_mode_date, p.mode_date),
        (find_mode_numeric, p.mode_numeric),
        (combine_strings, p.combine_strings),
        (find_max, p.highest),
        (find_min, p.lowest),
        (summarize_vars, p.total),
    ]
    steps: list[tuple[str, Callable[[Group], Cell]]] = []
    tied = [tie_break, second_tie_break]
    steps += [(v, partial(_tied, v, tied, numeric=is_numeric(rows, v))) for v in find_mode]
    steps += [(v, partial(_na_ignore, v, tied)) for v in find_mode_na_ignore]
    steps += [(v, partial(_plain, v, rule)) for names, rule in plain for v in names]
    for pairs, precise in ((find_least_precise, p.least_precise), (find_most_precise, p.most_precise)):
        steps += [(v, partial(_precise, v, q, tied, precise, numeric=is_numeric(rows, v))) for v, q in pairs]
    label: dict[str, Cell] = {} if name is None else {"aggregation": name}
    return [_event(by, event, group, steps) | label for event, group in grouped(rows, by).items()]


def _event(by: str, event: str, group: Group, steps: Sequence[tuple[str, Callable[[Group], Cell]]]) -> dict[str, Cell]:
    made: dict[str, Cell] = {by: event}
    made.update((name, step(group)) for name, step in steps)
    return made | {"number_of_sources": len(group), "unit_of_analysis": "Event"}


def _ties(group: Group, names: Sequence[str | None]) -> Ties:
    return [None if name is None else column(group, name) for name in names]


def _tied(name: str, ties: Sequence[str | None], group: Group, *, numeric: bool) -> Cell:
    return p.mode(column(group, name), _ties(group, ties), numeric=numeric)


def _na_ignore(name: str, ties: Sequence[str | None], group: Group) -> Cell:
    return p.mode_na_ignore(column(group, name), _ties(group, ties))


def _plain(name: str, rule: Callable[[list[Cell]], Cell], group: Group) -> Cell:
    return rule(column(group, name))


def _precise(
    name: str,
    precision: str,
    ties: Sequence[str | None],
    rule: Callable[..., Cell],
    group: Group,
    *,
    numeric: bool,
) -> Cell:
    return rule(column(group, name), column(group, precision), _ties(group, ties), numeric=numeric)
