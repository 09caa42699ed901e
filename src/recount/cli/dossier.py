"""Everything that the ledger holds on one incident as people left it, gathered for showing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from recount import reconcile
from recount.export import ground as g
from recount.records import Claim, EventReport, Figure, Incident, Link, Record, Report

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Dossier(Record, frozen=True, kw_only=True):
    """An incident and the ground that it stands on."""

    told: g.Dossier
    ground: g.Ground

    @property
    def incident(self) -> Incident:
        """The incident itself."""
        return self.told.incident

    @property
    def event_reports(self) -> tuple[EventReport, ...]:
        """Its own and its parts': an operation's own may tell only its total."""
        return self.told.all_event_reports

    @property
    def claims(self) -> dict[str, Claim]:
        """What they rest on by id, and what their reports say of proof, which no event report rests on."""
        return {c.id: c for c in (*self.told.claims, *self.ground.evidence(self.told))}

    @property
    def reports(self) -> Mapping[str, Report]:
        """The reports that tell of it, by id."""
        return {e.report: self.ground.reports[e.report] for e in self.event_reports}

    @property
    def links(self) -> tuple[Link, ...]:
        """Its standing links."""
        return self.told.links

    @property
    def parts(self) -> tuple[Incident, ...]:
        """The incidents below it, at any depth."""
        return self.told.parts

    @property
    def whole(self) -> Incident | None:
        """The operation that it is part of, if any."""
        return next(iter(self.told.wholes), None)


def gather(ledger: Ledger, incident_id: str) -> Dossier:
    """The dossier of one incident, also one that linking has left behind. NotFound when there never was one."""
    from recount.export.around import ground_around

    incident = ledger.incident(incident_id)
    with ledger.connected() as connection:
        ground = ground_around(connection, [incident_id]).ground
    return Dossier(told=ground.dossier(incident), ground=ground)


def rule_figures(dossier: Dossier) -> list[Figure]:
    """The figures of every rule set that decides anything on this incident."""
    told = dossier.told
    ground = (told.incident, told.all_event_reports, told.claims, dossier.ground.reports, told.parts)
    return [figure for name in reconcile.RULE_SETS for figure in reconcile.figures(*ground, rules=name)]
