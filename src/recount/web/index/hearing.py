"""Full-text questions: what a person typed as the engine takes it, and the incidents whose reports hold the words."""

from __future__ import annotations

import re
import sqlite3

HEARD = "l.incident IN (SELECT incident FROM temp.heard)"
"""A filter over `listing l`: what `hear` found last."""


def match_of(words: str) -> str:
    """What a person typed as a full-text question: all of the words; words in quotation marks together."""
    pieces = re.findall(r'"([^"]+)"|(\S+)', re.sub(r"[\x00-\x1f]", " ", words))  # the engine ends a text at a zero
    terms = [phrase or word for phrase, word in pieces]
    return " ".join('"' + t.replace('"', "") + '"' for t in terms if re.search(r"\w", t))


def hear(connection: sqlite3.Connection, match: str) -> None:
    """Gather the incidents told by reports that hold the words, for this connection: a page asks for them five times.

    They are gathered anew for other words, and where the index has changed since.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS heard (incident TEXT PRIMARY KEY) WITHOUT ROWID")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS heard_of (match TEXT)")
    asked = f"{_state(connection)} {match}"
    if connection.execute("SELECT match FROM heard_of").fetchone() == (asked,):
        return
    connection.execute("DELETE FROM temp.heard_of")
    connection.execute("DELETE FROM temp.heard")
    connection.execute(
        "INSERT OR IGNORE INTO temp.heard"
        " SELECT t.incident FROM words w JOIN told t ON t.report = w.rowid WHERE words MATCH ?",
        (match,),
    )
    connection.execute("INSERT INTO temp.heard_of VALUES (?)", (asked,))


def _state(connection: sqlite3.Connection) -> str:
    """A mark of what the index holds: others' writes change its version, this connection's own what it notes."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    notes = connection.execute("SELECT value FROM state ORDER BY name").fetchall()
    return f"{version} {notes}"
