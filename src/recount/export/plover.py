"""Accounts of incidents as PLOVER records, and who blames whom as ACCUSE and REJECT, in JSON Lines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from recount.assemble.kinds import table, types_of
from recount.export import entering as e
from recount.export.countries import country
from recount.export.fates import Entry
from recount.export.ground import Dossier, Ground, claim_ids
from recount.export.running import stamp
from recount.export.schemas import schema
from recount.export.tables import Row
from recount.reconcile import figures
from recount.records import Actor, Attributed, Attribution, Claim, EventReport, Figure, Harm, Place, Report, Side
from recount.values.actors import UNNAMED

SECTORS: dict[Side, str] = {"state_forces": "MIL", "armed_group": "REB", "civilians": "CVL", "unspecified": "UNK"}
SIZES: dict[Harm, str] = {"killed": "dead", "wounded": "injured", "captured": "arrested"}
BLAME = {"alleges": ("ACCUSE", "allege"), "denies": ("REJECT", None)}
LEVELS = {"point": 5, "settlement": 4, "near": 4, "district": 3, "province": 2, "region": 2, "country": 1}
NO_DAY = "PLOVER asks for a day, and none is told"
NO_TYPE = "no PLOVER category fits it"


def entries(ground: Ground, rules: str = "representative") -> Mapping[str, Entry]:
    """The records of each incident of the ground, by its id."""
    return {i.id: _entry(ground.dossier(i), ground, rules) for i in ground.incidents.values()}


def _entry(dossier: Dossier, ground: Ground, rules: str) -> Entry:
    if not dossier.event_reports:
        return Entry(missing="no report tells of it any more")
    rows: list[Row] = []
    used: list[Figure] = []
    numbers: dict[tuple[Harm, Side | None], frozenset[int]] = {}
    for told in dossier.event_reports:
        figs = _figures(told, dossier, ground, rules)
        row = _record(told, dossier, ground, figs, rules)
        if row is not None:
            rows.append(row)
            used += figs
    for harm, name in SIZES.items():
        sizes: list[Any] = [row["size"] for row in rows]
        numbers[harm, None] = frozenset(size[name] for size in sizes if size and name in size)
    if not rows:
        return Entry(missing=NO_DAY if dossier.incident.days.first is None else NO_TYPE)
    blamed = [(a, c) for a, c in dossier.attributions if c and a.attribution.stance in BLAME]
    accusing = [row for a, c in blamed if c and (row := _blame(a, c, ground, rules)) is not None]
    return Entry(
        rows=(*rows, *accusing),
        keys=tuple(str(row["id"]) for row in (*rows, *accusing)),
        figures=tuple(used),
        numbers=numbers,
        days=(dossier.incident.days.first, dossier.incident.days.last),
        places=e.places_held([p for t in dossier.event_reports for p in t.places[:1]]),
        names=e.names_held([a for t in dossier.event_reports for a in (*t.actors, *t.targets)]),
        held=frozenset(str(row["id"]) for row in accusing),
    )


def _figures(told: EventReport, dossier: Dossier, ground: Ground, rules: str) -> list[Figure]:
    """What the rule set makes of this report alone."""
    alone = replace(dossier.incident, event_reports=(told.id,), part_of=None)
    claims = [ground.claims[c] for c in claim_ids(told) if c in ground.claims]
    return figures(alone, [told], claims, ground.reports, rules=rules)


def _record(told: EventReport, dossier: Dossier, ground: Ground, figs: list[Figure], rules: str) -> Row | None:
    code = types_of(told).plover.code
    if code is None or told.days.first is None or code not in table().plover.order:
        return None
    category, _, mode = code.partition("-")
    report = ground.reports[told.report]
    size = {SIZES[f.harm]: f.best for f in figs if f.side is None and f.harm in SIZES and f.best is not None}
    spans = [ground.claims[c] for c in claim_ids(told) if c in ground.claims]
    given: dict[str, Any] = {
        "id": told.id,
        "date": told.days.first.isoformat(),
        "enddate": told.days.last.isoformat() if told.days.last and told.days.last != told.days.first else None,
        "actor": [_party(a, told.country) for a in told.actors] or [{"name": "unknown", "sector": "UNK"}],
        "recipient": [_party(a, told.country) for a in told.targets],
        "event": [category],
        "mode": mode or None,
        "context": ["historical"] if told.role == "background" else [],
        "size": size or None,
        "event_loc": _place(told.places[0]) if told.places else None,
        "event_text": "; ".join(dict.fromkeys(line.quote for line in told.tolls if line.quote)) or told.label,
        "link": [other.id for other in dossier.event_reports if other.id != told.id],
        "text_info": {"start": min(c.start for c in spans), "end": max(c.end for c in spans)} if spans else None,
        "cite_info": _cited(report),
        "coder": stamp(rules),
        "comment": f"incident {dossier.incident.id}",
    }
    return {column: given.get(column) for column in schema("plover").columns}


def _blame(told: Attributed, claim: Claim, ground: Ground, rules: str) -> Row | None:
    """An allegation or denial as a record of its own, dated by its report; None without a day of publication."""
    report = ground.reports[claim.report]
    if report.published is None:
        return None
    category, mode = BLAME[told.attribution.stance]
    given: dict[str, Any] = {
        "id": claim.id,
        "date": report.published.isoformat(),
        **_ends(told.attribution),
        "event": [category],
        "mode": mode,
        "context": [],
        "event_text": claim.quote,
        "link": [told.about] if told.about else [],
        "text_info": {"start": claim.start, "end": claim.end},
        "cite_info": _cited(report),
        "coder": stamp(rules),
    }
    return {column: given.get(column) for column in schema("plover").columns}


def _ends(told: Attribution) -> dict[str, Any]:
    return {
        "actor": [{"name": told.accuser or "unknown"}],
        "recipient": [{"name": told.accused}] if told.accused else [],
    }


def _party(actor: Actor, home: str | None) -> dict[str, object]:
    name = e.named(actor)
    state = country(actor.country or home)
    sector = SECTORS[actor.side]
    if actor.side == "state_forces" and "police" in name.casefold():
        sector = "COP"
    if actor.side == "armed_group" and name in UNNAMED:
        sector = "UAF"
    return {"name": name, "country": state.iso3 if state else None, "sector": sector}


def _place(place: Place) -> dict[str, object]:
    gazetteer = place.candidates[0].gazetteer_id if place.candidates else ""
    return {
        "extracted_place": place.name,
        "resolved_place": place.candidates[0].name if place.candidates else None,
        "geonameid": gazetteer.removeprefix("gn:") if gazetteer.startswith("gn:") else None,
        "lat": place.latitude,
        "lon": place.longitude,
        "district": place.admin2,
        "province": place.admin1,
        "country_code": place.country,
        "resolution": LEVELS.get(place.level),
    }


def _cited(report: Report) -> dict[str, object]:
    return {
        "citation": report.name,
        "title": report.headline,
        "publication": report.outlet,
        "url": report.url,
        "language": report.language,
        "published": report.published.isoformat() if report.published else None,
        "report": report.id,
    }
