"""Event reports of different reports become incidents: block, compare, decide, part_of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recount.link.blocks import candidate_pairs
from recount.link.cluster import cluster
from recount.link.compare import Comparison, compare
from recount.link.incidents import in_order, incident_id, incident_of, links_of, name_of
from recount.link.judged import Judged, judged_pairs
from recount.link.operations import with_operations
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import EventReport, Incident, Judgement, Link, Report

__all__ = ["link_all"]


def link_all(
    event_reports: Sequence[EventReport],
    reports: Mapping[str, Report],
    *,
    judgements: Sequence[Judgement] = (),
    current: Sequence[Incident] = (),
) -> tuple[list[Incident], list[Link]]:
    """Link event reports to incidents; every event report gets exactly one link.

    `reports` by id gives publication days and texts (one that is missing is compared without them). `judgements` win
    over every score. `current` keeps ids: an incident whose founder is still in the cluster keeps its name. The result
    does not depend on the order of the input. Incidents come by first day (undated last) and id, links by incident and
    event report.
    """
    events = {e.id: e for e in event_reports}
    profiles = profiles_of(list(events.values()), reports)
    pairs = Pairs(profiles)
    judged = judged_pairs(judgements, set(events), current)
    edges = [p for p in candidate_pairs(profiles) if pairs(*p).score > -2.0]
    groups = cluster(
        events, edges, lambda a, b: pairs(a, b).score, lambda a, b: forbidden(profiles, judged, a, b), judged.same
    )
    taken = {i.id: founder for i in current for founder in i.event_reports if incident_id(founder) == i.id}
    incidents, links = [], []
    for group in groups:
        members = in_order((events[e] for e in group), reports)
        incident = incident_of(members, name_of(members, taken))
        incidents.append(incident)
        links += links_of(incident, members, pairs, judged)
    whole = with_operations(sorted(incidents, key=_by_day), events, profiles)
    return whole, sorted(links, key=lambda link: (link.incident, link.event_report))


def _by_day(incident: Incident) -> tuple[bool, str, str]:
    return (incident.days.first is None, str(incident.days.first), incident.id)


def forbidden(profiles: Mapping[str, Profile], judged: Judged, one: str, other: str) -> bool:
    """Whether two event reports may not share an incident: told apart by a person, or by one report."""
    pair = (min(one, other), max(one, other))
    if pair in judged.same:
        return False
    return pair in judged.different or profiles[one].report == profiles[other].report


class Pairs:
    """Comparisons by pair, each made once."""

    def __init__(self, profiles: Mapping[str, Profile]) -> None:
        self.profiles = profiles
        self.rarity = Rarity(profiles.values())
        self.made: dict[tuple[str, str], Comparison] = {}

    def __call__(self, one: str, other: str) -> Comparison:
        """The comparison of two event reports."""
        key = (min(one, other), max(one, other))
        if key not in self.made:
            self.made[key] = compare(self.profiles[key[0]], self.profiles[key[1]], self.rarity)
        return self.made[key]
