"""What stands around a few records, read by their ids: nothing here reads a whole ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from recount.records import Claim, Coding, Incident, Judgement, Link, Report
from recount.store import schema as s
from recount.store import wire
from recount.store.chunks import chunks
from recount.store.codings import codings_of
from recount.store.decisions import active
from recount.store.linking import ended
from recount.store.replay import Decided, decided

DEEPEST = 8
"""Levels of operations within operations that are followed."""


def incidents_named(connection: Connection, ids: Iterable[str]) -> dict[str, Incident]:
    """Incidents with these ids, also those that linking has left behind."""
    ask = select(s.incidents.c.body).order_by(s.incidents.c.id)
    return {
        incident.id: incident
        for some in chunks(ids)
        for (body,) in connection.execute(ask.where(s.incidents.c.id.in_(some)))
        for incident in (wire.read_incident(body),)
    }


def family(connection: Connection, ids: Sequence[str]) -> dict[str, Incident]:
    """These incidents, the current ones below them at any depth, and those above them."""
    found = incidents_named(connection, ids)
    layer = list(found)
    for _ in range(DEEPEST):
        below = {i.id: i for i in _parts(connection, layer) if i.id not in found}
        found.update(below)
        layer = list(below)
    wanted = {i.part_of for i in found.values() if i.part_of and i.part_of not in found}
    for _ in range(DEEPEST):
        above = incidents_named(connection, wanted) if wanted else {}
        found.update(above)
        wanted = {i.part_of for i in above.values() if i.part_of and i.part_of not in found}
    return found


def _parts(connection: Connection, ids: Sequence[str]) -> list[Incident]:
    i = s.incidents.c
    ask = select(i.body).where(i.current).order_by(i.first, i.id)
    return [
        wire.read_incident(body)
        for some in chunks(ids)
        for (body,) in connection.execute(ask.where(i.part_of.in_(some)))
    ]


def reports_telling(connection: Connection, event_reports: Iterable[str]) -> list[str]:
    """The reports that tell these event reports, by publication day."""
    e = s.event_reports
    ask = select(e.c.report, s.reports.c.published).join(s.reports, s.reports.c.id == e.c.report)
    rows = {row for some in chunks(event_reports) for row in connection.execute(ask.where(e.c.id.in_(some)))}
    return [report for report, day in sorted(rows, key=lambda r: (r[1] is None, r[1], r[0]))]


def reports_named(connection: Connection, ids: Sequence[str]) -> list[Report]:
    """These reports, in this order; unknown ones are left out."""
    r = s.reports.c
    bodies = {
        i: wire.read_report(body)
        for some in chunks(ids)
        for i, body in connection.execute(select(r.id, r.body).where(r.id.in_(some)))
    }
    return [bodies[i] for i in ids if i in bodies]


def codings_named(connection: Connection, report_ids: Sequence[str]) -> list[Coding]:
    """Current codings of these reports, as the rules read them."""
    return [coding for some in chunks(report_ids, 100) for coding in codings_of(connection, some)]


def claims_named(connection: Connection, ids: Iterable[str]) -> list[Claim]:
    """Claims with these ids as first read, in this order; those that people added among them."""
    c = s.claims.c
    wanted = list(dict.fromkeys(ids))
    found = {
        i: wire.read_claim(body)
        for some in chunks(wanted)
        for i, body in connection.execute(select(c.id, c.body).where(c.id.in_(some)))
    }
    missing = [i for i in wanted if i not in found]
    added = {j.claim.id: j.claim for j in judgements_on(connection, missing) if j.claim is not None} if missing else {}
    return [claim for i in wanted if (claim := found.get(i) or added.get(i)) is not None]


def links_to(connection: Connection, incidents: Iterable[str], *, past: bool = False) -> list[Link]:
    """Links to these incidents: the standing ones, or all."""
    k = s.links
    ask = select(k.c.body, k.c.ended).order_by(k.c.event_report, k.c.incident, k.c.seq)
    ask = ask if past else ask.where(k.c.ended.is_(None))
    rows = [row for some in chunks(incidents) for row in connection.execute(ask.where(k.c.incident.in_(some)))]
    return [ended(wire.read_link(body), why) for body, why in rows]


def links_from(connection: Connection, event_reports: Iterable[str]) -> dict[str, str]:
    """The current incident of each of these event reports."""
    k = s.links
    ask = select(k.c.event_report, k.c.incident).where(k.c.ended.is_(None)).order_by(k.c.event_report, k.c.seq)
    rows = [row for some in chunks(event_reports) for row in connection.execute(ask.where(k.c.event_report.in_(some)))]
    return dict(map(tuple, rows))


def judgements_on(connection: Connection, subjects: Iterable[str]) -> list[Judgement]:
    """All judgements that speak of these records, and those that take them back, oldest first."""
    found: dict[int, Judgement] = {}
    wanted = list(dict.fromkeys(subjects))
    while wanted:
        fresh = {seq: wire.read_judgement(body) for some in chunks(wanted) for seq, body in _speaking(connection, some)}
        new = {seq: j for seq, j in fresh.items() if seq not in found}
        found.update(new)
        wanted = [j.id for j in new.values()]
    return [found[seq] for seq in sorted(found)]


def _speaking(connection: Connection, subjects: list[str]) -> Iterable[Any]:
    ask: Select[Any] = select(s.judgements.c.seq, s.judgements.c.body)
    joined = ask.join(s.judged, s.judged.c.judgement == s.judgements.c.seq)
    return connection.execute(joined.where(s.judged.c.subject.in_(subjects)))


def decided_on(connection: Connection, codings: Sequence[Coding]) -> Decided:
    """The standing decisions on the claims of these codings, with the claims that the rules missed in them."""
    subjects = [c.id for coding in codings for c in coding.claims]
    subjects += [coding.report.id for coding in codings]
    once = judgements_on(connection, subjects)
    added = [j.claim.id for j in once if j.claim is not None]
    return decided(active(judgements_on(connection, [*subjects, *added]) if added else once))


def newest(connection: Connection) -> tuple[int, int, str]:
    """What derived listings follow: the last extraction, the last judgement, and the mark of the last linking."""
    extraction = connection.scalar(select(func.max(s.extractions.c.seq))) or 0
    judgement = connection.scalar(select(func.max(s.judgements.c.seq))) or 0
    mark = connection.scalar(select(s.state.c.value).where(s.state.c.name == literal("linked"))) or ""
    return int(extraction), int(judgement), str(mark)
