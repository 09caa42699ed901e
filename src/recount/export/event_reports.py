"""The report-level table: who claims which loss of whom in which window, one row for each figure of each report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, TextIO

from recount import records as r
from recount.export import tables
from recount.export.losses import REJECTED, UNUSED, Fate, Losses, fate_of
from recount.export.schemas import schema
from recount.store.left import Left, left

if TYPE_CHECKING:
    from recount.store.contract import Ledger

CELLS = "stands in the cells of the figures, read, not as a claim of its own"
ELSEWHERE = "the table has a row for each figure, and none for this"
Homes = Mapping[str, tuple[str, str | None]]


def write_csv(ledger: Ledger, out: TextIO, losses: Losses | None = None) -> None:
    """All figures of all reports as CSV, and what became of every claim."""
    columns = schema("event_reports").columns
    tables.write_csv(noted(ledger, losses), columns, out)


def rows(ledger: Ledger) -> Iterator[tables.Row]:
    """One row for each figure, in the ledger's order of reports."""
    return noted(ledger, None)


def noted(ledger: Ledger, losses: Losses | None) -> Iterator[tables.Row]:
    """As `rows`, noting in `losses` what became of every claim."""
    homes = homes_of(ledger)
    for one in left(ledger):
        found = list(rows_of(one.coding, homes))
        yield from found
        if losses is not None:
            losses.rows += len(found)
            for fate in fates_of(one):
                losses.add(fate)


def homes_of(ledger: Ledger) -> Homes:
    """The incident of each event report, and the largest whole that this is part of."""
    known = {i.id: i for i in ledger.incidents()}
    found: dict[str, tuple[str, str | None]] = {}
    from recount.export.ground import above

    for incident in known.values():
        wholes = above(incident, known)
        for told in incident.event_reports:
            found[told] = incident.id, wholes[-1].id if wholes else None
    return found


def rows_of(coding: r.Coding, homes: Homes) -> Iterator[tables.Row]:
    """The rows of one report."""
    claims = {claim.id: claim for claim in coding.claims}
    both: tuple[r.EventReport | r.Statistic, ...] = (*coding.event_reports, *coding.statistics)
    for told in both:
        common = _common(coding.report, told, homes)
        for line in told.tolls:
            given = {**common, **_of_line(line, claims.get(line.claim))}
            yield {name: given.get(name) for name in schema("event_reports").columns}


def fates_of(one: Left) -> Iterator[Fate]:
    """What became of the claims of one report."""
    coding = one.coding
    told: tuple[r.EventReport | r.Statistic, ...] = (*coding.event_reports, *coding.statistics)
    rows = {claim: line.claim for t in told for line in t.tolls for claim in (line.claim, *line.repeats)}
    used = {c for t in told for c in t.claims}
    for claim in coding.claims:
        if claim.id in rows:
            yield fate_of(claim, "in_file", rows=rows[claim.id])
        elif claim.id in used and claim.property in ("day", "place", "actor", "target", "kind"):
            yield fate_of(claim, "collapsed", CELLS)
        else:
            yield fate_of(claim, "left_out", UNUSED if claim.property == "toll" else ELSEWHERE)
    for claim in one.rejected:
        yield fate_of(claim, "left_out", REJECTED)


def _common(report: r.Report, told: r.EventReport | r.Statistic, homes: Homes) -> tables.Row:
    home, operation = homes.get(told.id, (None, None))
    point = next((p for p in told.places if p.latitude is not None and p.longitude is not None), None)
    event = told if isinstance(told, r.EventReport) else None
    return {
        "event_id": home,
        "operation_id": operation,
        "event_report_id": told.id,
        "report_id": report.id,
        "report_scope": "incident" if event else "integrative",
        "source": report.outlet,
        "report_name": report.name,
        "headline": report.headline,
        "url": report.url,
        "published": report.published.isoformat() if report.published else None,
        "window_start": told.days.first.isoformat() if told.days.first else None,
        "window_end": told.days.last.isoformat() if told.days.last else None,
        "window_precision": told.days.precision,
        "event_type": event.kind if event else None,
        "actors": tables.SEPARATOR.join(dict.fromkeys(a.neutral or a.name for a in event.actors)) if event else None,
        "place": tables.SEPARATOR.join(p.name for p in told.places),
        "admin1": event.admin1 if event else None,
        "country": told.country,
        "latitude": point.latitude if point else None,
        "longitude": point.longitude if point else None,
    }


def _of_line(line: r.TollLine, claim: r.Claim | None) -> tables.Row:
    speakers = claim.speakers if claim else ()
    return {
        "claim_id": line.claim,
        "claimant": line.by or (speakers[0].name if speakers else None),
        "claimant_party": speakers[0].party if speakers else "media" if not line.by else "unknown",
        "relayed_by": tables.SEPARATOR.join(s.name for s in speakers[1:]),
        "target": line.toll.side,
        "loss": line.toll.harm,
        "low": line.toll.count.low,
        "high": line.toll.count.high,
        "hedge": (claim.hedge if claim else None) or ("about" if line.toll.count.approx else None),
        "modality": claim.modality if claim else None,
        "subset": line.subset,
        "superseded_by": line.superseded_by,
        "repeats": tables.SEPARATOR.join(line.repeats),
        "quote": line.quote or (claim.quote if claim else None),
    }
