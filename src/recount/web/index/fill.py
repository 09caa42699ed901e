"""Bringing the index up to date: only what reports, links and decisions have changed since is worked out again."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import select

from recount.export.around import ground_around
from recount.export.ground import Ground, above
from recount.records import Report
from recount.store import around
from recount.store import schema as s
from recount.store.chunks import chunks
from recount.store.decisions import active
from recount.web.index.entry import Entry, entry_of, folded, is_done, packed
from recount.web.index.tables import Index, note

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from recount.store.contract import Ledger

BATCH = 100
Progress = Callable[[int, int], None]
"""Called with incidents done and incidents to do."""


def refresh(ledger: Ledger, index: Index, progress: Progress | None = None) -> int:
    """Bring the index up to what the ledger holds; returns how many incidents were worked out."""
    with ledger.connected() as connection:
        extraction, judgement, mark = around.newest(connection)
        now = f"{extraction} {judgement} {mark}"
        if not _is_of(connection, index, extraction, judgement):
            index.empty()
        if index.state("now") == now:
            return 0
        _read_words(connection, index)
        stale, marks = _stale(connection, index, now)
        linked = index.state("now").split(" ", 2)[::2] != now.split(" ", 2)[::2]
        done = 0
        for some in chunks(stale, BATCH):
            _work_out(connection, index, some, marks)
            done += len(some)
            if progress:
                progress(done, len(stale))
    with index.writing() as writing:
        if linked:
            _count_names(writing)
        note(writing, "now", now)
    return len(stale)


def _is_of(connection: Connection, index: Index, extraction: int, judgement: int) -> bool:
    """Whether the index was made from this ledger: one that was put back from a backup has another past."""
    last = index.state("words")
    before, decided = [*index.state("now").split(" ", 2), "", ""][:2]
    if int(before or 0) > extraction or int(decided or 0) > judgement:
        return False
    r = s.reports.c
    return not last or connection.scalar(select(r.id).where(r.seq == int(last))) == index.state("newest")


Marks = dict[str, bytes]


def _stale(connection: Connection, index: Index, now: str) -> tuple[list[str], Marks]:
    """Incidents that changed and those above them, with their marks; those that are gone are taken out here."""
    extraction, judgement, mark = [*index.state("now").split(" ", 2), "", ""][:3]
    first = not extraction
    touched = set() if first else set(_touched(connection, int(extraction), int(judgement)))
    if not first and [extraction, mark] == now.split(" ", 2)[::2]:  # only decisions came since
        return _with_wholes(connection, touched)
    known = dict(index.reading().execute("SELECT incident, mark FROM listing"))
    wholes: dict[str, str | None] = {}
    marks: Marks = {}
    i = s.incidents.c
    current = select(i.id, i.part_of, i.body).where(i.current)
    for incident, whole, body in connection.execute(current, execution_options={"yield_per": 500}):
        wholes[incident] = whole
        marks[incident] = mark_of(body)
    with index.writing() as writing:
        _forget(writing, [incident for incident in known if incident not in marks])
    stale = {incident for incident, mark in marks.items() if known.get(incident) != mark} | touched
    for incident in list(stale):
        while (whole := wholes.get(incident)) and whole not in stale:
            stale.add(whole)
            incident = whole
    return sorted(stale & marks.keys()), marks


def _with_wholes(connection: Connection, ids: set[str]) -> tuple[list[str], Marks]:
    i = s.incidents.c
    marks: Marks = {}
    while ids:
        ask = select(i.id, i.part_of, i.body).where(i.current)
        rows = [row for some in chunks(ids) for row in connection.execute(ask.where(i.id.in_(some)))]
        marks |= {incident: mark_of(body) for incident, _, body in rows}
        ids = {whole for _, whole, _ in rows if whole and whole not in marks}
    return sorted(marks), marks


def _touched(connection: Connection, extraction: int, judgement: int) -> Iterable[str]:
    """Incidents told by reports that were coded since, or spoken of by decisions made since."""
    x, e, j = s.extractions.c, s.event_reports.c, s.judged.c
    reports = set(connection.scalars(select(x.report).where(x.seq > extraction)))
    subjects = set(connection.scalars(select(j.subject).where(j.judgement > judgement)))
    subjects |= {x for k in around.judgements_on(connection, subjects) for x in k.subjects}
    for some in chunks(subjects):
        reports |= set(connection.scalars(select(s.claims.c.report).where(s.claims.c.id.in_(some))))
    events = {x for x in subjects if x.startswith("e_")}
    for some in chunks({*reports, *(x for x in subjects if x.startswith("r_"))}):
        events |= set(connection.scalars(select(e.id).where(e.report.in_(some))))
    return around.links_from(connection, events).values()


def mark_of(body: str) -> bytes:
    """A short mark of an incident's record."""
    return hashlib.blake2b(body.encode(), digest_size=8).digest()


def _work_out(connection: Connection, index: Index, ids: Sequence[str], marks: dict[str, bytes]) -> None:
    ground = ground_around(connection, ids).ground
    judged = _judged(connection, ground)
    entries = [entry_of(ground.incidents[i], ground, judged) for i in ids]
    numbers = _numbers(connection, {r for entry in entries for r in entry.reports})
    with index.writing() as writing:
        _forget(writing, ids)
        for entry in entries:
            _keep(writing, entry, ground, judged, numbers, marks[entry.incident.id])


def _judged(connection: Connection, ground: Ground) -> frozenset[str]:
    records = {*ground.claims, *ground.event_reports}
    standing = active(around.judgements_on(connection, records))
    return frozenset(subject for judgement in standing for subject in judgement.subjects if subject in records)


def _numbers(connection: Connection, reports: set[str]) -> dict[str, int]:
    r = s.reports.c
    return {i: n for some in chunks(reports) for i, n in connection.execute(select(r.id, r.seq).where(r.id.in_(some)))}


OF_INCIDENTS = ("listing", "facets", "totals", "cells", "clashes", "cards", "told", "queue")


def _forget(writing: sqlite3.Connection, ids: Iterable[str]) -> None:
    keys = [(i,) for i in ids]
    for table in OF_INCIDENTS:
        writing.executemany(f"DELETE FROM {table} WHERE incident = ?", keys)


def _keep(
    writing: sqlite3.Connection,
    entry: Entry,
    ground: Ground,
    judged: frozenset[str],
    numbers: dict[str, int],
    mark: bytes,
) -> None:
    incident, part = entry.incident.id, int(bool(above(entry.incident, ground.incidents)))
    month = entry.incident.days.first.isoformat()[:7] if entry.incident.days.first else None
    _keep_row(writing, entry, part, month, mark)
    _keep_facets(writing, entry)
    _add(writing, "totals", [(f.rule_set, incident, part, f.low, f.best, f.high) for f in entry.totals])
    _add(writing, "cells", [(incident, c.harm, c.side, month, part, c.low, c.high) for c in entry.card.cells])
    _add(writing, "clashes", [(incident, *clash, n) for clash, n in Counter(entry.clashes).items()])
    _add(writing, "cards", [(incident, packed(entry.card))])
    _add(writing, "told", [(numbers[r], incident) for r in entry.reports if r in numbers])
    items = [(i.id, i.kind, i.rank, incident, int(is_done(i, judged)), msgspec.json.encode(i)) for i in entry.items]
    _add(writing, "queue", items)


def _keep_row(writing: sqlite3.Connection, entry: Entry, part: int, month: str | None, mark: bytes) -> None:
    incident, card, days = entry.incident, entry.card, entry.incident.days
    killed = [c for c in card.cells if c.harm == "killed"]
    lat, lon, exact = entry.point or (None, None, False)
    low = sum(c.low or 0 for c in killed) if killed else None
    high = sum(c.high if c.high is not None else c.low or 0 for c in killed) if killed else None
    first, last = (d.isoformat() if d else None for d in (days.first, days.last))
    place = (lat, lon, int(exact))
    row = (incident.id, first, last, month, incident.kind, incident.country, *place, low, high)
    _add(writing, "listing", [(*row, card.sources, int(card.disputed), card.open, part, mark)])


def _keep_facets(writing: sqlite3.Connection, entry: Entry) -> None:
    facets = {(facet, folded(value)): value for facet, value in entry.facets if folded(value)}
    _add(writing, "facets", [(*key, entry.incident.id) for key in facets])
    named = [(*key, shown, 0) for key, shown in facets.items()]
    writing.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?)", named)


def _add(writing: sqlite3.Connection, table: str, rows: Sequence[tuple[object, ...]]) -> None:
    if rows:
        places = ", ".join("?" * len(rows[0]))
        writing.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({places})", rows)


def _count_names(writing: sqlite3.Connection) -> None:
    """How many incidents each name stands in, for the lists of names to choose from."""
    writing.execute("UPDATE names SET n = 0")
    writing.execute(
        "INSERT INTO names SELECT facet, value, value, COUNT(*) FROM facets WHERE true GROUP BY facet, value"
        " ON CONFLICT (facet, value) DO UPDATE SET n = excluded.n"
    )


def _read_words(connection: Connection, index: Index) -> None:
    """Add the words of reports that came since to the full-text index."""
    r = s.reports.c
    last = int(index.state("words") or 0)
    ask = select(r.seq, r.body, r.id).where(r.seq > last).order_by(r.seq)
    rows = iter(connection.execute(ask, execution_options={"yield_per": 500}))
    while some := list(islice(rows, 500)):
        with index.writing() as writing:
            writing.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", [(n, _words(b)) for n, b, _ in some])
            note(writing, "words", some[-1][0])
            note(writing, "newest", some[-1][2])


def _words(body: str) -> str:
    report = msgspec.json.decode(body, type=Report)
    return " ".join(part for part in (report.outlet, report.name, report.text) if part)
