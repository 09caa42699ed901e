"""Full-text search: reports that hold all the words, the newest added first, with the claims that hold any of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from recount.export.around import decided_codings
from recount.records import Claim, Coding, Incident, Record, Report
from recount.store import around
from recount.store import schema as s
from recount.values.texts import fold
from recount.web.index.hearing import match_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from recount.web.desk import Desk

PAGE = 10
COUNTED = 1000
"""Hits are counted up to this number, so that common words cost no more than rare ones."""
AROUND = 140
"""Characters shown on either side of a hit."""


class Snippet(Record, frozen=True):
    """Words found, with what stands before and after them."""

    before: str
    found: str
    after: str


class Hit(Record, frozen=True):
    """A report that holds the words, where they stand, its claims that hold one of them, and what it tells of."""

    report: Report
    snippets: tuple[Snippet, ...]
    claims: tuple[Claim, ...]
    incidents: tuple[Incident, ...]


class Hits(Record, frozen=True):
    """One page of hits; `n` is exact up to `COUNTED`."""

    hits: tuple[Hit, ...]
    n: int


NOTHING = Hits(hits=(), n=0)


def find(desk: Desk, words: str, *, page: int = 1) -> Hits:
    """The reports that hold these words; words in quotation marks stand together."""
    match = match_of(words)
    if not match:
        return NOTHING
    lists = desk.lists
    (n,) = lists.execute(
        "SELECT COUNT(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)", (match, COUNTED)
    ).fetchone()
    ask = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?"
    numbers = [row[0] for row in lists.execute(ask, (match, PAGE, (min(page, 50) - 1) * PAGE))]
    with desk.reading() as reading:
        r = s.reports.c
        rows = reading.execute(select(r.seq, r.id).where(r.seq.in_(numbers)))
        named: dict[int, str] = dict(map(tuple, rows))
        codings = {c.report.id: c for c in decided_codings(reading, list(named.values()))[0]}
        hits = [_hit(codings[named[n]], words, reading) for n in numbers if named.get(n) in codings]
    return Hits(hits=tuple(hits), n=n)


def _hit(coding: Coding, words: str, reading: Connection) -> Hit:
    terms = [fold(phrase or word) for phrase, word in re.findall(r'"([^"]+)"|(\w+)', words)]
    claims = [c for c in coding.claims if any(t in fold(_heard(c)) for t in terms if t)]
    links = around.links_from(reading, [e.id for e in coding.event_reports])
    incidents = around.incidents_named(reading, dict.fromkeys(links.values()))
    return Hit(
        report=coding.report,
        snippets=tuple(_snippets(coding.report.text, terms)),
        claims=tuple(claims[:6]),
        incidents=tuple(incidents.values()),
    )


def _heard(claim: Claim) -> str:
    return " ".join((claim.quote, *(speaker.name for speaker in claim.speakers)))


def _snippets(text: str, terms: list[str], most: int = 2) -> list[Snippet]:
    """The first places of the words in the text; none where they differ by more than case (accents)."""
    found: list[Snippet] = []
    end = -1
    pattern = "|".join(re.escape(t) for t in terms if t)
    for hit in re.finditer(pattern, text, re.IGNORECASE) if pattern else ():
        if hit.start() < end:
            continue
        end = hit.end() + AROUND
        before, after = text[max(0, hit.start() - AROUND) : hit.start()], text[hit.end() : end]
        before = before.split(" ", 1)[-1] if hit.start() > AROUND else before
        found.append(Snippet(before=before, found=hit[0], after=after.rsplit(" ", 1)[0]))
        if len(found) == most:
            break
    return found
