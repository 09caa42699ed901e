"""The index's file and tables."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VERSION = "3"
"""Raised with every change of a table or of what is filled in; an index of another version is made anew."""

TABLES = """
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE listing (
  incident TEXT PRIMARY KEY, first TEXT, last TEXT, month TEXT, kind TEXT NOT NULL, country TEXT, lat REAL, lon REAL,
  exact INTEGER NOT NULL, low INTEGER, high INTEGER, sources INTEGER NOT NULL, disputed INTEGER NOT NULL,
  open INTEGER NOT NULL, part INTEGER NOT NULL, mark BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX listing_by_day ON listing (first, incident, disputed, open, kind, part, low, sources);
CREATE INDEX listing_by_toll ON listing (high, incident);
CREATE INDEX listing_by_sources ON listing (sources, incident);
CREATE INDEX listing_by_place ON listing (lat, lon, exact, incident);
CREATE TABLE facets (facet TEXT, value TEXT, incident TEXT, PRIMARY KEY (facet, value, incident)) WITHOUT ROWID;
CREATE INDEX facets_of ON facets (incident, facet, value);
CREATE TABLE names (facet TEXT, value TEXT, shown TEXT, n INTEGER, PRIMARY KEY (facet, value)) WITHOUT ROWID;
CREATE TABLE totals (
  rule_set TEXT, incident TEXT, part INTEGER, low INTEGER, best INTEGER, high INTEGER, PRIMARY KEY (rule_set, incident)
) WITHOUT ROWID;
CREATE TABLE cells (
  incident TEXT, harm TEXT, side TEXT, month TEXT, part INTEGER, low INTEGER, high INTEGER,
  PRIMARY KEY (incident, harm, side)
) WITHOUT ROWID;
CREATE TABLE clashes (incident TEXT, kind TEXT, one TEXT, other TEXT, n INTEGER,
  PRIMARY KEY (incident, kind, one, other)) WITHOUT ROWID;
CREATE TABLE cards (incident TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE told (report INTEGER, incident TEXT, PRIMARY KEY (report, incident)) WITHOUT ROWID;
CREATE INDEX told_of ON told (incident);
CREATE TABLE queue (
  item TEXT PRIMARY KEY, kind TEXT NOT NULL, rank REAL NOT NULL, incident TEXT NOT NULL, done INTEGER NOT NULL,
  body BLOB NOT NULL
);
CREATE INDEX queue_next ON queue (done, rank DESC, item);
CREATE INDEX queue_next_of ON queue (kind, done, rank DESC, item);
CREATE INDEX queue_of ON queue (incident);
CREATE TABLE queue_counts (kind TEXT, done INTEGER, n INTEGER NOT NULL, PRIMARY KEY (kind, done)) WITHOUT ROWID;
CREATE TRIGGER queue_counted_in AFTER INSERT ON queue BEGIN
  INSERT INTO queue_counts VALUES (new.kind, new.done, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER queue_counted_out AFTER DELETE ON queue BEGIN
  UPDATE queue_counts SET n = n - 1 WHERE kind = old.kind AND done = old.done;
END;
CREATE TRIGGER queue_counted_anew AFTER UPDATE OF kind, done ON queue BEGIN
  UPDATE queue_counts SET n = n - 1 WHERE kind = old.kind AND done = old.done;
  INSERT INTO queue_counts VALUES (new.kind, new.done, 1) ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize="unicode61 remove_diacritics 2");
"""


class Index:
    """The index beside one ledger, safe in several threads: each has its own connection."""

    def __init__(self, path: Path | None) -> None:
        """`path` None keeps it in memory, as for a ledger in a folder that may not be written."""
        self._name = f"file:recount-{id(self)}?mode=memory&cache=shared" if path is None else path.as_uri()
        self._own = threading.local()
        self._writer = threading.Lock()
        self._kept = self._connect()  # the first connection; it also keeps an index in memory alive
        self._make()

    def reading(self) -> sqlite3.Connection:
        """This thread's connection."""
        found: sqlite3.Connection | None = getattr(self._own, "connection", None)
        if found is None:
            found = self._own.connection = self._connect()
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction of the one writer."""
        with self._writer:
            connection = self.reading()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()

    def empty(self) -> None:
        """Forget everything, to be filled anew."""
        ask = (
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words%' AND name NOT LIKE 'sqlite%'"
        )
        with self.writing() as writing:
            for (name,) in writing.execute(ask).fetchall():
                writing.execute(f"DELETE FROM {name}")
            writing.execute("INSERT INTO words (words) VALUES ('delete-all')")
            writing.execute("INSERT INTO state VALUES ('version', ?)", (VERSION,))

    def state(self, name: str) -> str:
        """What the index notes about itself; empty where it notes nothing."""
        row = self.reading().execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._name, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA recursive_triggers = ON")  # a replaced row counts as deleted
        connection.execute("PRAGMA cache_size = -65536")
        connection.execute("PRAGMA mmap_size = 1073741824")
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def _make(self) -> None:
        self._own.connection = self._kept
        made = self._kept.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone()
        if made and self.state("version") == VERSION:
            return
        for (name,) in self._kept.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'words\\_%' ESCAPE '\\'"
            " AND name NOT LIKE 'sqlite%'"
        ).fetchall():
            self._kept.execute(f"DROP TABLE {name}")
        self._kept.executescript(TABLES)
        self._kept.execute("INSERT INTO state VALUES ('version', ?)", (VERSION,))

    def close(self) -> None:
        """Close the connections of the calling thread and the first one."""
        own = getattr(self._own, "connection", None)
        if own is not None:
            own.close()
        if own is not self._kept:
            self._kept.close()


def note(connection: sqlite3.Connection, name: str, value: object) -> None:
    """Have the index note something about itself."""
    connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, str(value)))
