"""Incidents as rows of UCDP GED: one for each place, deaths by side, best always the sum of its four columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from recount.assemble.kinds import table
from recount.export import entering as e
from recount.export.countries import country, priogrid
from recount.export.fates import Entry, numbers_of
from recount.export.ground import Dossier, Ground
from recount.export.incidents import sources_of
from recount.export.schemas import schema
from recount.export.tables import Row
from recount.reconcile import Share
from recount.reconcile.shares import LASTING, deal
from recount.records import Actor, Days, Place, Record, Side, content_id
from recount.values.dates import ucdp_date_prec
from recount.values.kinds import Typed, ucdp_violence_type
from recount.values.places import ucdp_where_prec

SIDES: dict[Side, str] = {
    "state_forces": "deaths_a",
    "armed_group": "deaths_b",
    "civilians": "deaths_civilians",
    "unspecified": "deaths_unknown",
}
COLUMNS = tuple(schema("ged").columns)
ONE_SIDED = "people of the perpetrator's side have no column in one-sided violence"
NO_DEATH = "UCDP enters an event where at least one death is claimed"
NO_PLACE = "no place is known, not even the country"
NO_DAY = "neither a day of the event nor one of publication is known"
TAKEN_DAY = "no day is told: the three days up to the first report's day of publication (GED codebook, appendix 2)"


class Parties(Record, frozen=True):
    """The two sides of a row, with the Gleditsch-Ward number of each that is a state."""

    violence: int
    a: str
    b: str
    gwnoa: int | None = None
    gwnob: int | None = None


def entries(ground: Ground, rules: str = "ucdp") -> Mapping[str, Entry]:
    """What GED would enter for each incident of the ground, by its id."""
    return {i.id: entry(ground.dossier(i), ground, rules) for i in ground.incidents.values()}


def entry(dossier: Dossier, ground: Ground, rules: str = "ucdp") -> Entry:
    """The rows of one incident, or why there is none."""
    if not dossier.event_reports:
        return Entry(missing="no report tells of it any more")
    violence = ucdp_violence_type(e.deed(dossier, means=False), table())
    figs = tuple(f for f in e.figures_of(dossier, ground, rules) if f.harm == "killed")
    told = e.rows_shared(dossier, ground, rules, figs)
    days, taken = _days(dossier, ground)
    at = e.point_of(next(iter(dossier.incident.places), None), e.home_code(dossier))
    missing = _missing(violence, told, days, at is not None)
    if missing or days is None:
        return Entry(missing=missing or NO_DAY)
    sides = _parties(dossier, int(violence.code or 1))
    common = _common(dossier, ground, sides, days, e.speakers_of(figs, ground)) | {
        "source_article": _articles(dossier, ground, rules)
    }
    rows = list(_rows(dossier, sides, told, common))
    if not rows:
        return Entry(missing=NO_PLACE)
    by_side = {("killed", side): (name,) for side, name in SIDES.items()}
    return Entry(
        rows=tuple(rows),
        keys=tuple(str(row["id"]) for row in rows),
        figures=figs,
        numbers=numbers_of(rows, {**by_side, ("killed", None): ("low", "best", "high")}),  # type: ignore[dict-item]
        days=(days.first, days.last),
        places=e.places_held([s.place for s in told if s.place]),
        names=e.names_held([a for a in e.parties(dossier) if _side_name(a, dossier) in (sides.a, sides.b)]),
        barred=dict.fromkeys(("state_forces", "armed_group"), ONE_SIDED) if sides.violence == 3 else {},
        notes=(TAKEN_DAY,) if taken else (),
    )


def _missing(violence: Typed, told: Sequence[Share], days: Days | None, placed: bool) -> str:
    if violence.code is None:
        return f"out of scope: {violence.reason}"
    if not any((s.high or s.best or 0) != 0 for s in told):
        return NO_DEATH
    if days is None:
        return NO_DAY
    return "" if placed else NO_PLACE


def _days(dossier: Dossier, ground: Ground) -> tuple[Days | None, bool]:
    """The incident's days; where none is told, those that the codebook takes, and whether it had to."""
    days = dossier.incident.days
    if days.first is not None:
        return Days(first=days.first, last=days.last or days.first, precision=days.precision), False
    if days.last is not None:
        return Days(first=days.last, last=days.last, precision=days.precision), False
    published = min((r.published for r in e.reports_of(dossier, ground) if r.published), default=None)
    if published is None:
        return None, False
    return Days(first=published - timedelta(days=2), last=published, precision="days"), True


def _parties(dossier: Dossier, violence: int) -> Parties:
    actors = e.parties(dossier)
    states = [a for a in actors if a.side == "state_forces"]
    groups = list(dict.fromkeys(e.named(a) for a in actors if a.side == "armed_group"))
    home = e.home(dossier)
    if violence == 1:
        governments = list(dict.fromkeys(_government(a, dossier) for a in states)) or [_government(None, dossier)]
        rest = groups or governments[1:] or ["unidentified armed group"]
        other = next((a for a in states if _government(a, dossier) == rest[0]), None)
        first = states[0] if states else None
        return Parties(
            violence=1,
            a=governments[0],
            b=rest[0],
            gwnoa=_number(first, dossier),
            gwnob=_number(other, dossier) if other else None,
        )
    if violence == 2:
        two = [*groups, "unidentified armed group"][:2]
        return Parties(violence=2, a=two[0], b=two[-1])
    doers = [a for a in dossier.incident.actors if a.side in ("armed_group", "state_forces")]
    if doers and doers[0].side == "armed_group":
        return Parties(violence=3, a=e.named(doers[0]), b="Civilians")
    gwno = _number(doers[0] if doers else None, dossier) or (home.gw if home else None)
    return Parties(violence=3, a=_government(doers[0] if doers else None, dossier), b="Civilians", gwnoa=gwno or None)


def _government(actor: Actor | None, dossier: Dossier) -> str:
    state = country(actor.country if actor and actor.country else e.home_code(dossier))
    return f"Government of {state.in_ucdp}" if state else "Government"


def _number(actor: Actor | None, dossier: Dossier) -> int | None:
    state = country(actor.country if actor and actor.country else e.home_code(dossier))
    return state.gw or None if state else None


def _side_name(actor: Actor, dossier: Dossier) -> str:
    if actor.side == "civilians":
        return "Civilians"
    return _government(actor, dossier) if actor.side == "state_forces" else e.named(actor)


def _rows(dossier: Dossier, sides: Parties, told: Sequence[Share], common: Row) -> Iterable[Row]:
    slots = list(dict.fromkeys((s.place.name if s.place else "", s.day) for s in told))
    places = {(s.place.name if s.place else "", s.day): s.place for s in told}
    deaths = _deaths(told, sides, len(slots))
    for number, slot in enumerate(slots):
        where = _where(places[slot], dossier)
        if where is not None:
            figures = {name: values[number] for name, values in deaths.items()}
            given: Row = {**common, **where, **figures}
            given["id"] = int(content_id("g", dossier.incident.id, slot[0])[2:], 16) % 10**15 or 1
            yield {column: given.get(column) for column in COLUMNS}


def _deaths(told: Sequence[Share], sides: Parties, slots: int) -> dict[str, list[int]]:
    """Deaths by column, shared out over the rows. What a total holds beyond the sides is of unknown side."""
    best: dict[str, int] = dict.fromkeys(SIDES.values(), 0)
    for share in told:
        if share.side is not None and share.side != "unspecified":
            best[SIDES[share.side]] += share.best or 0
    total = [s for s in told if s.side is None]
    known = sum(best.values())
    best["deaths_unknown"] = e.pairs_to_sum(total, "best") - known
    low, high = (e.pairs_to_sum(total, bound) for bound in ("low", "high"))
    if sides.violence == 3:
        for side in ("state_forces", "armed_group"):
            mine = [s for s in told if s.side == side]
            low, high = low - e.pairs_to_sum(mine, "low"), high - e.pairs_to_sum(mine, "high")
            best[SIDES[side]] = 0
    elif sides.violence == 2:
        best["deaths_unknown"] += best["deaths_a"] + best["deaths_b"]
        best["deaths_a"] = best["deaths_b"] = 0
    found, start = {}, 0
    for name, number in best.items():
        found[name] = _over(number, slots, start)
        start += max(number, 0)
    found["best"] = [sum(values[i] for values in found.values()) for i in range(slots)]
    found["high"], found["low"] = _over(high, slots), _over(low, slots)
    return found


def _over(number: int, slots: int, start: int = 0) -> list[int]:
    return deal(number, slots, start) if number >= 0 else [number, *[0] * (slots - 1)]


def _where(place: Place | None, dossier: Dossier) -> Row | None:
    code = e.home_code(dossier)
    state = country(place.country if place and place.country else code)
    at = e.point_of(place, code)
    if at is None:
        return None
    latitude, longitude = round(at[0], 6), round(at[1], 6)
    known = place if place is not None and place.latitude is not None else None
    name = known.name if known else state.in_ucdp if state else (code or "")
    return {
        "where_prec": (ucdp_where_prec(known) or 5) if known else 6,
        "where_coordinates": name,
        "where_description": f"{known.relation} {known.name}"
        if known and known.relation
        else place.name
        if place
        else None,
        "adm_1": (known.admin1 if known else None) or dossier.incident.admin1,
        "adm_2": known.admin2 if known else None,
        "latitude": latitude,
        "longitude": longitude,
        "geom_wkt": f"POINT ({longitude} {latitude})",
        "priogrid_gid": priogrid(latitude, longitude),
        "country": state.in_ucdp if state else None,
        "country_id": (state.gw or None) if state else None,
        "region": state.ucdp_region if state else None,
    }


def _articles(dossier: Dossier, ground: Ground, rules: str) -> str:
    """Each report in one line, and what made the figures."""
    from recount.export.running import stamp

    told = [f"{r.outlet or r.name},{r.published or ''},{r.headline or r.name}" for r in e.reports_of(dossier, ground)]
    return e.joined([*told, stamp(rules)])


def _common(dossier: Dossier, ground: Ground, sides: Parties, days: Days, speakers: Sequence[str]) -> Row:
    first, last = days.first or date.min, days.last or days.first or date.min
    home, dyad, sources = e.home(dossier), f"{sides.a} - {sides.b}", e.reports_of(dossier, ground)
    spell = first != last and dossier.incident.kind in LASTING
    return {
        "year": first.year,
        "code_status": "Clear",
        "type_of_violence": sides.violence,
        "conflict_name": home.in_ucdp if home and sides.violence == 1 else dyad,
        "dyad_name": dyad,
        "side_a": sides.a,
        "side_b": sides.b,
        "number_of_sources": sources_of(dossier, ground),
        "source_office": e.joined(list(dict.fromkeys(r.outlet for r in sources if r.outlet))),
        "source_date": ";".join(r.published.isoformat() if r.published else e.NO_DAY for r in sources),
        "source_headline": e.joined([r.headline for r in sources if r.headline]),
        "source_original": e.joined(speakers),
        "event_clarity": 2 if dossier.parts or spell or days.precision in ("week", "month", "year") else 1,
        "date_prec": ucdp_date_prec(days),
        "date_start": first.isoformat(),
        "date_end": last.isoformat(),
        "gwnoa": sides.gwnoa,
        "gwnob": sides.gwnob,
    }
