"""People: which judgement speaks of what, accounts, tokens, the log of what people did, samples for several coders.

Spelled out and never changed again: the tables in `schema` move on, this step does not.
"""

from alembic import op
from sqlalchemy import Column, ForeignKey, Integer

from recount.store import guards
from recount.store.words import Key, Words

revision = "0002"
down_revision = "0001"

TOLD = r"replace(body, '\u0000', '\u2400')::json"
FILL = {
    "sqlite": (
        "INSERT OR IGNORE INTO judged SELECT e.value, j.seq FROM judgements j, json_each(j.body, '$.subjects') e",
        "INSERT OR IGNORE INTO judged SELECT json_extract(body, '$.undoes'), seq FROM judgements"
        " WHERE json_extract(body, '$.undoes') IS NOT NULL",
    ),
    "postgresql": (
        f"INSERT INTO judged SELECT json_array_elements_text({TOLD} -> 'subjects'), seq FROM judgements"
        " ON CONFLICT DO NOTHING",
        f"INSERT INTO judged SELECT {TOLD} ->> 'undoes', seq FROM judgements"
        f" WHERE {TOLD} ->> 'undoes' IS NOT NULL ON CONFLICT DO NOTHING",
    ),
}
"""What earlier judgements speak of, in the words of each engine."""


def upgrade() -> None:
    """Make the tables, fill what judgements speak of, and make the triggers."""
    op.create_table(
        "judged",
        Column("subject", Key, primary_key=True),
        Column("judgement", Integer, ForeignKey("judgements.seq"), primary_key=True),
    )
    _make_people()
    engine = op.get_bind().dialect.name
    guarded = [(table, act) for table in ("judged", "acts", "samples") for act in guards.acts_of(engine)]
    made = [*FILL[engine], *(guards.refusing(engine, *one) for one in guarded), *guards.judged(engine)]
    for statement in made:
        op.execute(statement)


def _make_people() -> None:
    op.create_table(
        "accounts",
        Column("name", Key, primary_key=True),
        Column("role", Key, nullable=False),
        Column("secret", Words, nullable=False),
        Column("made", Key, nullable=False),
        Column("closed", Key),
    )
    op.create_table(
        "tokens",
        Column("id", Key, primary_key=True),
        Column("account", Key, ForeignKey("accounts.name"), nullable=False, index=True),
        Column("label", Words, nullable=False),
        Column("hash", Key, nullable=False, unique=True),
        Column("made", Key, nullable=False),
        Column("ended", Words),
    )
    op.create_table(
        "acts",
        Column("seq", Integer, primary_key=True),
        Column("at", Key, nullable=False),
        Column("by", Key, nullable=False, index=True),
        Column("way", Key, nullable=False),
        Column("verb", Key, nullable=False),
        Column("target", Key, nullable=False, index=True),
        Column("detail", Words, nullable=False),
        Column("judgements", Words, nullable=False),
        Column("undoes", Integer, ForeignKey("acts.seq"), index=True),
    )
    op.create_table(
        "samples",
        Column("name", Key, primary_key=True),
        Column("made", Key, nullable=False),
        Column("by", Key, nullable=False),
        Column("items", Words, nullable=False),
    )
