"""Reading: the statements behind every listing, each with its one order, and the look-up by part of an id."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, union

from recount.errors import NotFound
from recount.store import schema as s

Rows = Select[*tuple[Any, ...]]

BY_REPORT = (s.reports.c.published.is_(None), s.reports.c.published, s.reports.c.id)
"""The order of everything that belongs to a report: by publication day, those without one last, then by id."""


def reports() -> Rows:
    """All reports: body, and the publication day that the current extraction knows."""
    return _dated().order_by(*BY_REPORT)


def report(report_id: str) -> Rows:
    """One report, as `reports`."""
    return _dated().where(s.reports.c.id == report_id)


def reports_named(ids: list[str]) -> Rows:
    """These reports, as `reports`."""
    return _dated().where(s.reports.c.id.in_(ids))


def _dated() -> Rows:
    e, current = s.extractions, s.current_extractions
    joined = s.reports.outerjoin(current, current.c.report == s.reports.c.id)
    return select(s.reports.c.body, e.c.published).select_from(joined.outerjoin(e, e.c.seq == current.c.extraction))


def coded_reports() -> Rows:
    """Ids of all reports that have an extraction."""
    current = s.current_extractions
    return select(current.c.report).join(s.reports, s.reports.c.id == current.c.report).order_by(*BY_REPORT)


def extractions(report_ids: list[str]) -> Rows:
    """Current extractions of these reports: number, report, pack, day, body, the report's body."""
    e, current = s.extractions, s.current_extractions
    return (
        select(e.c.seq, e.c.report, e.c.pack, e.c.published, e.c.body, s.reports.c.body)
        .join(current, current.c.extraction == e.c.seq)
        .join(s.reports, s.reports.c.id == e.c.report)
        .where(current.c.report.in_(report_ids))  # not e.report: it has no index of its own
    )


def claims() -> Rows:
    """Claims of current extractions: extraction, claim's body, own reading, pack."""
    return _confirmed().join(s.current_extractions, s.current_extractions.c.extraction == s.extractions.c.seq)


def claims_of(numbers: list[int]) -> Rows:
    """Claims of these extractions as `claims`, by extraction, in the order in which they were found."""
    k = s.confirmations.c
    return _found().where(k.extraction.in_(numbers)).order_by(k.extraction, k.position)


def claims_named(ids: list[str]) -> Rows:
    """Claims with these ids in the newest extraction that found each."""
    other = s.confirmations.alias()
    newest = select(func.max(other.c.extraction)).where(other.c.claim == s.confirmations.c.claim).scalar_subquery()
    return _confirmed().where(s.confirmations.c.claim.in_(ids), s.confirmations.c.extraction == newest)


def _confirmed() -> Rows:
    k = s.confirmations.c
    dated = _found().join(s.reports, s.reports.c.id == s.extractions.c.report)
    return dated.order_by(*BY_REPORT, k.extraction, k.position)


def _found() -> Rows:
    k = s.confirmations
    return (
        select(k.c.extraction, s.claims.c.body, k.c.reading, s.extractions.c.pack, s.claims.c.id)
        .join(s.claims, s.claims.c.id == k.c.claim)
        .join(s.extractions, s.extractions.c.seq == k.c.extraction)
    )


def told(table: Any) -> Rows:
    """Event reports or statistics of current extractions: extraction, body, id."""
    return _told(table).join(s.current_extractions, s.current_extractions.c.extraction == table.c.extraction)


def told_in(table: Any, numbers: list[int]) -> Rows:
    """Event reports or statistics of these extractions as `told`, by extraction, in their order."""
    ask = select(table.c.extraction, table.c.body, table.c.id).where(table.c.extraction.in_(numbers))
    return ask.order_by(table.c.extraction, table.c.position)


def told_named(table: Any, ids: list[str]) -> Rows:
    """Event reports or statistics with these ids in the newest extraction that told each."""
    other = table.alias()
    newest = select(func.max(other.c.extraction)).where(other.c.id == table.c.id).scalar_subquery()
    return _told(table).where(table.c.id.in_(ids), table.c.extraction == newest)


def _told(table: Any) -> Rows:
    return (
        select(table.c.extraction, table.c.body, table.c.id)
        .join(s.reports, s.reports.c.id == table.c.report)
        .order_by(*BY_REPORT, table.c.extraction, table.c.position)
    )


def incidents() -> Rows:
    """Bodies of current incidents: by day, those without one last, then country and id."""
    i = s.incidents
    order = (i.c.first.is_(None), i.c.first, i.c.country.is_(None), i.c.country, i.c.id)
    return select(i.c.body).where(i.c.current).order_by(*order)


def links(*, past: bool) -> Rows:
    """Links, body and end: the standing ones, or all."""
    k = s.links
    ask = select(k.c.body, k.c.ended).order_by(k.c.event_report, k.c.incident, k.c.seq)
    return ask if past else ask.where(k.c.ended.is_(None))


def versions(report_id: str) -> Rows:
    """Ids of the reports with the same address as this one, in order of arrival."""
    address = select(s.reports.c.url).where(s.reports.c.id == report_id).scalar_subquery()
    return select(s.reports.c.id).where(s.reports.c.url == address).order_by(s.reports.c.seq)


SHOWN = 5
"""How many of several matches an error lists."""


def find(connection: Connection, prefix: str) -> str:
    """The one id that `prefix` means. See `contract.Ledger.find`."""
    named = select(s.appearances.c.report).where(s.appearances.c.name == prefix).distinct()
    for ask in (_ids(lambda column: column == prefix), named, _ids(lambda column: _begins(column, prefix))):
        found: list[str] = sorted(connection.scalars(ask.limit(SHOWN + 1)))
        if len(found) == 1:
            return found[0]
        if found:
            raise _several(prefix, found)
    raise NotFound("nothing in the ledger has this id or name", prefix, "List what is there with: recount incidents")


def _ids(matches: Any) -> Any:
    columns = (s.reports.c.id, s.claims.c.id, s.event_reports.c.id, s.statistics.c.id, s.incidents.c.id)
    added = select(s.judged.c.subject).where(_begins(s.judged.c.subject, "c_"), matches(s.judged.c.subject))
    return union(*(select(column).where(matches(column)) for column in columns), added)


def _begins(column: Any, prefix: str) -> Any:
    return and_(column >= prefix, column <= prefix + "\U0010ffff") if prefix else column.is_(None)


def _several(prefix: str, found: list[str]) -> NotFound:
    first = ", ".join(found[:SHOWN]) + (" and more" if len(found) > SHOWN else "")
    return NotFound(f"several records have this id or name: {first}", prefix, "Give more of the id.")


def counts(connection: Connection) -> dict[str, Any]:
    """See `contract.Ledger.counts`."""
    current = s.current_extractions.c.extraction
    asks = {
        "reports": select(func.count()).select_from(s.reports),
        "claims": _count(s.confirmations).join(s.current_extractions, current == s.confirmations.c.extraction),
        "event_reports": _count(s.event_reports).join(s.current_extractions, current == s.event_reports.c.extraction),
        "statistics": _count(s.statistics).join(s.current_extractions, current == s.statistics.c.extraction),
        "incidents": _count(s.incidents).where(s.incidents.c.current),
        "links": _count(s.links).where(s.links.c.ended.is_(None)),
        "judgements": _count(s.judgements),
        "set_aside": _count(s.asides).where(s.asides.c.solved.is_(False)),
    }
    return {name: connection.scalar(ask) for name, ask in asks.items()}


def _count(table: Any) -> Rows:
    return select(func.count()).select_from(table)
