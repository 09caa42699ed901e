"""The aggregation rules of eventreport, one function each, as they behave (version 0.1.2).

A cell is text, a number or None (missing). Empty text is a value of its own, and so is a missing one wherever a rule
does not say that it drops it. "Indeterminate" is what that package calls an unresolved tie of texts; of numbers it is
None.
Source: van Baalen and Hoeglund 2026, doi:10.1093/isq/sqag014, and the R package of that name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from math import inf

Cell = str | float | None
Ties = Sequence[Sequence[Cell] | None]
INDETERMINATE = "Indeterminate"


def mode(cells: Sequence[Cell], ties: Ties = (), *, numeric: bool = False, na_text: bool = True) -> Cell:
    """The most frequent cell, missing ones included; `ties` are columns whose highest value decides, one after another.

    A tie column of another length is passed over; a missing value in it leaves the tie unresolved. The text "NA" is
    read as missing where `na_text` is true.
    """
    if not cells:
        return INDETERMINATE
    counted = Counter(cells)
    most = max(counted.values())
    left = {None if na_text and cell == "NA" else cell for cell, n in counted.items() if n == most}
    for tie in ties:
        if tie is not None and len(tie) == len(cells) and len(left) > 1:
            left = _winners(cells, tie, left)
    if len(left) == 1:
        return left.pop()
    return None if numeric else INDETERMINATE


def _winners(cells: Sequence[Cell], tie: Sequence[Cell], left: set[Cell]) -> set[Cell]:
    rows = [(cell, weight) for cell, weight in zip(cells, tie, strict=True) if cell in left]
    weights = [weight for _, weight in rows if isinstance(weight, (int, float))]
    if len(weights) < len(rows) or not rows:
        return set()
    best = max(weights)
    return {cell for cell, weight in rows if weight == best}


def mode_na_ignore(cells: Sequence[Cell], ties: Ties = ()) -> Cell:
    """The most frequent cell among those neither missing nor empty; "" where there is none."""
    kept = [i for i, cell in enumerate(cells) if cell not in (None, "")]
    if not kept:
        return ""
    cut = [None if t is None else [t[i] if i < len(t) else None for i in kept] for t in ties]
    return mode([cells[i] for i in kept], cut, na_text=False)


def mode_binary(cells: Sequence[Cell]) -> float | None:
    """The more frequent of 0 and 1, a tie being 1; None for any other or missing value, and for no rows."""
    if not cells or any(isinstance(cell, str) or cell not in (0, 1) for cell in cells):
        return None
    ones = sum(cell == 1 for cell in cells)
    return 1.0 if 2 * ones >= len(cells) else 0.0


def mode_numeric(cells: Sequence[Cell]) -> float | None:
    """The most frequent number, the smallest of equals, missing ones left out; None where none is left."""
    numbers = [float(f"{cell:.15g}") for cell in cells if isinstance(cell, (int, float))]
    if not numbers:
        return None
    counted = Counter(numbers)
    most = max(counted.values())
    return min(n for n in numbers if counted[n] == most)


def mode_date(cells: Sequence[Cell]) -> str | None:
    """The most frequent day (ISO); of several, their mean rounded down, which may be a day that no report gave."""
    days = [day for cell in cells if (day := _day(cell)) is not None]
    if not days:
        return None
    counted = Counter(days)
    most = max(counted.values())
    tied = [day for day in counted if counted[day] == most]
    return date.fromordinal(sum(tied) // len(tied)).isoformat()


def _day(cell: Cell) -> int | None:
    digits = re.sub(r"\D", "", cell) if isinstance(cell, str) else ""
    if len(digits) != 8:
        return None
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).toordinal()
    except ValueError:
        return None


def most_precise(cells: Sequence[Cell], precision: Sequence[Cell], ties: Ties = (), *, numeric: bool = False) -> Cell:
    """The mode among the rows of the highest precision, missing cells left out; None where nothing is left."""
    known = [p for p in precision if isinstance(p, (int, float))]
    kept = [i for i, p in enumerate(precision) if known and p == max(known) and cells[i] is not None]
    if not kept:
        return None
    return mode([cells[i] for i in kept], [None if t is None else [t[i] for i in kept] for t in ties], numeric=numeric)


def least_precise(cells: Sequence[Cell], precision: Sequence[Cell], ties: Ties = (), *, numeric: bool = False) -> Cell:
    """The mode among the rows of the lowest precision; rows without a precision vote as missing."""
    known = [p for p in precision if isinstance(p, (int, float))]
    if not known:
        return None
    kept = [i for i, p in enumerate(precision) if p is None or p == min(known)]

    def seen(column: Sequence[Cell]) -> list[Cell]:
        return [None if precision[i] is None else column[i] for i in kept]

    return mode(seen(cells), [None if t is None else seen(t) for t in ties], numeric=numeric)


def combine_strings(cells: Sequence[Cell]) -> str:
    """All texts joined by "; ", lists in them taken apart, each piece once; a missing cell is the piece "NA"."""
    pieces: dict[str, None] = {}
    for cell in dict.fromkeys(cells):
        if isinstance(cell, str) or cell is None:
            for piece in re.split(r";\s*", "NA" if cell is None else cell):
                if piece.strip() and piece != "Unknown":
                    pieces.setdefault(piece)
    return "; ".join(pieces)


def highest(cells: Sequence[Cell]) -> Cell:
    """The largest cell, missing ones left out; minus infinity where all are missing."""
    return max(_known(cells), default=-inf)  # type: ignore[type-var]  # a column is all text or all numbers


def lowest(cells: Sequence[Cell]) -> Cell:
    """The smallest cell, missing ones left out; infinity where all are missing."""
    return min(_known(cells), default=inf)  # type: ignore[type-var]


def total(cells: Sequence[Cell]) -> float:
    """The sum of the numbers, missing ones left out; 0 where all are missing."""
    return float(sum(cell for cell in cells if isinstance(cell, (int, float))))


def _known(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell is not None]
