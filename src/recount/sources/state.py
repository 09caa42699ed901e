"""What is known of the sources: a small SQLite file beside the archive that it tells of.

It is no part of the ledger: it says how this machine fetches (what a server's last answer was, when it wants to be asked
again), and one archive may fill several ledgers. Were it lost, addresses would be fetched once more, and the ledger would
know the reports. Whatever it says is true of the archive: a record stands on the disk before it is told of here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import Any, Literal

from recount.errors import RecountError
from recount.records import Record
from recount.sources.archive import Place

Standing = Literal["new", "fetched", "kept", "copy", "refused", "aside"]
"""Of an item: known of · in the archive · read into a ledger · its bytes are known from another address · given up (`note`
says why) · told to the ledger as set aside."""
VERSION = 1
TABLES = """
CREATE TABLE sources (
    name TEXT PRIMARY KEY, first_try TEXT, last_try TEXT, last_success TEXT, last_new TEXT,
    failures INTEGER NOT NULL DEFAULT 0, error TEXT, advice TEXT, error_at TEXT, due TEXT, notes TEXT NOT NULL DEFAULT '');
CREATE TABLE hosts (
    host TEXT PRIMARY KEY, not_before TEXT, robots TEXT, robots_status INTEGER, robots_at TEXT);
CREATE TABLE answers (
    source TEXT, address TEXT, etag TEXT, modified TEXT, sha256 TEXT, at TEXT, file TEXT, offset INTEGER,
    PRIMARY KEY (source, address)) WITHOUT ROWID;
CREATE TABLE items (
    seq INTEGER PRIMARY KEY, source TEXT NOT NULL, key TEXT NOT NULL, address TEXT NOT NULL, part TEXT, title TEXT,
    published TEXT, found_at TEXT NOT NULL, standing TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT,
    fetched_at TEXT, file TEXT, offset INTEGER, sha256 TEXT, note TEXT, advice TEXT, UNIQUE (source, key));
CREATE INDEX ix_items_standing ON items (standing, source);
CREATE INDEX ix_items_sha256 ON items (sha256);
CREATE TABLE segments (file TEXT PRIMARY KEY, size INTEGER NOT NULL);
"""


class Item(Record, frozen=True, kw_only=True):
    """One thing that a source announced: a page, a PDF, a mail, or (with `part`) an entry of a feed. Times are ISO, UTC."""

    seq: int = 0
    source: str
    key: str
    address: str
    part: str | None = None
    title: str | None = None
    published: str | None = None
    standing: Standing = "new"
    attempts: int = 0
    fetched_at: str | None = None
    file: str | None = None
    offset: int | None = None
    sha256: str | None = None
    note: str | None = None
    advice: str | None = None

    @property
    def place(self) -> Place | None:
        """Where its bytes stand in the archive."""
        return Place(file=self.file, offset=self.offset or 0) if self.file else None


class Answer(Record, frozen=True, kw_only=True):
    """What an address last answered: the words to ask with again, and where the answer stands."""

    etag: str | None = None
    modified: str | None = None
    sha256: str | None = None
    at: str | None = None
    file: str | None = None
    offset: int | None = None


class State:
    """The file, opened. Its threads take turns; changes inside `changing` are kept together or not at all."""

    def __init__(self, path: Path | str) -> None:
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.row_factory = sqlite3.Row
            self._db.execute("PRAGMA journal_mode = WAL")
            self._set_up(str(path))
        except sqlite3.Error as fault:
            do = "Check the disk, or move the file away: addresses are then fetched once more."
            raise RecountError(f"the state of the sources cannot be opened ({fault})", str(path), do) from None
        self._lock = RLock()
        self._depth = 0

    def _set_up(self, where: str) -> None:
        version = self._db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise RecountError("written by a newer version of Recount", where, "Use that version, or another archive.")
        if version == 0:
            self._db.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {VERSION}; COMMIT;")

    def copy_of(self, path: Path) -> None:
        """Take over all that another file holds, as it is at this moment."""
        with closing(sqlite3.connect(path)) as other:
            other.backup(self._db)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; nested ones are part of the outermost."""
        with self._lock:
            self._depth += 1
            try:
                if self._depth == 1:
                    self._db.execute("BEGIN IMMEDIATE")
                yield self._db
                if self._depth == 1:
                    self._db.execute("COMMIT")
            except BaseException:
                if self._depth == 1 and self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._depth -= 1

    def rows(self, ask: str, *values: Any) -> list[sqlite3.Row]:
        """The rows of a question."""
        with self._lock:
            return self._db.execute(ask, values).fetchall()

    # ------------------------------------------------------------------------------------------------ sources
    def source(self, name: str) -> dict[str, Any]:
        """What is known of a source, by column; empty where it was never asked."""
        found = self.rows("SELECT * FROM sources WHERE name = ?", name)
        return dict(found[0]) if found else {}

    def told(self, name: str, **columns: Any) -> None:
        """Remember columns of a source."""
        names = list(columns)
        ask = (
            f"INSERT INTO sources (name, {', '.join(names)}) VALUES (?{', ?' * len(names)}) "
            f"ON CONFLICT (name) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in names)}"
        )
        with self.changing() as db:
            db.execute(ask, (name, *columns.values()))

    # ------------------------------------------------------------------------------------------------ answers
    def answer(self, source: str, address: str) -> Answer:
        """What an address last answered a source; empty where it was never asked."""
        ask = "SELECT etag, modified, sha256, at, file, offset FROM answers WHERE source = ? AND address = ?"
        found = self.rows(ask, source, address)
        return Answer(**dict(found[0])) if found else Answer()

    def answered(self, source: str, address: str, answer: Answer) -> None:
        """Remember an answer."""
        row = (source, address, answer.etag, answer.modified, answer.sha256, answer.at, answer.file, answer.offset)
        with self.changing() as db:
            db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    # ------------------------------------------------------------------------------------------------ items
    def found(self, items: Iterable[Item], at: datetime) -> int:
        """Remember items not known yet, in order; how many were new."""
        names = [name for name in Item.__struct_fields__ if name != "seq"]
        rows = [(*(getattr(item, name) for name in names), iso(at)) for item in items]
        ask = f"INSERT OR IGNORE INTO items ({', '.join(names)}, found_at) VALUES ({'?, ' * len(names)}?)"
        with self.changing() as db:
            before = db.total_changes
            db.executemany(ask, rows)
            return db.total_changes - before

    def item(self, source: str, key: str) -> Item | None:
        """The item of a source with this key."""
        return next(self._items("source = ? AND key = ?", source, key), None)

    def waiting(self, source: str, now: datetime, most: int, *, again: bool = False) -> list[Item]:
        """Items of a source that are to be fetched, those of the latest day first; at most so many.

        With `again` also those that were fetched or given up before, behind the new ones and the longest ago first.
        """
        which = "standing IN ('new', 'kept', 'copy', 'aside')" if again else "standing = 'new'"
        ask = f"source = ? AND {which} AND (not_before IS NULL OR not_before <= ?)"
        order = "standing <> 'new', CASE WHEN standing <> 'new' THEN fetched_at END, published IS NULL, published DESC"
        return list(self._items(f"{ask} ORDER BY {order}, seq LIMIT ?", source, iso(now), most))

    def pending(self, most: int) -> list[Item]:
        """Items that a ledger is to hear of: in the archive and not read yet, or given up; in the order found."""
        return list(self._items("standing IN ('fetched', 'refused') ORDER BY seq LIMIT ?", most))

    def unread(self, source: str, most: int) -> list[Item]:
        """Items of a source that were announced and never read; at most so many."""
        return list(self._items("source = ? AND standing IN ('new', 'fetched') ORDER BY seq LIMIT ?", source, most))

    def same_bytes(self, item: Item, sha256: str) -> Item | None:
        """Another item that was fetched with the same bytes."""
        ask = "sha256 = ? AND part IS NULL AND standing IN ('fetched', 'kept') AND NOT (source = ? AND key = ?)"
        return next(self._items(f"{ask} ORDER BY seq LIMIT 1", sha256, item.source, item.key), None)

    def changed(self, item: Item, **columns: Any) -> None:
        """Remember columns of an item."""
        names = ", ".join(f"{name} = ?" for name in columns)
        with self.changing() as db:
            db.execute(
                f"UPDATE items SET {names} WHERE source = ? AND key = ?", (*columns.values(), item.source, item.key)
            )

    def counts(self, source: str) -> dict[str, int]:
        """How many items of a source stand how."""
        ask = "SELECT standing, COUNT(*) FROM items WHERE source = ? GROUP BY standing"
        return {row[0]: row[1] for row in self.rows(ask, source)}

    def _items(self, where: str, *values: Any) -> Iterator[Item]:
        names = Item.__struct_fields__
        for row in self.rows(f"SELECT {', '.join(names)} FROM items WHERE {where}", *values):
            yield Item(**dict(zip(names, row, strict=True)))

    # ------------------------------------------------------------------------------------------------ hosts, archive
    def host(self, host: str) -> dict[str, Any]:
        """What is known of a host, by column."""
        found = self.rows("SELECT * FROM hosts WHERE host = ?", host)
        return dict(found[0]) if found else {}

    def host_told(self, host: str, **columns: Any) -> None:
        """Remember columns of a host."""
        names = list(columns)
        ask = (
            f"INSERT INTO hosts (host, {', '.join(names)}) VALUES (?{', ?' * len(names)}) "
            f"ON CONFLICT (host) DO UPDATE SET {', '.join(f'{n} = excluded.{n}' for n in names)}"
        )
        with self.changing() as db:
            db.execute(ask, (host, *columns.values()))

    def segment(self) -> tuple[str | None, int]:
        """The archive's newest file, and its size when its last record was told of."""
        found = self.rows("SELECT file, size FROM segments ORDER BY file DESC LIMIT 1")
        return (found[0]["file"], found[0]["size"]) if found else (None, 0)

    def grown(self, place: Place, size: int) -> None:
        """Remember that a file of the archive now ends there."""
        with self.changing() as db:
            db.execute("INSERT OR REPLACE INTO segments VALUES (?, ?)", (place.file, size))


def iso(at: datetime) -> str:
    """A time as the state writes it: UTC, so that order is order in time."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment(said: str | None) -> datetime | None:
    """A time as the state writes it."""
    return datetime.fromisoformat(said.replace("Z", "+00:00")) if said else None


def newest(times: Sequence[str | None]) -> str | None:
    """The latest of times as the state writes them."""
    return max((t for t in times if t), default=None)
