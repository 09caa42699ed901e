"""The ledger on SQLAlchemy Core: `contract.Ledger` over the statements of `keeping`, `linking` and `looking`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from sqlalchemy import Connection, Row, select

from recount.errors import LedgerError, NotFound
from recount.records import Claim, Coding, EventReport, Incident, Judgement, Link, Report, SetAside, Statistic
from recount.store import keeping, linking, looking, wire
from recount.store import schema as s
from recount.store.chunks import chunks
from recount.store.codings import codings_of
from recount.store.home import Home

if TYPE_CHECKING:
    from recount.store.neighbours import Neighbours

T = TypeVar("T")
AnyRow = Row[*tuple[Any, ...]]

STREAM = {"yield_per": 500}
"""Rows that a listing holds in memory at a time."""


class SqlLedger:
    """A ledger in whatever home. Safe in several threads; each method says what it does in `contract.Ledger`."""

    def __init__(self, home: Home, *, readonly: bool) -> None:
        self.address, self.door, self.name, self.file = home.address, home.door, home.name, home.file
        self.readonly = readonly
        self._home = home

    # ------------------------------------------------------------------ writing
    def adding(self) -> AbstractContextManager[None]:
        return self._writable().adding()

    def linking(self) -> AbstractContextManager[None]:
        return self._writable().linking()

    def writing(self) -> AbstractContextManager[None]:
        return self._writable().writing()

    def keep(self, codings: Sequence[Coding]) -> int:
        with self._changing() as connection:
            return keeping.keep(connection, codings)

    def seen(self, reports: Sequence[Report]) -> None:
        with self._changing() as connection:
            keeping.keep_reports(connection, reports)

    def set_aside(self, items: Sequence[SetAside]) -> None:
        with self._changing() as connection:
            keeping.set_aside(connection, items)

    def relink(self, incidents: Sequence[Incident], links: Sequence[Link], mark: str | None = None) -> None:
        with self._changing() as connection:
            linking.relink(connection, incidents, links, mark)

    @contextmanager
    def neighbours(self) -> Iterator[Neighbours]:
        from recount.store.neighbours import Neighbours  # linking alone needs it

        with self._changing() as connection:
            yield Neighbours(connection)

    def judge(self, judgement: Judgement) -> None:
        with self._changing() as connection:
            linking.judge(connection, judgement)

    # ------------------------------------------------------------------ reading
    def known(self, report_ids: Iterable[str], pack: str) -> set[str]:
        with self._reading() as connection:
            return {report for report, _ in keeping.coded(connection, ((r, pack) for r in report_ids))}

    def state(self) -> str:
        with self._reading() as connection:
            return linking.state_of(connection)

    def linked(self) -> str | None:
        with self._reading() as connection:
            return linking.get_state(connection, linking.LINKED)

    def reports(self) -> Iterator[Report]:
        return self._listed(looking.reports(), lambda row: wire.report_as_read(row[0], row[1]))

    def report(self, report_id: str) -> Report:
        return wire.report_as_read(*self._one(looking.report(report_id), report_id, "report"))

    def versions(self, report_id: str) -> tuple[str, ...]:
        with self._reading() as connection:
            found = tuple(connection.scalars(looking.versions(report_id)))
        return found or (self.report(report_id).id,)

    def coding(self, report_id: str) -> Coding:
        with self._reading() as connection:
            for coding in codings_of(connection, [report_id]):
                return coding
        raise NotFound("no coded report has this id", report_id, "Find ids with: recount status")

    def codings(self, ids: Iterable[str] | None = None) -> Iterator[Coding]:
        with self._reading() as connection:
            if ids is None:
                ids = connection.scalars(looking.coded_reports()).all()
            for some in chunks(ids, 100):
                yield from codings_of(connection, some)

    def claims(self, ids: Iterable[str] | None = None) -> Iterator[Claim]:
        def read(row: AnyRow) -> Claim:
            return wire.claim_as_read(row[1], row[2], row[3])

        if ids is None:
            return self._listed(looking.claims(), read)
        return self._named(ids, looking.claims_named, lambda row: str(row[4]), read)

    def event_reports(self, ids: Iterable[str] | None = None) -> Iterator[EventReport]:
        def read(row: AnyRow) -> EventReport:
            return wire.read_event_report(row[1])

        if ids is None:
            return self._listed(looking.told(s.event_reports), read)
        return self._named(ids, lambda some: looking.told_named(s.event_reports, some), lambda row: str(row[2]), read)

    def statistics(self) -> Iterator[Statistic]:
        return self._listed(looking.told(s.statistics), lambda row: wire.read_statistic(row[1]))

    def incidents(self) -> Iterator[Incident]:
        return self._listed(looking.incidents(), lambda row: wire.read_incident(row[0]))

    def incident(self, incident_id: str) -> Incident:
        ask = select(s.incidents.c.body).where(s.incidents.c.id == incident_id)
        return wire.read_incident(*self._one(ask, incident_id, "incident"))

    def links(self, *, ended: bool = False) -> Iterator[Link]:
        return self._listed(looking.links(past=ended), lambda row: linking.ended(wire.read_link(row[0]), row[1]))

    def judgements(self) -> Iterator[Judgement]:
        ask = select(s.judgements.c.body).order_by(s.judgements.c.seq)
        return self._listed(ask, lambda row: wire.read_judgement(row[0]))

    def asides(self) -> Iterator[SetAside]:
        a = s.asides.c
        ask = select(a.source, a.reason, a.advice).where(a.solved.is_(False)).order_by(a.source, a.reason)
        return self._listed(ask, lambda row: SetAside(source=row[0], reason=row[1], advice=row[2]))

    def find(self, prefix: str) -> str:
        with self._reading() as connection:
            return looking.find(connection, prefix)

    def counts(self) -> dict[str, Any]:
        with self._reading() as connection:
            return looking.counts(connection)

    def close(self) -> None:
        self._home.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ------------------------------------------------------------------ how
    def connected(self, *, write: bool = False) -> AbstractContextManager[Connection]:
        """A connection for the store's further modules: one transaction, or one moment to read."""
        return self._changing() if write else self._reading()

    def _writable(self) -> Home:
        if self.readonly:
            raise LedgerError("the ledger was opened for reading only", self.address, "Open it for writing.")
        return self._home

    def _changing(self) -> AbstractContextManager[Connection]:
        return self._writable().changing()

    def _reading(self) -> AbstractContextManager[Connection]:
        return self._home.reading()

    def _listed(self, ask: looking.Rows, read: Callable[[AnyRow], T]) -> Iterator[T]:
        with self._reading() as connection:
            for row in connection.execute(ask, execution_options=STREAM):
                yield read(row)

    def _named(
        self,
        ids: Iterable[str],
        ask: Callable[[list[str]], looking.Rows],
        name: Callable[[AnyRow], str],
        read: Callable[[AnyRow], T],
    ) -> Iterator[T]:
        """Records in the order of their ids as given; ids that the ledger does not hold are left out."""
        with self._reading() as connection:
            for some in chunks(dict.fromkeys(ids)):
                found: dict[str, list[T]] = {}
                for row in connection.execute(ask(some)):
                    found.setdefault(name(row), []).append(read(row))
                for one in some:
                    yield from found.get(one, ())

    def _one(self, ask: looking.Rows, record_id: str, noun: str) -> AnyRow:
        with self._reading() as connection:
            found = connection.execute(ask).first()
        if found is None:
            raise NotFound(f"no {noun} has this id", record_id, "Find ids with: recount incidents")
        return found
