"""What keeps a ledger append-only inside the database, whoever writes to it: triggers in the words of each engine.

The migrations make their triggers from here too: a statement that a released version has made is never changed.
"""

from __future__ import annotations

ONLY_ADDED = (
    "reports",
    "appearances",
    "extractions",
    "claims",
    "confirmations",
    "event_reports",
    "statistics",
    "judged",
    "acts",
    "samples",
    "judgements",
)
"""Tables whose rows are neither changed nor deleted."""

LINK_SQLITE = """CREATE TRIGGER links_end_once BEFORE UPDATE ON links
WHEN old.ended IS NOT NULL OR new.ended IS NULL OR new.seq IS NOT old.seq OR new.id IS NOT old.id
  OR new.event_report IS NOT old.event_report OR new.incident IS NOT old.incident OR new.body IS NOT old.body
BEGIN SELECT RAISE(ABORT, 'links are ended once, never changed'); END"""

JUDGED_SQLITE = """CREATE TRIGGER judgements_judged AFTER INSERT ON judgements
BEGIN
  INSERT OR IGNORE INTO judged (subject, judgement) SELECT value, new.seq FROM json_each(new.body, '$.subjects');
  INSERT OR IGNORE INTO judged (subject, judgement)
    SELECT json_extract(new.body, '$.undoes'), new.seq WHERE json_extract(new.body, '$.undoes') IS NOT NULL;
END"""

REFUSING_POSTGRES = """CREATE FUNCTION recount_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' are only ever added', ERRCODE = 'integrity_constraint_violation';
END $$"""

LINK_POSTGRES = (
    """CREATE FUNCTION recount_links_end_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF old.ended IS NOT NULL OR new.ended IS NULL OR
    (new.seq, new.id, new.event_report, new.incident, new.body)
    IS DISTINCT FROM (old.seq, old.id, old.event_report, old.incident, old.body)
  THEN
    RAISE EXCEPTION 'links are ended once, never changed' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN new;
END $$""",
    "CREATE TRIGGER links_end_once BEFORE UPDATE ON links FOR EACH ROW EXECUTE FUNCTION recount_links_end_once()",
)

JUDGED_POSTGRES = (
    r"""CREATE FUNCTION recount_judged() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told json := replace(new.body, '\u0000', '\u2400')::json; -- a zero in any of its words could not be read
BEGIN
  INSERT INTO judged (subject, judgement)
    SELECT json_array_elements_text(told -> 'subjects'), new.seq ON CONFLICT DO NOTHING;
  INSERT INTO judged (subject, judgement)
    SELECT told ->> 'undoes', new.seq WHERE told ->> 'undoes' IS NOT NULL ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$""",
    "CREATE TRIGGER judgements_judged AFTER INSERT ON judgements FOR EACH ROW EXECUTE FUNCTION recount_judged()",
)


def all_of(engine: str) -> list[str]:
    """The statements that make all guards of the present version; `engine` is SQLAlchemy's name of the dialect."""
    acts = [(table, act) for table in ONLY_ADDED for act in acts_of(engine)]
    acts += [("links", act) for act in acts_of(engine) if act != "UPDATE"]
    return [*functions(engine), *(refusing(engine, table, act) for table, act in acts), *links(engine), *judged(engine)]


def acts_of(engine: str) -> tuple[str, ...]:
    """What is refused on tables that are only added to."""
    return ("UPDATE", "DELETE", "TRUNCATE") if engine == "postgresql" else ("UPDATE", "DELETE")


def functions(engine: str) -> tuple[str, ...]:
    """What triggers of this engine call; made once, before them."""
    return (REFUSING_POSTGRES,) if engine == "postgresql" else ()


def refusing(engine: str, table: str, act: str) -> str:
    """A trigger that refuses one act on one table."""
    name = f"{table}_no_{act.lower()}"
    if engine == "postgresql":
        each = "STATEMENT" if act == "TRUNCATE" else "ROW"
        return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH {each} EXECUTE FUNCTION recount_only_added()"
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
    )


def links(engine: str) -> tuple[str, ...]:
    """Links may be ended, once, and nothing else."""
    return LINK_POSTGRES if engine == "postgresql" else (LINK_SQLITE,)


def judged(engine: str) -> tuple[str, ...]:
    """Each judgement fills in which records it speaks of."""
    return JUDGED_POSTGRES if engine == "postgresql" else (JUDGED_SQLITE,)
