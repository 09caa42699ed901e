"""What a ledger can do, whatever the engine behind it: a SQLite file, or a PostgreSQL database.

Reports and claims are only ever added. Event reports and statistics belong to an *extraction* of a report (report ×
rule pack): a newer one supersedes an older one, and both stay. Links are ended, never erased. Judgements are appended.
Every method that lists gives a deterministic order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self

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

if TYPE_CHECKING:
    from recount.store.neighbours import Neighbours


class Ledger(Protocol):
    """The ledger of reports, claims, incidents and decisions."""

    address: str
    """Where it lies, for people to read; never holds a password."""
    door: str
    """What `open_ledger` opens it by, in another process too; may hold a password, so it is never shown."""
    name: str
    """A short name: the file's without its ending, or the database's."""
    file: Path | None
    """The file that it is; None for one on a server."""
    readonly: bool

    # ------------------------------------------------------------------ writing
    def adding(self) -> AbstractContextManager[None]:
        """A long run of writes. In a file it holds the writer's place until its end; on a server it holds nothing, and
        others write in between."""
        ...

    def linking(self) -> AbstractContextManager[None]:
        """A linking: LedgerBusy when another process links longer than the settings allow. Others may write meanwhile, but
        nobody else links. To be taken before the writer's place, never inside it."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Hold the one writer's place, so that what is read inside stays as it is until what is written inside is
        there. LedgerBusy when another process keeps it longer than the settings allow."""
        ...

    def keep(self, codings: Sequence[Coding]) -> int:
        """Keep codings in one transaction; those already there (same report, same pack) change nothing.

        Returns how many reports were new. The same content is one report, whatever file it came from; the same address
        with new content is a new version, and both stay.
        """
        ...

    def seen(self, reports: Sequence[Report]) -> None:
        """Remember every name and place that reports came under, also of those kept before; no coding is needed."""
        ...

    def set_aside(self, items: Sequence[SetAside]) -> None:
        """Remember inputs that could not be read; the same source and reason is kept once.

        One whose source can be read later (by `keep` or `seen`) is solved, and no longer listed.
        """
        ...

    def relink(self, incidents: Sequence[Incident], links: Sequence[Link], mark: str | None = None) -> None:
        """Make these the current incidents and links in one transaction.

        A current link that is not among `links` is ended (with the reason that it was superseded), never erased;
        an unchanged one stays as it is. `mark` is what `linked` answers from now on: the state that was linked.
        """
        ...

    def neighbours(self) -> AbstractContextManager[Neighbours]:
        """The index of linking, for reading and writing in one transaction."""
        ...

    def judge(self, judgement: Judgement) -> None:
        """Append a person's decision."""
        ...

    # ------------------------------------------------------------------ reading
    def known(self, report_ids: Iterable[str], pack: str) -> set[str]:
        """Those of the reports that are already coded by this rule pack."""
        ...

    def state(self) -> str:
        """A mark of all that linking rests on: it changes with every extraction and every judgement."""
        ...

    def linked(self) -> str | None:
        """The mark of the last linking; linking is behind where it is not the present one."""
        ...

    def reports(self) -> Iterator[Report]:
        """All reports, by publication day (those without one last), then by id."""
        ...

    def report(self, report_id: str) -> Report:
        """NotFound when there is none."""
        ...

    def versions(self, report_id: str) -> tuple[str, ...]:
        """All report ids with the same address, oldest first (just this one where there is no address)."""
        ...

    def coding(self, report_id: str) -> Coding:
        """The current extraction of a report, whole; NotFound when there is none."""
        ...

    def codings(self, ids: Iterable[str] | None = None) -> Iterator[Coding]:
        """The current extractions of all reports, in the order of `reports`, or of those with these ids, as given.

        Reports that are not coded, and ids that the ledger does not hold, are left out.
        """
        ...

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[Claim]:
        """All claims of current extractions by report and position, or those with these ids, in the order given.

        A claim asked for by id is as the newest extraction that found it read it, current or not. Ids that the ledger
        does not hold are left out.
        """
        ...

    def event_reports(self, ids: Iterable[str] | None = None) -> Iterator[EventReport]:
        """As `claims`."""
        ...

    def statistics(self) -> Iterator[Statistic]:
        """Statistics of current extractions, by report and position."""
        ...

    def incidents(self) -> Iterator[Incident]:
        """Current incidents, by day, then country and id; those without a day last."""
        ...

    def incident(self, incident_id: str) -> Incident:
        """An incident, also one that linking has left behind; NotFound when there never was one."""
        ...

    def links(self, *, ended: bool = False) -> Iterator[Link]:
        """Current links by event report and incident; with `ended` also those that no longer hold."""
        ...

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, oldest first, also those taken back."""
        ...

    def asides(self) -> Iterator[SetAside]:
        """Inputs that could not be read and still have not been, by source."""
        ...

    def find(self, prefix: str) -> str:
        """The one full id that begins with `prefix`, or the report with this name.

        Looks among reports, claims, event reports, statistics and incidents. NotFound when none or several match; the
        message lists the first few.
        """
        ...

    def counts(self) -> dict[str, Any]:
        """How many of each: `reports`, `claims`, `event_reports`, `statistics`, `incidents`, `links` (all current),
        `judgements` and inputs `set_aside`."""
        ...

    def connected(self, *, write: bool = False) -> AbstractContextManager[Any]:
        """A connection for the store's further modules (`people`, `acts`, `around`): one transaction, or one moment."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None:
        """Closes the ledger."""
        ...
