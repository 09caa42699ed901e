"""Where one more report can change anything: the event reports that share a block with it, and those linked to them.

Linking a neighbourhood alone gives what linking everything gives there, up to how rare words are held to be. An index
over blocks answers in a time that does not depend on how much is held; a ledger may keep `keys_of` as a table instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from recount.link.blocks import NEAREST, RARE, keys
from recount.link.compare import compare
from recount.link.profile import Profile, Rarity, profiles_of
from recount.records import EventReport, Incident, Report, content_id

MOST = 2 * NEAREST  # members that one crowded block lends to a neighbourhood, the latest first
REMOTE = -6.0  # bits below which another account is no neighbour; well below what others could draw together


def keys_of(event: EventReport, report: Report | None) -> tuple[str, ...]:
    """The blocks of one event report as short stable ids, sorted, for an index kept elsewhere; kinds of block in front."""
    return _keys(_profile(event, report))


def _profile(event: EventReport, report: Report | None) -> Profile:
    return profiles_of([event], {report.id: report} if report else {})[event.id]


def _keys(profile: Profile) -> tuple[str, ...]:
    return tuple(sorted({f"{key[0]}:{content_id('b', *key)}" for key in keys(profile)}))


class Index:
    """Event reports by block. `add` and `near` cost what one report has of blocks, not what is held.

    `rarity` counts words over all that is held, for `link_all` on a neighbourhood.
    """

    def __init__(self, incidents: Iterable[Incident] = ()) -> None:
        self.events: dict[str, EventReport] = {}
        self.reports: dict[str, Report] = {}
        self.profiles: dict[str, Profile] = {}
        self.rarity = Rarity(())
        self.blocks: dict[str, list[str]] = {}
        self.linked: dict[str, tuple[str, ...]] = {e: i.event_reports for i in incidents for e in i.event_reports}

    def add(self, event: EventReport, report: Report | None) -> None:
        """Hold one more event report."""
        self.events[event.id] = event
        if report:
            self.reports[report.id] = report
        self.profiles[event.id] = profile = _profile(event, report)
        self.rarity.add(profile)
        for key in _keys(profile):
            self.blocks.setdefault(key, []).append(event.id)

    def near(self, event: EventReport, report: Report | None) -> list[str]:
        """The event reports held that one more should be linked with, sorted.

        Those of its blocks that may tell of the same incident, and all that are linked to them.
        """
        profile, found = _profile(event, report), set[str]()
        for key in _keys(profile):
            members = self.blocks.get(key, [])
            if len(members) <= RARE.get(key.split(":")[0], len(members)):
                found.update(members[-MOST:])
        alike = {e for e in found if compare(profile, self.profiles[e], self.rarity).score > REMOTE}
        alike |= {other for e in alike for other in self.linked.get(e, ()) if other in self.events}
        return sorted(alike - {event.id})

    def reports_of(self, events: Iterable[str]) -> dict[str, Report]:
        """The reports of these event reports, by id."""
        ids = {self.events[e].report for e in events}
        return {i: self.reports[i] for i in ids if i in self.reports}
