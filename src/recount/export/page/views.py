"""What the page says, before it is written: one view for each incident, statistic and report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from recount import records as r
from recount.export.ground import Dossier, Ground
from recount.export.incidents import summaries_of
from recount.export.page import chart, wording
from recount.export.page.marked import Piece, Words, in_sentence, pieces
from recount.reconcile import (
    RULE_SETS,
    Checked,
    Origin,
    Share,
    Summary,
    checklist,
    disagreements,
    figures,
    origins,
    shares,
    standpoint,
    timeline,
)
from recount.reconcile.standpoint import SHORT
from recount.values.naming import attribution_text, decided_text


class Quoted(r.Record, frozen=True):
    """One claim as the page shows it. `row` is its anchor in its section, the claim's id that in the report's text."""

    claim: r.Claim
    report: r.Report
    row: str
    speaker: str
    value: str
    words: Words
    change: str = ""
    stands: str = ""
    part: str = ""
    again: tuple[str, ...] = ()
    decided: str = ""
    """What a person decided on it: "corrected by Mira"."""


class Cell(r.Record, frozen=True):
    """One harm and side of an incident: the summary and every claim of it."""

    anchor: str
    title: str
    harm: str
    side: str
    summary: Summary | None
    shown: str
    claims: tuple[Quoted, ...]


class Ruled(r.Record, frozen=True):
    """One harm and side (or the total) under each rule set, in the order of `RULE_SETS`."""

    title: str
    cells: tuple[r.Figure | None, ...]


class Told(r.Record, frozen=True):
    """An attribution with its words."""

    sentence: str
    quoted: Quoted | None
    quote: str


class IncidentView(r.Record, frozen=True):
    """Everything on one incident."""

    dossier: Dossier
    title: str
    days: str
    cells: tuple[Cell, ...]
    origins: tuple[Origin, ...]
    disputed: bool
    panels: tuple[chart.Panel, ...]
    rows: frozenset[str]
    """Anchors of claims that this section holds."""
    disagreements: tuple[r.Disagreement, ...]
    attributions: tuple[Told, ...]
    others: tuple[Quoted, ...]
    rejected: tuple[Quoted, ...]
    """Claims of its reports that people rejected: nothing rests on them."""
    ruled: tuple[Ruled, ...]
    proof: tuple[Checked, ...]
    shares: dict[str, tuple[Share, ...]]
    """By rule set, the rows that it would enter, where they are more than one."""
    tellers: tuple[tuple[r.EventReport, r.Report, r.Link | None], ...]


class StatisticView(r.Record, frozen=True):
    """A figure over a period, with its claims."""

    statistic: r.Statistic
    report: r.Report
    days: str
    places: str
    claims: tuple[Quoted, ...]


class ReportView(r.Record, frozen=True):
    """A report with its text in pieces."""

    coding: r.Coding
    pieces: tuple[Piece, ...]


def incident_view(incident: r.Incident, ground: Ground) -> IncidentView:
    """The view of one incident."""
    dossier = ground.dossier(incident)
    told = (dossier.incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    summaries = summaries_of(dossier, ground)
    points = timeline(*told)
    cells = tuple(_cells(dossier, ground, summaries, points))
    shown = {quoted.claim.id for cell in cells for quoted in cell.claims}
    own = dict.fromkeys(c for e in dossier.event_reports for c in e.claims if c not in shown)
    return IncidentView(
        dossier=dossier,
        title=title_of(incident),
        days=wording.days_text(incident.days),
        cells=cells,
        origins=tuple(origins((e.report for e in dossier.all_event_reports), ground.reports)),
        disputed=any(s.disputed for s in summaries),
        panels=tuple(chart.panels(points)),
        rows=frozenset(shown),
        disagreements=tuple(disagreements(*told)),
        attributions=tuple(_told(incident, a, c, ground) for a, c in dossier.attributions),
        others=tuple(_quoted(incident.id, ground.claims[c], ground) for c in own if c in ground.claims),
        rejected=tuple(_rejected(dossier, ground)),
        ruled=tuple(_ruled(f for name in RULE_SETS for f in figures(*told, rules=name))),
        proof=tuple(checklist(incident, dossier.all_event_reports, ground.evidence(dossier), dossier.parts)),
        shares={n: rows for n in RULE_SETS if len(rows := tuple(_all_sides(shares(*told, rules=n)))) > 1},
        tellers=tuple(_tellers(dossier, ground)),
    )


def _rejected(dossier: Dossier, ground: Ground) -> Iterable[Quoted]:
    told = {e.report for e in dossier.all_event_reports}
    return (_quoted(dossier.incident.id, c, ground) for c in ground.rejected.values() if c.report in told)


def _all_sides(found: Iterable[Share]) -> Iterable[Share]:
    return (share for share in found if share.side is None)


def title_of(incident: r.Incident) -> str:
    """Kind and place, in neutral words."""
    kind = "Incident" if incident.kind == "other" else incident.kind.capitalize()
    return f"{kind}, {wording.places_text(incident.places, incident.admin1, incident.country, 'place not told')}"


def _quoted(home: str, claim: r.Claim, ground: Ground, **more: object) -> Quoted:
    coding = ground.codings[claim.report]
    return Quoted(
        claim=claim,
        report=coding.report,
        row=f"{home}-{claim.id}",
        speaker=wording.speaker_text(claim, coding.report),
        value=wording.value_text(claim.value),
        words=in_sentence(claim, coding),
        decided=decided_text(ground.decisions.get(claim.id)),
        **more,  # type: ignore[arg-type]  # the fields with defaults
    )


def _cells(
    dossier: Dossier, ground: Ground, summaries: Sequence[Summary], points: Sequence[r.TollPoint]
) -> Iterable[Cell]:
    """The cells of an incident in the order of `HARMS` and `SIDES`, each with its claims by publication day."""
    home = dossier.incident.id
    standing = {(s.harm, s.side): s for s in summaries}
    told: dict[tuple[r.Harm, r.Side], list[r.TollPoint]] = defaultdict(list)
    for point in points:
        told[point.toll.harm, point.toll.side].append(point)
    lines = {line.claim: line for e in dossier.all_event_reports for line in e.tolls}
    of_parts = dossier.all_event_reports[len(dossier.event_reports) :]
    parts = {line.claim: e for e in of_parts for line in e.tolls}
    for cell in ((h, s) for h in r.HARMS for s in r.SIDES if (h, s) in told):
        summary = standing.get(cell)
        yield Cell(
            anchor=f"{home}-{cell[0]}-{cell[1]}",
            harm=cell[0],
            side=wording.SIDE_NAMES[cell[1]],
            title=f"{cell[0].capitalize()}, {wording.SIDE_NAMES[cell[1]]}",
            summary=summary,
            shown=wording.range_text(summary.low, summary.high) if summary else "no total",
            claims=tuple(
                _quoted(
                    home,
                    ground.claims[point.claim],
                    ground,
                    change=point.change,
                    stands=SHORT[standpoint(point.party, point.toll.side)] if point.by else "",
                    part=_where(parts.get(point.claim)),
                    again=lines[point.claim].repeats,
                )
                for point in told[cell]
                if point.claim in ground.claims
            ),
        )


def _where(part: r.EventReport | None) -> str:
    return f"{part.kind}, {wording.places_text(part.places, part.admin1, part.country)}" if part else ""


def _told(incident: r.Incident, told: r.Attributed, claim: r.Claim | None, ground: Ground) -> Told:
    quoted = _quoted(incident.id, claim, ground) if claim else None
    return Told(sentence=attribution_text(told.attribution), quoted=quoted, quote=told.quote)


def _ruled(found: Iterable[r.Figure]) -> Iterable[Ruled]:
    """The figures as rows; rows where no rule set decides are left out."""
    rows: dict[tuple[r.Harm, r.Side | None], dict[str, r.Figure]] = defaultdict(dict)
    for figure in found:
        rows[figure.harm, figure.side][figure.rule_set] = figure
    order = [(harm, side) for harm in r.HARMS for side in (*r.SIDES, None)]
    for harm, side in (cell for cell in order if cell in rows):
        name = wording.SIDE_NAMES[side] if side else "all sides"
        cells = tuple(rows[harm, side].get(rules) for rules in RULE_SETS)
        yield Ruled(title=f"{harm.capitalize()}, {name}", cells=cells)


def _tellers(dossier: Dossier, ground: Ground) -> Iterable[tuple[r.EventReport, r.Report, r.Link | None]]:
    links = {link.event_report: link for link in dossier.links}
    for event_report in dossier.event_reports:
        yield event_report, ground.reports[event_report.report], links.get(event_report.id)


def statistic_views(ground: Ground) -> list[StatisticView]:
    """All statistics, by report."""
    return [
        StatisticView(
            statistic=statistic,
            report=coding.report,
            days=wording.days_text(statistic.days),
            places=wording.places_text(statistic.places, statistic.country),
            claims=tuple(
                _quoted(statistic.id, ground.claims[line.claim], ground)
                for line in statistic.tolls
                if line.claim in ground.claims
            ),
        )
        for coding in ground.codings.values()
        for statistic in coding.statistics
    ]


def report_views(ground: Ground) -> list[ReportView]:
    """All reports, in the ledger's order."""
    return [ReportView(coding=coding, pieces=tuple(pieces(coding))) for coding in ground.codings.values()]
