"""Everything around a few incidents or one report, with people's decisions laid over what the rules read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recount.export.ground import Ground, above
from recount.records import Claim, Coding, Link, Record
from recount.store import around
from recount.store.replay import Decided, replayed

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Around(Record, frozen=True):
    """Records around some incidents as people left them, the decisions, and the claims that people rejected."""

    ground: Ground
    decided: Decided
    rejected: tuple[Claim, ...]


def ground_around(connection: Connection, incident_ids: Sequence[str]) -> Around:
    """The records that these incidents, their parts and their wholes rest on."""
    incidents = around.family(connection, incident_ids)
    events = [e for i in incidents.values() for e in i.event_reports]
    codings, decisions, rejected = decided_codings(connection, around.reports_telling(connection, events))
    links: dict[str, tuple[Link, ...]] = {}
    for link in around.links_to(connection, incidents):
        links[link.incident] = (*links.get(link.incident, ()), link)
    below: dict[str, tuple[str, ...]] = {}
    for incident in incidents.values():
        for whole in above(incident, incidents):
            below[whole.id] = (*below.get(whole.id, ()), incident.id)
    ground = Ground(
        codings={c.report.id: c for c in codings},
        reports={c.report.id: c.report for c in codings},
        claims={claim.id: claim for c in codings for claim in c.claims},
        event_reports={e.id: e for c in codings for e in c.event_reports},
        incidents=incidents,
        links=links,
        below=below,
    )
    return Around(ground=ground, decided=decisions, rejected=tuple(rejected))


def decided_codings(connection: Connection, report_ids: Sequence[str]) -> tuple[list[Coding], Decided, list[Claim]]:
    """Codings of these reports as people left them, the decisions, and the claims that people rejected."""
    raw = around.codings_named(connection, report_ids)
    decisions = around.decided_on(connection, raw)
    there = [c for coding in raw for c in coding.claims]
    missed = [j.claim for j in decisions.missed if j.claim is not None and j.claim.report in set(report_ids)]
    rejected = {c.id: c for c in (*there, *missed) if decisions.wrong(c.id)}
    return [replayed(coding, decisions) for coding in raw], decisions, list(rejected.values())
