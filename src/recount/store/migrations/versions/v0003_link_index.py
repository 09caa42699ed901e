"""The index by which one more report is linked without looking at all others.

Spelled out and never changed again: the tables in `schema` move on, this step does not.
"""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer

from recount.store.words import Key, Words

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables of the index, empty: the next linking fills them."""
    op.create_table(
        "link_events",
        Column("number", Integer, primary_key=True),
        Column("id", Key, nullable=False, unique=True),
        Column("report", Key, nullable=False, index=True),
        Column("vague", Boolean, nullable=False),
        Column("gist", Words, nullable=False),
        Column("stands", Boolean, nullable=False),
    )
    _make_pairs("link_blocks", Column("block", BigInteger, primary_key=True, autoincrement=False), "event")
    _make_pairs("link_pairs", Column("one", Integer, primary_key=True, autoincrement=False), "other")
    op.create_table(
        "link_words",
        Column("kind", Key, primary_key=True),
        Column("word", Key, primary_key=True),
        Column("number", Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "link_spans",
        Column("incident", Key, primary_key=True),
        Column("country", Key, primary_key=True),
        Column("first", Integer, nullable=False),
        Column("last", Integer, nullable=False),
        Column("wide", Boolean, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_link_spans_country_first", "link_spans", ["country", "first"])


def _make_pairs(name: str, one: "Column[int]", other: str) -> None:
    op.create_table(name, one, Column(other, Integer, primary_key=True), sqlite_with_rowid=False)
