"""Every claim of the ledger as one flat row: who said it, the exact words, the value as said and as read.

Column names follow the field's (`source_office` and `source_original` of UCDP are `outlet` and `speaker` here).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from recount import records as r
from recount.export import tables
from recount.store.left import Left, left

if TYPE_CHECKING:
    from recount.store.contract import Ledger

COLUMNS: dict[str, str] = {
    "claim_id": "stable id of the claim",
    "report_id": "stable id of the report that makes it",
    "report_name": "the report's own name: its id as given, or its file's name",
    "published": "day of publication, ISO 8601",
    "outlet": "who published it",
    "url": "where it was published",
    "headline": "the report's headline",
    "language": "language of the report",
    "start": "first character of the quote in the report's text, in code points from 0",
    "end": "the character after the quote",
    "quote": "the exact words",
    "property": "what the claim is about: toll, day, place, actor ...",
    "said": "the value in the report's words",
    "harm": "killed, wounded, captured, abducted or missing",
    "side": "the side of the victims",
    "low": "lowest number that the words allow; empty where they leave it open",
    "high": "highest number that the words allow; empty where they leave it open",
    "approx": "whether the words say about, some, nearly",
    "who": "the victims as described",
    "date_start": "first day that the words allow",
    "date_end": "last day that the words allow",
    "date_precision": "day, days, week, month, year or unknown",
    "place": "a place as named",
    "place_relation": "words that loosen the point: near, outskirts of",
    "country": "ISO 3166 alpha-2",
    "admin1": "province",
    "admin2": "district",
    "latitude": "WGS84",
    "longitude": "WGS84",
    "place_precision": "point, settlement, near, district, province, region, country, sea or unknown",
    "actor": "a party as named",
    "actor_neutral": "its neutral name",
    "actor_side": "its side",
    "kind": "kind of incident",
    "stance": "claims, alleges, denies or no_claim",
    "accuser": "who says so",
    "accused": "of whom",
    "incident_count": "number of unnamed incidents that a figure spans",
    "evidence": "what is offered, or not offered, as proof",
    "offered": "whether it is offered",
    "hedge": "at_least, more_than, up_to, about, vague or range",
    "modality": "asserted, denied, alleged, planned, foiled, hypothetical or historical",
    "speaker": "the source nearest to the figure; empty where the outlet speaks itself",
    "speaker_side": "that source's stake: state, armed_group, third, media or unknown",
    "relayed_by": "who passed it on, nearest first",
    "report_scope": "incident, or integrative for a statistic: never add the two",
    "subset": "whether the people are already inside another figure of the same event report",
    "superseded_by": "claim of the same report that replaces this figure",
    "event_reports": "event reports that rest on it",
    "incidents": "incidents that those are linked to",
    "rule": "the rule that found it",
    "reason": "why it was read so",
    "pack": "hash of the rule pack",
    "decision": "what a person decided: right, wrong, corrected or missed; empty where nobody has",
}
VALUE = tuple(COLUMNS)[list(COLUMNS).index("harm") : list(COLUMNS).index("hedge")]
"""The columns of values. A claim fills few of them, mostly neighbours."""
PLACE = {name: at for at, name in enumerate(VALUE)}

Cells = tuple[tables.Cell, ...]
"""A row without its names: one cell for each of `COLUMNS`, in their order."""


def write_jsonl(ledger: Ledger, out: TextIO) -> None:
    """All current claims as JSON Lines."""
    tables.write_jsonl(rows(ledger), out)


def write_csv(ledger: Ledger, out: TextIO) -> None:
    """All current claims as CSV."""
    tables.write_csv(rows(ledger), COLUMNS, out)


def rows(ledger: Ledger) -> Iterator[tables.Row]:
    """One row a claim, by report and position, with exactly the names of `COLUMNS`."""
    for cells in cells_of(left(ledger), incidents_by_event_report(ledger.incidents())):
        yield dict(zip(COLUMNS, cells, strict=True))


def cells_of(told: Iterable[Left], incidents: Mapping[str, Sequence[str]]) -> Iterator[Cells]:
    """The rows of these reports as cells, rejected claims among them, which nothing rests on.

    `incidents` are those that each event report is linked to.
    """
    for one in told:
        uses, report, decisions = Uses(one.coding, incidents), _of_report(one.coding.report), one.decisions
        claims = one.coding.claims
        if one.rejected:
            claims = tuple(sorted((*claims, *one.rejected), key=lambda c: (c.start, c.end, c.property, c.id)))
        for claim in claims:
            yield _cells(claim, report, uses.of(claim.id), decisions.get(claim.id))


def _cells(claim: r.Claim, report: Cells, uses: Cells, judgement: r.Judgement | None) -> Cells:
    speakers = claim.speakers
    return (
        claim.id,
        *report,
        claim.start,
        claim.end,
        claim.quote,
        claim.property,
        claim.said,
        *_of_value(claim.value),
        claim.hedge,
        claim.modality,
        speakers[0].name if speakers else None,
        speakers[0].party if speakers else None,
        [speaker.name for speaker in speakers[1:]],
        *uses,
        claim.rule,
        claim.reason,
        claim.pack,
        judgement.decision if judgement else None,
    )


def incidents_by_event_report(incidents: Iterable[r.Incident]) -> dict[str, list[str]]:
    """The ids of the incidents that each event report is linked to."""
    found: dict[str, list[str]] = defaultdict(list)
    for incident in incidents:
        for event_report in incident.event_reports:
            found[event_report].append(incident.id)
    return found


class Uses:
    """What each claim of one report is used for: event reports, incidents, statistics."""

    def __init__(self, coding: r.Coding, incidents: Mapping[str, Sequence[str]]) -> None:
        self._incidents = incidents
        self._event_reports: dict[str, list[str]] = defaultdict(list)
        for event_report in coding.event_reports:
            for claim in dict.fromkeys((*event_report.claims, *_claims_of(event_report.tolls))):
                self._event_reports[claim].append(event_report.id)
        tolls = [told.tolls for told in coding.event_reports] + [told.tolls for told in coding.statistics]
        self._lines = {claim: line for lines in tolls for line in lines for claim in (line.claim, *line.repeats)}
        self._integrative = {c for s in coding.statistics for c in (*s.claims, *_claims_of(s.tolls))}

    def of(self, claim: str) -> Cells:
        """The cells of one claim, from `report_scope` to `incidents`."""
        event_reports = self._event_reports.get(claim, [])
        line = self._lines.get(claim)
        return (
            "incident" if event_reports else "integrative" if claim in self._integrative else None,
            line.subset if line else None,
            line.superseded_by if line else None,
            event_reports,
            list(dict.fromkeys(i for e in event_reports for i in self._incidents.get(e, ()))),
        )


def _claims_of(lines: Iterable[r.TollLine]) -> Iterator[str]:
    for line in lines:
        yield line.claim
        yield from line.repeats


def _of_report(report: r.Report) -> Cells:
    """From `report_id` to `language`."""
    return (
        report.id,
        report.name,
        report.published.isoformat() if report.published else None,
        report.outlet,
        report.url,
        report.headline,
        report.language,
    )


def _of_value(value: r.Value) -> Cells:
    """The cells of `VALUE`."""
    match value:
        case r.Toll():
            count = value.count
            return _from("harm", value.harm, value.side, count.low, count.high, count.approx, value.who or None)
        case r.Count():
            return _from("low", value.low, value.high, value.approx)
        case r.Days():
            return _from("date_start", *_of_days(value))
        case r.Place():
            named = value.name, value.relation, value.country, value.admin1, value.admin2
            return _from("place", *named, value.latitude, value.longitude, value.level)
        case r.Actor():
            return _from("actor", value.name, value.neutral, value.side)
        case r.KindOf():
            return _from("kind", value.kind)
        case r.Attribution():
            return _from("stance", value.stance, value.accuser, value.accused)
        case r.Scope():
            days, spanned = _from("date_start", *_of_days(value.days), list(value.places)), PLACE["incident_count"]
            return (*days[:spanned], value.incidents, *days[spanned + 1 :])
        case r.Evidence():
            return _from("evidence", value.item, value.offered)


NOTHING: Cells = (None,) * len(VALUE)


def _from(column: str, *cells: tables.Cell) -> Cells:
    """The cells of `VALUE`: these in a row from `column` on, and nothing elsewhere."""
    at = PLACE[column]
    return (*NOTHING[:at], *cells, *NOTHING[at + len(cells) :])


def _of_days(days: r.Days) -> Cells:
    first = days.first.isoformat() if days.first else None
    return first, days.last.isoformat() if days.last else None, days.precision
