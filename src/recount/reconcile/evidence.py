"""What is offered as proof of an incident, what is said to be missing, and what nobody mentions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from recount.records import Claim, EventReport, Evidence, Incident, Record

Found = Literal["offered", "missing", "offered and missing", "not mentioned"]


class Asked(Record, frozen=True):
    """One row of the checklist as data: what is asked, and the kinds of evidence that answer it."""

    item: str
    question: str
    answers: frozenset[str]


class Checked(Record, frozen=True):
    """One answered row: the claims that offer this evidence and those that say it is missing."""

    item: str
    question: str
    found: Found
    offered: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    sentence: str = ""


def _asked(item: str, question: str, *answers: str) -> Asked:
    return Asked(item=item, question=question, answers=frozenset(answers))


CHECKLIST: tuple[Asked, ...] = (
    _asked("names", "Are the dead or the held named?", "names"),
    _asked("pictures", "Are there photographs or films?", "photographs", "video", "pictures"),
    _asked("bodies", "Did others see, count or receive the dead?", "bodies"),
    _asked("weapons", "Are weapons or explosives shown?", "weapons", "devices"),
    _asked("access", "Could reporters or monitors reach the place?", "access"),
    _asked("confirmation", "Did somebody without a stake check it?", "independent confirmation"),
    _asked("court", "Did a court or an inquiry follow?", "court", "inquiry", "court follow-up"),
)
OTHER = _asked("other evidence", "Is any other evidence told of?")


def checklist(
    incident: Incident, event_reports: Iterable[EventReport], claims: Iterable[Claim], parts: Sequence[Incident] = ()
) -> list[Checked]:
    """Every question of the checklist, also those that nobody answers; "other evidence" only where there is some.

    Claims of evidence belong to the incident when one of its event reports rests on them; those that no event report
    rests on belong to the first main one of their report, which a statement on proof is mostly about. `event_reports`
    and `claims` may hold more; the rest is ignored.
    """
    mine = _of_incident(incident, list(event_reports), claims, parts)
    known = frozenset(answer for asked in CHECKLIST for answer in asked.answers)
    rows = [_row(asked, [c for c in mine if _item(c) in asked.answers]) for asked in CHECKLIST]
    rest = [c for c in mine if _item(c) not in known]
    return [*rows, _row(OTHER, rest)] if rest else rows


def gaps(rows: Iterable[Checked]) -> tuple[str, ...]:
    """The items that nobody offers, in the order of the checklist."""
    return tuple(row.item for row in rows if row.found in ("missing", "not mentioned"))


def _of_incident(
    incident: Incident, events: Sequence[EventReport], claims: Iterable[Claim], parts: Sequence[Incident]
) -> list[Claim]:
    members = {e for i in (incident, *parts) for e in i.event_reports}
    rests_on = {c: e.id for e in events for c in e.claims}
    leading: dict[str, str] = {}
    for event in sorted(events, key=lambda e: (e.role != "main", e.key)):
        leading.setdefault(event.report, event.id)

    def belongs(claim: Claim) -> bool:
        return rests_on.get(claim.id, leading.get(claim.report)) in members

    return [c for c in claims if c.property == "evidence" and isinstance(c.value, Evidence) and belongs(c)]


def _item(claim: Claim) -> str:
    return claim.value.item if isinstance(claim.value, Evidence) else ""


def _row(asked: Asked, claims: Sequence[Claim]) -> Checked:
    offered = tuple(c.id for c in claims if isinstance(c.value, Evidence) and c.value.offered)
    missing = tuple(c.id for c in claims if isinstance(c.value, Evidence) and not c.value.offered)
    found: Found = "not mentioned"
    if offered and missing:
        found = "offered and missing"
    elif offered or missing:
        found = "offered" if offered else "missing"
    voices = sorted({c.speakers[0].name if c.speakers else "the outlet" for c in claims})
    by = f", by {', '.join(voices)}" if voices else ""
    return Checked(
        item=asked.item,
        question=asked.question,
        found=found,
        offered=offered,
        missing=missing,
        sentence=f"{asked.question} {found.capitalize()}{by}.",
    )
