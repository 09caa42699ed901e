"""Opening a ledger on a PostgreSQL server; the same questions as in `opening`, asked of a database."""

from __future__ import annotations

from sqlalchemy import Connection, text

from recount.errors import LedgerError
from recount.settings import Settings
from recount.store import schema
from recount.store.contract import Ledger
from recount.store.home_server import ServerHome
from recount.store.ledger import SqlLedger
from recount.store.server import engine_for, parsed
from recount.store.versions import EMPTY, UNBEGUN, behind, no_ledger, refuse

TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")


def opened(address: str, settings: Settings, *, create: bool, readonly: bool) -> Ledger:
    """See `recount.store.open_ledger`."""
    url = parsed(address)
    home = ServerHome(url, engine_for(url, settings), settings.wait_seconds)
    try:
        with home.reading() as connection:
            found = version_of(connection, home.address)
        refuse(found, home.address)
        if found != schema.HEAD:
            if readonly or (found == EMPTY and not create):
                raise behind(found, home.address)
            _bring_up(home)
    except BaseException:
        home.close()
        raise
    return SqlLedger(home, readonly=readonly)


def version_of(connection: Connection, address: str) -> str:
    """The version that the database says it is of; EMPTY for one without tables. LedgerError for another program's."""
    tables = set(connection.scalars(TABLES))
    if not tables:
        return EMPTY
    if schema.version.name not in tables:
        raise no_ledger(address)
    found = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return UNBEGUN if found is None else str(found)


def _bring_up(home: ServerHome) -> None:
    """Make or migrate the ledger in one transaction, in the writer's place."""
    with home.changing() as connection:
        _look(connection, home.address)
        found = version_of(connection, home.address)  # again: another process may have made it while this one waited
        if found == EMPTY:
            schema.create_all(connection)
        elif found != schema.HEAD:
            from recount.store.migrations import upgrade

            upgrade(connection)


def _look(connection: Connection, address: str) -> None:
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise LedgerError(
            f"this database holds texts as {encoding}",
            address,
            "Make one that holds any language: createdb --encoding=UTF8 --template=template0 NAME",
        )
    if connection.scalar(text("SELECT current_schema()")) is None:
        raise LedgerError(
            "none of the schemas that would be searched exists",
            address,
            "Make the schema, or correct the search_path of the address.",
        )
