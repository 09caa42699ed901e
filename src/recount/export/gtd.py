"""Incidents as rows of the Global Terrorism Database: 135 columns, cumulative totals shared out over linked incidents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from recount.assemble.kinds import table
from recount.export import entering as e
from recount.export.countries import country
from recount.export.fates import Entry, numbers_of
from recount.export.ground import Dossier, Ground
from recount.export.schemas import Schema, schema
from recount.export.tables import Row
from recount.reconcile import Share, disagreements
from recount.reconcile.figures import done_by_state
from recount.reconcile.shares import deal
from recount.records import Actor, Attribution, Figure, Harm, Place, Side, content_id
from recount.values.kinds import Deed, gtd_attack_type
from recount.values.naming import attribution_text
from recount.values.places import gtd_specificity, gtd_vicinity

STATE = "out of scope: an action of state forces, which GTD does not record"
NO_YEAR = "its year is not known"
NO_CLAIM = "GTD has room for who claimed an incident, not for this"
WEAPONS = (("chemical", 2), ("arson", 8), ("melee", 9), ("vehicle", 10))
SIX = frozenset({"suicide", "grenade", "ied", "aircraft", "drone", "ground_missile"})


class Numbers:
    """Twelve-digit event ids: the day and four digits made of incident and place, the next free ones where taken."""

    def __init__(self) -> None:
        self._taken: set[int] = set()

    def next(self, day: tuple[int, int, int], incident: str, place: str) -> int:
        """A number that this object has not given yet."""
        year, month, dayno = day
        head = (year * 10_000 + month * 100 + dayno) * 10_000
        wanted = int(content_id("t", incident, place)[2:], 16) % 10_000
        free = next(
            head + (wanted + i) % 10_000 for i in range(10_000) if head + (wanted + i) % 10_000 not in self._taken
        )
        self._taken.add(free)
        return free


def entries(ground: Ground, rules: str = "gtd", numbers: Numbers | None = None) -> Mapping[str, Entry]:
    """What GTD would enter for each incident of the ground, by its id. `numbers` is kept from ground to ground."""
    numbers = numbers or Numbers()
    shared = _shared(ground, rules)
    found = {
        i.id: _entry(ground.dossier(i), ground, rules, shared.get(i.id, []), numbers) for i in ground.incidents.values()
    }
    for family in _families(ground):
        ids = [int(str(row["eventid"])) for i in family if i in found for row in found[i].rows]
        for i in family:
            for row in found[i].rows if i in found else ():
                others = [n for n in ids if n != row["eventid"]]
                row["multiple"], row["related"] = int(bool(others)), ", ".join(map(str, others)) or None
    return found


def _shared(ground: Ground, rules: str) -> dict[str, list[Share]]:
    """The shares of killed by the incident that takes them: an operation's total goes to its parts."""
    found: dict[str, list[Share]] = {}
    for incident in ground.incidents.values():
        for share in e.rows_shared(ground.dossier(incident), ground, rules):
            found.setdefault(share.incident, []).append(share)
    return found


def _families(ground: Ground) -> Iterator[list[str]]:
    for incident in ground.incidents.values():
        if not ground.wholes(incident):
            yield [incident.id, *ground.below.get(incident.id, ())]


def _entry(dossier: Dossier, ground: Ground, rules: str, told: Sequence[Share], numbers: Numbers) -> Entry:
    if not dossier.event_reports:
        return Entry(missing="no report tells of it any more")
    if done_by_state(dossier.incident):
        return Entry(missing=STATE)
    if dossier.incident.days.first is None:
        return Entry(missing=NO_YEAR)
    deed = e.deed(dossier)
    kind = gtd_attack_type(deed, table())
    if kind.code is None:
        return Entry(missing=f"out of scope: {kind.reason}")
    figs = tuple(e.figures_of(dossier, ground, rules))
    rows = list(_rows(dossier, _common(dossier, ground, rules, kind.code, deed), told, figs, numbers))
    cells: dict[tuple[Harm, Side | None], tuple[str, ...]] = {
        ("killed", None): ("nkill",),
        ("killed", "armed_group"): ("nkillter",),
        ("wounded", None): ("nwound",),
        ("wounded", "armed_group"): ("nwoundte",),
        ("captured", "armed_group"): ("nperpcap",),
        ("abducted", None): ("nhostkid",),
    }
    claimed = {a.claim for a, _ in dossier.attributions if a.attribution.stance == "claims"}
    return Entry(
        rows=tuple(rows),
        keys=tuple(str(row["eventid"]) for row in rows),
        figures=figs,
        numbers=numbers_of(rows, cells),
        days=(dossier.incident.days.first, dossier.incident.days.last),
        places=e.places_held([s.place for s in told if s.place] or list(dossier.incident.places[:1])),
        names=e.names_held([*_groups(dossier)[:3], *dossier.incident.targets[:3]]),
        held=frozenset(claimed),
    )


def _groups(dossier: Dossier) -> list[Actor]:
    return list({e.named(a): a for a in reversed(dossier.incident.actors)}.values())[::-1]


def _rows(
    dossier: Dossier, common: Row, told: Sequence[Share], figs: Sequence[Figure], numbers: Numbers
) -> Iterator[Row]:
    slots: list[Place | None] = list({(s.place.name if s.place else ""): s.place for s in reversed(told)}.values())[
        ::-1
    ]
    slots = slots or [next(iter(dossier.incident.places), None)]
    form = schema("gtd")
    counts = _counts(told, figs, len(slots))
    for number, place in enumerate(slots):
        days = _days(dossier, place, told)
        given: Row = {
            **common,
            **days,
            **_where(place, dossier),
            **{name: values[number] for name, values in counts.items()},
        }
        day = (int(str(days["iyear"])), int(str(days["imonth"])), int(str(days["iday"])))
        given["eventid"] = numbers.next(day, dossier.incident.id, place.name if place else "")
        yield _whole(given, form)


def _whole(given: Row, form: Schema) -> Row:
    """All columns in their order, with the name of each code that has one beside it."""
    row: Row = {column: given.get(column) for column in form.columns}
    for column in form.column:
        if column.name.endswith("_txt") and column.one_of and column.name not in ("region_txt",):
            code = row.get(column.name[: -len("_txt")])
            row[column.name] = column.one_of[code - 1] if isinstance(code, int) and code > 0 else None
    return row


def _counts(told: Sequence[Share], figs: Sequence[Figure], slots: int) -> Mapping[str, list[int | None]]:
    """Figures by column, shared out over the rows: all sides, and the perpetrators among them."""
    found: dict[str, list[int | None]] = {}
    for name, side in (("nkill", None), ("nkillter", "armed_group")):
        mine = [s for s in told if s.side == side and s.best is not None]
        found[name] = list(deal(e.pairs_to_sum(mine, "best"), slots)) if mine else [None] * slots
    best = {(f.harm, f.side): f.best for f in figs}
    cells: tuple[tuple[str, Harm, Side | None, int | None], ...] = (
        ("nwound", "wounded", None, None),
        ("nwoundte", "wounded", "armed_group", None),
        ("nperpcap", "captured", "armed_group", -99),
        ("nhostkid", "abducted", None, None),
    )
    for name, harm, side, unknown in cells:
        number = best.get((harm, side))
        found[name] = list(deal(number, slots)) if number is not None and number >= 0 else [unknown] * slots
    return found


def _days(dossier: Dossier, place: Place | None, told: Sequence[Share]) -> Row:
    first, last = dossier.incident.days.first or date.min, dossier.incident.days.last
    precision = dossier.incident.days.precision
    exact = precision == "day" or first == last
    month = exact or (precision in ("days", "week", "month") and (last or first).month == first.month)
    return {
        "iyear": first.year,
        "imonth": first.month if month else 0,
        "iday": first.day if exact else 0,
        "approxdate": None if exact else f"{first} to {last or 'unknown'}",
        "extended": int(not exact and precision == "days" and dossier.incident.kind in ("clash", "abduction", "riot")),
    }


def _where(place: Place | None, dossier: Dossier) -> Row:
    code = (place.country if place else None) or e.home_code(dossier)
    state = country(code)
    precise = gtd_specificity(place) if place else None
    known = place is not None and place.latitude is not None and precise not in (None, 5)
    city = place.name if place is not None and precise == 1 else "Unknown"
    regions = next(c.one_of for c in schema("gtd").column if c.name == "region_txt")
    return {
        "country": (state.gtd or None) if state else None,
        "country_txt": state.in_gtd if state else "Unknown",
        "region": state.region if state else None,
        "region_txt": regions[state.region - 1] if state else None,
        "provstate": (place.admin1 if place else None) or dossier.incident.admin1,
        "city": city,
        "latitude": round(place.latitude, 6) if known and place and place.latitude is not None else None,
        "longitude": round(place.longitude, 6) if known and place and place.longitude is not None else None,
        "specificity": precise or 5,
        "vicinity": gtd_vicinity(place) if place else 0,
        "location": f"{place.relation} {place.name}" if place and place.relation else None,
    }


def _common(dossier: Dossier, ground: Ground, rules: str, code: str, deed: Deed) -> Row:
    from recount.export.running import stamp

    groups = [e.named(a) for a in _groups(dossier) if a.side in ("armed_group", "unspecified")]
    weapons = _weapons(dossier.incident.kind, deed.means)
    sources = [
        f"“{r.headline or r.name},” {r.outlet or 'no outlet'}, {r.published or 'no day'}."
        for r in e.reports_of(dossier, ground)
    ]
    fixed = {"crit1": 1, "crit2": 1, "crit3": 1, "doubtterr": -9, "individual": 0, "nperps": -99, "property": -9}
    return {
        **fixed,
        **{f"INT_{part}": -9 for part in ("LOG", "IDEO", "MISC", "ANY")},
        "multiple": 0,
        "summary": e.sentence(dossier),
        "success": int(not deed.foiled),
        "suicide": int("suicide" in deed.means),
        "attacktype1": int(code),
        **_targets(dossier),
        **dict(zip(("gname", "gname2", "gname3"), groups or ["Unknown"], strict=False)),
        **_claims(dossier),
        **{f"weaptype{i}": weapon for i, weapon in enumerate(weapons[:4], 1)},
        "ishostkid": int(dossier.incident.kind == "abduction" or "hostage" in deed.means),
        "addnotes": _notes(dossier, ground, rules),
        **dict(zip(("scite1", "scite2", "scite3"), sources, strict=False)),
        "dbsource": stamp(rules),
    }


def _weapons(kind: str, means: frozenset[str]) -> list[int]:
    found = [6] if kind in ("bombing", "shelling", "airstrike") or means & SIX else []
    found += [5] if means & {"gunfire", "exchange", "targeted"} else []
    found += [number for name, number in WEAPONS if name in means]
    return found or [13]


def _targets(dossier: Dossier) -> Row:
    found: Row = {}
    named = {e.named(a): a for a in reversed(dossier.incident.targets)}
    targets = list(named.values())[::-1]
    found["targtype1"] = 20
    for i, actor in enumerate(targets[:3], 1):
        state = country(actor.country)
        found[f"targtype{i}"] = _targtype(actor)
        found[f"target{i}"] = e.named(actor)
        found[f"natlty{i}"] = (state.gtd or None) if state else None
        found[f"natlty{i}_txt"] = state.in_gtd if state else None
    return found


def _targtype(actor: Actor) -> int:
    match actor.side:
        case "state_forces":
            return 3 if "police" in e.named(actor).casefold() else 4
        case "civilians":
            return 14
        case "armed_group":
            return 17
        case _:
            return 20


def _claims(dossier: Dossier) -> Row:
    told: list[Attribution] = [a.attribution for a, _ in dossier.attributions]
    claimed = list(dict.fromkeys(t.accuser or "" for t in told if t.stance == "claims"))
    found: Row = {"claimed": 1 if claimed else 0 if any(t.stance == "no_claim" for t in told) else -9}
    if claimed:
        found["claimmode"] = 10
    for i in range(2, min(len(claimed), 3) + 1):
        found[f"claim{i}"], found[f"claimmode{i}"] = 1, 10
    found["compclaim"] = 1 if len(claimed) > 1 else None
    found["guncertain1"] = int(not claimed and any(t.stance == "alleges" for t in told))
    return found


def _notes(dossier: Dossier, ground: Ground, rules: str) -> str:
    from recount.export.running import stamp

    told = (dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    differ = [d.sentence for d in disagreements(*told)]
    said = [attribution_text(a.attribution) + "." for a, _ in dossier.attributions]
    return " ".join((*differ, *dict.fromkeys(said), f"Figures by {stamp(rules)}."))
