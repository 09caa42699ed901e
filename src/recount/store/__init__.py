"""The ledger: what is kept and decided. `open_ledger` is the one door; `contract.Ledger` says what it can do.

Nothing heavy is imported before a ledger is opened, so that coding without a ledger does not pay for one.
"""

from __future__ import annotations

from pathlib import Path

from recount.settings import Settings
from recount.store.contract import Ledger

__all__ = ["Ledger", "open_ledger"]


def open_ledger(
    address: str | Path, *, settings: Settings | None = None, create: bool = True, readonly: bool = False
) -> Ledger:
    """The ledger at `address`: a file's path, or `postgresql://USER@HOST/DATABASE`.

    With `create` a missing ledger is made; without, a missing one is a LedgerError. `readonly` opens it for reading
    only, beside any writer. A ledger of an older version is brought up to date when it is opened for writing.
    Raises LedgerTooNew for one of a newer version and LedgerError for a file that is no ledger, a folder without
    permission, a full disk, or a server that is not there; each names the ledger and what to do. MissingExtra where
    PostgreSQL's driver is not installed.
    """
    settings = settings or Settings()
    if "://" in str(address):
        from recount.store.opening_server import opened as opened_server

        return opened_server(str(address), settings, create=create, readonly=readonly)
    from recount.store.opening import opened

    return opened(Path(address), settings, create=create, readonly=readonly)
