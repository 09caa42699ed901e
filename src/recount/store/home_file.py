"""A ledger in one SQLite file: one writer at a time, from the beginning of a run to its end; any number of readers."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine

from recount.store.faults import spoken
from recount.store.locks import writers_place


class FileHome:
    """See `home.Home`. Safe in several threads."""

    def __init__(self, path: Path, engine: Engine, wait: float) -> None:
        self.address = self.door = str(path)
        self.name = path.stem
        self.file: Path | None = path
        self._path, self._engine, self._wait = path, engine, wait
        self._turn = threading.RLock()
        self._depth = 0

    def adding(self) -> AbstractContextManager[None]:
        """The writer's place for the whole run: SQLite has one writer."""
        return self.writing()

    def linking(self) -> AbstractContextManager[None]:
        """The writer's place as well."""
        return self.writing()

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
