"""What the writers of GED, ACLED and GTD ask of an incident: its type, its parties, its reports, its rows' shares."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recount.assemble.kinds import means_of
from recount.export.countries import Country, country, middle
from recount.export.ground import Dossier, Ground
from recount.export.page.wording import days_text
from recount.reconcile import Share, figures, shares
from recount.records import Actor, Figure, Place, Report
from recount.values.kinds import Deed, deed_of
from recount.values.texts import fold

NO_DAY = "1753-01-01"
"""What UCDP writes for a missing day of publication."""


def deed(dossier: Dossier, *, means: bool = True) -> Deed:
    """Who did what to whom, as all accounts together say; by which means too, which takes longer to find out."""
    incident, told = dossier.incident, dossier.event_reports
    tolls = [(li.toll.harm, li.toll.side) for t in told for li in t.tolls if li.toll.count.high != 0]
    quotes = (li.quote for t in told for li in t.tolls)
    words = " ".join(dict.fromkeys((incident.label, *(t.label for t in told), *quotes))) if means else ""
    foiled = all(t.modality == "foiled" for t in told)
    by = means_of(words) if means else ()
    return deed_of(incident.kind, incident.actors, incident.targets, tolls, by, foiled=foiled)


def parties(dossier: Dossier) -> list[Actor]:
    """Everybody on either end, each neutral name once, doers first."""
    incident = dossier.incident
    return list({named(a): a for a in reversed((*incident.actors, *incident.targets))}.values())[::-1]


def named(actor: Actor) -> str:
    """The neutral name, or the name as written where the vocabulary has none."""
    return actor.neutral or actor.name


def names_held(actors: Sequence[Actor]) -> frozenset[str]:
    """Folded names, neutral and as written, of parties that a row names."""
    return frozenset(fold(name) for a in actors for name in (a.name, a.neutral or "") if name)


def places_held(places: Sequence[Place]) -> frozenset[str]:
    """Folded names, as written and as resolved, of places that rows name."""
    found = {fold(p.name) for p in places} | {fold(p.candidates[0].name) for p in places if p.candidates}
    return frozenset(found)


def home(dossier: Dossier) -> Country | None:
    """The incident's country, if the codebooks know it."""
    code = dossier.incident.country or next((p.country for p in dossier.incident.places if p.country), None)
    return country(code)


def home_code(dossier: Dossier) -> str | None:
    """Its ISO 3166 alpha-2."""
    return dossier.incident.country or next((p.country for p in dossier.incident.places if p.country), None)


def point_of(place: Place | None, code: str | None) -> tuple[float, float] | None:
    """Latitude and longitude of a place, else of the middle of its country."""
    if place is not None and place.latitude is not None and place.longitude is not None:
        return place.latitude, place.longitude
    return middle(code) if code else None


def reports_of(dossier: Dossier, ground: Ground) -> list[Report]:
    """The reports that tell of the incident or its parts, by day of publication, each once."""
    ids = dict.fromkeys(e.report for e in dossier.all_event_reports)
    found = [ground.reports[i] for i in ids if i in ground.reports]
    return sorted(found, key=lambda r: (r.published is None, r.published or date.max, r.id))


def rows_shared(dossier: Dossier, ground: Ground, rules: str, known: Sequence[Figure] | None = None) -> list[Share]:
    """The rows that the rule set's codebook would enter; see `reconcile.shares`. `known` are `figures_of` it."""
    told = (dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    return shares(*told, rules=rules, known=known)


def figures_of(dossier: Dossier, ground: Ground, rules: str) -> list[Figure]:
    """The incident's figures under a rule set."""
    return figures(
        dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts, rules=rules
    )


def speakers_of(figs: Sequence[Figure], ground: Ground) -> list[str]:
    """Who is quoted for the figures that are used, each once."""
    used = [ground.claims[c] for f in figs for c in f.used if c in ground.claims]
    return list(dict.fromkeys(c.speakers[0].name for c in used if c.speakers))


def joined(items: Sequence[str]) -> str:
    """Several values in one cell, as these codebooks join them."""
    return ";".join(item.replace(";", ",") for item in items)


def sentence(dossier: Dossier) -> str:
    """What happened in one neutral sentence: kind, parties, place, days."""
    incident = dossier.incident
    kind = "incident" if incident.kind == "other" else incident.kind
    by = f" by {', '.join(dict.fromkeys(named(a) for a in incident.actors))}" if incident.actors else ""
    at = f" against {', '.join(dict.fromkeys(named(a) for a in incident.targets))}" if incident.targets else ""
    where = ", ".join(p.name for p in incident.places) or incident.admin1 or "an unknown place"
    return f"{kind.capitalize()}{by}{at} in {where}, {days_text(incident.days)}."


def pairs_to_sum(rows: Sequence[Share], attribute: str) -> int:
    """The sum of one bound over shares, missing ones left out."""
    return sum(getattr(row, attribute) or 0 for row in rows)
