"""Codings as people left them: decisions laid over what the rules read, with what was rejected kept at hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from recount.records import Claim, Coding, Judgement, Record
from recount.store.decisions import active
from recount.store.replay import Decided, decided, replayed

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Left(Record, frozen=True):
    """One coding as people left it, the claims that they rejected, and the last decision on each, by claim."""

    coding: Coding
    rejected: tuple[Claim, ...] = ()
    decisions: Mapping[str, Judgement] = {}


class Overlay:
    """Standing decisions, to be laid over codings one by one."""

    def __init__(self, by: Decided) -> None:
        """`by` are decisions on any claims; each coding takes those on its own."""
        self._last = by.last
        self._missed: dict[str, tuple[Judgement, ...]] = {}
        for judgement in by.missed:
            if judgement.claim is not None:
                report = judgement.claim.report
                self._missed[report] = (*self._missed.get(report, ()), judgement)

    def over(self, coding: Coding) -> Left:
        """The coding as people left it."""
        missed = self._missed.get(coding.report.id, ())
        last = {c.id: self._last[c.id] for c in coding.claims if c.id in self._last}
        if not missed and not last:
            return Left(coding=coding)
        added = {j.claim.id: j for j in missed if j.claim is not None}
        last |= {i: self._last[i] for i in added if i in self._last}
        by = Decided(last=last, missed=missed)
        both = {c.id: c for c in (*coding.claims, *(j.claim for j in added.values() if j.claim is not None))}
        return Left(
            coding=replayed(coding, by),
            rejected=tuple(c for i, c in both.items() if by.wrong(i)),
            decisions=added | last,
        )


def left(ledger: Ledger, ids: Iterable[str] | None = None) -> Iterator[Left]:
    """The current codings of all reports, or of these, in the order of `Ledger.codings`, as people left them."""
    return map(overlay_of(ledger).over, ledger.codings(ids))


def overlay_of(ledger: Ledger) -> Overlay:
    """All standing decisions of a ledger."""
    return Overlay(decided(active(ledger.judgements())))


def left_of(ledger: Ledger, report_id: str) -> Left:
    """The current coding of one report as people left it. NotFound when there is none."""
    from recount.store.around import decided_on  # brings the database along, which coding alone does not need

    coding = ledger.coding(report_id)
    with ledger.connected() as connection:
        return Overlay(decided_on(connection, [coding])).over(coding)
