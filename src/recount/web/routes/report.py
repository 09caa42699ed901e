"""One report: its words with the claims marked where they stand, and beside it the next report of the same incident."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import Response, get
from litestar.response import Redirect
from msgspec.structs import replace

from recount.errors import NotFound
from recount.export.around import decided_codings
from recount.export.page.marked import Piece, pieces
from recount.records import HARMS, SIDES, Claim, Coding, EventReport, Incident, Judgement, Record
from recount.store import acts, around
from recount.web.calling import Id, TheDesk, in_thread
from recount.web.choosing import KINDS
from recount.web.people import needs
from recount.web.rendering import Asked, page

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Sheet(Record, frozen=True):
    """A report as the page shows it: rejected claims stay marked, as rejected."""

    coding: Coding
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]
    decided: dict[str, Judgement]
    rejected: frozenset[str]
    background: frozenset[str]
    tells: dict[str, EventReport]
    incidents: dict[str, Incident]
    """By event report."""


@get("/reports/{report_id:str}", guards=[needs("reader")])
@in_thread
def report(request: Asked, desk: TheDesk, report_id: Id) -> Response[str]:
    """The page of a report; `beside` in the address names another one to show next to it."""
    beside = request.query_params.get("beside", "")
    with desk.reading() as reading:
        sheet = sheet_of(reading, report_id)
        other = sheet_of(reading, beside) if beside else None
        told = _same_incident(reading, sheet)
        log = acts.acts_on(reading, [report_id, *(c.id for c in sheet.claims)])
        undone = acts.taken_back(reading, [act.seq for act in log])
        versions = desk.ledger.versions(report_id)
    return page(
        request,
        "report.html",
        s=sheet,
        other=other,
        told=told,
        following=_following(told, report_id),
        log=log,
        undone=undone,
        versions=versions,
        harms=HARMS,
        side_keys=SIDES,
        kinds=KINDS,
    )


def sheet_of(reading: Connection, report_id: str) -> Sheet:
    """A report with its claims as people left them. NotFound where the ledger has none such."""
    codings, decided, rejected = decided_codings(reading, [report_id])
    if not codings:
        raise NotFound("no coded report has this id", report_id[:80], "Search for its words.")
    coding = codings[0]
    claims = tuple(sorted([*coding.claims, *rejected], key=lambda c: (c.start, c.end, c.id)))
    links = around.links_from(reading, [e.id for e in coding.event_reports])
    incidents = around.incidents_named(reading, dict.fromkeys(links.values()))
    return Sheet(
        coding=coding,
        pieces=tuple(pieces(replace(coding, claims=claims))),
        claims=claims,
        decided=dict(decided.last),
        rejected=frozenset(c.id for c in rejected),
        background=_background(coding),
        tells={c: e for e in coding.event_reports for c in e.claims},
        incidents={event: incidents[i] for event, i in links.items() if i in incidents},
    )


def _background(coding: Coding) -> frozenset[str]:
    """Claims that only accounts told as background rest on."""
    told = {c for e in coding.event_reports if e.role != "background" for c in e.claims}
    return frozenset(c for e in coding.event_reports if e.role == "background" for c in e.claims if c not in told)


def _same_incident(reading: Connection, sheet: Sheet) -> list[Any]:
    """The reports of the incidents that this one tells of, by publication day, this one among them."""
    events = [e for i in sheet.incidents.values() for e in i.event_reports]
    ids = around.reports_telling(reading, dict.fromkeys(events))
    return around.reports_named(reading, ids)


def _following(told: list[Any], report_id: str) -> Any:
    """The next report of the same incident, after the last the first; None where there is no other."""
    ids = [r.id for r in told]
    if report_id not in ids or len(ids) < 2:
        return None
    return told[(ids.index(report_id) + 1) % len(ids)]


@get("/claims/{claim_id:str}", guards=[needs("reader")])
@in_thread
def claim(desk: TheDesk, claim_id: Id) -> Redirect:
    """The claim's words in its report."""
    with desk.reading() as reading:
        for found in around.claims_named(reading, [claim_id]):
            return Redirect(f"/reports/{found.report}#{found.id}")
    raise NotFound("no claim has this id", claim_id[:80], "Search for its words.")


handlers = [report, claim]
