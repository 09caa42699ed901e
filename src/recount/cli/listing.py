"""Which incidents a listing holds, in which order, and what each line says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, get_args

from recount import reconcile, records
from recount.cli import dossier, words
from recount.errors import WrongUse
from recount.records import Incident, Kind, Record

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Chosen(Record, frozen=True, kw_only=True):
    """The filters of a listing; None lets everything pass."""

    since: date | None = None
    until: date | None = None
    country: str | None = None
    place: str | None = None
    kind: Kind | None = None
    disputed: bool = False


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


def listed(ledger: Ledger, chosen: Chosen) -> Listing:
    """The incidents that pass the filters, by day, parts after their whole."""
    everything = list(ledger.incidents())
    ground = dossier.whole_ground(ledger)
    shorts = short_ids([i.id for i in everything])
    below = dossier.all_parts(everything)
    lines = []
    for incident, depth in in_order(everything):
        line = line_of(incident, depth, shorts[incident.id], ground, below.get(incident.id, ()))
        if passes(line, chosen):
            lines.append(line)
    return Listing(lines=tuple(lines), incidents=len(everything), statistics=sum(1 for _ in ledger.statistics()))


def line_of(incident: Incident, depth: int, short: str, ground: dossier.Ground, parts: Sequence[Incident]) -> Line:
    """The line of one incident."""
    cells = cells_of(incident, ground, parts)
    return Line(
        incident=incident, depth=depth, short=short, cells=cells, sources=count_sources(incident, ground, cells)
    )


def cells_of(incident: Incident, ground: dossier.Ground, parts: Sequence[Incident]) -> tuple[Cell, ...]:
    """What is claimed of an incident, by harm and side."""
    told, claims = ground.of((incident, *parts))
    rows = reconcile.summary(incident, told, claims, ground.reports, parts)
    marks = reconcile.timeline(incident, told, claims, ground.reports, parts)
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


def count_sources(incident: Incident, ground: dossier.Ground, cells: Sequence[Cell]) -> int:
    """Independent sources; where no figure tells, the number of reports."""
    told = max((cell.sources for cell in cells), default=0)
    return told or len({ground.event_reports[e].report for e in incident.event_reports if e in ground.event_reports})


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


def passes(line: Line, chosen: Chosen) -> bool:
    """Whether the line belongs to what was asked for. An unknown day passes no day filter."""
    incident = line.incident
    return (
        in_window(incident, chosen)
        and (chosen.country is None or (incident.country or "").upper() == chosen.country.upper())
        and (chosen.kind is None or incident.kind == chosen.kind)
        and (chosen.place is None or chosen.place.casefold() in place_names(incident))
        and (line.disputed or not chosen.disputed)
    )


def in_window(incident: Incident, chosen: Chosen) -> bool:
    """Whether the incident's days may touch the window asked for."""
    if chosen.since is None and chosen.until is None:
        return True
    first, last = incident.days.first, incident.days.last
    if first is None and last is None:
        return False
    return (chosen.since is None or (last or date.max) >= chosen.since) and (
        chosen.until is None or (first or date.min) <= chosen.until
    )


def place_names(incident: Incident) -> str:
    """All place names of an incident as one case-folded text."""
    names = [n for p in incident.places for n in (p.name, p.admin2, p.admin1)] + [incident.admin1]
    return " | ".join(n.casefold() for n in names if n)


def first_day(text: str | None) -> date | None:
    """The first day of "2026", "2026-02" or "2026-02-04"; WrongUse for anything else."""
    return None if text is None else _window(text)[0]


def last_day(text: str | None) -> date | None:
    """The last day of "2026", "2026-02" or "2026-02-04"; WrongUse for anything else."""
    return None if text is None else _window(text)[1]


def _window(text: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = (None if g is None else int(g) for g in found.groups())
        first = date(int(year or 0), month or 1, day or 1)
    except ValueError:
        raise WrongUse(f"{text!r} is not a day", "", "Write it as 2026-02-04, 2026-02 or 2026.") from None
    if day:
        return first, first
    following = date(first.year + 1, 1, 1) if month is None or month == 12 else date(first.year, month + 1, 1)
    return first, following - timedelta(days=1)


def known_kind(text: str | None) -> Kind | None:
    """The kind with this name; WrongUse names the nearest ones."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        if text == kind:
            return kind
    if text is None:
        return None
    near = get_close_matches(text, kinds, 1)
    hint = f"Did you mean {near[0]!r}? " if near else ""
    raise WrongUse(f"{text!r} is no kind of incident", "", f"{hint}There are: {', '.join(kinds)}.")


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
