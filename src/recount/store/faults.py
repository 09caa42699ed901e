"""What the database says went wrong, in words for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from recount.errors import LedgerBusy, LedgerError

LOST = "Check that it runs and can be reached, and run the command again: nothing kept is lost."
_SPOKEN: tuple[tuple[str, type[LedgerError], str, str], ...] = (
    # words of the database, error, what happened, what to do
    (
        "disk is full",
        LedgerError,
        "the disk is full",
        "Free some space and run the command again: nothing kept is lost.",
    ),
    ("no space left", LedgerError, "the server's disk is full", "Free some space there and run the command again."),
    ("lock timeout", LedgerBusy, "another program is writing to the ledger", "Wait until it is done and try again."),
    ("deadlock", LedgerBusy, "another program is writing to the ledger", "Try again."),
    *(
        (words, LedgerError, "the server of the ledger cannot be reached", LOST)
        for words in (
            "connection refused",
            "could not translate",
            "failed to resolve",
            "timeout expired",
            "no such file",
            "connection timeout",
            "name or service",
            "network is unreachable",
            "no route to host",
        )
    ),
    *(
        (words, LedgerError, "the connection to the server of the ledger was lost", LOST)
        for words in (
            "server closed the connection",
            "terminating connection",
            "connection is lost",
            "is closed",
            "connection not open",
            "starting up",
            "shutting down",
            "recovery mode",
            "reset by peer",
            "eof detected",
        )
    ),
    *(
        (words, LedgerError, "the server of the ledger does not let this user in", "Check user and password.")
        for words in (
            "password authentication failed",
            "no password supplied",
            "no pg_hba.conf entry",
            "peer authentication failed",
        )
    ),
    *(
        (
            words,
            LedgerError,
            "the server has no more connections to give",
            "Let fewer programs use it, give each fewer (RECOUNT_CONNECTIONS), or raise the server's max_connections.",
        )
        for words in ("too many clients", "too many connections", "remaining connection slots")
    ),
    (
        "permission denied",
        LedgerError,
        "this user may not do that in the database",
        "Let the user own the database, or grant what is missing.",
    ),
    ("read-only transaction", LedgerError, "this server only lets read", "Name the server that takes writes."),
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
    if isinstance(fault, PoolTimeout):
        return LedgerBusy(
            "all connections of this process are in use", address, "Try again, or allow more (RECOUNT_CONNECTIONS)."
        )
    said = str(getattr(fault, "orig", None) or fault).strip()
    if "does not exist" in said and ("database" in said or "role" in said) and "FATAL" in said:
        what = said.rpartition("FATAL:")[2].strip()
        return LedgerError(f"the server says: {what}", address, "Make it with createdb or createuser, or name another.")
    for words, kind, what, do in _SPOKEN:
        if words in said.lower():
            return kind(what, address, do)
    return LedgerError(f"the ledger failed: {said}", address, "Check the file and its disk, and try again.")


def timed_out(fault: DBAPIError) -> bool:
    """Whether a PostgreSQL server gave up waiting for a lock."""
    return getattr(fault.orig, "sqlstate", None) == "55P03"


@contextmanager
def spoken(address: str) -> Iterator[None]:
    """Turn faults of the database inside the block into LedgerError."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as fault:
        raise spoken_error(fault, address) from fault
    except sqlite3.Error as fault:
        raise spoken_error(fault, address) from fault
