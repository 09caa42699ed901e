"""One item of the queue with all that a person needs to decide it; samples, and how far their coders agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from recount.errors import WrongUse
from recount.export.around import decided_codings
from recount.export.page import views, wording
from recount.export.page.marked import Words, in_sentence
from recount.records import Claim, Coding, EventReport, Incident, Judgement, Link, Record, Report
from recount.review.agreement import Agreement, agreement, code_of
from recount.review.queue import Item
from recount.store import acts, around
from recount.store.acts import Sample
from recount.store.decisions import active
from recount.web.index import queue
from recount.web.index.queue import Asked, Progress

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from recount.web.desk import Desk


class Said(Record, frozen=True):
    """One claim with its words in their sentence."""

    claim: Claim
    report: Report
    words: Words
    speaker: str


class Account(Record, frozen=True):
    """One event report with its report."""

    event: EventReport
    report: Report


class Shown(Record, frozen=True):
    """An item ready to be shown. `accounts` of a link: the one asked about first."""

    item: Item
    title: str
    incident: Incident | None
    claims: tuple[Said, ...] = ()
    accounts: tuple[Account, ...] = ()
    link: Link | None = None


OTHERS = 3
"""Accounts that a link is held against on the page."""


def shown(reading: Connection, item: Item, *, blind: bool = False) -> Shown | None:
    """The item with its words; None where the ledger no longer holds them. `blind` leaves out what people decided."""
    incident = around.incidents_named(reading, [item.incident]).get(item.incident)
    title = views.title_of(incident) if incident else ""
    days = f", {wording.days_text(incident.days)}" if incident else ""
    if item.kind == "link":
        return _link(reading, item, incident, title + days)
    ids = list(dict.fromkeys(c.report for c in _claims(reading, item)))
    raw = around.codings_named(reading, ids)
    codings = raw if blind else [*decided_codings(reading, ids)[0], *raw]
    said = [_said(claim, codings) for claim in item.claims]
    found = tuple(s for s in said if s is not None)
    return Shown(item=item, title=title + days, incident=incident, claims=found) if found else None


def _claims(reading: Connection, item: Item) -> list[Claim]:
    return around.claims_named(reading, item.claims)


def _said(claim_id: str, codings: list[Coding]) -> Said | None:
    """The claim in the first coding that holds it."""
    for coding in codings:
        for claim in coding.claims:
            if claim.id == claim_id:
                words = in_sentence(claim, coding)
                return Said(
                    claim=claim, report=coding.report, words=words, speaker=wording.speaker_text(claim, coding.report)
                )
    return None


def _link(reading: Connection, item: Item, incident: Incident | None, title: str) -> Shown | None:
    wanted = [e for e in (item.event_report, *item.others[:OTHERS]) if e]
    codings = around.codings_named(reading, around.reports_telling(reading, wanted))
    told = {e.id: Account(event=e, report=c.report) for c in codings for e in c.event_reports}
    accounts = tuple(told[e] for e in wanted if e in told)
    link = next((k for k in around.links_to(reading, [item.incident]) if k.event_report == item.event_report), None)
    if len(accounts) < 2:
        return None
    return Shown(item=item, title=title, incident=incident, accounts=accounts, link=link)


def upcoming(desk: Desk, reading: Connection, asked: Asked, after: str, by: str) -> tuple[Shown | None, Item | None]:
    """The next item that can be shown after the one named `after` (the first one where it is empty)."""
    if asked.sample:
        return _of_sample(reading, asked.sample, after, by)
    last = queue.item_named(desk.lists, after) if after else None
    while (item := queue.next_item(desk.lists, asked, last)) is not None:
        if (found := shown(reading, item)) is not None:
            return found, item
        last = item
    return None, None


def named(desk: Desk, reading: Connection, asked: Asked, item: str) -> Item | None:
    """The item with this id: of a sample as it was drawn, since the queue's own tells what others decided."""
    if not asked.sample:
        return queue.item_named(desk.lists, item)
    return next((i for i in items_of(acts.sample(reading, asked.sample)) if i.id == item), None)


def _of_sample(reading: Connection, name: str, after: str, by: str) -> tuple[Shown | None, Item | None]:
    items = items_of(acts.sample(reading, name))
    mine = codes(reading, items).get(by, {})
    start = next((n + 1 for n, i in enumerate(items) if i.id == after), 0)
    for item in items[start:]:
        if item.id not in mine and (found := shown(reading, item, blind=True)) is not None:
            return found, item
    return None, None


def progress(desk: Desk, reading: Connection, asked: Asked, by: str) -> Progress:
    """How far the queue, or this coder's share of a sample, is decided."""
    if not asked.sample:
        return queue.progress(desk.lists, asked)
    items = items_of(acts.sample(reading, asked.sample))
    return Progress(done=len(codes(reading, items).get(by, {})), of=len(items))


# ---------------------------------------------------------------------------------------------------- samples


def draw(desk: Desk, name: str, size: int, kinds: list[str], by: str, at: str) -> Sample:
    """A sample of the queue's items to keep; WrongUse where the queue has none of these kinds."""
    items = queue.drawn(desk.lists, size, kinds, name)
    if not items:
        raise WrongUse("the queue holds nothing to draw from", name, "Add reports, or choose other kinds.")
    return Sample(name=name, made=at, by=by, items=tuple(msgspec.to_builtins(i) for i in items))


def items_of(sample: Sample) -> list[Item]:
    """A sample's items, in their order."""
    return [msgspec.convert(item, Item) for item in sample.items]


def codes(reading: Connection, items: list[Item]) -> dict[str, dict[str, str]]:
    """What each coder decided on each item: by coder, then by item."""
    subjects = {(i.event_report if i.kind == "link" else i.claims[0]) or "": i for i in items}
    found: dict[str, dict[str, str]] = {}
    for judgement in active(around.judgements_on(reading, subjects)):
        for subject in judgement.subjects:
            if subject in subjects and _fits(judgement, subjects[subject]):
                found.setdefault(judgement.by, {})[subjects[subject].id] = code_of(judgement)
    return found


def _fits(judgement: Judgement, item: Item) -> bool:
    of_links = judgement.decision in ("same", "different")
    return judgement.decision == "unsure" or of_links == (item.kind == "link")


def agreement_on(reading: Connection, sample: Sample) -> Agreement:
    """How far the coders of a sample agree."""
    items = items_of(sample)
    return agreement(codes(reading, items), [i.id for i in items])
