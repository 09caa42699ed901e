"""Where a ledger lies, and how those who write to it take turns: the one thing in which the engines differ."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection


class Home(Protocol):
    """A file or a server's database. What each turn means is said in `contract.Ledger`."""

    address: str
    """For people to read; never holds a password."""
    door: str
    """What opens the ledger again; may hold a password, and is never shown."""
    name: str
    file: Path | None

    def adding(self) -> AbstractContextManager[None]:
        """A long run of writes."""
        ...

    def linking(self) -> AbstractContextManager[None]:
        """A linking, from reading what is there to keeping what was found."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """The one writer's place, for a moment; again inside itself it is the same place."""
        ...

    def changing(self) -> AbstractContextManager[Connection]:
        """One transaction in the writer's place: all of it, or nothing."""
        ...

    def reading(self) -> AbstractContextManager[Connection]:
        """One moment of the ledger: everything read inside belongs together, whatever is written meanwhile."""
        ...

    def close(self) -> None:
        """Let go of all connections."""
        ...
