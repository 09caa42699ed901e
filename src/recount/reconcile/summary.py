"""One line for each harm and side of an incident: the claims that stand, from how many sources, disputed or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recount.reconcile.disagree import disagreements_of
from recount.reconcile.sources import origins
from recount.reconcile.tellings import Cell, Telling, by_cell, tellings
from recount.reconcile.timeline import standing
from recount.reconcile.totals import of_parts
from recount.records import Claim, EventReport, Harm, Incident, Record, Report, Side

DISPUTED = frozenset({"conflict", "interest"})


class Summary(Record, frozen=True):
    """What is claimed of one harm and side.

    `low` and `high` span the claims that no later one revised; they are a range of claims, not an uncertainty. `high`
    is None where the words leave it open. `sources` counts independent origins, `speakers` those who are named.
    """

    harm: Harm
    side: Side
    low: int | None
    high: int | None
    sources: int
    speakers: tuple[str, ...] = ()
    disputed: bool = False
    claims: tuple[str, ...] = ()
    from_parts: bool = False


def summary(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
) -> list[Summary]:
    """The incident's toll at a glance, one row for each harm and side that anybody gives a figure of."""
    events = list(event_reports)
    found = tellings(incident, events, claims, reports, parts)
    disputed = {(d.harm, d.side) for d in disagreements_of(found, events) if d.kind in DISPUTED}
    rows = []
    for cell, told in by_cell(found).items():
        row = _row(cell, told, reports, cell in disputed)
        if row:
            rows.append(row)
    return rows


def _row(cell: Cell, told: Sequence[Telling], reports: Mapping[str, Report], disputed: bool) -> Summary | None:
    held = standing(told)
    whole = [t for t in told if t.counts]
    if not held:
        return _from_parts(cell, told, reports)
    lows = [t.number for t in held if t.number is not None]
    highs = [t.toll.count.high for t in held]
    return Summary(
        harm=cell[0],
        side=cell[1],
        low=min(lows),
        high=max(max(lows), *(h for h in highs if h is not None)) if any(h is not None for h in highs) else None,
        sources=len(origins((t.report for t in whole), reports)),
        speakers=_speakers(held),
        disputed=disputed,
        claims=tuple(c for t in held for c in t.all_claims),
    )


def _speakers(held: Sequence[Telling]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(t.by for t in held if t.by))


def _from_parts(cell: Cell, told: Sequence[Telling], reports: Mapping[str, Report]) -> Summary | None:
    total = of_parts(told)
    if total is None:
        return None
    return Summary(
        harm=cell[0],
        side=cell[1],
        low=total.low,
        high=total.high,
        sources=len(origins((t.report for t in told), reports)),
        claims=total.claims,
        from_parts=True,
    )
