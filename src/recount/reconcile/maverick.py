"""The three packaged models of eventreport: most conservative, most informative, most representative.

They aggregate tables with the columns of the MAVERICK event reports; ties go to the better source class, then to the
more certain report.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recount.reconcile import primitives as p
from recount.reconcile.aggregate import Group, column, grouped, is_numeric
from recount.reconcile.primitives import Cell, Ties

Model = Literal["conservative", "informative", "representative"]
TIES = ("source_classification", "certain")
SLOTS = range(1, 7)
ROLES = ("initiator", "perpetrator", "intervener", "bystander")
TITLES: dict[Model, str] = {
    "conservative": "Most-conservative",
    "informative": "Most-informative",
    "representative": "Most-representative",
}
ALWAYS_MODE = frozenset({"country", "election", "event_context", "target"})
GEOGRAPHY = frozenset({"city", "location", "latitude", "longitude", "geo_precision"})
NOT_AGGREGATED = frozenset({"event_id", "number_of_sources", "unit_of_analysis", "aggregation"})


def aggregate_maverick(rows: Group, model: Model, columns: Sequence[str]) -> list[dict[str, Cell]]:
    """One row an event with these columns, under the model; events sorted."""
    numeric = {c: is_numeric(rows, c) for c in columns if c in rows[0]}
    return [_event(event, group, model, columns, numeric) for event, group in grouped(rows, "event_id").items()]


def _event(event: str, group: Group, model: Model, columns: Sequence[str], numeric: dict[str, bool]) -> dict[str, Cell]:
    fixed: dict[str, Cell] = {
        "event_id": event,
        "number_of_sources": len(group),
        "unit_of_analysis": "Event",
        "aggregation": TITLES[model],
    }
    made: dict[str, Cell] = {}
    for name in columns:
        if name in NOT_AGGREGATED:
            made[name] = fixed[name]
        elif not _is_role(name):
            made[name] = _cell(group, name, model, numeric.get(name, False))
    made.update(_roles(group, made))
    return {name: made[name] for name in columns}


def _is_role(name: str) -> bool:
    return name.startswith("actor") and name.rsplit("_", 1)[-1] in ROLES


def _cell(group: Group, name: str, model: Model, numeric: bool) -> Cell:
    cells = column(group, name)
    ties: Ties = [column(group, tie) for tie in TIES]
    if name == "source":
        return p.combine_strings(cells)
    if name == "certain":
        return p.total([p.highest(column(group, f"certain{i}")) for i in SLOTS])
    if name.startswith("certain"):
        return p.highest(cells)
    if name in ALWAYS_MODE:
        return p.mode(cells, ties)
    if model == "representative":
        return _representative(name, cells, ties, numeric)
    return _bounded(group, name, model, cells, ties, numeric)


def _representative(name: str, cells: list[Cell], ties: Ties, numeric: bool) -> Cell:
    if name in ("date_start", "date_end"):
        return p.mode_date(cells)
    if name in ("displacement", "damage"):
        return p.mode_binary(cells)
    return p.mode_numeric(cells) if numeric else p.mode(cells, ties)


def _bounded(group: Group, name: str, model: Model, cells: list[Cell], ties: Ties, numeric: bool) -> Cell:
    """Least (and the widest window) for the conservative model, most (and the narrowest) for the informative one."""
    least = model == "conservative"
    if name == "date_end":
        return p.highest(cells) if least else p.lowest(cells)
    if name == "date_start" or _is_harm(name):
        return p.lowest(cells) if least else p.highest(cells)
    if name.endswith("_violence") and not least:
        return p.combine_strings(cells) if p.combine_strings(cells) != "NA" else None
    precision = column(group, "geo_precision" if name in GEOGRAPHY else f"{name.split('_')[0]}_precision")
    return (p.least_precise if least else p.most_precise)(cells, precision, ties, numeric=numeric)


def _is_harm(name: str) -> bool:
    return name.endswith("_victim") or name.startswith(("deaths_", "injuries_")) or name in ("displacement", "damage")


def _roles(group: Group, made: dict[str, Cell]) -> dict[str, Cell]:
    """Role flags by slot number: summed over the reports, then decided in a fixed order; None without an actor."""
    sums = {(i, role): p.total(column(group, f"actor{i}_{role}")) for i in SLOTS for role in ROLES}
    starts = [sums[i, "initiator"] for i in SLOTS]
    found: dict[str, Cell] = {}
    for i in SLOTS:
        if made[f"actor{i}"] is None:
            found.update({f"actor{i}_{role}": None for role in ROLES})
            continue
        initiates = sums[i, "initiator"] == max(starts) > 0 and starts.count(max(starts)) == 1
        perpetrates = sums[i, "perpetrator"] > 0 and sums[i, "bystander"] == 0
        intervenes = sums[i, "intervener"] > 0 and not initiates
        stands_by = sums[i, "bystander"] > 0 and not (initiates or perpetrates or intervenes)
        flags = (initiates, perpetrates, intervenes, stands_by)
        found.update({f"actor{i}_{role}": float(flag) for role, flag in zip(ROLES, flags, strict=True)})
    return found
