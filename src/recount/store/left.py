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
    """One coding as people left it, the claims that they rejected, and what they decided, by claim."""

    coding: Coding
    rejected: tuple[Claim, ...] = ()
    decisions: Mapping[str, str] = {}


class Overlay:
    """The standing decisions of a ledger, to be laid over its codings one by one."""

    def __init__(self, judgements: Iterable[Judgement]) -> None:
        """`judgements` are all that were ever made, oldest first."""
        found = decided(active(judgements))
        self._last = found.last
        self._missed: dict[str, tuple[Judgement, ...]] = {}
        for judgement in found.missed:
            if judgement.claim is not None:
                report = judgement.claim.report
                self._missed[report] = (*self._missed.get(report, ()), judgement)

    def over(self, coding: Coding) -> Left:
        """The coding as people left it."""
        missed = self._missed.get(coding.report.id, ())
        last = {c.id: self._last[c.id] for c in coding.claims if c.id in self._last}
        if not missed and not last:
            return Left(coding=coding)
        added = {j.claim.id: j.claim for j in missed if j.claim is not None}
        last |= {i: self._last[i] for i in added if i in self._last}
        by = Decided(last=last, missed=missed)
        both = {c.id: c for c in (*coding.claims, *added.values())}
        return Left(
            coding=replayed(coding, by),
            rejected=tuple(c for i, c in both.items() if by.wrong(i)),
            decisions=dict.fromkeys(added, "missed") | {i: j.decision for i, j in last.items()},
        )


def left(ledger: Ledger, ids: Iterable[str] | None = None) -> Iterator[Left]:
    """The current codings of all reports, or of these, in the order of `Ledger.codings`, as people left them."""
    overlay = Overlay(ledger.judgements())
    for coding in ledger.codings(ids):
        yield overlay.over(coding)
