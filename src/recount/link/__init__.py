"""Event reports of different reports become incidents: block, compare, decide, part_of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import NamedTuple

from recount.link.blocks import candidate_pairs
from recount.link.cluster import cluster
from recount.link.compare import Comparison, compare, score
from recount.link.copies import stand_ins
from recount.link.incidents import in_order, incident_id, incident_of, links_of, name_of
from recount.link.judged import Judged, Pair, judged_pairs
from recount.link.neighbourhood import WORTH
from recount.link.operations import with_operations
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import EventReport, Incident, Judgement, Link, Report

__all__ = ["Linked", "Pairs", "gathered", "link_all", "linked"]


class Linked(NamedTuple):
    """Incidents and links, and what linking worked out on the way: what an index keeps for linking one more."""

    incidents: list[Incident]
    links: list[Link]
    profiles: dict[str, Profile]
    near: list[Pair]
    """Pairs that were worth drawing together, copies with the one that stands for them, and judged pairs."""
    stands_for: dict[str, str]
    """For each event report the one that stands for it: itself, or of a near copy another."""
    rarity: Rarity


def link_all(
    event_reports: Sequence[EventReport],
    reports: Mapping[str, Report],
    *,
    judgements: Sequence[Judgement] = (),
    current: Sequence[Incident] = (),
    rarity: Rarity | None = None,
) -> tuple[list[Incident], list[Link]]:
    """Link event reports to incidents; every event report gets exactly one link.

    `reports` by id gives publication days and texts (one that is missing is compared without them). `judgements` win
    over every score. `current` keeps ids: an incident whose founder is still in the cluster keeps its name. The result
    does not depend on the order of the input. `rarity` says how rare words are where these are only a neighbourhood of
    all that is held; by default these are all. Incidents come by first day (undated last) and id, links by incident and
    event report.
    """
    found = linked(event_reports, reports, judgements=judgements, current=current, rarity=rarity)
    return found.incidents, found.links


def linked(
    event_reports: Sequence[EventReport],
    reports: Mapping[str, Report],
    *,
    judgements: Sequence[Judgement] = (),
    current: Sequence[Incident] = (),
    rarity: Rarity | None = None,
) -> Linked:
    """As `link_all`, with what it worked out on the way."""
    events = {e.id: e for e in event_reports}
    profiles = profiles_of(list(events.values()), reports)
    judged = judged_pairs(judgements, set(events), current)
    stands_for = stand_ins(profiles, {e for pair in (*judged.same, *judged.different) for e in pair})
    pairs = Pairs(profiles, stands_for, rarity)
    firsts = {e: p for e, p in profiles.items() if stands_for[e] == e}
    edges = [p for p in candidate_pairs(firsts) if pairs.score(*p, floor=WORTH) > WORTH]
    incidents, links = gathered(events, reports, edges, judged, pairs, current)
    whole = with_operations(sorted(incidents, key=_by_day), events, profiles)
    near = [*edges, *((e, first) for e, first in stands_for.items() if e != first), *judged.same]
    return Linked(
        whole, sorted(links, key=lambda k: (k.incident, k.event_report)), profiles, near, stands_for, pairs.rarity
    )


def gathered(
    events: Mapping[str, EventReport],
    reports: Mapping[str, Report],
    edges: Sequence[Pair],
    judged: Judged,
    pairs: Pairs,
    current: Sequence[Incident] = (),
) -> tuple[list[Incident], list[Link]]:
    """Incidents, as yet part of nothing, and links of event reports that `edges` draw together.

    Event reports that no edge and no judgement connects never meet: done for each connected part alone, with one
    rarity, this gives what it gives for all at once.
    """
    firsts = {e: p for e, p in pairs.profiles.items() if pairs.stands_for[e] == e}
    taken = {i.id: founder for i in current for founder in i.event_reports if incident_id(founder) == i.id}
    incidents, links = [], []
    for group in _groups(firsts, edges, pairs.stands_for, judged, pairs):
        members = in_order((events[e] for e in group), reports)
        incident = incident_of(members, name_of(members, taken))
        incidents.append(incident)
        links += links_of(incident, members, pairs, judged, pairs.stands_for)
    return incidents, links


def _groups(
    firsts: Mapping[str, Profile], edges: Sequence[Pair], stands_for: Mapping[str, str], judged: Judged, pairs: Pairs
) -> list[list[str]]:
    """Event reports of one incident together, copies with the one that stands for them."""
    copies: dict[str, list[str]] = {}
    for event, first in stands_for.items():
        copies.setdefault(first, []).append(event)
    reports = {first: {pairs.profiles[e].report for e in all_of} for first, all_of in copies.items()}

    def forbids(one: str, other: str) -> bool:
        pair = (min(one, other), max(one, other))
        return pair not in judged.same and (pair in judged.different or not reports[one].isdisjoint(reports[other]))

    groups = cluster(firsts, edges, pairs.score, forbids, judged.same)
    return [sorted(e for first in group for e in copies[first]) for group in groups]


def _by_day(incident: Incident) -> tuple[bool, str, str]:
    return (incident.days.first is None, str(incident.days.first), incident.id)


class Pairs:
    """Scores by pair, each worked out once, and comparisons with their reasons where they are asked for."""

    def __init__(
        self, profiles: Mapping[str, Profile], stands_for: Mapping[str, str], rarity: Rarity | None = None
    ) -> None:
        self.profiles, self.stands_for = profiles, stands_for
        self.rarity = rarity or Rarity(p for e, p in profiles.items() if stands_for[e] == e)
        self.scores: dict[tuple[str, str], float] = {}

    def __call__(self, one: str, other: str) -> Comparison:
        """The comparison of two event reports."""
        return compare(self.profiles[one], self.profiles[other], self.rarity)

    def score(self, one: str, other: str, floor: float = -inf) -> float:
        """The score of two event reports; some number below `floor` where it lies there."""
        key = (one, other) if one < other else (other, one)
        found = self.scores.get(key)
        if found is None:
            found = score(self.profiles[one], self.profiles[other], self.rarity, floor)
            if found > floor:
                self.scores[key] = found
        return found
