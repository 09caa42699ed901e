"""What an aggregate leaves when the incidents identified inside it are taken away (UCDP GED codebook 23.1, p. 22).

"In such cases fatalities in such identified events are subtracted": the operation keeps what no incident of its own
holds, so that the rows of an operation and its parts can be added.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from recount.reconcile.tellings import scopes
from recount.reconcile.totals import remainder
from recount.records import Figure, Incident

Whole = Callable[[Incident, Sequence[Incident]], list[Figure]]
Published = Mapping[str, date | None]


def identified(incident: Incident, parts: Sequence[Incident]) -> list[tuple[Incident, tuple[Incident, ...]]]:
    """The incidents directly inside an aggregate, each with those inside it; phases of the whole are none of them."""
    scoped = [(part, inside) for part, scope, inside in scopes(incident, parts)[1:] if scope == "part"]
    return [
        (part, tuple(below for below, inside in scoped if part.id in inside)) for part, above in scoped if not above
    ]


def less_parts(
    incident: Incident, rows: Sequence[Figure], parts: Sequence[Incident], whole: Whole, published: Published
) -> list[Figure]:
    """The rows of an aggregate, each less the rows of the incidents identified inside it. `whole` gives their rows."""
    inner = [(part, whole(part, below)) for part, below in identified(incident, parts)]
    return [_less(row, inner, published) for row in rows]


def _less(row: Figure, inner: Sequence[tuple[Incident, Sequence[Figure]]], published: Published) -> Figure:
    told = max((day for c in row.used if (day := published.get(c))), default=None)
    taken: list[Figure] = []
    later: dict[str, str] = {}
    for part, figures in inner:
        mine = [f for f in figures if (f.harm, f.side) == (row.harm, row.side) and f.best is not None]
        if told is not None and part.days.first is not None and part.days.first > told:
            later |= {c: f"happened after the figure of the whole was told on {told}" for f in mine for c in f.used}
        else:
            taken += mine
    if not taken or row.best is None:
        return replace(row, dropped=tuple((c, later.get(c, why)) for c, why in row.dropped))
    left = remainder(row.best, [f.best or 0 for f in taken])
    verdict = ": a contradiction, left as it is" if left.contradiction else ""
    claims = tuple(dict.fromkeys((*row.used, *(c for f in taken for c in f.used))))
    return replace(
        row,
        low=_minus(row.low, [f.low for f in taken]),
        best=left.value,
        high=_minus(row.high, [f.high for f in taken]),
        used=claims,
        dropped=tuple((c, later.get(c, why)) for c, why in row.dropped if c not in claims),
        reason=f"{row.reason}; less what {len(taken)} identified part(s) hold: {left.reason}{verdict}",
    )


def _minus(whole: int | None, parts: Sequence[int | None]) -> int | None:
    return None if whole is None else whole - sum(p or 0 for p in parts)
