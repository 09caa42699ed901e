"""The first ledger: reports, extractions, claims, event reports, statistics, incidents, links, judgements, set aside.

Spelled out and never changed again: the tables in `schema` move on, this step does not.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Text

revision = "0001"
down_revision = None

REPORT = "reports.id"
EXTRACTION = "extractions.seq"

LINK_TRIGGER = """CREATE TRIGGER links_end_once BEFORE UPDATE ON links
WHEN old.ended IS NOT NULL OR new.ended IS NULL OR new.seq IS NOT old.seq OR new.id IS NOT old.id
  OR new.event_report IS NOT old.event_report OR new.incident IS NOT old.incident OR new.body IS NOT old.body
BEGIN SELECT RAISE(ABORT, 'links are ended once, never changed'); END"""


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
        Column("id", Text, nullable=False, unique=True),
        Column("name", Text, nullable=False, index=True),
        Column("url", Text, index=True),
        Column("published", Date),
        Column("outlet", Text),
        Column("body", Text, nullable=False),
    )
    op.create_index("ix_reports_published_id", "reports", ["published", "id"])
    op.create_table(
        "appearances",
        Column("report", Text, ForeignKey(REPORT), primary_key=True),
        Column("name", Text, primary_key=True, index=True),
        Column("source", Text, primary_key=True),
    )
    op.create_table(
        "extractions",
        Column("seq", Integer, primary_key=True),
        Column("report", Text, ForeignKey(REPORT), nullable=False),
        Column("pack", Text, nullable=False),
        Column("published", Date),
        Column("body", Text, nullable=False),
        sa.UniqueConstraint("report", "pack", name="uq_extractions_report_pack"),
    )
    op.create_table(
        "current_extractions",
        Column("report", Text, ForeignKey(REPORT), primary_key=True),
        Column("extraction", Integer, ForeignKey(EXTRACTION), nullable=False),
    )


def _make_claims() -> None:
    op.create_table(
        "claims",
        Column("id", Text, primary_key=True),
        Column("report", Text, ForeignKey(REPORT), nullable=False, index=True),
        Column("property", Text, nullable=False, index=True),
        Column("start", Integer, nullable=False),
        Column("end", Integer, nullable=False),
        Column("body", Text, nullable=False),
    )
    op.create_table(
        "confirmations",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("claim", Text, ForeignKey("claims.id"), nullable=False, index=True),
        Column("reading", Text),
    )


def _make_events() -> None:
    op.create_table(
        "event_reports",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False, index=True),
        Column("report", Text, ForeignKey(REPORT), nullable=False),
        Column("role", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("first", Date, index=True),
        Column("last", Date),
        Column("country", Text),
        Column("body", Text, nullable=False),
    )
    op.create_table(
        "statistics",
        Column("extraction", Integer, ForeignKey(EXTRACTION), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column("id", Text, nullable=False, index=True),
        Column("report", Text, ForeignKey(REPORT), nullable=False),
        Column("body", Text, nullable=False),
    )


def _make_links() -> None:
    op.create_table(
        "incidents",
        Column("id", Text, primary_key=True),
        Column("current", Boolean, nullable=False),
        Column("kind", Text, nullable=False),
        Column("first", Date, index=True),
        Column("last", Date),
        Column("country", Text),
        Column("part_of", Text, index=True),
        Column("body", Text, nullable=False),
    )
    op.create_table(
        "links",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False),
        Column("event_report", Text, nullable=False, index=True),
        Column("incident", Text, ForeignKey("incidents.id"), nullable=False, index=True),
        Column("body", Text, nullable=False),
        Column("ended", Text),
    )
    op.create_index("uq_links_id_standing", "links", ["id"], unique=True, sqlite_where=sa.text("ended IS NULL"))


def _make_rest() -> None:
    op.create_table(
        "judgements",
        Column("seq", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        Column("decision", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("body", Text, nullable=False),
    )
    op.create_table(
        "asides",
        Column("source", Text, primary_key=True),
        Column("reason", Text, primary_key=True),
        Column("advice", Text, nullable=False),
        Column("solved", Boolean, nullable=False),
    )
    op.create_table("state", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))


def _make_triggers() -> None:
    texts = ["reports", "appearances", "extractions", "claims", "confirmations"]
    only_added = [*texts, "event_reports", "statistics", "judgements"]
    guarded = [(table, act) for table in only_added for act in ("UPDATE", "DELETE")]
    for table, act in [*guarded, ("links", "DELETE")]:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
        )
    op.execute(LINK_TRIGGER)
