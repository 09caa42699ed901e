"""The overview's questions to the index: which incidents pass the filters, how many, where, when, and what they add up to."""

from __future__ import annotations

import re
import sqlite3
from datetime import date
from typing import Literal

import msgspec

from recount.records import Record
from recount.values.texts import fold
from recount.web.index.entry import Card
from recount.web.index.hearing import HEARD, hear, match_of

Sort = Literal["day", "toll", "sources"]
PAGE = 50


class Chosen(Record, frozen=True):
    """The filters of the overview, as they stand in the address; empty ones let everything pass."""

    since: date | None = None
    until: date | None = None
    place: str = ""
    actor: str = ""
    speaker: str = ""
    kind: str = ""
    side: str = ""
    harm: str = ""
    disputed: bool = False
    unreviewed: bool = False
    q: str = ""
    at: str = ""
    """A point on the map: latitude and longitude with three decimals, as 26.002,63.048."""

    @property
    def any(self) -> bool:
        """Whether anything is filtered at all."""
        return self != Chosen()


class Counts(Record, frozen=True):
    """How many incidents pass, and how many of them are what."""

    incidents: int
    parts: int
    disputed: int
    open: int


class Total(Record, frozen=True):
    """The killed under one rule set, summed over the incidents that pass; `known` of them have a figure."""

    rule_set: str
    low: int
    best: int
    high: int
    known: int


class Spot(Record, frozen=True):
    """A place on the map: how many incidents, and one of them."""

    lat: float
    lon: float
    exact: bool
    n: int
    incident: str


class Day(Record, frozen=True):
    """A day or month of the calendar with its incidents."""

    day: str
    n: int
    disputed: int


Where = tuple[str, list[object]]
SUBTRACTS = frozenset({"ucdp"})
"""Rule sets whose figures of a whole leave out its parts, so that all incidents may be added."""


def where(connection: sqlite3.Connection, chosen: Chosen) -> Where:
    """The filters as SQL over `listing l` and its values. Days that may touch the window pass; no day passes none."""
    tests: list[str] = []
    values: list[object] = []

    def must(test: str, *with_values: object) -> None:
        tests.append(test)
        values.extend(with_values)

    if chosen.since:
        must("coalesce(l.last, l.first) >= ?", chosen.since.isoformat())
    if chosen.until:
        must("l.first <= ?", chosen.until.isoformat())
    if chosen.kind:
        must("l.kind = ?", chosen.kind)
    if chosen.disputed:
        must("l.disputed = 1")
    if chosen.unreviewed:
        must("l.open > 0")
    if found := re.fullmatch(r"(-?[0-9]{1,2}\.?[0-9]{0,6}),(-?[0-9]{1,3}\.?[0-9]{0,6})", chosen.at):
        must("l.lat = ? AND l.lon = ?", float(found[1]), float(found[2]))
    for facet in ("place", "actor", "speaker", "side", "harm"):
        value = fold(getattr(chosen, facet))
        if value:
            exact = facet in ("side", "harm")
            test = "value = ?" if exact else "value BETWEEN ? AND ?"
            must(
                f"l.incident IN (SELECT incident FROM facets WHERE facet = '{facet}' AND {test})",
                *([value] if exact else [value, value + "\U0010ffff"]),
            )
    if match := match_of(chosen.q):
        hear(connection, match)
        must(HEARD)
    return (" AND ".join(tests) or "1", values)


ORDERS: dict[Sort, str] = {
    "day": "l.first DESC, l.incident DESC",
    "toll": "l.high DESC, l.incident DESC",
    "sources": "l.sources DESC, l.incident DESC",
}


def cards(connection: sqlite3.Connection, chosen: Chosen, *, sort: Sort = "day", page: int = 1) -> list[Card]:
    """One page of the list; incidents without a day come last."""
    test, values = where(connection, chosen)
    ids = f"SELECT l.incident FROM listing l WHERE {test} ORDER BY {ORDERS[sort]} LIMIT ? OFFSET ?"
    rows = connection.execute(ids, [*values, PAGE, (page - 1) * PAGE]).fetchall()
    return cards_named(connection, [incident for (incident,) in rows])


def cards_named(connection: sqlite3.Connection, ids: list[str]) -> list[Card]:
    """The cards of these incidents, in this order; unknown ones are left out."""
    found = {}
    for incident in ids:
        row = connection.execute("SELECT body FROM cards WHERE incident = ?", (incident,)).fetchone()
        if row:
            found[incident] = msgspec.json.decode(row[0], type=Card)
    return list(found.values())


def counts(connection: sqlite3.Connection, chosen: Chosen) -> Counts:
    """How many incidents pass."""
    test, values = where(connection, chosen)
    ask = f"SELECT COUNT(*), TOTAL(l.part), TOTAL(l.disputed), TOTAL(l.open > 0) FROM listing l WHERE {test}"
    row = connection.execute(ask, values).fetchone()
    return Counts(incidents=row[0], parts=int(row[1]), disputed=int(row[2]), open=int(row[3]))


def total(connection: sqlite3.Connection, chosen: Chosen, rule_set: str) -> Total:
    """The sum of one rule set over incidents that count each person once: wholes, or all where parts are subtracted."""
    test, values = where(connection, chosen)
    once = "1" if rule_set in SUBTRACTS else "t.part = 0"
    sums = "TOTAL(t.low), TOTAL(t.best), TOTAL(t.high), COUNT(coalesce(t.best, t.low))"
    ask = f"SELECT {sums} FROM totals t WHERE t.rule_set = ? AND {once}"
    if chosen.any:
        ask += f" AND t.incident IN (SELECT l.incident FROM listing l WHERE {test})"
    low, best, high, known = connection.execute(ask, [rule_set, *(values if chosen.any else [])]).fetchone()
    return Total(rule_set=rule_set, low=int(low), best=int(best), high=int(high), known=known)


def figures_named(connection: sqlite3.Connection, ids: list[str], rule_set: str) -> dict[str, tuple[int | None, ...]]:
    """Low, best and high of the killed of these incidents under one rule set."""
    ask = "SELECT low, best, high FROM totals WHERE rule_set = ? AND incident = ?"
    rows = {i: connection.execute(ask, (rule_set, i)).fetchone() for i in ids}
    return {i: tuple(row) for i, row in rows.items() if row}


def spots(connection: sqlite3.Connection, chosen: Chosen, most: int = 2000) -> list[Spot]:
    """The places of the incidents that pass, the busiest first, at most `most`."""
    test, values = where(connection, chosen)
    ask = (
        f"SELECT l.lat, l.lon, l.exact, COUNT(*) AS n, MIN(l.incident) FROM listing l WHERE l.lat IS NOT NULL AND {test}"
        " GROUP BY l.lat, l.lon, l.exact ORDER BY n DESC LIMIT ?"
    )
    rows = connection.execute(ask, [*values, most])
    return [Spot(lat=lat, lon=lon, exact=bool(exact), n=n, incident=i) for lat, lon, exact, n, i in rows]


def days(connection: sqlite3.Connection, chosen: Chosen) -> list[Day]:
    """The incidents that pass by their first day, in order."""
    test, values = where(connection, chosen)
    ask = f"SELECT l.first, COUNT(*), TOTAL(l.disputed) FROM listing l WHERE l.first IS NOT NULL AND {test} GROUP BY l.first"
    return [Day(day=day, n=n, disputed=int(d)) for day, n, d in connection.execute(ask, values)]


def names(connection: sqlite3.Connection, facet: str, begin: str = "", most: int = 200) -> list[tuple[str, int]]:
    """Names of one facet with how many incidents have them, the commonest first."""
    begun = fold(begin)
    ask = (
        "SELECT shown, n FROM names WHERE facet = ? AND n > 0 AND value BETWEEN ? AND ? ORDER BY n DESC, value LIMIT ?"
    )
    return connection.execute(ask, (facet, begun, begun + "\U0010ffff", most)).fetchall()
