"""Incidents as ACLED events: atomic by day and place, one number over all sides, 0 where nobody gives a figure."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date

from recount.assemble.kinds import table
from recount.export import entering as e
from recount.export.countries import Country, country
from recount.export.fates import Entry, numbers_of
from recount.export.ground import Dossier, Ground
from recount.export.schemas import schema
from recount.export.tables import Row
from recount.reconcile import Share
from recount.records import Actor, Record, Report, content_id
from recount.values.actors import UNNAMED
from recount.values.dates import acled_time_precision
from recount.values.kinds import CROWD, acled_type
from recount.values.places import acled_geo_precision

INTERS = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
)  # fmt: skip
UNARMED = frozenset({"Civilians", "Protesters"})
BOTH = frozenset({"Excessive force against protesters"})
PEACEFUL = frozenset({"Peaceful protest", "Protest with intervention", "Excessive force against protesters"})
NO_TYPE = "no ACLED type fits it"
NO_DAY = "its day is not known within a month, and ACLED does not record it"
NO_PLACE = "no place is known below the country, and ACLED does not record it"
NEGATIVE = "identified parts hold more than the whole: entered as 0"
MIDDLE = "a spell of days entered at its middle"
NO_POINT = "a place without a point or country is left out, and its share of the figure with it"


class Side(Record, frozen=True):
    """One actor of an event as ACLED writes it."""

    name: str
    inter: str
    who: Actor | None = None


def entries(ground: Ground, rules: str = "acled") -> Mapping[str, Entry]:
    """What ACLED would enter for each incident of the ground, by its id."""
    return {i.id: entry(ground.dossier(i), ground, rules) for i in ground.incidents.values()}


def entry(dossier: Dossier, ground: Ground, rules: str = "acled") -> Entry:
    """The events of one incident, or why there is none."""
    if not dossier.event_reports:
        return Entry(missing="no report tells of it any more")
    code, home = acled_type(e.deed(dossier), table()).code, e.home(dossier)
    figs = tuple(f for f in e.figures_of(dossier, ground, rules) if f.harm == "killed")
    told = [s for s in e.rows_shared(dossier, ground, rules, figs) if s.side is None]
    missing = _missing(code, told, dossier, home)
    if missing or home is None:
        return Entry(missing=missing)
    sides = _sides(dossier, home, code or "")
    common = _common(dossier, ground, sides, code or "")
    rows = [row for share in told if (row := _row(share, dossier, ground, home, common)) is not None]
    if not rows:
        return Entry(missing=NO_PLACE)
    negative = any((s.best or 0) < 0 for s in told)
    spell = dossier.incident.days.precision not in ("day", "unknown") and not all(s.exact for s in told)
    whole = (dossier.incident.days.first, dossier.incident.days.last)
    return Entry(
        rows=tuple(rows),
        keys=tuple(str(row["event_id_cnty"]) for row in rows),
        figures=figs,
        numbers=numbers_of(rows, {("killed", None): ("fatalities",)}),
        days=whole if {str(d) for d in whole if d} <= {str(row["event_date"]) for row in rows} else (None, None),
        places=e.places_held([s.place for s in told if s.place]),
        names=e.names_held([s.who for s in sides if s and s.who]),
        notes=_notes((NEGATIVE, negative), (MIDDLE, spell), (NO_POINT, len(rows) < len(told))),
    )


def _notes(*notes: tuple[str, bool]) -> tuple[str, ...]:
    return tuple(note for note, holds in notes if holds)


def _missing(code: str | None, told: Sequence[Share], dossier: Dossier, home: Country | None) -> str:
    if code is None:
        return NO_TYPE
    if home is None or not home.iso or not told:
        return NO_PLACE
    if acled_time_precision(dossier.incident.days) is None or any(s.day is None for s in told):
        return NO_DAY
    return ""


def _row(share: Share, dossier: Dossier, ground: Ground, home: Country, common: Row) -> Row | None:
    place, day = share.place, share.day
    at = e.point_of(place, None)
    precision = acled_geo_precision(place) if place else None
    if place is None or day is None or at is None or precision is None:
        return None
    state = country(place.country) or home
    number = int(content_id("a", dossier.incident.id, day, place.name)[2:], 16) % 10**12
    given: Row = {
        **common,
        "event_id_cnty": f"{state.iso3}{number}",
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": acled_time_precision(dossier.incident.days) if not share.exact else 1,
        "iso": state.iso,
        "region": state.acled_region,
        "country": state.name,
        "admin1": place.admin1 or dossier.incident.admin1,
        "admin2": place.admin2,
        "location": place.name,
        "latitude": round(at[0], 4),
        "longitude": round(at[1], 4),
        "geo_precision": precision,
        "notes": f"{common['notes']} Fatalities: {share.reason}; {_stamp(share)}.",
        "fatalities": max(share.best or 0, 0),
    }
    return {column: given.get(column) for column in schema("acled").columns}


def _stamp(share: Share) -> str:
    from recount.export.running import stamp

    return stamp(share.rule_set)


def _common(dossier: Dossier, ground: Ground, sides: tuple[Side, Side | None], code: str) -> Row:
    one, other = sides
    kind = next(event for event, subs in table().acled.events.items() if code in subs)
    reports = e.reports_of(dossier, ground)
    at_civilians = kind == "Violence against civilians" or (
        kind not in ("Battles", "Strategic developments", "Protests")
        and "civilians" in {a.side for a in dossier.incident.targets}
    )
    return {
        "disorder_type": _disorder(kind, code),
        "event_type": kind,
        "sub_event_type": code,
        "actor1": one.name,
        "inter1": one.inter,
        "actor2": other.name if other else None,
        "inter2": other.inter if other else None,
        "interaction": _interaction(one, other),
        "civilian_targeting": "Civilians targeted" if at_civilians else None,
        "source": "; ".join(dict.fromkeys((r.outlet or r.name).replace(";", ",") for r in reports)),
        "notes": e.sentence(dossier),
        "timestamp": _timestamp(reports, dossier.incident.days.first),
    }


def _timestamp(reports: Sequence[Report], day: date | None) -> int:
    last = max((r.published for r in reports if r.published), default=day or date(1970, 1, 1))
    return max(calendar.timegm(last.timetuple()), 0)


def _disorder(kind: str, code: str) -> str:
    if kind == "Strategic developments":
        return kind
    if code in BOTH:
        return "Political violence; Demonstrations"
    demonstration = kind == "Protests" or code == "Violent demonstration"
    return "Demonstrations" if demonstration else "Political violence"


def _interaction(one: Side, other: Side | None) -> str:
    if other is None:
        return f"{one.inter} only"
    return "-".join(sorted((one.inter, other.inter), key=INTERS.index))


def _sides(dossier: Dossier, home: Country, code: str) -> tuple[Side, Side | None]:
    """Two actors. Their order means nothing to ACLED, except that the target of violence against civilians is second."""
    kind = next(event for event, subs in table().acled.events.items() if code in subs)
    found = [_side(a, home, code, kind) for a in e.parties(dossier)]
    found += [s for s in _of_tolls(dossier, home) if s.inter not in {f.inter for f in found}]
    found = list({s.name: s for s in reversed(found)}.values())[::-1]
    unarmed = [s for s in found if s.inter in UNARMED]
    armed = [s for s in found if s not in unarmed]
    if kind == "Battles":
        return _battle(armed, home)
    if kind == "Violence against civilians":
        doers = [_side(a, home, code, kind) for a in dossier.incident.actors]
        first = next((s for s in doers if s in armed), armed[0] if armed else _unnamed(home))
        return first, unarmed[0] if unarmed else Side(name=f"Civilians ({home.name})", inter="Civilians")
    if not armed and kind == "Explosions/Remote violence":
        armed = [_unnamed(home)]
    pair = (armed + unarmed)[:2] or [_unnamed(home)]
    return pair[0], pair[1] if len(pair) > 1 else None


def _battle(armed: Sequence[Side], home: Country) -> tuple[Side, Side]:
    """Both sides of a battle are armed: where only one is told, nobody in particular stands for the other."""
    first = armed[0] if armed else _unnamed(home)
    others = [s for s in armed if s.name != first.name]
    if others:
        return first, others[0]
    state = Side(name=f"Military Forces of {home.name}", inter="State forces")
    return first, _unnamed(home) if first.inter in ("State forces", "External/Other forces") else state


def _unnamed(home: Country) -> Side:
    return Side(name=f"Unidentified Armed Group ({home.name})", inter="Political militia")


def _of_tolls(dossier: Dossier, home: Country) -> list[Side]:
    """Parties that only the figures name: soldiers, fighters or civilians who came to harm."""
    hurt = {li.toll.side for t in dossier.event_reports for li in t.tolls if li.toll.count.high != 0}
    named = {
        "state_forces": Side(name=f"Military Forces of {home.name}", inter="State forces"),
        "armed_group": _unnamed(home),
        "civilians": Side(name=f"Civilians ({home.name})", inter="Civilians"),
    }
    return [side for name, side in named.items() if name in hurt]


def _side(actor: Actor, home: Country, code: str, kind: str) -> Side:
    name = e.named(actor)
    if actor.neutral == CROWD and kind in ("Riots", "Protests"):
        word = "Protesters" if code in PEACEFUL else "Rioters"
        return Side(name=f"{word} ({home.name})", inter=word, who=actor)
    if actor.side == "state_forces":
        state = country(actor.country) or home
        force = "Police" if "police" in name.casefold() else "Military"
        inter = "State forces" if state.iso3 == home.iso3 else "External/Other forces"
        return Side(name=f"{force} Forces of {state.name}", inter=inter, who=actor)
    if actor.side == "armed_group":
        unnamed = name in UNNAMED
        shown = f"Unidentified Armed Group ({home.name})" if unnamed else name
        return Side(name=shown, inter="Political militia" if unnamed else "Rebel group", who=actor)
    return Side(name=f"Civilians ({home.name})", inter="Civilians", who=actor)
