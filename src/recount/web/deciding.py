"""Every write that a person makes at the desk: decisions, missed claims, merging, splitting, taking back. Each is logged."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, Literal

from recount.errors import NotFound, WrongUse
from recount.records import (
    Claim,
    Count,
    Days,
    EventReport,
    Judgement,
    Property,
    Record,
    Report,
    Speaker,
    Toll,
    Value,
    claim_id,
)
from recount.review.judgements import Decision, make_judgement
from recount.store import acts, around, linking
from recount.store import schema as s
from recount.store.acts import Act
from recount.store.decisions import active

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from recount.web.desk import Desk

Way = Literal["page", "api"]
MOST = 400
"""Pairs that one act may decide on."""


class By(Record, frozen=True):
    """Who writes, and by which way."""

    name: str
    way: Way = "api"


def now() -> str:
    """The present moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def decide(
    desk: Desk, by: By, decision: Decision, subjects: Sequence[str], *, value: Value | None = None, why: str = ""
) -> Act:
    """Keep one decision on claims or event reports. NotFound for unknown records, WrongUse for an impossible value."""
    if decision in ("undo", "missed"):
        raise WrongUse(f"{decision!r} has a call of its own", "", "Take back an act, or add a claim.")
    _check_value(value)
    of_links = decision in ("same", "different", "unsure") and not any(x.startswith("c_") for x in subjects)
    with desk.ledger.connected(write=True) as connection:
        _check_known(connection, subjects)
        judgement = make_judgement(decision, subjects, by.name, now(), why, value=value)
        done = _keep(connection, by, decision, subjects[0], [judgement], why)
    desk.changed(links=of_links)
    return done


def add_claim(
    desk: Desk,
    by: By,
    report_id: str,
    start: int,
    end: int,
    value: Value,
    *,
    event_report: str | None = None,
    speaker: str = "",
    why: str = "",
) -> Act:
    """Add a claim that the rules missed, on the words of the report from `start` to `end`.

    WrongUse where the span is empty or outside the text; NotFound for an unknown report or event report.
    """
    _check_value(value)
    report = desk.ledger.report(report_id)
    claim = missed_claim(report, start, end, value, speaker, f"marked by {by.name}")
    with desk.ledger.connected(write=True) as connection:
        subjects = [claim.id, report_id]
        if event_report:
            if report_id not in around.reports_telling(connection, [event_report]):
                raise NotFound("this report tells no such event report", event_report, "Choose one of its own.")
            subjects.append(event_report)
        judgement = make_judgement("missed", subjects, by.name, now(), why, claim=claim)
        done = _keep(connection, by, "missed", claim.id, [judgement], why)
    desk.changed()
    return done


def missed_claim(report: Report, start: int, end: int, value: Value, speaker: str, reason: str) -> Claim:
    """The claim on these words; its speaker is looked for in the text before and after them."""
    text = report.text
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise WrongUse("the words are not in the text", f"{start}–{end}", f"The text has {len(text)} characters.")
    said = text[start:end]
    found = text.rfind(speaker, 0, start) if speaker else -1
    found = text.find(speaker) if speaker and found < 0 else found
    if speaker and found < 0:
        raise WrongUse("the report does not name this speaker", speaker, "Give the name as the report writes it.")
    name = property_of(value)
    return Claim(
        id=claim_id(report.id, start, end, name, said),
        report=report.id,
        passage=-1,
        start=start,
        end=end,
        quote=said,
        property=name,
        said=said,
        value=value,
        speakers=(Speaker(name=speaker, start=found, end=found + len(speaker)),) if speaker else (),
        rule="person",
        reason=reason,
    )


PROPERTIES: dict[str, Property] = {
    "Toll": "toll",
    "Days": "day",
    "Place": "place",
    "Actor": "actor",
    "KindOf": "kind",
    "Attribution": "attribution",
    "Scope": "scope",
    "Evidence": "evidence",
    "Count": "incident_count",
}


def property_of(value: Value) -> Property:
    """The property that a value of this type is of."""
    return PROPERTIES[type(value).__name__]


def merge(desk: Desk, by: By, incident: str, other: str, why: str = "") -> Act:
    """Say that two incidents are one; linking follows."""
    with desk.ledger.connected(write=True) as connection:
        found = around.incidents_named(connection, [incident, other])
        if incident == other or incident not in found or other not in found:
            raise NotFound("both incidents must be there, and be two", f"{incident}, {other}", "Look at the overview.")
        pairs = list(product(found[incident].event_reports, found[other].event_reports))
        judgements = _pairwise("same", pairs, by, why)
        done = _keep(connection, by, "merge", incident, judgements, why or other)
    desk.changed(links=True)
    return done


def split(desk: Desk, by: By, incident: str, event_reports: Sequence[str], why: str = "") -> Act:
    """Say that these event reports of an incident tell of another one; linking follows."""
    with desk.ledger.connected(write=True) as connection:
        found = around.incidents_named(connection, [incident]).get(incident)
        if found is None:
            raise NotFound("no incident has this id", incident, "Look at the overview.")
        leaving = [e for e in found.event_reports if e in set(event_reports)]
        staying = [e for e in found.event_reports if e not in set(event_reports)]
        if not leaving or not staying or set(event_reports) - set(leaving):
            raise WrongUse("some of its reports must leave and some must stay", incident, "Choose among its reports.")
        judgements = _pairwise("different", list(product(leaving, staying)), by, why)
        done = _keep(connection, by, "split", incident, judgements, why)
    desk.changed(links=True)
    return done


def undo(desk: Desk, by: By, seq: int, why: str = "") -> Act:
    """Take back an act with all that it decided; taking back an undo brings its decisions back."""
    with desk.ledger.connected(write=True) as connection:
        earlier = acts.act(connection, seq)
        if acts.taken_back(connection, [seq]):
            raise WrongUse("this act was taken back before", str(seq), "Take back the undo instead.")
        if not earlier.judgements:
            raise WrongUse("this act decided nothing that could be taken back", str(seq), "")
        at = now()
        judgements = [make_judgement("undo", [earlier.target], by.name, at, why, undoes=j) for j in earlier.judgements]
        done = _keep(connection, by, "undo", earlier.target, judgements, why or f"{earlier.verb}", undoes=seq)
        links = _about_links(connection, earlier)
    desk.changed(links=links)
    return done


def _about_links(connection: Connection, act: Act) -> bool:
    if act.verb == "undo" and act.undoes is not None:
        return _about_links(connection, acts.act(connection, act.undoes))
    return act.verb in ("merge", "split", "same", "different", "unsure")


def _pairwise(
    decision: Literal["same", "different"], pairs: Sequence[tuple[str, str]], by: By, why: str
) -> list[Judgement]:
    if len(pairs) > MOST:
        raise WrongUse(f"this would decide on {len(pairs)} pairs at once", "", f"At most {MOST}: choose fewer reports.")
    at = now()
    return [make_judgement(decision, pair, by.name, at, why) for pair in pairs]


def _keep(
    connection: Connection,
    by: By,
    verb: str,
    target: str,
    judgements: Sequence[Judgement],
    detail: str,
    undoes: int | None = None,
) -> Act:
    for judgement in judgements:
        linking.judge(connection, judgement)
    act = Act(
        seq=0,
        at=judgements[0].at,
        by=by.name,
        way=by.way,
        verb=verb,
        target=target,
        detail=detail,
        judgements=tuple(j.id for j in judgements),
        undoes=undoes,
    )
    return acts.act(connection, acts.log(connection, act))


def note(desk: Desk, by: By, verb: str, target: str, detail: str = "") -> None:
    """Log a write that decides nothing: an account made, reports added, a sample drawn."""
    with desk.ledger.connected(write=True) as connection:
        acts.log(connection, Act(seq=0, at=now(), by=by.name, way=by.way, verb=verb, target=target, detail=detail))


def _check_value(value: Value | None) -> None:
    """WrongUse for bounds that no count can have, and days that end before they begin."""
    count = value.count if isinstance(value, Toll) else value if isinstance(value, Count) else None
    if count is not None:
        bounds = [b for b in (count.low, count.high) if b is not None]
        if not bounds or min(bounds) < 0 or max(bounds) > 10_000_000 or bounds != sorted(bounds):
            raise WrongUse("a count needs a lowest or highest number, from 0 up, in order", "", "Correct the numbers.")
    if isinstance(value, Days) and value.first and value.last and value.last < value.first:
        raise WrongUse("the last day is before the first", f"{value.first}, {value.last}", "Correct the days.")


def _check_known(connection: Connection, subjects: Sequence[str]) -> None:
    """NotFound for subjects that are no claim, event report or report of this ledger."""
    from sqlalchemy import select

    known = set(connection.scalars(select(s.claims.c.id).where(s.claims.c.id.in_(subjects))))
    known |= set(connection.scalars(select(s.event_reports.c.id).where(s.event_reports.c.id.in_(subjects))))
    known |= set(connection.scalars(select(s.reports.c.id).where(s.reports.c.id.in_(subjects))))
    known |= {j.claim.id for j in active(around.judgements_on(connection, subjects)) if j.claim is not None}
    missing = [x for x in subjects if x not in known]
    if missing:
        raise NotFound("no claim or event report has this id", missing[0][:80], "Look at the incident or report.")


def telling_of(event_reports: Sequence[EventReport], claim: str) -> EventReport | None:
    """The event report that rests on a claim."""
    return next((e for e in event_reports if claim in e.claims), None)
