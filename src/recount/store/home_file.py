"""A ledger in one SQLite file: one writer at a time, from the beginning of a run to its end; any number of readers.

Linking takes the writer's place only to read what it rests on and to keep what it found; what it computes in between, others
write meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from recount.store.faults import spoken
from recount.store.locks import linkers_place, writers_place


class FileHome:
    """See `home.Home`. Safe in several threads."""

    def __init__(self, path: Path, engine: Engine, wait: float) -> None:
        self.address = self.door = str(path)
        self.name = path.stem
        self.file: Path | None = path
        self._path, self._engine, self._wait = path, engine, wait
        self._turn, self._linkers = threading.RLock(), threading.RLock()
        self._depth = 0
        self._is_linking = False

    def adding(self) -> AbstractContextManager[None]:
        """The writer's place for the whole run: SQLite has one writer."""
        return self.writing()

    @contextmanager
    def linking(self) -> Iterator[None]:
        """One linking at a time; others write meanwhile. Taken before the writer's place, never inside it."""
        with self._linkers:
            if self._is_linking:
                yield
                return
            with linkers_place(self._path, self._wait):
                self._is_linking = True
                try:
                    yield
                finally:
                    self._is_linking = False

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A lock of the operating system on a file beside the ledger."""
        with self._turn:
            if self._depth:
                yield
                return
            with writers_place(self._path, self._wait):
                self._depth = 1
                try:
                    yield
                finally:
                    self._depth = 0

    @contextmanager
    def changing(self) -> Iterator[Connection]:
        """One immediate transaction."""
        engine = self._engine.execution_options(writing=True)
        with self.writing(), spoken(self.address), engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One deferred transaction on the write-ahead log."""
        with spoken(self.address), self._engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Close the pool."""
        self._engine.dispose()
