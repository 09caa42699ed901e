"""People: which judgement speaks of what, accounts, tokens, the log of what people did, samples for several coders.

Spelled out and never changed again: the tables in `schema` move on, this step does not.
"""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer, Text

revision = "0002"
down_revision = "0001"

JUDGED_TRIGGER = """CREATE TRIGGER judgements_judged AFTER INSERT ON judgements
BEGIN
  INSERT OR IGNORE INTO judged (subject, judgement) SELECT value, new.seq FROM json_each(new.body, '$.subjects');
  INSERT OR IGNORE INTO judged (subject, judgement)
    SELECT json_extract(new.body, '$.undoes'), new.seq WHERE json_extract(new.body, '$.undoes') IS NOT NULL;
END"""
SUBJECTS = "INSERT OR IGNORE INTO judged SELECT e.value, j.seq FROM judgements j, json_each(j.body, '$.subjects') e"
UNDONE = """INSERT OR IGNORE INTO judged SELECT json_extract(body, '$.undoes'), seq FROM judgements
WHERE json_extract(body, '$.undoes') IS NOT NULL"""


def upgrade() -> None:
    """Make the tables, fill what judgements speak of, and make the triggers."""
    op.create_table(
        "judged",
        Column("subject", Text, primary_key=True),
        Column("judgement", Integer, ForeignKey("judgements.seq"), primary_key=True),
    )
    _make_people()
    op.execute(SUBJECTS)
    op.execute(UNDONE)
    for table, act in [(t, a) for t in ("judged", "acts", "samples") for a in ("UPDATE", "DELETE")]:
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
        )
    op.execute(JUDGED_TRIGGER)


def _make_people() -> None:
    op.create_table(
        "accounts",
        Column("name", Text, primary_key=True),
        Column("role", Text, nullable=False),
        Column("secret", Text, nullable=False),
        Column("made", Text, nullable=False),
        Column("closed", Text),
    )
    op.create_table(
        "tokens",
        Column("id", Text, primary_key=True),
        Column("account", Text, ForeignKey("accounts.name"), nullable=False, index=True),
        Column("label", Text, nullable=False),
        Column("hash", Text, nullable=False, unique=True),
        Column("made", Text, nullable=False),
        Column("ended", Text),
    )
    op.create_table(
        "acts",
        Column("seq", Integer, primary_key=True),
        Column("at", Text, nullable=False),
        Column("by", Text, nullable=False, index=True),
        Column("way", Text, nullable=False),
        Column("verb", Text, nullable=False),
        Column("target", Text, nullable=False, index=True),
        Column("detail", Text, nullable=False),
        Column("judgements", Text, nullable=False),
        Column("undoes", Integer, ForeignKey("acts.seq"), index=True),
    )
    op.create_table(
        "samples",
        Column("name", Text, primary_key=True),
        Column("made", Text, nullable=False),
        Column("by", Text, nullable=False),
        Column("items", Text, nullable=False),
    )
