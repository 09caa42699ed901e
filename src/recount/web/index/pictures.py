"""The data behind the pictures: incidents by place and month, tolls by side and month, who disagrees with whom."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from recount.web.index.listing import Chosen, spots, where

Row = dict[str, str | int | float | bool | None]
Rows = list[Row]
MOST_PAIRS = 400


def of_map(connection: sqlite3.Connection, chosen: Chosen) -> Rows:
    """Incidents by place: latitude, longitude, whether it is a point, how many."""
    return [
        {"latitude": s.lat, "longitude": s.lon, "exact": s.exact, "incidents": s.n} for s in spots(connection, chosen)
    ]


def of_months(connection: sqlite3.Connection, chosen: Chosen) -> Rows:
    """Incidents by month of their first day, and whether they are disputed."""
    test, values = where(connection, chosen)
    ask = (
        "SELECT l.month, l.disputed, COUNT(*) FROM listing l WHERE l.month IS NOT NULL AND "
        f"{test} GROUP BY l.month, l.disputed ORDER BY l.month, l.disputed"
    )
    rows = connection.execute(ask, values)
    return [{"month": month, "disputed": bool(disputed), "incidents": n} for month, disputed, n in rows]


def of_sides(connection: sqlite3.Connection, chosen: Chosen) -> Rows:
    """The killed by side and month: the lowest and highest standing claims added up, parts left inside their wholes."""
    test, values = where(connection, chosen)
    within = f" AND c.incident IN (SELECT l.incident FROM listing l WHERE {test})" if chosen.any else ""
    ask = (
        "SELECT c.month, c.side, TOTAL(c.low), TOTAL(coalesce(c.high, c.low)), COUNT(*) FROM cells c"
        f" WHERE c.harm = 'killed' AND c.part = 0 AND c.month IS NOT NULL{within}"
        " GROUP BY c.month, c.side ORDER BY c.month, c.side"
    )
    rows = connection.execute(ask, values if chosen.any else [])
    return [
        {"month": month, "side": side, "lowest": int(low), "highest": int(high), "incidents": n}
        for month, side, low, high, n in rows
    ]


def of_sources(connection: sqlite3.Connection, chosen: Chosen) -> Rows:
    """Disagreements by kind and by the two sources that give the figures, the most frequent first."""
    test, values = where(connection, chosen)
    within = f" WHERE d.incident IN (SELECT l.incident FROM listing l WHERE {test})" if chosen.any else ""
    ask = (
        f"SELECT d.kind, d.one, d.other, SUM(d.n) AS s FROM clashes d{within}"
        " GROUP BY d.kind, d.one, d.other ORDER BY s DESC, d.one, d.other, d.kind LIMIT ?"
    )
    rows = connection.execute(ask, [*(values if chosen.any else []), MOST_PAIRS])
    return [{"kind": kind, "one": one, "other": other, "disagreements": n} for kind, one, other, n in rows]


DATA: dict[str, Callable[[sqlite3.Connection, Chosen], Rows]] = {
    "map": of_map,
    "months": of_months,
    "sides": of_sides,
    "sources": of_sources,
}
"""The pictures by name, each with what fetches its data."""
COLUMNS: dict[str, tuple[str, ...]] = {
    "map": ("latitude", "longitude", "exact", "incidents"),
    "months": ("month", "disputed", "incidents"),
    "sides": ("month", "side", "lowest", "highest", "incidents"),
    "sources": ("kind", "one", "other", "disagreements"),
}
