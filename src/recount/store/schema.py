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
    UniqueConstraint,
    text,
)

from recount.store import guards
from recount.store.words import Key, Words

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True),  # order of arrival
    Column("id", Key, nullable=False, unique=True),
    Column("name", Key, nullable=False, index=True),
    Column("url", Key, index=True),
    Column("published", Date),
    Column("outlet", Words),
    Column("body", Words, nullable=False),
)
Index("ix_reports_published_id", reports.c.published, reports.c.id)

# Every name and place that a report's content came under: one report may lie in several files.
appearances = Table(
    "appearances",
    metadata,
    Column("report", Key, ForeignKey("reports.id"), primary_key=True),
    Column("name", Key, primary_key=True, index=True),
    Column("source", Key, primary_key=True),
)

# An extraction is one coding of a report by one rule pack; its body holds what is looked up only with the whole. Rules
# may infer a publication day that the metadata lacks, so each extraction has its own.
extractions = Table(
    "extractions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("report", Key, ForeignKey("reports.id"), nullable=False),
    Column("pack", Key, nullable=False),
    Column("published", Date),
    Column("body", Words, nullable=False),
    UniqueConstraint("report", "pack", name="uq_extractions_report_pack"),
)

current_extractions = Table(
    "current_extractions",
    metadata,
    Column("report", Key, ForeignKey("reports.id"), primary_key=True),
    Column("extraction", Integer, ForeignKey("extractions.seq"), nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Key, primary_key=True),
    Column("report", Key, ForeignKey("reports.id"), nullable=False, index=True),
    Column("property", Key, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("body", Words, nullable=False),
)

# Which extraction found which claim. `reading` is the claim as that extraction read it, null where it reads as in
# `claims.body` (its pack is then the extraction's).
confirmations = Table(
    "confirmations",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim", Key, ForeignKey("claims.id"), nullable=False, index=True),
    Column("reading", Words),
)

event_reports = Table(
    "event_reports",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Key, nullable=False, index=True),
    Column("report", Key, ForeignKey("reports.id"), nullable=False),
    Column("role", Key, nullable=False),
    Column("kind", Key, nullable=False),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("country", Key),
    Column("body", Words, nullable=False),
)

statistics = Table(
    "statistics",
    metadata,
    Column("extraction", Integer, ForeignKey("extractions.seq"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", Key, nullable=False, index=True),
    Column("report", Key, ForeignKey("reports.id"), nullable=False),
    Column("body", Words, nullable=False),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Key, primary_key=True),
    Column("current", Boolean, nullable=False),
    Column("kind", Key, nullable=False),
    Column("first", Date, index=True),
    Column("last", Date),
    Column("country", Key),
    Column("part_of", Key, index=True),
    Column("body", Words, nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Key, nullable=False),
    Column("event_report", Key, nullable=False, index=True),
    Column("incident", Key, ForeignKey("incidents.id"), nullable=False, index=True),
    Column("body", Words, nullable=False),
    Column("ended", Words),
)
_standing = text("ended IS NULL")
Index("uq_links_id_standing", links.c.id, unique=True, sqlite_where=_standing, postgresql_where=_standing)

judgements = Table(
    "judgements",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Key, nullable=False, unique=True),
    Column("decision", Key, nullable=False),
    Column("at", Key, nullable=False),
    Column("body", Words, nullable=False),
)

asides = Table(
    "asides",
    metadata,
    Column("source", Key, primary_key=True),
    Column("reason", Key, primary_key=True),
    Column("advice", Words, nullable=False),
    Column("solved", Boolean, nullable=False),  # the same source could be read later
)

# Which judgements speak of which record (or of which judgement, where they take one back); a trigger fills it.
judged = Table(
    "judged",
    metadata,
    Column("subject", Key, primary_key=True),
    Column("judgement", Integer, ForeignKey("judgements.seq"), primary_key=True),
)

# People who work with the ledger over the network. `secret` is a password's hash; closed accounts stay, for the record.
accounts = Table(
    "accounts",
    metadata,
    Column("name", Key, primary_key=True),
    Column("role", Key, nullable=False),
    Column("secret", Words, nullable=False),
    Column("made", Key, nullable=False),
    Column("closed", Key),
)

# Tokens for programs; only a hash of each is kept.
tokens = Table(
    "tokens",
    metadata,
    Column("id", Key, primary_key=True),
    Column("account", Key, ForeignKey("accounts.name"), nullable=False, index=True),
    Column("label", Words, nullable=False),
    Column("hash", Key, nullable=False, unique=True),
    Column("made", Key, nullable=False),
    Column("ended", Words),
)

# The audit log: every write that a person made, by which way, and the judgements that it added.
acts = Table(
    "acts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Key, nullable=False),
    Column("by", Key, nullable=False, index=True),
    Column("way", Key, nullable=False),  # page or api
    Column("verb", Key, nullable=False),
    Column("target", Key, nullable=False, index=True),
    Column("detail", Words, nullable=False),
    Column("judgements", Words, nullable=False),  # a JSON list of ids
    Column("undoes", Integer, ForeignKey("acts.seq"), index=True),
)

# A sample that several coders decide on, each without the others: its items in order.
samples = Table(
    "samples",
    metadata,
    Column("name", Key, primary_key=True),
    Column("made", Key, nullable=False),
    Column("by", Key, nullable=False),
    Column("items", Words, nullable=False),  # a JSON list of queue items
)

# Small facts about the ledger itself: which state of it was linked, which version made it.
state = Table("state", metadata, Column("name", Key, primary_key=True), Column("value", Words, nullable=False))

# What linking one more report asks for, so that nothing else is read: a copy of what is above, made anew by any full
# linking. `stands` is false for a near copy, which another stands for; only what stands falls into blocks.
link_events = Table(
    "link_events",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Key, nullable=False, unique=True),
    Column("report", Key, nullable=False, index=True),
    Column("vague", Boolean, nullable=False),
    Column("gist", Words, nullable=False),
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
    Column("kind", Key, primary_key=True),
    Column("word", Key, primary_key=True),
    Column("number", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# The days that the accounts of an incident span, by country, as day numbers.
link_spans = Table(
    "link_spans",
    metadata,
    Column("incident", Key, primary_key=True),
    Column("country", Key, primary_key=True),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("wide", Boolean, nullable=False),
    sqlite_with_rowid=False,
)
Index("ix_link_spans_country_first", link_spans.c.country, link_spans.c.first)

LINK_INDEX = (link_events, link_blocks, link_pairs, link_words, link_spans)

# Alembic's own table, under its own name.
version = Table("alembic_version", metadata, Column("version_num", Key, primary_key=True))

HEAD = "0003"
"""The newest version that this package writes; versions are numbers of four digits that only grow."""


def create_all(connection: Connection) -> None:
    """Make all tables and triggers in an empty database and name its version."""
    metadata.create_all(connection, checkfirst=False)
    for statement in guards.all_of(connection.dialect.name):
        connection.execute(text(statement))
    connection.execute(version.insert().values(version_num=HEAD))
