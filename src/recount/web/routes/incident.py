"""One incident: what is claimed and how it evolved, what disagrees and why, rule sets, evidence, links, decisions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from litestar import Response, get

from recount.errors import NotFound
from recount.export.around import ground_around
from recount.export.page import views
from recount.reconcile import RULE_SETS
from recount.records import Incident, Judgement
from recount.store import acts, around
from recount.store.decisions import active
from recount.web.calling import Id, TheDesk, in_thread
from recount.web.desk import Desk
from recount.web.index.listing import cards_named
from recount.web.people import needs
from recount.web.rendering import Asked, page

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from recount.web.index.entry import Card


@get("/incidents/{incident_id:str}", guards=[needs("reader")])
@in_thread
def incident(request: Asked, desk: TheDesk, incident_id: Id) -> Response[str]:
    """The page of an incident; one that linking has left behind leads to what became of it."""
    with desk.reading() as reading:
        return page(request, "incident.html", **contents(desk, reading, incident_id))


def contents(desk: Desk, reading: Connection, incident_id: str) -> dict[str, Any]:
    """Everything that the page shows. NotFound where there never was such an incident."""
    found = ground_around(reading, [incident_id])
    ground = found.ground
    if incident_id not in ground.incidents:
        raise NotFound("no incident has this id", incident_id[:80], "Look at the overview.")
    this = ground.incidents[incident_id]
    view = views.incident_view(this, ground)
    dossier = view.dossier
    shown = [c.id for e in dossier.all_event_reports for c in ground.codings[e.report].claims]
    log = _log(reading, [incident_id, *this.event_reports, *shown, *(c.id for c in found.rejected)])
    became = around.links_from(reading, this.event_reports)
    return {
        "v": view,
        "incident": this,
        "ground": ground,
        "decided": found.decided.last,
        "rejected": found.rejected,
        "rule_sets": RULE_SETS,
        "link_decisions": _link_decisions(reading, this),
        "past": [k for k in around.links_to(reading, [incident_id], past=True) if k.ended],
        "near": near(desk, this),
        "log": log,
        "undone": acts.taken_back(reading, [act.seq for act in log]),
        "became": sorted(set(became.values()) - {incident_id}) if incident_id not in became.values() else [],
    }


def _link_decisions(reading: Connection, this: Incident) -> dict[str, Judgement]:
    """The last standing decision on each of its event reports."""
    standing = active(around.judgements_on(reading, this.event_reports))
    return {x: j for j in standing if j.decision in ("same", "different", "unsure") for x in j.subjects}


def _log(reading: Connection, targets: list[str]) -> list[acts.Act]:
    return acts.acts_on(reading, list(dict.fromkeys(targets)))


NEAR = (  # CROSS JOIN keeps SQLite to this order: the few incidents of those days first, never all with a common name
    "SELECT l.incident, COUNT(*) AS n FROM listing l CROSS JOIN facets a CROSS JOIN facets b"
    " WHERE l.first BETWEEN ? AND ? AND l.incident <> ? AND a.incident = ?"
    " AND b.facet = a.facet AND b.value = a.value AND b.incident = l.incident"
    " GROUP BY l.incident ORDER BY n DESC, l.incident LIMIT 6"
)


def near(desk: Desk, this: Incident, days: int = 3) -> list[Card]:
    """Incidents of the days around with the most names in common: those that it may have to be merged with."""
    if this.days.first is None:
        return []
    first, last = this.days.first - timedelta(days=days), (this.days.last or this.days.first) + timedelta(days=days)
    window = (first.isoformat(), last.isoformat())
    rows = desk.lists.execute(NEAR, (*window, this.id, this.id)).fetchall()
    return cards_named(desk.lists, [row[0] for row in rows])


handlers = [incident]
