"""The index of linking: what one more report has to be compared with, read and kept inside one transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec
from sqlalchemy import Connection, Table, bindparam, func, select

from recount.link.blocks import Member
from recount.link.operations import Span
from recount.records import EventReport, Incident, Link, Record, Report
from recount.store import linking, looking, wire
from recount.store import schema as s
from recount.store.chunks import chunks

MOST = 5_000
"""Members of one block that are looked at, which only a block far too common to tell anything exceeds."""


class Base(Record, frozen=True, kw_only=True):
    """What the index rests on: how linking weighed, how many event reports rarity was counted over, and what it saw."""

    scheme: str
    total: int
    extraction: int
    judgement: int
    held: int
    """How many event reports there were when all were last linked, near copies too."""
    numbered: int
    """The highest number that an event report ever had in the index."""


class Entry(Record, frozen=True):
    """An event report to be put into the index; one that does not stand falls into no blocks."""

    place: Member
    blocks: Sequence[int]
    stands: bool


class Neighbours:
    """Reads and writes the index on a connection of the caller's transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # ------------------------------------------------------------------ reading
    def base(self) -> Base | None:
        """What the index rests on; None where there is none."""
        kept = self.connection.scalar(select(s.state.c.value).where(s.state.c.name == linking.INDEX))
        return msgspec.json.decode(kept, type=Base) if kept else None

    def fresh(self, since: int) -> list[str]:
        """Event reports of current extractions later than that one."""
        e, current = s.event_reports, s.current_extractions
        ask = select(e.c.id).join(current, (current.c.report == e.c.report) & (current.c.extraction == e.c.extraction))
        return sorted(self.connection.scalars(ask.where(e.c.extraction > since)))

    def gone(self, since: int) -> list[str]:
        """Event reports in the index whose report was coded again later than that extraction."""
        newer = select(s.extractions.c.report).where(s.extractions.c.seq > since)
        return sorted(self.connection.scalars(select(s.link_events.c.id).where(s.link_events.c.report.in_(newer))))

    def judged_since(self, seq: int) -> set[str]:
        """Subjects of the judgements made since that one, and of those that they take back."""
        found: set[str] = set()
        rows = self.connection.scalars(select(s.judgements.c.body).where(s.judgements.c.seq > seq))
        for judgement in map(wire.read_judgement, rows):
            found.update(judgement.subjects)
            back = judgement.undoes
            while back is not None:
                kept = self.connection.scalar(select(s.judgements.c.body).where(s.judgements.c.id == back))
                undone = wire.read_judgement(kept) if kept else None
                found.update(undone.subjects if undone else ())
                back = undone.undoes if undone else None
        return found

    def members(self, block: int) -> list[Member]:
        """The event reports of a block."""
        e, b = s.link_events, s.link_blocks
        ask = select(e.c.id, e.c.report, e.c.vague, e.c.gist).join(b, b.c.event == e.c.number).where(b.c.block == block)
        return [Member(*row) for row in self.connection.execute(ask.order_by(b.c.event).limit(MOST))]

    def drawn_to(self, events: Iterable[str]) -> set[str]:
        """The event reports that some pair draws to one of these."""
        one, other, p = s.link_events.alias(), s.link_events.alias(), s.link_pairs
        ask = select(other.c.id).join(p, p.c.other == other.c.number).join(one, one.c.number == p.c.one)
        return {i for some in chunks(events) for i in self.connection.scalars(ask.where(one.c.id.in_(some)))}

    def housed_with(self, events: Iterable[str]) -> set[str]:
        """The event reports that now share an incident with one of these."""
        ask = select(s.links.c.event_report).where(s.links.c.ended.is_(None))
        homes = sorted(self.homes(events))
        return {e for some in chunks(homes) for e in self._some(ask, s.links.c.incident, some)}

    def turned(self, stands: Mapping[str, bool]) -> list[str]:
        """Those of the event reports that the index holds as standing, or not, and that are now the other way."""
        ask = select(s.link_events.c.id, s.link_events.c.stands)
        asks = (ask.where(s.link_events.c.id.in_(some)) for some in chunks(sorted(stands)))
        return [i for asked in asks for i, held in self.connection.execute(asked) if held != stands[i]]

    def counts(self, words: Mapping[str, set[str]]) -> dict[str, dict[str, int]]:
        """How many event reports held each of these, by kind, where two or more did."""
        w = s.link_words.c
        found: dict[str, dict[str, int]] = {}
        for kind, asked in words.items():
            ask = select(w.word, w.number).where(w.kind == kind)
            pieces = (self.connection.execute(ask.where(w.word.in_(some))) for some in chunks(sorted(asked)))
            found[kind] = {word: number for rows in pieces for word, number in rows}
        return found

    def event_reports(self, ids: Iterable[str]) -> list[EventReport]:
        """These event reports, by id; each once."""
        found: dict[str, EventReport] = {}
        for some in chunks(sorted(set(ids))):
            for row in self.connection.execute(looking.told_named(s.event_reports, some)):
                found[row[2]] = wire.read_event_report(row[1])
        return [found[i] for i in sorted(found)]

    def current(self, ids: Iterable[str]) -> set[str]:
        """Those of the event reports that a current extraction tells."""
        e, c = s.event_reports.c, s.current_extractions.c
        ask = select(e.id).join(s.current_extractions, (c.report == e.report) & (c.extraction == e.extraction))
        return {i for some in chunks(sorted(set(ids))) for i in self._some(ask, e.id, some)}

    def told_by(self, reports: Iterable[str]) -> list[EventReport]:
        """The event reports of the current extractions of these reports."""
        e, c = s.event_reports.c, s.current_extractions.c
        ask = select(e.body).join(s.current_extractions, c.extraction == e.extraction)
        asks = (self._some(ask, c.report, some) for some in chunks(sorted(set(reports))))
        return [wire.read_event_report(kept) for asked in asks for kept in asked]

    def reports(self, ids: Iterable[str]) -> dict[str, Report]:
        """These reports by id, each with the day that its current extraction knows."""
        rows = (
            row for some in chunks(sorted(set(ids))) for row in self.connection.execute(looking.reports_named(some))
        )
        read = (wire.report_as_read(row[0], row[1]) for row in rows)
        return {report.id: report for report in read}

    def homes(self, events: Iterable[str]) -> set[str]:
        """The current incidents of these event reports."""
        ask = select(s.links.c.incident).where(s.links.c.ended.is_(None))
        asks = (ask.where(s.links.c.event_report.in_(some)) for some in chunks(sorted(set(events))))
        return {incident for asked in asks for incident in self.connection.scalars(asked)}

    def incidents(self, ids: Iterable[str]) -> list[Incident]:
        """These incidents, by id."""
        ask = select(s.incidents.c.body)
        rows = [b for some in chunks(sorted(set(ids))) for b in self._some(ask, s.incidents.c.id, some)]
        return sorted(map(wire.read_incident, rows), key=lambda i: i.id)

    def parts_of(self, wholes: Iterable[str]) -> set[str]:
        """The current incidents that are part of one of these."""
        ask = select(s.incidents.c.id).where(s.incidents.c.current)
        return {i for some in chunks(sorted(set(wholes))) for i in self._some(ask, s.incidents.c.part_of, some)}

    def spans(self, incidents: Iterable[str]) -> list[Span]:
        """The spans of these incidents."""
        ask = select(*s.link_spans.c)
        asks = (ask.where(s.link_spans.c.incident.in_(some)) for some in chunks(sorted(set(incidents))))
        return [Span(*row) for asked in asks for row in self.connection.execute(asked)]

    def spanning(self, country: str, day: int, longest: int) -> set[str]:
        """Incidents of a country that can hold others and whose accounts reach over a day."""
        p = s.link_spans.c
        ask = select(p.incident).where(p.country == country, p.first.between(day - longest, day), p.last >= day, p.wide)
        return set(self.connection.scalars(ask))

    def begun(self, country: str, first: int, last: int) -> set[str]:
        """Incidents of a country that begin on one of these days."""
        p = s.link_spans.c
        ask = select(p.incident).where(p.country == country, p.first.between(first, last))
        return set(self.connection.scalars(ask))

    def _some(self, ask: looking.Rows, column: object, values: Sequence[str]) -> Iterator[str]:
        yield from self.connection.scalars(ask.where(column.in_(values)))  # type: ignore[attr-defined]

    def seen(self) -> tuple[int, int]:
        """The latest extraction and the latest judgement."""
        latest = (select(func.max(table.c.seq)) for table in (s.extractions, s.judgements))
        extraction, judgement = (self.connection.scalar(ask) or 0 for ask in latest)
        return extraction, judgement

    # ------------------------------------------------------------------ writing
    def relink(self, decided: Collection[str], incidents: Sequence[Incident], links: Sequence[Link], mark: str) -> None:
        """Make these the incidents and links of the event reports decided on; all other links stay as they are."""
        linking.relink_part(self.connection, decided, incidents, links)
        linking.set_state(self.connection, linking.LINKED, mark)

    def relink_all(self, incidents: Sequence[Incident], links: Sequence[Link], mark: str) -> None:
        """Make these all the current incidents and links, as `contract.Ledger.relink` does."""
        linking.relink(self.connection, incidents, links, mark)

    def rename(self, incidents: Sequence[Incident]) -> None:
        """Keep a newer state of current incidents whose links stay."""
        linking.put_incidents(self.connection, incidents)

    def clear(self) -> None:
        """Forget everything."""
        for table in s.LINK_INDEX:
            self.connection.execute(table.delete())
        self.connection.execute(s.state.delete().where(s.state.c.name == linking.INDEX))

    def rest_on(self, base: Base) -> None:
        """Say what the index rests on from now on."""
        self.connection.execute(s.state.delete().where(s.state.c.name == linking.INDEX))
        self._add(s.state, ({"name": linking.INDEX, "value": msgspec.json.encode(base).decode()},))

    def add(self, entries: Iterable[Entry], last: int) -> int:
        """Put event reports into the index; `last` is the highest number so far, returned as it is afterwards."""
        for some in chunks(entries, 2_000):
            numbered = list(enumerate(some, last + 1))
            last += len(some)
            places = ({"number": n, "id": e.place.event, **_rest(e)} for n, e in numbered)
            self._add(s.link_events, places)
            self._add(s.link_blocks, ({"block": b, "event": n} for n, e in numbered for b in e.blocks if e.stands))
        return last

    def restand(self, entries: Sequence[Entry]) -> None:
        """Put event reports of the index into their blocks, or take them out, as they now stand."""
        numbers = self._numbers(e.place.event for e in entries)
        self._leave_blocks(entries, numbers)
        for entry in entries:
            this = s.link_events.c.number == numbers[entry.place.event]
            self.connection.execute(s.link_events.update().where(this).values(stands=entry.stands))
        self._add(
            s.link_blocks,
            ({"block": b, "event": numbers[e.place.event]} for e in entries if e.stands for b in e.blocks),
        )

    def _leave_blocks(self, entries: Sequence[Entry], numbers: Mapping[str, int]) -> None:
        held = [(b, numbers[e.place.event]) for e in entries if e.place.event in numbers for b in e.blocks]
        self._remove(s.link_blocks, held)

    def _remove(self, table: Table, keys: Sequence[tuple[int, int]]) -> None:
        """Rows by their two keys, each looked up: SQLite reads the whole table for a list of pairs."""
        one, other = table.primary_key.columns
        if keys:
            statement = table.delete().where(one == bindparam("first"), other == bindparam("second"))
            self.connection.execute(statement, [{"first": a, "second": b} for a, b in keys])

    def drop(self, entries: Sequence[Entry]) -> None:
        """Take event reports out of the index; `entries` as they were put in. Pairs with them go too."""
        numbers = self._numbers(e.place.event for e in entries)
        self._leave_blocks(entries, numbers)
        for gone in chunks(numbers.values()):
            mirrored = select(s.link_pairs.c.other, s.link_pairs.c.one).where(s.link_pairs.c.one.in_(gone))
            pairs = [(one, other) for one, other in self.connection.execute(mirrored)]
            self._remove(s.link_pairs, pairs)
            self.connection.execute(s.link_pairs.delete().where(s.link_pairs.c.one.in_(gone)))
            self.connection.execute(s.link_events.delete().where(s.link_events.c.number.in_(gone)))

    def draw(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Keep pairs of event reports that are worth drawing together; those there already stay."""
        wanted = list(pairs)
        numbers = self._numbers(e for pair in wanted for e in pair)
        both = {(numbers[a], numbers[b]) for one, other in wanted for a, b in ((one, other), (other, one))}
        for some in chunks(sorted(both)):
            ask = select(*s.link_pairs.c).where(s.link_pairs.c.one.in_({a for a, _ in some}))
            there = set(map(tuple, self.connection.execute(ask)))
            self._add(s.link_pairs, ({"one": a, "other": b} for a, b in some if (a, b) not in there))

    def keep_words(self, kind: str, counted: Mapping[str, int]) -> None:
        """Keep how many event reports hold each word, where two or more do."""
        rows = ({"kind": kind, "word": w, "number": n} for w, n in sorted(counted.items()) if n > 1)
        self._add(s.link_words, rows)

    def span(self, incidents: Iterable[str], spans: Iterable[Span]) -> None:
        """Replace the spans of these incidents."""
        for some in chunks(sorted(set(incidents))):
            self.connection.execute(s.link_spans.delete().where(s.link_spans.c.incident.in_(some)))
        self._add(s.link_spans, (p._asdict() for p in spans))

    def _numbers(self, events: Iterable[str]) -> dict[str, int]:
        ask = select(s.link_events.c.id, s.link_events.c.number)
        asks = (ask.where(s.link_events.c.id.in_(some)) for some in chunks(sorted(set(events))))
        return {i: n for asked in asks for i, n in self.connection.execute(asked)}

    def _add(self, table: Table, rows: Iterable[Mapping[str, object]]) -> None:
        for some in chunks(rows, 10_000):
            self.connection.execute(table.insert(), some)


def _rest(entry: Entry) -> dict[str, object]:
    place = entry.place
    return {"report": place.report, "vague": place.vague, "gist": place.gist, "stands": entry.stands}
