"""Which version a ledger is of, and what is said where it is none, too new, or behind."""

from __future__ import annotations

from recount.errors import LedgerError, LedgerTooNew
from recount.store import schema

EMPTY = ""
"""The version of a database without any table: one to be made."""
UNBEGUN = "0000"
"""The version of a database with nothing but the table that names its version."""


def refuse(found: str, address: str) -> None:
    """Stop at a ledger of a newer version, and at what is no ledger."""
    if found == EMPTY:
        return
    if not found.isdigit():
        raise no_ledger(address)
    if int(found) > int(schema.HEAD):
        raise LedgerTooNew(
            f"this ledger is of version {found}; this recount knows versions up to {schema.HEAD}",
            address,
            "Install a newer one (pip install --upgrade recount), or name another ledger with --ledger.",
        )


def no_ledger(address: str) -> LedgerError:
    """For a database of something else."""
    return LedgerError("this database is no ledger", address, "Name another one with --ledger.")


def behind(found: str, address: str) -> LedgerError:
    """For one that would have to be made or brought up to date first."""
    if found == EMPTY:
        return LedgerError("there is nothing in this ledger yet", address, "Add reports with: recount add PATH")
    return LedgerError(
        f"this ledger is of the older version {found}", address, "Bring it up to date with: recount add PATH"
    )
