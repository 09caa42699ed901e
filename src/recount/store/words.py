"""The types of text columns: the same order, and the same words back, on each engine."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

NUL, SHOWN = "\x00", "\u2400"
"""PostgreSQL keeps no zero character in a text; the sign for it takes its place in columns (in `body` it is escaped)."""

MOST, KEPT = 1_200, 1_000
"""Bytes of a key that PostgreSQL can index (two of them share 2,704), and those kept of a longer one."""


class Words(TypeDecorator[str]):
    """Text of any length that sorts by code points on every engine, whatever the language of the database."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text with the collation "C" on PostgreSQL; SQLite compares bytes anyway."""
        return dialect.type_descriptor(postgresql.TEXT(collation="C") if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """The text as the engine can hold it."""
        return self.held(value) if value is not None and dialect.name == "postgresql" else value

    @staticmethod
    def held(value: str) -> str:
        """The text as PostgreSQL holds it."""
        return value.replace(NUL, SHOWN) if NUL in value else value


class Key(Words):
    """Text that rows are looked up by. PostgreSQL holds one that is too long to be indexed as its beginning and a hash.

    The whole text stands in the row's `body`, where there is one.
    """

    cache_ok = True

    @staticmethod
    def held(value: str) -> str:
        """The text as PostgreSQL holds it."""
        value = Words.held(value)
        if len(value) * 4 <= MOST or len(value.encode()) <= MOST:
            return value
        begin = value.encode()[:KEPT].decode("utf-8", "ignore")
        return f"{begin}…{hashlib.sha256(value.encode()).hexdigest()}"
