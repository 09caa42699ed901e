"""What a ledger can do, whatever the engine behind it.

Reports and claims are only ever added. Event reports and statistics belong to an *extraction* of a report (report × rule
pack): a newer extraction supersedes an older one, and both stay. Links are ended, never erased. Judgements are appended.
Every method that lists gives a deterministic order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from recount.records import (
    Claim,
    Coding,
    EventReport,
    Incident,
    Judgement,
    Link,
    Report,
    SetAside,
    Statistic,
)


class Ledger(Protocol):
    """The ledger of reports, claims, incidents and decisions."""

    address: str

    # ------------------------------------------------------------------ writing
    def writing(self) -> AbstractContextManager[None]:
        """Hold the one writer's place; LedgerBusy when another process keeps it longer than the settings allow."""
        ...

    def keep(self, codings: Sequence[Coding]) -> int:
        """Keep codings in one transaction; those already there (same report, same pack) change nothing.

        Returns how many reports were new. The same content is one report, whatever file it came from; the same address
        with new content is a new version, and both stay.
        """
        ...

    def set_aside(self, items: Sequence[SetAside]) -> None:
        """Remember inputs that could not be read; the same source and reason is kept once."""
        ...

    def relink(self, incidents: Sequence[Incident], links: Sequence[Link]) -> None:
        """Make these the current incidents and links in one transaction.

        A current link that is not among `links` is ended (with the reason that it was superseded), never erased;
        an unchanged one stays as it is.
        """
        ...

    def judge(self, judgement: Judgement) -> None:
        """Append a person's decision."""
        ...

    # ------------------------------------------------------------------ reading
    def known(self, report_ids: Iterable[str], pack: str) -> set[str]:
        """Those of the reports that are already coded by this rule pack."""
        ...

    def reports(self) -> Iterator[Report]: ...

    def report(self, report_id: str) -> Report:
        """NotFound when there is none."""
        ...

    def versions(self, report_id: str) -> tuple[str, ...]:
        """All report ids with the same address, oldest first (just this one where there is no address)."""
        ...

    def coding(self, report_id: str) -> Coding:
        """The current extraction of a report, whole."""
        ...

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[Claim]:
        """All claims of current extractions, or those with these ids (current or not)."""
        ...

    def event_reports(self, ids: Iterable[str] | None = None) -> Iterator[EventReport]: ...

    def statistics(self) -> Iterator[Statistic]: ...

    def incidents(self) -> Iterator[Incident]:
        """Current incidents, by day, then country and id; those without a day last."""
        ...

    def incident(self, incident_id: str) -> Incident: ...

    def links(self, *, ended: bool = False) -> Iterator[Link]:
        """Current links; with `ended` also those that no longer hold."""
        ...

    def judgements(self) -> Iterator[Judgement]: ...

    def asides(self) -> Iterator[SetAside]: ...

    def find(self, prefix: str) -> str:
        """The one full id (report, claim, event report or incident) that begins with `prefix`; also a report's name.

        NotFound when none or several do; the message lists the first few.
        """
        ...

    def counts(self) -> dict[str, Any]:
        """How many reports, claims, event reports, statistics, incidents, links, judgements and inputs set aside."""
        ...

    def close(self) -> None: ...
