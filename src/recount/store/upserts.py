"""Inserting what may be there already, in the words of the connection's engine."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import sqlite


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """An insert with `on_conflict_do_nothing` and `on_conflict_do_update`: both engines word it the same way."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return cast(sqlite.Insert, postgresql.insert(table))
    return sqlite.insert(table)
