"""A country's full list in the format of GeoNames' dumps, compiled for offline use: 19 columns parted by tabs.

What is taken: the country, its first and second-order areas, and every populated place with its alternative names.
Source of the format: the readme of GeoNames' export files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from recount.errors import UnreadableInput
from recount.resolve.places_compile import MOST_AREAS, Builder, Row, usable
from recount.resolve.places_index import ADMIN1, ADMIN2, COUNTRY, SETTLEMENT

COLUMNS = 19
_AREAS = {"PCLI": COUNTRY, "PCLD": COUNTRY, "PCLS": COUNTRY, "TERR": COUNTRY, "ADM1": ADMIN1, "ADM2": ADMIN2}
_GONE = frozenset({"PPLH", "PPLQ", "PPLW"})  # historical, abandoned, destroyed
_ADVICE = "Give the text file of one country as GeoNames exports it (PK.txt, or PK.zip)."


class Compiled(NamedTuple):
    """A country ready to be written, and what it holds."""

    builder: Builder
    country: str
    areas: int
    settlements: int


class _Line(NamedTuple):
    row: Row
    code: str
    above: str
    also: list[str]


def compile_dump(lines: Iterable[str], source: str) -> Compiled:
    """The places of a dump; `source` names it in errors. UnreadableInput where it is no dump of one country."""
    told = [line for number, text in enumerate(lines, 1) if (line := _line(text, f"{source}:{number}"))]
    countries = {line.row.country for line in told if line.row.level != COUNTRY}
    if len(countries) != 1:
        what = f"it holds places of {len(countries)} countries" if countries else "it holds no places"
        raise UnreadableInput(what, source, _ADVICE)
    country, builder, rows = countries.pop(), Builder(), dict[str, int]()
    areas = sorted((line for line in told if line.row.level != SETTLEMENT), key=lambda line: line.row.level)
    if not areas or areas[0].row.level != COUNTRY:
        areas.insert(0, _Line(Row(name=country, country=country, level=COUNTRY), "", "", []))
    alternatives = {_add(builder, line, rows): line.also for line in areas[:MOST_AREAS]}
    alternatives |= {_add(builder, line, rows): line.also for line in told if line.row.level == SETTLEMENT}
    builder.settle_middles()
    builder.lend_names(alternatives)
    return Compiled(builder, country, len(areas) - 1, len(builder.rows) - len(areas))


def _add(builder: Builder, line: _Line, rows: dict[str, int]) -> int:
    """The row of a line, put under the smallest area that the dump names."""
    if line.row.level != COUNTRY:
        line.row.parent = next((rows[a] for a in (line.above, line.above.split(".")[0], "") if a in rows), 0)
    at = builder.add(line.row)
    if line.row.level != SETTLEMENT:
        rows.setdefault(line.code, at)
    for name in line.also:
        builder.index(at, name, own=False)
    return at


def _line(text: str, where: str) -> _Line | None:
    """One line of the dump; None for what is no country, area or settlement."""
    if not text.strip():
        return None
    cells = text.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise UnreadableInput(f"a line of {len(cells)} columns instead of {COLUMNS}", where, _ADVICE)
    level = _AREAS.get(cells[7], SETTLEMENT if cells[6] == "P" and cells[7] not in _GONE else None)
    if level is None:
        return None
    try:
        row = Row(
            name=cells[1], country=cells[8], level=level, geonameid=int(cells[0]), latitude=float(cells[4]),
            longitude=float(cells[5]), population=int(cells[14] or 0),
        )  # fmt: skip
    except ValueError as fault:
        raise UnreadableInput(f"a number that cannot be read: {fault}", where, _ADVICE) from None
    first, second = cells[10], f"{cells[10]}.{cells[11]}"
    code, above = {COUNTRY: ("", ""), ADMIN1: (first, ""), ADMIN2: (second, first)}.get(level, ("", second))
    return _Line(row, code, above, [name for name in {*cells[3].split(","), cells[2]} - {cells[1]} if usable(name)])
