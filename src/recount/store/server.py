"""The address of a PostgreSQL ledger, and the connections to its server."""

from __future__ import annotations

import os
from typing import Any

from sqlalchemy import URL, Engine, create_engine, make_url
from sqlalchemy.exc import ArgumentError

from recount.errors import LedgerError, MissingExtra
from recount.settings import Settings

SCHEMES = ("postgresql", "postgres", "postgresql+psycopg")
SECRETS = ("password", "sslpassword", "passfile")
KEPT_OPEN = 5
"""Connections that stay open; more are opened as they are needed, and closed again."""


def parsed(address: str) -> URL:
    """The address taken apart. LedgerError where it is not understood; the message repeats no password."""
    scheme = address.partition("://")[0]
    if scheme not in SCHEMES:
        raise LedgerError(
            "this kind of address is not supported",
            f"{scheme}://…",
            "Give the path of a file, such as recount.db, or postgresql://USER@HOST/DATABASE.",
        )
    try:
        return make_url(address).set(drivername="postgresql+psycopg")
    except (ArgumentError, ValueError):
        raise LedgerError(
            "this address is not understood",
            f"{scheme}://…",
            "Write it as postgresql://USER@HOST:PORT/DATABASE, with special characters as %40.",
        ) from None


def shown(url: URL) -> str:
    """The address as people may read it: without any secret."""
    bare = url.set(drivername="postgresql", query={k: v for k, v in url.query.items() if k not in SECRETS})
    return bare._replace(password=None).render_as_string(hide_password=False)


def engine_for(url: URL, settings: Settings) -> Engine:
    """SQLAlchemy's engine; each connection is tried before it is used, so that a server may be started again.

    MissingExtra where the driver is not installed.
    """
    given = {"connect_timeout": "10", "application_name": f"recount, process {os.getpid()}"}
    more: Any = {k: v for k, v in given.items() if k not in url.query}
    try:
        return create_engine(
            url,
            connect_args=more,
            pool_pre_ping=True,
            pool_size=min(KEPT_OPEN, settings.connections),
            max_overflow=max(settings.connections - KEPT_OPEN, 0),
            pool_timeout=settings.wait_seconds,
        )
    except ImportError:
        raise MissingExtra("a ledger on PostgreSQL", "postgres") from None
