"""Where one more report can change anything: the event reports that share a block with it, and those linked to them.

Linking a neighbourhood alone gives what linking everything gives there, up to how rare words are held to be. An index
over blocks answers in a time that does not depend on how much is held; a ledger may keep `keys_of` as a table instead.
"""

from __future__ import annotations

from collections.abc import Iterable

from recount.link.blocks import NEAREST, RARE, keys
from recount.link.profile import profiles_of
from recount.records import EventReport, Incident, Report, content_id

MOST = 2 * NEAREST  # members that one crowded block lends to a neighbourhood, the latest first


def keys_of(event: EventReport, report: Report | None) -> tuple[str, ...]:
    """The blocks of one event report as short stable ids, sorted, for an index kept elsewhere; kinds of block in front."""
    profile = profiles_of([event], {report.id: report} if report else {})[event.id]
    return tuple(sorted({f"{key[0]}:{content_id('b', *key)}" for key in keys(profile)}))


class Index:
    """Event reports by block. `add` and `near` cost what one report has of blocks, not what is held."""

    def __init__(self, incidents: Iterable[Incident] = ()) -> None:
        self.events: dict[str, EventReport] = {}
        self.reports: dict[str, Report] = {}
        self.blocks: dict[str, list[str]] = {}
        self.linked: dict[str, tuple[str, ...]] = {e: i.event_reports for i in incidents for e in i.event_reports}

    def add(self, event: EventReport, report: Report | None) -> None:
        """Hold one more event report."""
        self.events[event.id] = event
        if report:
            self.reports[report.id] = report
        for key in keys_of(event, report):
            self.blocks.setdefault(key, []).append(event.id)

    def near(self, event: EventReport, report: Report | None) -> list[str]:
        """The event reports held that one more should be linked with, sorted: its blocks, and all linked to those."""
        found: set[str] = set()
        for key in keys_of(event, report):
            members = self.blocks.get(key, [])
            if len(members) <= RARE.get(key.split(":")[0], len(members)):
                found.update(members[-MOST:])
        found |= {other for e in found for other in self.linked.get(e, ()) if other in self.events}
        return sorted(found - {event.id})

    def reports_of(self, events: Iterable[str]) -> dict[str, Report]:
        """The reports of these event reports, by id."""
        ids = {self.events[e].report for e in events}
        return {i: self.reports[i] for i in ids if i in self.reports}
