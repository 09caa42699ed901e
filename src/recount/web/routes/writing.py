"""The HTTP API, writing: decisions, missed claims, merging, splitting, taking back, adding reports; and the log."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from litestar import get, post
from litestar.params import JSONBody
from msgspec import Meta

from recount import records as r
from recount.store import acts
from recount.store.acts import Act
from recount.web import adding, deciding
from recount.web.calling import Before, Called, Id, Seq, TheDesk, Words, in_thread
from recount.web.deciding import By
from recount.web.index import queue
from recount.web.people import needs

Name = Annotated[str, Meta(max_length=100)]
Line = Annotated[str, Meta(max_length=2000)]
WAIT = 10.0
"""Seconds that an answer waits for linking to follow a merge or split."""


class Decision(r.Record, frozen=True, forbid_unknown_fields=True):
    """A decision on claims (right, wrong, corrected with a value) or on event reports (same, different, unsure)."""

    decision: Literal["same", "different", "unsure", "right", "wrong", "corrected"]
    subjects: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]
    value: r.Value | None = None
    why: Line = ""
    item: Name = ""
    """The queue's item that this decides, if any."""


class Missed(r.Record, frozen=True, forbid_unknown_fields=True):
    """A claim that the rules missed: the words from `start` to `end` of the report's text, and what they say."""

    report: Name
    start: Annotated[int, Meta(ge=0, le=100_000_000)]
    end: Annotated[int, Meta(ge=1, le=100_000_000)]
    value: r.Value
    event_report: Name | None = None
    speaker: Line = ""
    why: Line = ""


class Other(r.Record, frozen=True, forbid_unknown_fields=True):
    """The incident to merge with."""

    other: Name
    why: Line = ""


class Leaving(r.Record, frozen=True, forbid_unknown_fields=True):
    """The event reports that tell of another incident."""

    event_reports: Annotated[tuple[Name, ...], Meta(min_length=1, max_length=100)]
    why: Line = ""


class Why(r.Record, frozen=True, forbid_unknown_fields=True):
    """A reason."""

    why: Line = ""


class NewReport(r.Record, frozen=True, forbid_unknown_fields=True):
    """A report to add. Without a day, "Friday" stays open."""

    text: Annotated[str, Meta(min_length=1, max_length=20_000_000)]
    headline: Line | None = None
    outlet: Line | None = None
    url: Line | None = None
    published: date | None = None


class AddedReports(r.Record, frozen=True):
    """What adding did: how many were new or known before, what was set aside and why, and the ids of the reports."""

    new: int
    known: int
    aside: tuple[r.SetAside, ...]
    reports: tuple[str, ...]


def who(request: Called) -> By:
    """Who writes, and by which way."""
    by_page = request.headers.get("x-recount-page") == "1" and not request.user.by_token
    return By(name=request.user.name, way="page" if by_page else "api")


@post("/decisions", guards=[needs("coder")])
@in_thread
def decide(request: Called, desk: TheDesk, data: JSONBody[Decision]) -> Act:
    """Keep a decision. It outlives every later coding of the same words, and can be taken back."""
    done = deciding.decide(desk, who(request), data.decision, data.subjects, value=data.value, why=data.why)
    if data.item:
        queue.mark_done(desk.index, data.item)
    return done


@post("/claims", guards=[needs("coder")])
@in_thread
def add_claim(request: Called, desk: TheDesk, data: JSONBody[Missed]) -> Act:
    """Add a claim that the rules missed."""
    return deciding.add_claim(
        desk,
        who(request),
        data.report,
        data.start,
        data.end,
        data.value,
        event_report=data.event_report,
        speaker=data.speaker,
        why=data.why,
    )


@post("/incidents/{incident_id:str}/merge", guards=[needs("coder")])
@in_thread
def merge(request: Called, desk: TheDesk, incident_id: Id, data: JSONBody[Other]) -> Act:
    """Say that two incidents are one."""
    done = deciding.merge(desk, who(request), incident_id, data.other, data.why)
    desk.changed(wait=WAIT)
    return done


@post("/incidents/{incident_id:str}/split", guards=[needs("coder")])
@in_thread
def split(request: Called, desk: TheDesk, incident_id: Id, data: JSONBody[Leaving]) -> Act:
    """Say that some event reports of an incident tell of another one."""
    done = deciding.split(desk, who(request), incident_id, data.event_reports, data.why)
    desk.changed(wait=WAIT)
    return done


@post("/acts/{seq:int}/undo", guards=[needs("coder")])
@in_thread
def undo(request: Called, desk: TheDesk, seq: Seq, data: JSONBody[Why]) -> Act:
    """Take back what an act decided; an undo can be taken back as well."""
    done = deciding.undo(desk, who(request), seq, data.why)
    desk.changed(wait=WAIT)
    return done


@get("/acts", guards=[needs("reader")])
@in_thread
def log(
    desk: TheDesk,
    before: Before = None,
    by: Words = "",
    target: Words = "",
) -> list[Act]:
    """The log of all writes, the newest first, fifty at a time."""
    with desk.reading() as reading:
        return acts.acts(reading, before=before, by=by, target=target)


@post("/reports", guards=[needs("editor")])
@in_thread
def add_report(request: Called, desk: TheDesk, data: JSONBody[NewReport]) -> AddedReports:
    """Add one report by its text: it is coded, linked and kept."""
    made = adding.typed(data.text, data.headline, data.outlet, data.url, data.published)
    return AddedReports(**adding.add(desk, who(request), [made]))


handlers = [decide, add_claim, merge, split, undo, log, add_report]
