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
    tests, values = _tests(asked)
    count = "SELECT COUNT(*) FROM queue WHERE done"  # answered from an index alone
    (done,) = connection.execute(f"{count} = 1{tests}", values).fetchone()
    (left,) = connection.execute(f"{count} = 0{tests}", values).fetchone()
    return Progress(done=done, of=done + left)


def open_by_kind(connection: sqlite3.Connection) -> dict[ItemKind, int]:
    """How many items of each kind are open."""
    found = dict(connection.execute("SELECT kind, COUNT(*) FROM queue WHERE done = 0 GROUP BY kind").fetchall())
    return {kind: found.get(kind, 0) for kind in KINDS}


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
