"""How much the reports of an event disagree, under the names that eventreport gave these measures.

Missing cells are a value for `dscore`, `mean_dscore` and `share_disagreement`, and are left out by all others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from math import ceil, floor, fsum, nan, sqrt

from recount.reconcile.aggregate import Group, column, grouped, is_numeric
from recount.reconcile.primitives import Cell

Scores = dict[str, float]


def dscore(rows: Group, by: str, variables: Sequence[str]) -> list[dict[str, Cell]]:
    """For each event, the number of distinct values less one, as columns `dscore_<variable>`."""
    return [
        {by: event, **{f"dscore_{v}": float(len(set(column(group, v))) - 1) for v in variables}}
        for event, group in grouped(rows, by).items()
    ]


def event_level_disagreement(rows: Group, by: str, variables: Sequence[str]) -> list[dict[str, Cell]]:
    """For each event, 1 less the share of the most frequent value among those that are not missing; None for none."""
    found: list[dict[str, Cell]] = []
    for event, group in grouped(rows, by).items():
        shares = {v: _modal_share(column(group, v)) for v in variables}
        found.append({by: event, **{v: None if share is None else 1 - share for v, share in shares.items()}})
    return found


def mean_dscore(rows: Group, by: str, variables: Sequence[str], *, normalize: bool = False) -> Scores:
    """The mean over events of `dscore`; with `normalize` divided by the number of distinct values in all rows."""
    means = _over_events(rows, by, variables, lambda cells: float(len(set(cells)) - 1))
    if not normalize:
        return means
    return {v: mean / len(set(column(rows, v))) for v, mean in means.items()}


def share_disagreement(rows: Group, by: str, variables: Sequence[str]) -> Scores:
    """The share of events with more than one distinct value."""
    return _over_events(rows, by, variables, lambda cells: float(len(set(cells)) > 1))


def modal_confidence(rows: Group, by: str, variables: Sequence[str]) -> Scores:
    """The mean over events of the most frequent value's share."""
    return _over_events(rows, by, variables, _modal_share)


def mean_sd(rows: Group, by: str, variables: Sequence[str]) -> Scores:
    """The mean over events of the sample standard deviation; events with fewer than two numbers are left out."""
    return _over_events(rows, by, variables, _sd)


def mean_range(rows: Group, by: str, variables: Sequence[str]) -> Scores:
    """The mean over events of the highest less the lowest number; an event with one report counts as 0."""
    return _over_events(rows, by, variables, _range)


def aggregation_diagnostics(rows: Group, by: str, variables: Sequence[str]) -> list[dict[str, str]]:
    """The six measures side by side, as text with two decimals, "" where one does not apply.

    The columns titled "(%)" hold shares of one, as the package has it.
    """
    numeric = [v for v in variables if is_numeric(rows, v)]
    columns = {
        "Mean divergence": mean_dscore(rows, by, variables),
        "Normalized divergence": mean_dscore(rows, by, variables, normalize=True),
        "Mean standard deviation": mean_sd(rows, by, numeric),
        "Mean range": mean_range(rows, by, numeric),
        "Share of events with disagreement (%)": share_disagreement(rows, by, variables),
        "Modal confidence (%)": modal_confidence(rows, by, variables),
    }
    return [{"Variable": v, **{title: _two_decimals(c.get(v, nan)) for title, c in columns.items()}} for v in variables]


def _over_events(
    rows: Group, by: str, variables: Sequence[str], measure: Callable[[Sequence[Cell]], float | None]
) -> Scores:
    groups = grouped(rows, by).values()
    return {v: _mean([measure(column(group, v)) for group in groups]) for v in variables}


def _mean(values: Sequence[float | None]) -> float:
    known = [v for v in values if v is not None]
    return fsum(known) / len(known) if known else nan


def _modal_share(cells: Sequence[Cell]) -> float | None:
    counted = Counter(cell for cell in cells if cell is not None)
    return max(counted.values()) / sum(counted.values()) if counted else None


def _sd(cells: Sequence[Cell]) -> float | None:
    numbers = [cell for cell in cells if isinstance(cell, (int, float))]
    if len(numbers) < 2:
        return None
    middle = fsum(numbers) / len(numbers)
    return sqrt(fsum((n - middle) ** 2 for n in numbers) / (len(numbers) - 1))


def _range(cells: Sequence[Cell]) -> float | None:
    numbers = [cell for cell in cells if isinstance(cell, (int, float))]
    return max(numbers) - min(numbers) if numbers else None


def _two_decimals(value: float) -> str:
    """R's rounding: the nearer of the two candidates in double arithmetic, the even digit when equally near."""
    if value != value:
        return ""
    low, high = floor(100 * value), ceil(100 * value)
    down, up = value - low / 100, high / 100 - value
    chosen = low if down < up or (down == up and low % 2 == 0) else high
    return f"{chosen / 100:.2f}"
