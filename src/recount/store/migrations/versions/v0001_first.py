"""The first ledger: reports, extractions, claims, event reports, statistics, incidents, links, judgements, set aside.

Spelled out and never changed again: the tables in `schema` move on, this step does not.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer

from recount.store import guards
from recount.store.words import Key, Words

revision = "0001"
down_revision = None

REPORT = "reports.id"
EXTRACTION = "extractions.seq"

ONLY_ADDED = ("reports", "appearances", "extractions", "claims", "confirmations")
ONLY_ADDED_TOO = ("event_reports", "statistics", "judgements")


def upgrade() -> None:
    """Make all tables, indexes and triggers."""
    _make_reports()
    _make_claims()
    _make_events()
    _make_links()
    _make_rest()
    _make_triggers()


def _make_reports() -> None:
    op.create_table(
        "reports",
        Column("seq", Integer, primary_key=True),
        Column("id", Key, nullable=False, unique=True),
        Column("name", Key, nullable=False, index=True),
        Column("url", Key, index=True),
        Column("published", Date),
        Column("outlet", Words),
        Column("body", Words, nullable=False),
    )
    op.create_index("ix_reports_published_id", "reports", ["published", "id"])
    op.create_table(
        "appearances",
        Column("report", Key, ForeignKey(REPORT), primary_key=True),
        Column("name", Key, primary_key=True, index=True),
        Column("source", Key, primary_key=True),
    )
    op.create_table(
        "extractions",
        Column("seq", Integer, primary_key=True),
        Column("report", Key, ForeignKey(REPORT), nullable=False),
        Column("pack", Key, nullable=False),
        Column("published", Date),
        Column("body", Words, nullable=False),
        sa.UniqueConstraint("report", "pack", name="uq_extractions_report_pack"),
    )
    op.create_table(
        "current_extractions",
        Column("report", Key, ForeignKey(REPORT), primary_key=True),
        Column("extraction", Integer, ForeignKey(EXTRACTION), nullable=False),
    )


def _make_claims() -> None:
    op.create_table(
        "claims",
        Column("id", Key, primary_key=True),
        Column("report", Key, ForeignKey(REPORT), nullable=False, index=True),
        Column("property", Key, nullable=False, index=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("body", Words, nullable=False),
    )
    op.create_table(
        "confirmations",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("claim", Key, ForeignKey("claims.id"), nullable=False, index=True),
        Column("reading", Words),
    )


def _make_events() -> None:
    op.create_table(
        "event_reports",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", Key, nullable=False, index=True),
        Column("report", Key, ForeignKey(REPORT), nullable=False),
        Column("role", Key, nullable=False),
        Column("kind", Key, nullable=False),
        Column("first", Date, index=True),
        Column("last", Date),
        Column("country", Key),
        Column("body", Words, nullable=False),
    )
    op.create_table(
        "statistics",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", Key, nullable=False, index=True),
        Column("report", Key, ForeignKey(REPORT), nullable=False),
        Column("body", Words, nullable=False),
    )


def _make_links() -> None:
    op.create_table(
        "incidents",
        Column("id", Key, primary_key=True),
        Column("current", Boolean, nullable=False),
        Column("kind", Key, nullable=False),
        Column("first", Date, index=True),
        Column("last", Date),
        Column("country", Key),
        Column("part_of", Key, index=True),
        Column("body", Words, nullable=False),
    )
    op.create_table(
        "links",
        Column("seq", Integer, primary_key=True),
        Column("id", Key, nullable=False),
        Column("event_report", Key, nullable=False, index=True),
        Column("incident", Key, ForeignKey("incidents.id"), nullable=False, index=True),
        Column("body", Words, nullable=False),
        Column("ended", Words),
    )
    standing = sa.text("ended IS NULL")
    op.create_index(
        "uq_links_id_standing", "links", ["id"], unique=True, sqlite_where=standing, postgresql_where=standing
    )


def _make_rest() -> None:
    op.create_table(
        "judgements",
        Column("seq", Integer, primary_key=True),
        Column("id", Key, nullable=False, unique=True),
        Column("decision", Key, nullable=False),
        Column("at", Key, nullable=False),
        Column("body", Words, nullable=False),
    )
    op.create_table(
        "asides",
        Column("source", Key, primary_key=True),
        Column("reason", Key, primary_key=True),
        Column("advice", Words, nullable=False),
        Column("solved", Boolean, nullable=False),
    )
    op.create_table("state", Column("name", Key, primary_key=True), Column("value", Words, nullable=False))


def _make_triggers() -> None:
    engine = op.get_bind().dialect.name
    acts = guards.acts_of(engine)
    guarded = [(table, act) for table in (*ONLY_ADDED, *ONLY_ADDED_TOO) for act in acts]
    guarded += [("links", act) for act in acts if act != "UPDATE"]
    made = [*guards.functions(engine), *(guards.refusing(engine, *one) for one in guarded), *guards.links(engine)]
    for statement in made:
        op.execute(statement)
