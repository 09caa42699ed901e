"""The desk: one ledger, its index, and the thread that keeps the index (and, after decisions on links, linking) up to date."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from recount.errors import RecountError
from recount.settings import Settings
from recount.web.index.fill import refresh
from recount.web.index.tables import Index

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy import Connection

    from recount.store.contract import Ledger

PAUSE = 3.0
"""Seconds between two looks at what other processes have added."""


class Desk:
    """What every page and every call works on. `team` is whether people have to sign in."""

    def __init__(self, ledger: Ledger, settings: Settings, *, team: bool = False, coder: str = "") -> None:
        self.ledger, self.settings, self.team = ledger, settings, team
        self.coder = coder or local_name()
        self.local_token = secrets.token_urlsafe(32)
        self.index = Index(index_path(ledger))
        self.progress: tuple[int, int] = (0, 0)
        self.fault = ""
        self.current = False
        """Whether the last look at the ledger left the lists as it is."""
        self._wake, self._stop = threading.Event(), threading.Event()
        self._asked, self._done = 0, 0
        self._relink = False
        self._round = threading.Condition()
        self._thread: threading.Thread | None = None

    # ------------------------------------------------------------------ reading
    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the ledger."""
        with self.ledger.connected() as connection:
            yield connection

    @property
    def lists(self) -> sqlite3.Connection:
        """The index, for reading."""
        return self.index.reading()

    # ------------------------------------------------------------------ keeping up
    def start(self) -> None:
        """Begin to keep the index up to date in the background."""
        self._thread = threading.Thread(target=self._keep_up, name="recount-index", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the background work and close the index."""
        self._stop.set()
        self._wake.set()
        if self._thread:
            self._thread.join(timeout=10)
        self.index.close()

    def changed(self, *, links: bool = False, wait: float = 0.0) -> bool:
        """Say that something was written; wait at most `wait` seconds until the lists know. Whether they do."""
        with self._round:
            self._asked += 1
            mine = self._asked
            self._relink = self._relink or links
        self._wake.set()
        if self._thread is None:
            self._one_round()
            return True
        with self._round:
            return self._round.wait_for(lambda: self._done >= mine, timeout=wait) if wait else False

    def _keep_up(self) -> None:
        while not self._stop.is_set():
            self._one_round()
            self._wake.wait(PAUSE)
            self._wake.clear()

    def _one_round(self) -> None:
        with self._round:
            asked, relink, self._relink = self._asked, self._relink, False
        try:
            if relink:
                self._link_again()
            refresh(self.ledger, self.index, self._tell)
            self.fault, self.current = "", True
        except RecountError as error:  # a busy ledger, a full disk: said on the pages, tried again
            self.fault, self.current, self._relink = str(error), False, relink or self._relink
        with self._round:
            self._done = max(self._done, asked)
            self._round.notify_all()

    def _link_again(self) -> None:
        from recount.engine.linking import relink_if_behind
        from recount.rules import pack_hash

        settings = self.settings
        pack = pack_hash(judged=settings.judge, inclusion=settings.inclusion)
        relink_if_behind(self.ledger, pack=pack)

    def _tell(self, done: int, of: int) -> None:
        self.progress = (done, of)


def index_path(ledger: Ledger) -> Path | None:
    """Where the index of a ledger lies: beside its file, or, for one on a server, in this user's folder for caches.

    None (memory) where nothing may be written there.
    """
    place = ledger.file.resolve().with_name(ledger.file.name + "-desk") if ledger.file else _cached(ledger.address)
    return place if place and os.access(place.parent, os.W_OK) else None


def _cached(address: str) -> Path | None:
    import hashlib

    from platformdirs import user_cache_path

    folder = user_cache_path("recount") / "desk"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return folder / f"{hashlib.sha256(address.encode()).hexdigest()[:16]}-desk"


def local_name() -> str:
    """What the person at this machine is called in decisions, where the settings do not say."""
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"
