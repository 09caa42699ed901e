"""The tables of the ledger, its append-only triggers, and the version that they make up.

A row holds a record as JSON in `body` beside the columns that lookups need. The migrations build the same tables step
by step; a test holds the two equal, so a new ledger can be made from here without them.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True),  # order of arrival
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("url", Text, index=True),
    Column("published", Date),
    Column("outlet", Text),
    Column("body", Text, nullable=False),
)
Index("ix_reports_published_id", reports.c.published, reports.c.id)

# Every name and place that a report's content came under: one report may lie in several files.
appearances = Table(
    "appearances",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("name", Text, primary_key=True, index=True),
    Column("source", Text, primary_key=True),
)

# An extraction is one coding of a report by one rule pack; its body holds what is looked up only with the whole. Rules
# may infer a publication day that the metadata lacks, so each extraction has its own.
extractions = Table(
    "extractions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("pack", Text, nullable=False),
    Column("published", Date),
    Column("body", Text, nullable=False),
    UniqueConstraint("report", "pack", name="uq_extractions_report_pack"),
)

current_extractions = Table(
    "current_extractions",
    metadata,
    Column("report", Text, ForeignKey("reports.id"), primary_key=True),
    Column("extraction", Integer, ForeignKey("extractions.seq"), nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False, index=True),
    Column("property", Text, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("body", Text, nullable=False),
)

# Which extraction found which claim. `reading` is the claim as that extraction read it, null where it reads as in
# `claims.body` (its pack is then the extraction's).
confirmations = Table(
    "confirmations",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Text, ForeignKey("claims.id"), nullable=False, index=True),
    Column("reading", Text),
)

event_reports = Table(
    "event_reports",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("country", Text),
    Column("body", Text, nullable=False),
)

statistics = Table(
    "statistics",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("report", Text, ForeignKey("reports.id"), nullable=False),
    Column("body", Text, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("country", Text),
    Column("part_of", Text, index=True),
    Column("body", Text, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("event_report", Text, nullable=False, index=True),
    Column("incident", Text, ForeignKey("incidents.id"), nullable=False, index=True),
    Column("body", Text, nullable=False),
    Column("ended", Text),
)
Index("uq_links_id_standing", links.c.id, unique=True, sqlite_where=text("ended IS NULL"))

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("decision", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("body", Text, nullable=False),
)

asides = Table(
    "asides",
    metadata,
    Column("source", Text, primary_key=True),
    Column("reason", Text, primary_key=True),
    Column("advice", Text, nullable=False),
    Column("solved", Boolean, nullable=False),  # the same source could be read later
)

# Which judgements speak of which record (or of which judgement, where they take one back); a trigger fills it.
judged = Table(
    "judged",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("judgement", Integer, ForeignKey("judgements.seq"), primary_key=True),
)

# People who work with the ledger over the network. `secret` is a password's hash; closed accounts stay, for the record.
accounts = Table(
    "accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("secret", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("closed", Text),
)

# Tokens for programs; only a hash of each is kept.
tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
    Column("made", Text, nullable=False),
    Column("ended", Text),
)

# The audit log: every write that a person made, by which way, and the judgements that it added.
acts = Table(
    "acts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False, index=True),
    Column("way", Text, nullable=False),  # page or api
    Column("verb", Text, nullable=False),
    Column("target", Text, nullable=False, index=True),
    Column("detail", Text, nullable=False),
    Column("judgements", Text, nullable=False),  # a JSON list of ids
    Column("undoes", Integer, ForeignKey("acts.seq"), index=True),
)

# A sample that several coders decide on, each without the others: its items in order.
samples = Table(
    "samples",
    metadata,
    Column("name", Text, primary_key=True),
    Column("made", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("items", Text, nullable=False),  # a JSON list of queue items
)

# Small facts about the ledger itself: which state of it was linked, which version made it.
state = Table("state", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))

# What linking one more report asks for, so that nothing else is read: a copy of what is above, made anew by any full
# linking. `stands` is false for a near copy, which another stands for; only what stands falls into blocks.
link_events = Table(
    "link_events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Text, nullable=False, index=True),
    Column("vague", Boolean, nullable=False),
    Column("gist", Text, nullable=False),
    Column("stands", Boolean, nullable=False),
)

link_blocks = Table(
    "link_blocks",
    metadata,
    Column("block", BigInteger, primary_key=True, autoincrement=False),
    Column("event", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

# Pairs of event reports that are worth drawing together, both ways round.
link_pairs = Table(
    "link_pairs",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("other", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

# How many event reports held a word, place or name when all were last linked, where two or more did.
link_words = Table(
    "link_words",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("word", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The days that the accounts of an incident span, by country, as day numbers.
link_spans = Table(
    "link_spans",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("country", Text, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("wide", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_link_spans_country_first", link_spans.c.country, link_spans.c.first)

LINK_INDEX = (link_events, link_blocks, link_pairs, link_words, link_spans)

# Alembic's own table, under its own name.
version = Table("alembic_version", metadata, Column("version_num", Text, primary_key=True))

HEAD = "0003"
"""The newest version that this package writes; versions are numbers of four digits that only grow."""

APPEND_ONLY = ("reports", "appearances", "extractions", "claims", "confirmations", "event_reports", "statistics")
APPEND_ONLY_TOO = ("judged", "acts", "samples")
"""As `APPEND_ONLY`, since version 0002."""

LINK_TRIGGER = """CREATE TRIGGER links_end_once BEFORE UPDATE ON links
WHEN old.ended IS NOT NULL OR new.ended IS NULL OR new.seq IS NOT old.seq OR new.id IS NOT old.id
  OR new.event_report IS NOT old.event_report OR new.incident IS NOT old.incident OR new.body IS NOT old.body
BEGIN SELECT RAISE(ABORT, 'links are ended once, never changed'); END"""

JUDGED_TRIGGER = """CREATE TRIGGER judgements_judged AFTER INSERT ON judgements
BEGIN
  INSERT OR IGNORE INTO judged (subject, judgement) SELECT value, new.seq FROM json_each(new.body, '$.subjects');
  INSERT OR IGNORE INTO judged (subject, judgement)
    SELECT json_extract(new.body, '$.undoes'), new.seq WHERE json_extract(new.body, '$.undoes') IS NOT NULL;
END"""


def triggers() -> list[str]:
    """The statements that make the ledger append-only."""
    guarded = [(table, act) for table in (*APPEND_ONLY, *APPEND_ONLY_TOO, "judgements") for act in ("UPDATE", "DELETE")]
    return [_guard(table, act) for table, act in [*guarded, ("links", "DELETE")]] + [LINK_TRIGGER, JUDGED_TRIGGER]


def _guard(table: str, act: str) -> str:
    return (
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
    )


def create_all(connection: Connection) -> None:
    """Make all tables and triggers in an empty database and name its version."""
    metadata.create_all(connection, checkfirst=False)
    for statement in triggers():
        connection.exec_driver_sql(statement)
    connection.execute(version.insert().values(version_num=HEAD))
