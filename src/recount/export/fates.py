"""What becomes of every claim where a format enters incidents under a rule set: GED, ACLED, GTD and their like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from recount.export.ground import Dossier, Ground, claim_ids
from recount.export.losses import REJECTED, UNUSED, Fate, better, fate_of
from recount.export.schemas import Schema
from recount.export.tables import Row
from recount.reconcile import RuleSet
from recount.records import Actor, Claim, Days, Figure, Harm, Place, Property, Record, Side, Toll
from recount.values.counts import point
from recount.values.texts import fold

STATISTIC = "a figure over a period or over unnamed incidents, which is no event"
SPANNED = "the row holds the lowest and the highest claim that stands"
GENERAL = "a general allegation, about no incident"
NO_COLUMN: dict[Property, str] = {
    "evidence": "the format has no column for what is offered as proof",
    "scope": "the format has no column for what a figure spans",
    "incident_count": "the format has no column for a number of incidents",
    "attribution": "the format has no column for who blames whom",
    "kind": "the format's own type stands in its place",
}


class Entry(Record, frozen=True):
    """What a format enters for one incident, and which values can be read there.

    `keys` name the rows. `numbers` are the figures by harm and side (side None: all together). `missing` says why there
    is no row. `held` are further claims whose value is in the rows.
    """

    rows: tuple[Row, ...] = ()
    keys: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    numbers: Mapping[tuple[Harm, Side | None], frozenset[int]] = {}
    days: tuple[date | None, date | None] = (None, None)
    places: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    barred: Mapping[Side, str] = {}
    """Sides whose figures have no column here, with the reason."""
    missing: str = ""
    notes: tuple[str, ...] = ()


def fates(ground: Ground, entries: Mapping[str, Entry], form: Schema, rules: RuleSet) -> Iterator[Fate]:
    """One fate for each claim of the ground's reports."""
    found: dict[str, Fate] = {}
    for incident_id, entry in entries.items():
        dossier = ground.dossier(ground.incidents[incident_id])
        for fate in of_incident(entry, dossier, ground, form, rules):
            had = found.get(fate.claim)
            found[fate.claim] = better(had, fate) if had else fate
    for claim, reason in _unused(ground):
        had = found.get(claim.id)
        if had and had.where != "left_out":  # no other reason can say more
            yield had
        else:
            unused = fate_of(claim, "left_out", reason)
            yield better(unused, had) if had else unused


def of_incident(entry: Entry, dossier: Dossier, ground: Ground, form: Schema, rules: RuleSet) -> Iterator[Fate]:
    """The fates of the claims that the incident's own accounts rest on, and of those on who did it."""
    name = f"{rules.name} {rules.version}"
    used = {c for f in entry.figures for c in f.used}
    dropped = {c: why for f in entry.figures for c, why in f.dropped}
    again = {r: line.claim for e in dossier.event_reports for line in e.tolls for r in line.repeats}
    rows = "; ".join(entry.keys)
    own = dict.fromkeys(c for e in dossier.event_reports for c in claim_ids(e))
    blamed = dict.fromkeys(claim.id for _, claim in dossier.attributions if claim)
    for claim in (ground.claims[c] for c in (*own, *blamed) if c in ground.claims):
        where, reason = _fate(claim, entry, form, name, (again.get(claim.id, claim.id), used, dropped))
        yield fate_of(claim, where, reason, rows if where != "left_out" else "", dossier.incident.id)  # type: ignore[arg-type]


Chosen = tuple[str, set[str], Mapping[str, str]]


def _fate(claim: Claim, entry: Entry, form: Schema, rules: str, chosen: Chosen) -> tuple[str, str]:
    if entry.missing:
        return "left_out", entry.missing
    if claim.id in entry.held:
        return "in_file", ""
    if claim.property not in form.properties:
        return "left_out", NO_COLUMN.get(claim.property, "the format has no column for it")
    match claim.value:
        case Toll():
            return _toll(claim, claim.value, entry, form, rules, chosen)
        case Days():
            same = (claim.value.first, claim.value.last) == entry.days
            return ("in_file", "") if same else ("collapsed", "other days stand in the incident's rows")
        case Place():
            same = bool({fold(claim.value.name), _resolved(claim.value)} & entry.places)
            return ("in_file", "") if same else ("collapsed", "another place stands in the incident's rows")
        case Actor():
            same = bool({fold(claim.value.name), fold(claim.value.neutral or "")} & entry.names)
            return ("in_file", "") if same else ("collapsed", "another name stands for it in the incident's rows")
        case _:
            return "left_out", NO_COLUMN.get(claim.property, "the format has no column for it")


def _resolved(place: Place) -> str:
    return fold(place.candidates[0].name) if place.candidates else ""


def _toll(claim: Claim, toll: Toll, entry: Entry, form: Schema, rules: str, chosen: Chosen) -> tuple[str, str]:
    line, used, dropped = chosen
    if toll.harm not in form.harms:
        return "left_out", f"the format has no column for people {toll.harm}"
    if toll.side in entry.barred:
        return "left_out", entry.barred[toll.side]
    number = point(toll.count)
    if not entry.figures and entry.numbers:
        held = entry.numbers.get((toll.harm, toll.side), frozenset())
        return ("in_file", "") if number in held else ("collapsed", SPANNED)
    if line in used:
        read = entry.numbers.get((toll.harm, toll.side), frozenset()) | entry.numbers.get(
            (toll.harm, None), frozenset()
        )
        return ("in_file", "") if number in read else ("collapsed", f"goes into a sum or a share, under {rules}")
    why = dropped.get(line)
    if why == "is not chosen":
        return "collapsed", f"a competing value that is not chosen, under {rules}"
    return "left_out", f"{why}, under {rules}" if why else f"no figure is made of it, under {rules}"


def _unused(ground: Ground) -> Iterator[tuple[Claim, str]]:
    """Each claim with what is to be said of it as long as no incident uses it."""
    for coding in ground.codings.values():
        periods = {c for s in coding.statistics for c in (*s.claims, *(x for li in s.tolls for x in _all(li)))}
        general = {a.claim for a in coding.attributions if a.about is None}
        for claim in coding.claims:
            yield claim, STATISTIC if claim.id in periods else GENERAL if claim.id in general else UNUSED
    for claim in ground.rejected.values():
        yield claim, REJECTED


def _all(line: object) -> tuple[str, ...]:
    return (line.claim, *line.repeats)  # type: ignore[attr-defined]


def numbers_of(
    rows: Iterable[Row], columns: Mapping[tuple[Harm, Side | None], tuple[str, ...]]
) -> Mapping[tuple[Harm, Side | None], frozenset[int]]:
    """The figures that can be read in rows: those of each row, and their sum where a figure was shared out."""
    listed = list(rows)
    found: dict[tuple[Harm, Side | None], frozenset[int]] = {}
    for cell, names in columns.items():
        values = {name: [v for row in listed if isinstance(v := row[name], int)] for name in names}
        found[cell] = frozenset(n for read in values.values() for n in (*read, sum(read)) if read)
    return found
