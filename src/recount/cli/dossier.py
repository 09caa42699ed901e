"""Everything that the ledger holds on one incident, gathered for showing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from recount.records import Claim, EventReport, Figure, Incident, Link, Record, Report

if TYPE_CHECKING:
    from recount.store.contract import Ledger

RULE_SETS = ("ucdp", "acled", "gtd", "ibc", "conservative", "representative", "informative", "latest")


class Dossier(Record, frozen=True, kw_only=True):
    """An incident with its event reports, their claims and reports, its links and the incidents that are part of it."""

    incident: Incident
    event_reports: tuple[EventReport, ...]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]
    links: tuple[Link, ...]
    parts: tuple[Incident, ...]
    whole: Incident | None


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
        claims={c.id: c for c in ledger.claims(claim_ids(event_reports))},
        reports={name: ledger.report(name) for name in sorted(wanted)},
        links=tuple(link for link in ledger.links() if link.incident == incident.id),
        parts=parts,
        whole=next((i for i in everything if i.id == incident.part_of), None),
    )


def parts_of(incident_id: str, everything: Sequence[Incident]) -> tuple[Incident, ...]:
    """The incidents below this one, at every depth, in the ledger's order."""
    inside = {incident_id}
    while True:
        more = {i.id for i in everything if i.part_of in inside} - inside
        if not more:
            break
        inside |= more
    return tuple(i for i in everything if i.id in inside and i.id != incident_id)


def claim_ids(event_reports: Iterable[EventReport]) -> list[str]:
    """The ids of all claims that these event reports rest on, each once, in order."""
    ids: dict[str, None] = {}
    for event_report in event_reports:
        ids.update(dict.fromkeys(event_report.claims))
        for toll in event_report.tolls:
            ids.update(dict.fromkeys((toll.claim, *toll.repeats)))
    return list(ids)


def own_event_reports(dossier: Dossier) -> tuple[EventReport, ...]:
    """The event reports linked to the incident itself, not to its parts."""
    own = set(dossier.incident.event_reports)
    return tuple(e for e in dossier.event_reports if e.id in own)


def summary_rows(incident: Incident, ground: Ground) -> list[Any]:
    """Per harm and side: lowest and highest claim, independent sources, disputed or not."""
    from recount import reconcile

    event_reports = [ground.event_reports[e] for e in incident.event_reports if e in ground.event_reports]
    return list(reconcile.summary(incident, event_reports, ground.claims, ground.reports))


class Ground(Record, frozen=True, kw_only=True):
    """All event reports, claims and reports of a ledger by id, for the listing of many incidents."""

    event_reports: Mapping[str, EventReport]
    claims: Mapping[str, Claim]
    reports: Mapping[str, Report]


def whole_ground(ledger: Ledger) -> Ground:
    """Read once what a listing of all incidents needs."""
    event_reports = {e.id: e for e in ledger.event_reports()}
    return Ground(
        event_reports=event_reports,
        claims={c.id: c for c in ledger.claims()},
        reports={r.id: r for r in ledger.reports()},
    )


def rule_figures(dossier: Dossier) -> list[Figure]:
    """The figures of every rule set that can decide on this incident."""
    from recount import reconcile

    found: list[Figure] = []
    for name in RULE_SETS:
        found += reconcile.figures(dossier.incident, own_event_reports(dossier), dossier.claims, dossier.reports, name)
    return found
