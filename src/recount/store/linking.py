"""Writing what the linker found, and judgements: current incidents and links; links are ended, never erased."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from msgspec.structs import replace
from sqlalchemy import Connection, Select, func, select

from recount.errors import NotFound
from recount.records import Incident, Judgement, Link
from recount.store import schema as s
from recount.store.chunks import chunks
from recount.store.keeping import Row
from recount.store.upserts import insert
from recount.store.wire import body
from recount.store.wire import read_link as wire_link

LINKED = "linked"
"""The name in `state` of the mark that the last linking left."""

INDEX = "link_index"
"""The name in `state` under which the index of linking says what it was made from."""

GONE = "superseded: the linker no longer makes this link"
CHANGED = "superseded by a newer comparison of the same two"


def relink(connection: Connection, incidents: Sequence[Incident], links: Sequence[Link], mark: str | None) -> None:
    """Make these the current incidents and links, and forget the index of others. See `contract.Ledger.relink`."""
    connection.execute(s.state.delete().where(s.state.c.name == INDEX))
    _set_incidents(connection, incidents)
    standing = {link_id: (seq, kept) for seq, link_id, kept in connection.execute(_standing())}
    wanted = {link.id: link for link in links if link.ended is None}
    bodies = {link_id: body(link) for link_id, link in wanted.items()}
    said = {link.id: link.ended for link in links if link.ended is not None}
    ends: dict[int, str] = {}
    for link_id, (seq, kept) in standing.items():
        if link_id not in wanted:
            ends[seq] = said.get(link_id) or GONE
        elif bodies[link_id] != kept:
            ends[seq] = CHANGED
    for seq, why in ends.items():
        connection.execute(s.links.update().where(s.links.c.seq == seq).values(ended=why))
    kept_on = {link_id for link_id, (seq, _) in standing.items() if seq not in ends}
    _add_links(connection, [(wanted[i], bodies[i]) for i in wanted if i not in kept_on])
    if mark is not None:
        set_state(connection, LINKED, mark)


def relink_part(
    connection: Connection, decided: Collection[str], incidents: Sequence[Incident], links: Sequence[Link]
) -> None:
    """Make these the incidents and links of the event reports decided on; whatever is linked elsewhere stays as it is."""
    before = _links_of(connection, decided)
    left = {link.incident for _, link, _ in before} - {i.id for i in incidents}
    for some in chunks(sorted(left)):
        connection.execute(s.incidents.update().where(s.incidents.c.id.in_(some)).values(current=False))
    put_incidents(connection, incidents)
    wanted = {link.id: (link, body(link)) for link in links}
    same = {link.id for _, link, kept in before if link.id in wanted and wanted[link.id][1] == kept}
    for seq, link, _ in before:
        if link.id not in same:
            why = CHANGED if link.id in wanted else GONE
            connection.execute(s.links.update().where(s.links.c.seq == seq).values(ended=why))
    _add_links(connection, [new for link_id, new in wanted.items() if link_id not in same])


def _links_of(connection: Connection, events: Collection[str]) -> list[tuple[int, Link, str]]:
    ask = select(s.links.c.seq, s.links.c.body).where(s.links.c.ended.is_(None))
    asks = (ask.where(s.links.c.event_report.in_(some)) for some in chunks(sorted(events)))
    return [(seq, wire_link(kept), kept) for asked in asks for seq, kept in connection.execute(asked)]


def judge(connection: Connection, judgement: Judgement) -> None:
    """Append a judgement; the same one again changes nothing. NotFound when it takes back one that is not there."""
    known = select(s.judgements.c.id).where(s.judgements.c.id == judgement.undoes)
    if judgement.undoes is not None and connection.scalar(known) is None:
        raise NotFound("no such judgement to take back", judgement.undoes, "List them with: recount status --json")
    row = {"id": judgement.id, "decision": judgement.decision, "at": judgement.at, "body": body(judgement)}
    connection.execute(insert(connection, s.judgements).on_conflict_do_nothing(), row)


def state_of(connection: Connection) -> str:
    """A mark of everything that linking rests on: it changes with every extraction and every judgement."""
    extraction = connection.scalar(select(func.max(s.extractions.c.seq))) or 0
    judgement = connection.scalar(select(func.max(s.judgements.c.seq))) or 0
    return f"{extraction}.{judgement}"


def get_state(connection: Connection, name: str) -> str | None:
    """What the ledger notes about itself under this name."""
    return connection.scalar(select(s.state.c.value).where(s.state.c.name == name))


def set_state(connection: Connection, name: str, value: str) -> None:
    """Note something about the ledger itself."""
    statement = insert(connection, s.state)
    newer = {"value": statement.excluded.value}
    row = {"name": name, "value": value}
    connection.execute(statement.on_conflict_do_update(index_elements=[s.state.c.name], set_=newer), row)


def _standing() -> Select[Any]:
    return select(s.links.c.seq, s.links.c.id, s.links.c.body).where(s.links.c.ended.is_(None))


def _set_incidents(connection: Connection, incidents: Sequence[Incident]) -> None:
    known = {i: (current, kept) for i, current, kept in connection.execute(_known_incidents())}
    rows = {incident.id: _incident_row(incident) for incident in incidents}
    gone = [i for i, (current, _) in known.items() if current and i not in rows]
    for some in chunks(gone):
        connection.execute(s.incidents.update().where(s.incidents.c.id.in_(some)).values(current=False))
    _put(connection, [row for i, row in rows.items() if known.get(i) != (True, row["body"])])


def put_incidents(connection: Connection, incidents: Sequence[Incident]) -> None:
    """Make these current, each as it stands here."""
    _put(connection, [_incident_row(incident) for incident in incidents])


def _put(connection: Connection, changed: Sequence[Row]) -> None:
    if changed:
        statement = insert(connection, s.incidents)
        newer = {c.name: statement.excluded[c.name] for c in s.incidents.c if c.name != "id"}
        connection.execute(statement.on_conflict_do_update(index_elements=[s.incidents.c.id], set_=newer), changed)


def _known_incidents() -> Select[Any]:
    return select(s.incidents.c.id, s.incidents.c.current, s.incidents.c.body)


def _add_links(connection: Connection, new: Sequence[tuple[Link, str]]) -> None:
    rows = [{"id": k.id, "event_report": k.event_report, "incident": k.incident, "body": b} for k, b in new]
    if rows:
        connection.execute(s.links.insert(), rows)


def _incident_row(incident: Incident) -> Row:
    kept = {name: getattr(incident, name) for name in ("id", "kind", "country", "part_of")}
    days = {"first": incident.days.first, "last": incident.days.last}
    return kept | days | {"current": True, "body": body(incident)}


def ended(link: Link, why: str | None) -> Link:
    """The link as it stands now."""
    return link if why is None else replace(link, ended=why)
