"""The HTTP API, reading: incidents, reports, claims, search, map, calendar and names."""

from __future__ import annotations

from datetime import date
from typing import Literal

from litestar import get
from litestar.params import FromPath, FromQuery

from recount import records as r
from recount.errors import NotFound
from recount.export.around import decided_codings, ground_around
from recount.export.page import views
from recount.reconcile import RULE_SETS
from recount.store import around
from recount.web.calling import Called, Id, PageNumber, TheDesk, Words, in_thread
from recount.web.choosing import chosen_of
from recount.web.index import listing, search
from recount.web.index.entry import Card
from recount.web.index.listing import Chosen, Counts, Day, Spot, Total

Facet = Literal["place", "actor", "speaker", "side", "harm"]


class Listed(r.Record, frozen=True):
    """One page of incidents under the filters asked for, and what all that pass add up to under one rule set."""

    counts: Counts
    total: Total
    page: int
    pages: int
    incidents: tuple[Card, ...]


class Told(r.Record, frozen=True):
    """One incident in full. `figures` are derived, by rule set; `claims` are as people left them."""

    incident: r.Incident
    parts: tuple[str, ...]
    event_reports: tuple[r.EventReport, ...]
    claims: tuple[r.Claim, ...]
    timeline: tuple[r.TollPoint, ...]
    disagreements: tuple[r.Disagreement, ...]
    figures: tuple[r.Figure, ...]
    links: tuple[r.Link, ...]
    decisions: tuple[r.Judgement, ...]


class Read(r.Record, frozen=True):
    """One report with its coding as people left it, and the decisions on it."""

    coding: r.Coding
    decisions: tuple[r.Judgement, ...]
    rejected: tuple[r.Claim, ...]


class Found(r.Record, frozen=True):
    """One page of full-text hits; `n` is exact up to 1,000."""

    n: int
    reports: tuple[FoundReport, ...]


class FoundReport(r.Record, frozen=True):
    """A report that holds the words, and its claims that hold one of them."""

    id: str
    name: str
    headline: str | None
    outlet: str | None
    published: date | None
    claims: tuple[r.Claim, ...]
    incidents: tuple[str, ...]


class Name(r.Record, frozen=True):
    """A name to filter by and how many incidents have it."""

    name: str
    incidents: int


def chosen(request: Called) -> Chosen:
    """The filters of the address, under the names that the overview has."""
    return chosen_of(dict(request.query_params))


@get("/incidents")
@in_thread
def incidents(
    request: Called,
    desk: TheDesk,
    since: Words = "",
    until: Words = "",
    place: Words = "",
    actor: Words = "",
    speaker: Words = "",
    kind: Words = "",
    side: Words = "",
    harm: Words = "",
    q: Words = "",
    at: Words = "",
    disputed: FromQuery[bool] = False,
    unreviewed: FromQuery[bool] = False,
    rules: Words = "",
    sort: FromQuery[Literal["day", "toll", "sources"]] = "day",
    page: PageNumber = 1,
) -> Listed:
    """Incidents under the overview's filters, fifty a page. Days are written 2026, 2026-02 or 2026-02-04."""
    from recount.web.choosing import rules_of

    wanted = chosen(request)
    counts = listing.counts(desk.lists, wanted)
    return Listed(
        counts=counts,
        total=listing.total(desk.lists, wanted, rules_of({"rules": rules})),
        page=page,
        pages=max(1, -(-counts.incidents // listing.PAGE)),
        incidents=tuple(listing.cards(desk.lists, wanted, sort=sort, page=page)),
    )


@get("/incidents/{incident_id:str}")
@in_thread
def incident(desk: TheDesk, incident_id: Id) -> Told:
    """One incident with its claims, timeline, disagreements, links, decisions and the figures of every rule set."""
    with desk.reading() as reading:
        found = ground_around(reading, [incident_id])
        if incident_id not in found.ground.incidents:
            raise NotFound("no incident has this id", incident_id[:80], "List them at /api/incidents.")
        view = views.incident_view(found.ground.incidents[incident_id], found.ground)
        decisions = around.judgements_on(reading, [e.id for e in view.dossier.event_reports])
    dossier = view.dossier
    from recount.reconcile import figures, timeline

    told = (dossier.incident, dossier.all_event_reports, dossier.claims, found.ground.reports, dossier.parts)
    return Told(
        incident=dossier.incident,
        parts=tuple(p.id for p in dossier.parts),
        event_reports=dossier.event_reports,
        claims=dossier.claims,
        timeline=tuple(timeline(*told)),
        disagreements=view.disagreements,
        figures=tuple(f for name in RULE_SETS for f in figures(*told, rules=name)),
        links=dossier.links,
        decisions=(*found.decided.last.values(), *decisions),
    )


@get("/reports/{report_id:str}")
@in_thread
def report(desk: TheDesk, report_id: Id) -> Read:
    """One report: its text, passages, claims, event reports and statistics, as people left them."""
    with desk.reading() as reading:
        codings, decided, rejected = decided_codings(reading, [report_id])
    if not codings:
        raise NotFound("no coded report has this id", report_id[:80], "Find it with /api/search.")
    decisions = (*decided.last.values(), *decided.missed)
    return Read(coding=codings[0], decisions=decisions, rejected=tuple(rejected))


@get("/claims/{claim_id:str}")
@in_thread
def claim(desk: TheDesk, claim_id: Id) -> r.Claim:
    """One claim as the newest rules that found it read it."""
    for found in desk.ledger.claims([claim_id]):
        return found
    raise NotFound("no claim has this id", claim_id[:80], "Claims stand under incidents and reports.")


@get("/search")
@in_thread
def searched(desk: TheDesk, q: Words, page: PageNumber = 1) -> Found:
    """Reports that hold all the words, the newest added first."""
    hits = search.find(desk, q, page=page)
    return Found(
        n=hits.n,
        reports=tuple(
            FoundReport(
                id=h.report.id,
                name=h.report.name,
                headline=h.report.headline,
                outlet=h.report.outlet,
                published=h.report.published,
                claims=h.claims,
                incidents=tuple(i.id for i in h.incidents),
            )
            for h in hits.hits
        ),
    )


@get("/map")
@in_thread
def spots(request: Called, desk: TheDesk) -> list[Spot]:
    """Places of the incidents under the overview's filters, the busiest first."""
    return listing.spots(desk.lists, chosen(request))


@get("/calendar")
@in_thread
def days(request: Called, desk: TheDesk) -> list[Day]:
    """Incidents under the overview's filters by their first day."""
    return listing.days(desk.lists, chosen(request))


@get("/names/{facet:str}")
@in_thread
def names(
    desk: TheDesk, facet: FromPath[Literal["place", "actor", "speaker", "side", "harm"]], begin: Words = ""
) -> list[Name]:
    """Names to filter by, the commonest first."""
    return [Name(name=name, incidents=n) for name, n in listing.names(desk.lists, facet, begin, most=50)]


handlers = [incidents, incident, report, claim, searched, spots, days, names]
