"""Writing codings: the rows of reports, extractions, claims, event reports and statistics. Only ever adds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, func, select

from recount.records import Claim, Coding, Report, SetAside
from recount.store import schema as s
from recount.store.chunks import chunks
from recount.store.upserts import insert
from recount.store.wire import Extraction, body, own_reading

Row = dict[str, Any]


def keep(connection: Connection, codings: Sequence[Coding]) -> int:
    """Add what is not there yet; how many reports were new. See `contract.Ledger.keep`."""
    new = keep_reports(connection, [coding.report for coding in codings])
    fresh = _not_yet_coded(connection, codings)
    first = (connection.scalar(select(func.max(s.extractions.c.seq))) or 0) + 1
    numbered = list(enumerate(fresh, first))
    _add(connection, s.extractions, [_extraction_row(number, coding) for number, coding in numbered])
    _keep_claims(connection, numbered)
    _add(connection, s.event_reports, [row for number, coding in numbered for row in _event_rows(number, coding)])
    _add(connection, s.statistics, [row for number, coding in numbered for row in _statistic_rows(number, coding)])
    _point_to(connection, numbered)
    return new


def keep_reports(connection: Connection, reports: Sequence[Report]) -> int:
    """Add reports, and every name and source that they came under; how many were new."""
    by_id: dict[str, Report] = {}
    for report in reports:
        by_id.setdefault(report.id, report)
    there = present(connection, s.reports.c.id, by_id)
    new = [report for report in by_id.values() if report.id not in there]
    _add(connection, s.reports, [_report_row(report) for report in new])
    seen = [{"report": r.id, "name": r.name, "source": r.source or ""} for r in reports]
    _add(connection, s.appearances, seen, once=True)
    _solve(connection, [row["source"] for row in seen if row["source"]])
    return len(new)


def set_aside(connection: Connection, items: Sequence[SetAside]) -> None:
    """Remember inputs that could not be read; the same source and reason is one."""
    if items:
        rows = [{"source": i.source, "reason": i.reason, "advice": i.advice, "solved": False} for i in items]
        statement = insert(connection, s.asides)
        again = {"advice": statement.excluded.advice, "solved": False}
        key = [s.asides.c.source, s.asides.c.reason]
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=again), rows)


def present(connection: Connection, column: Any, values: Iterable[str]) -> set[str]:
    """Those of the values that the column holds."""
    return {found for some in chunks(values) for (found,) in connection.execute(select(column).where(column.in_(some)))}


def coded(connection: Connection, pairs: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of the pairs (report, pack) that have an extraction."""
    wanted = set(pairs)
    ask = select(s.extractions.c.report, s.extractions.c.pack)
    asks = (ask.where(s.extractions.c.report.in_(some)) for some in chunks(sorted({r for r, _ in wanted})))
    return wanted.intersection((r, p) for asked in asks for r, p in connection.execute(asked))


def _not_yet_coded(connection: Connection, codings: Sequence[Coding]) -> list[Coding]:
    by_pair: dict[tuple[str, str], Coding] = {}
    for coding in codings:
        by_pair.setdefault((coding.report.id, coding.pack), coding)
    there = coded(connection, by_pair)
    return [coding for pair, coding in by_pair.items() if pair not in there]


def _solve(connection: Connection, sources: Sequence[str]) -> None:
    for some in chunks(sources):
        connection.execute(s.asides.update().where(s.asides.c.source.in_(some)).values(solved=True))


def _keep_claims(connection: Connection, numbered: Sequence[tuple[int, Coding]]) -> None:
    every = [(number, n, claim, c.pack) for number, c in numbered for n, claim in enumerate(c.claims)]
    kept = _kept_claims(connection, [claim.id for _, _, claim, _ in every])
    rows, confirmations = [], []
    for number, position, claim, pack in every:
        before = kept.get(claim.id)
        if before is None:
            before = kept[claim.id] = body(claim)
            rows.append(_claim_row(claim, before))
            reading = None if claim.pack == pack else before
        else:
            reading = own_reading(claim, before, pack)
        confirmations.append({"extraction": number, "position": position, "claim": claim.id, "reading": reading})
    _add(connection, s.claims, rows)
    _add(connection, s.confirmations, confirmations)


def _kept_claims(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    ask = select(s.claims.c.id, s.claims.c.body)
    return {i: b for some in chunks(ids) for i, b in connection.execute(ask.where(s.claims.c.id.in_(some)))}


def _point_to(connection: Connection, numbered: Sequence[tuple[int, Coding]]) -> None:
    if numbered:
        statement = insert(connection, s.current_extractions)
        newer = {"extraction": statement.excluded.extraction}
        rows = [{"report": coding.report.id, "extraction": number} for number, coding in numbered]
        key = [s.current_extractions.c.report]
        connection.execute(statement.on_conflict_do_update(index_elements=key, set_=newer), rows)


def _add(connection: Connection, table: Table, rows: list[Row], *, once: bool = False) -> None:
    if rows:
        statement = insert(connection, table)
        connection.execute(statement.on_conflict_do_nothing() if once else statement, rows)


def _report_row(report: Report) -> Row:
    kept = {name: getattr(report, name) for name in ("id", "name", "url", "published", "outlet")}
    return kept | {"body": body(report)}


def _extraction_row(number: int, coding: Coding) -> Row:
    rest = Extraction(
        passages=coding.passages, attributions=coding.attributions, checks=coding.checks, warnings=coding.warnings
    )
    told = {"report": coding.report.id, "published": coding.report.published, "pack": coding.pack}
    return told | {"seq": number, "body": body(rest)}


def _claim_row(claim: Claim, kept: str) -> Row:
    return {name: getattr(claim, name) for name in ("id", "report", "property", "start", "end")} | {"body": kept}


def _event_rows(number: int, coding: Coding) -> Iterable[Row]:
    for position, event in enumerate(coding.event_reports):
        kept = {name: getattr(event, name) for name in ("id", "role", "kind", "country")}
        days = {"first": event.days.first, "last": event.days.last}
        place = {"extraction": number, "position": position, "report": coding.report.id}
        yield kept | days | place | {"body": body(event)}


def _statistic_rows(number: int, coding: Coding) -> Iterable[Row]:
    for position, one in enumerate(coding.statistics):
        place = {"extraction": number, "position": position, "report": coding.report.id}
        yield place | {"id": one.id, "body": body(one)}
