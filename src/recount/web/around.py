"""Everything around a few incidents or one report, with people's decisions laid over what the rules read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recount.export.ground import Ground, above
from recount.records import Coding, Link
from recount.store import around
from recount.store.replay import Decided, replayed

if TYPE_CHECKING:
    from sqlalchemy import Connection


def ground_around(connection: Connection, incident_ids: Sequence[str]) -> Ground:
    """The records that these incidents, their parts and their wholes rest on; codings are as people left them."""
    incidents = around.family(connection, incident_ids)
    events = [e for i in incidents.values() for e in i.event_reports]
    codings = decided_codings(connection, around.reports_telling(connection, events))[0]
    links: dict[str, tuple[Link, ...]] = {}
    for link in around.links_to(connection, incidents):
        links[link.incident] = (*links.get(link.incident, ()), link)
    below: dict[str, tuple[str, ...]] = {}
    for incident in incidents.values():
        for whole in above(incident, incidents):
            below[whole.id] = (*below.get(whole.id, ()), incident.id)
    return Ground(
        codings={c.report.id: c for c in codings},
        reports={c.report.id: c.report for c in codings},
        claims={claim.id: claim for c in codings for claim in c.claims},
        event_reports={e.id: e for c in codings for e in c.event_reports},
        incidents=incidents,
        links=links,
        below=below,
    )


def decided_codings(connection: Connection, report_ids: Sequence[str]) -> tuple[list[Coding], Decided]:
    """Codings of these reports as people left them, and the decisions."""
    raw = around.codings_named(connection, report_ids)
    decisions = around.decided_on(connection, raw)
    return [replayed(coding, decisions) for coding in raw], decisions
