"""What the database says went wrong, in words for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from recount.errors import LedgerBusy, LedgerError

_SPOKEN: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    # words of the database, error, what happened, what to do
    (
        "disk is full",
        LedgerError,
        "the disk is full",
        "Free some space and run the command again: nothing kept is lost.",
    ),
    ("locked", LedgerBusy, "another program is writing to the ledger", "Wait until it is done and try again."),
    ("busy", LedgerBusy, "another program is writing to the ledger", "Wait until it is done and try again."),
    (
        "readonly",
        LedgerError,
        "the ledger may not be written",
        "Change its permissions, or name another with --ledger.",
    ),
    ("unable to open", LedgerError, "the ledger cannot be opened", "Check the permissions of the file and its folder."),
    ("not a database", LedgerError, "this file is no ledger", "Name another file with --ledger."),
    ("malformed", LedgerError, "the ledger is damaged", "Restore it from a copy, or add the reports to a new one."),
    (
        "i/o error",
        LedgerError,
        "the ledger could not be read or written",
        "Check the disk (is it full?) and try again.",
    ),
    ("only ever added", LedgerError, "what is kept may not be changed", "Add a correction as a new record instead."),
    ("never changed", LedgerError, "a link may only be ended, and once", "Make a new link instead."),
)


def spoken_error(fault: Exception, address: str) -> LedgerError:
    """The LedgerError for a fault of the database; one that is not known is passed on in the database's words."""
    said = str(getattr(fault, "orig", None) or fault)
    for words, kind, what, do in _SPOKEN:
        if words in said.lower():
            return kind(what, address, do)
    return LedgerError(f"the ledger failed: {said}", address, "Check the file and its disk, and try again.")


@contextmanager
def spoken(address: str) -> Iterator[None]:
    """Turn faults of the database inside the block into LedgerError."""
    try:
        yield
    except DBAPIError as fault:
        raise spoken_error(fault, address) from fault
    except sqlite3.Error as fault:
        raise spoken_error(fault, address) from fault
