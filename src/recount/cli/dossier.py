"""Everything that the ledger holds on one incident, gathered for showing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from recount import reconcile
from recount.records import Claim, EventReport, Figure, Incident, Link, Record, Report

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Dossier(Record, frozen=True, kw_only=True):
    """An incident with its event reports, their claims and reports, its links and the incidents that are part of it."""

    incident: Incident
    event_reports: tuple[EventReport, ...]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    links: tuple[Link, ...]
    parts: tuple[Incident, ...]
    whole: Incident | None

    @property
    def ground(self) -> Ground:
        """The same records by id, as listings take them."""
        return Ground(event_reports={e.id: e for e in self.event_reports}, claims=self.claims, reports=self.reports)


def gather(ledger: Ledger, incident: Incident, everything: Sequence[Incident]) -> Dossier:
    """The dossier of one incident; `everything` are all current incidents (to find its parts and its whole)."""
    parts = parts_of(incident.id, everything)
    # An operation's own event reports may tell only its total: its parts' reports belong to the picture as well.
    members = (incident, *parts)
    event_reports = tuple(ledger.event_reports([e for m in members for e in m.event_reports]))
    wanted = {e.report for e in event_reports}
    return Dossier(
        incident=incident,
        event_reports=event_reports,
        claims={c.id: c for c in (*ledger.claims(claim_ids(event_reports)), *_evidence(ledger, wanted))},
        reports={name: ledger.report(name) for name in sorted(wanted)},
        links=tuple(link for link in ledger.links() if link.incident == incident.id),
        parts=parts,
        whole=next((i for i in everything if i.id == incident.part_of), None),
    )


def _evidence(ledger: Ledger, reports: Iterable[str]) -> list[Claim]:
    """What these reports say of proof: claims that no event report rests on."""
    return [c for report in sorted(reports) for c in ledger.coding(report).claims if c.property == "evidence"]


def parts_of(incident_id: str, everything: Sequence[Incident]) -> tuple[Incident, ...]:
    """The incidents below this one, at every depth, in the ledger's order."""
    return all_parts(everything).get(incident_id, ())


def all_parts(everything: Sequence[Incident]) -> dict[str, tuple[Incident, ...]]:
    """For each incident that has parts, those below it at every depth, in the ledger's order."""
    wholes = {i.id: i.part_of for i in everything}
    found: dict[str, list[Incident]] = {}
    for incident in everything:
        above, seen = incident.part_of, {incident.id}
        while above is not None and above not in seen:
            found.setdefault(above, []).append(incident)
            seen.add(above)
            above = wholes.get(above)
    return {whole: tuple(parts) for whole, parts in found.items()}


def claim_ids(event_reports: Iterable[EventReport]) -> list[str]:
    """The ids of all claims that these event reports rest on, each once, in order."""
    ids: dict[str, None] = {}
    for event_report in event_reports:
        ids.update(dict.fromkeys(event_report.claims))
        for toll in event_report.tolls:
            ids.update(dict.fromkeys((toll.claim, *toll.repeats)))
    return list(ids)


class Ground(Record, frozen=True, kw_only=True):
    """All event reports, claims and reports of a ledger by id, for the listing of many incidents."""

    event_reports: Mapping[str, EventReport]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]

    def of(self, members: Iterable[Incident]) -> tuple[list[EventReport], list[Claim]]:
        """The event reports and claims of these incidents."""
        told = [self.event_reports[e] for m in members for e in m.event_reports if e in self.event_reports]
        return told, [self.claims[c] for c in claim_ids(told) if c in self.claims]


def whole_ground(ledger: Ledger) -> Ground:
    """Read once what a listing of all incidents needs."""
    event_reports = {e.id: e for e in ledger.event_reports()}
    return Ground(
        event_reports=event_reports,
        claims={c.id: c for c in ledger.claims()},
        reports={r.id: r for r in ledger.reports()},
    )


def rule_figures(dossier: Dossier) -> list[Figure]:
    """The figures of every rule set that decides anything on this incident."""
    claims = list(dossier.claims.values())
    ground = (dossier.incident, dossier.event_reports, claims, dossier.reports, dossier.parts)
    return [figure for name in reconcile.RULE_SETS for figure in reconcile.figures(*ground, rules=name)]
