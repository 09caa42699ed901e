"""The queue's questions to the index: what comes next, how far one is, and marking an item as done."""

from __future__ import annotations

import random
import sqlite3

import msgspec

from recount.records import Record
from recount.review.queue import KINDS, Item, ItemKind
from recount.web.index.tables import Index


class Asked(Record, frozen=True):
    """Which items to go through: of one kind, of one incident, of a sample; empty for all."""

    kind: str = ""
    incident: str = ""
    sample: str = ""


class Progress(Record, frozen=True):
    """How many items are decided and how many there are."""

    done: int
    of: int


_decode = msgspec.json.Decoder(Item).decode


def next_item(connection: sqlite3.Connection, asked: Asked, after: Item | None = None) -> Item | None:
    """The most urgent open item, or the next one after `after`, which need not be open."""
    tests, values = _tests(asked)
    if after is not None:
        tests += " AND rank <= ? AND (rank < ? OR item > ?)"
        values += [after.rank, after.rank, after.id]
    ask = f"SELECT body FROM queue WHERE done = 0{tests} ORDER BY rank DESC, item LIMIT 1"
    row = connection.execute(ask, values).fetchone()
    return _decode(row[0]) if row else None


def item_named(connection: sqlite3.Connection, item: str) -> Item | None:
    """The item with this id."""
    row = connection.execute("SELECT body FROM queue WHERE item = ?", (item,)).fetchone()
    return _decode(row[0]) if row else None


def progress(connection: sqlite3.Connection, asked: Asked) -> Progress:
    """How far the items asked for are decided."""
    if asked.incident:  # few
        tests, values = _tests(asked)
        ask = f"SELECT TOTAL(done), COUNT(*) FROM queue WHERE 1{tests}"
        done, of = connection.execute(ask, values).fetchone()
        return Progress(done=int(done), of=of)
    counted = _counted(connection)
    mine = {key: n for key, n in counted.items() if asked.kind in ("", key[0])}
    return Progress(done=sum(n for (_, done), n in mine.items() if done), of=sum(mine.values()))


def open_by_kind(connection: sqlite3.Connection) -> dict[ItemKind, int]:
    """How many items of each kind are open."""
    counted = _counted(connection)
    return {kind: counted.get((kind, 0), 0) for kind in KINDS}


def _counted(connection: sqlite3.Connection) -> dict[tuple[str, int], int]:
    """How many items there are of each kind, decided (1) and open (0): kept by triggers, since the queue is long."""
    return {(kind, done): n for kind, done, n in connection.execute("SELECT kind, done, n FROM queue_counts")}


def drawn(connection: sqlite3.Connection, size: int, kinds: list[str], seed: str) -> list[Item]:
    """Items drawn at random, the same for the same seed and the same queue; decided ones are drawn too."""
    marks = ", ".join("?" * len(kinds))
    ask = f"SELECT item FROM queue WHERE kind IN ({marks}) ORDER BY item"
    ids = [row[0] for row in connection.execute(ask, kinds)]
    chosen = random.Random(seed).sample(ids, min(size, len(ids)))
    return [item for i in chosen if (item := item_named(connection, i)) is not None]


def mark_done(index: Index, item: str) -> None:
    """Take an item off the open ones at once; the next refresh says the same."""
    with index.writing() as writing:
        writing.execute("UPDATE queue SET done = 1 WHERE item = ?", (item,))


def _tests(asked: Asked) -> tuple[str, list[object]]:
    named = [(name, getattr(asked, name)) for name in ("kind", "incident") if getattr(asked, name)]
    return "".join(f" AND {name} = ?" for name, _ in named), [value for _, value in named]
