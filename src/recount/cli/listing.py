"""The lines of a listing of incidents: their order, and what each says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from recount import reconcile, records
from recount.cli import words
from recount.records import Incident, Record

if TYPE_CHECKING:
    from recount.export.ground import Dossier, Ground
    from recount.store.contract import Ledger


class Cell(Record, frozen=True, kw_only=True):
    """What is claimed of one harm to one side.

    `low` and `high` span the claims that no later one revised; `first` is the figure first published, where it was
    revised since. `sources` counts independent origins.
    """

    harm: records.Harm
    side: records.Side
    low: int | None
    high: int | None
    first: int | None
    sources: int
    disputed: bool


class Line(Record, frozen=True, kw_only=True):
    """One line: an incident, how deep it stands below its operation, its shortest unambiguous id, and its cells."""

    incident: Incident
    depth: int
    short: str
    cells: tuple[Cell, ...]
    sources: int

    @property
    def disputed(self) -> bool:
        """Whether any of its figures is disputed."""
        return any(cell.disputed for cell in self.cells)


class Listing(Record, frozen=True, kw_only=True):
    """The lines of a listing, and how many incidents and statistics (never listed as incidents) the ledger holds."""

    lines: tuple[Line, ...]
    incidents: int
    statistics: int


def listed(ledger: Ledger, passes: Callable[[Line], bool], on_done: Callable[[int], None] | None = None) -> Listing:
    """The incidents whose lines pass, by day, parts after their whole; `on_done` hears how many are looked at."""
    from recount.export.pieces import grounds

    ordered = in_order(list(ledger.incidents()))
    depths = {incident.id: depth for incident, depth in ordered}
    shorts = short_ids(list(depths))
    lines: dict[str, Line] = {}
    done = 0
    for ground in grounds(ledger):
        for incident in (i for i in ground.incidents.values() if i.id in depths):
            line = line_of(incident, depths[incident.id], shorts[incident.id], ground)
            if passes(line):
                lines[incident.id] = line
        done += len(ground.incidents)
        if on_done:
            on_done(done)
    return Listing(
        lines=tuple(lines[incident.id] for incident, _ in ordered if incident.id in lines),
        incidents=len(ordered),
        statistics=sum(1 for _ in ledger.statistics()),
    )


def line_of(incident: Incident, depth: int, short: str, ground: Ground) -> Line:
    """The line of one incident."""
    found = ground.dossier(incident)
    cells = cells_of(found, ground)
    return Line(incident=incident, depth=depth, short=short, cells=cells, sources=count_sources(found, cells))


def cells_of(found: Dossier, ground: Ground) -> tuple[Cell, ...]:
    """What is claimed of an incident, by harm and side."""
    told = (found.incident, found.all_event_reports, found.claims, ground.reports, found.parts)
    rows = reconcile.summary(*told)
    marks = reconcile.timeline(*told)
    firsts = {(m.toll.harm, m.toll.side): m.toll.count for m in reversed(marks) if m.change == "first"}
    return tuple(
        Cell(
            harm=row.harm,
            side=row.side,
            low=row.low,
            high=row.high,
            first=revised(firsts.get((row.harm, row.side)), row.low, row.high),
            sources=row.sources,
            disputed=row.disputed,
        )
        for row in rows
    )


def revised(first: records.Count | None, low: int | None, high: int | None) -> int | None:
    """The figure first published, where the claims that stand leave it out; None where they still hold it."""
    number = None if first is None else first.low if first.low is not None else first.high
    if number is None or ((low is None or low <= number) and (high is None or number <= high)):
        return None
    return number


def count_sources(found: Dossier, cells: Sequence[Cell]) -> int:
    """Independent sources; where no figure tells, the number of reports."""
    told = max((cell.sources for cell in cells), default=0)
    return told or len({e.report for e in found.event_reports})


def in_order(everything: Sequence[Incident]) -> list[tuple[Incident, int]]:
    """Each incident with its depth: the ledger's order by day, each whole followed by its parts."""
    below: dict[str | None, list[Incident]] = {}
    known = {i.id for i in everything}
    for incident in everything:
        below.setdefault(incident.part_of if incident.part_of in known else None, []).append(incident)
    found: list[tuple[Incident, int]] = []
    waiting = [(i, 0) for i in reversed(below.get(None, []))]
    while waiting:
        incident, depth = waiting.pop()
        found.append((incident, depth))
        waiting += [(part, depth + 1) for part in reversed(below.get(incident.id, []))]
    return found


def short_ids(ids: Sequence[str], least: int = 6) -> dict[str, str]:
    """For each id its shortest beginning, of at least `least` letters, that no other one of them shares."""
    length = least
    while len({i[:length] for i in ids}) < len(set(ids)):
        length += 1
    return {i: i[:length] for i in ids}


def as_dict(found: Listing) -> dict[str, Any]:
    """The listing for `--json`: stable keys, ids in full, days and countries in ISO form."""
    return {
        "incidents": [line_dict(line) for line in found.lines],
        "incidents_in_ledger": found.incidents,
        "statistics_in_ledger": found.statistics,
    }


def line_dict(line: Line) -> dict[str, Any]:
    """One incident for `--json`."""
    i = line.incident
    return {
        "id": i.id,
        "part_of": i.part_of,
        "label": i.label,
        "kind": i.kind,
        "date_from": i.days.first,
        "date_to": i.days.last,
        "date_precision": i.days.precision,
        "country": i.country,
        "admin1": i.admin1,
        "places": [p.name for p in i.places],
        "actors": [words.actor_name(a) for a in i.actors],
        "targets": [words.actor_name(a) for a in i.targets],
        "tolls": list(line.cells),
        "sources": line.sources,
        "disputed": line.disputed,
        "event_reports": list(i.event_reports),
    }
