"""The filters of a listing: what was asked for, and whether a line belongs to it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from recount.errors import WrongUse
from recount.records import Incident, Kind, Record

if TYPE_CHECKING:
    from recount.cli.listing import Line


class Chosen(Record, frozen=True, kw_only=True):
    """The filters of a listing; None lets everything pass."""

    since: date | None = None
    until: date | None = None
    country: str | None = None
    place: str | None = None
    kind: Kind | None = None
    disputed: bool = False


def passes(chosen: Chosen, line: Line) -> bool:
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
