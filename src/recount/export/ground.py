"""What a ledger holds, read once and arranged by id for writing about every incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from recount.records import Attributed, Claim, Coding, EventReport, Incident, Judgement, Link, Record, Report
from recount.store.left import Left, left

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Dossier(Record, frozen=True):
    """One incident with all that is told of it. Event reports and links are its own; `parts` are at any depth."""

    incident: Incident
    event_reports: tuple[EventReport, ...]
    all_event_reports: tuple[EventReport, ...]
    """Its own, then those of its parts."""
    claims: tuple[Claim, ...]
    """All that any of them rests on, each once."""
    attributions: tuple[tuple[Attributed, Claim | None], ...]
    links: tuple[Link, ...]
    parts: tuple[Incident, ...]
    wholes: tuple[Incident, ...]
    """The operations that it is part of, the nearest first."""


class Ground(Record, frozen=True):
    """All current records by id. `incidents` in the ledger's order."""

    codings: Mapping[str, Coding]
    reports: Mapping[str, Report]
    claims: Mapping[str, Claim]
    event_reports: Mapping[str, EventReport]
    incidents: Mapping[str, Incident]
    links: Mapping[str, tuple[Link, ...]]
    """By incident."""
    below: Mapping[str, tuple[str, ...]]
    """The incidents under each operation, at any depth, in the ledger's order."""
    rejected: Mapping[str, Claim] = {}
    """Claims that people rejected: nothing rests on them."""
    decisions: Mapping[str, Judgement] = {}
    """The last decision on each claim that people decided on."""

    def parts(self, incident_id: str) -> tuple[Incident, ...]:
        """The incidents below this one, at any depth, in the ledger's order."""
        return tuple(self.incidents[i] for i in self.below.get(incident_id, ()))

    def wholes(self, incident: Incident) -> tuple[Incident, ...]:
        """The incidents above this one, the nearest first."""
        return above(incident, self.incidents)

    def dossier(self, incident: Incident) -> Dossier:
        """Everything on one incident."""
        parts = self.parts(incident.id)
        own = self._told(incident)
        told = own + tuple(e for part in parts for e in self._told(part))
        wanted = dict.fromkeys(c for e in told for c in claim_ids(e))
        return Dossier(
            incident=incident,
            event_reports=own,
            all_event_reports=told,
            claims=tuple(self.claims[c] for c in wanted if c in self.claims),
            attributions=tuple(self._attributions(own)),
            links=self.links.get(incident.id, ()),
            parts=parts,
            wholes=self.wholes(incident),
        )

    def evidence(self, dossier: Dossier) -> tuple[Claim, ...]:
        """What the reports of an incident say of proof, which no event report rests on."""
        reports = dict.fromkeys(e.report for e in dossier.all_event_reports)
        return tuple(c for i in reports for c in self.codings[i].claims if c.property == "evidence")

    def _told(self, incident: Incident) -> tuple[EventReport, ...]:
        return tuple(self.event_reports[e] for e in incident.event_reports if e in self.event_reports)

    def _attributions(self, own: tuple[EventReport, ...]) -> list[tuple[Attributed, Claim | None]]:
        return [
            (attributed, self.claims.get(attributed.claim))
            for event_report in own
            for attributed in self.codings[event_report.report].attributions
            if attributed.about == event_report.id
        ]


def above(incident: Incident, incidents: Mapping[str, Incident]) -> tuple[Incident, ...]:
    """The wholes of an incident, the nearest first; a circle in the records ends the walk."""
    found: list[Incident] = []
    whole = incidents.get(incident.part_of or "")
    while whole is not None and whole.id != incident.id and whole not in found:
        found.append(whole)
        whole = incidents.get(whole.part_of or "")
    return tuple(found)


def claim_ids(event_report: EventReport) -> list[str]:
    """The claims that an event report rests on, each once: those of its figures first."""
    of_tolls = [claim for line in event_report.tolls for claim in (line.claim, *line.repeats)]
    return list(dict.fromkeys([*of_tolls, *event_report.claims]))


def ground_of(ledger: Ledger) -> Ground:
    """Read the whole ledger as people left it. Needs memory for all of its current records."""
    return ground_from(left(ledger), list(ledger.incidents()), ledger.links())


def ground_from(told: Iterable[Left], incidents: Iterable[Incident], links: Iterable[Link] = ()) -> Ground:
    """These codings, incidents and links, arranged by id."""
    linked: dict[str, tuple[Link, ...]] = {}
    for link in links:
        linked[link.incident] = (*linked.get(link.incident, ()), link)
    named = {incident.id: incident for incident in incidents}
    below: dict[str, tuple[str, ...]] = {}
    for incident in named.values():
        for whole in above(incident, named):
            below[whole.id] = (*below.get(whole.id, ()), incident.id)
    held = list(told)
    codings = [one.coding for one in held]
    return Ground(
        codings={coding.report.id: coding for coding in codings},
        reports={coding.report.id: coding.report for coding in codings},
        claims={claim.id: claim for coding in codings for claim in coding.claims},
        event_reports={e.id: e for coding in codings for e in coding.event_reports},
        incidents=named,
        links=linked,
        below=below,
        rejected={claim.id: claim for one in held for claim in one.rejected},
        decisions={i: decision for one in held for i, decision in one.decisions.items()},
    )
