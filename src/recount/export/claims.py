"""Every claim of the ledger as one flat row: who said it, the exact words, the value as said and as read.

Column names follow the field's (`source_office` and `source_original` of UCDP are `outlet` and `speaker` here).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from recount import records as r
from recount.export import tables

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
}


def write_jsonl(ledger: Ledger, out: TextIO) -> None:
    """All current claims as JSON Lines."""
    tables.write_jsonl(rows(ledger), out)


def write_csv(ledger: Ledger, out: TextIO) -> None:
    """All current claims as CSV."""
    tables.write_csv(rows(ledger), COLUMNS, out)


def rows(ledger: Ledger) -> Iterator[tables.Row]:
    """One row a claim, by report and position, with exactly the names of `COLUMNS`."""
    return rows_of(ledger.codings(), incidents_by_event_report(ledger.incidents()))


def rows_of(codings: Iterable[r.Coding], incidents: Mapping[str, Sequence[str]]) -> Iterator[tables.Row]:
    """The rows of these reports. `incidents` are those that each event report is linked to."""
    for coding in codings:
        uses = Uses(coding, incidents)
        report = _of_report(coding.report)
        for claim in coding.claims:
            row: tables.Row = dict.fromkeys(COLUMNS)
            row.update(report, **_of_claim(claim), **_of_value(claim.value), **uses.of(claim.id))
            yield row


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

    def of(self, claim: str) -> tables.Row:
        """The cells of one claim."""
        event_reports = self._event_reports.get(claim, [])
        line = self._lines.get(claim)
        return {
            "report_scope": "incident" if event_reports else "integrative" if claim in self._integrative else None,
            "subset": line.subset if line else None,
            "superseded_by": line.superseded_by if line else None,
            "event_reports": event_reports,
            "incidents": list(dict.fromkeys(i for e in event_reports for i in self._incidents.get(e, []))),
        }


def _claims_of(lines: Iterable[r.TollLine]) -> Iterator[str]:
    for line in lines:
        yield line.claim
        yield from line.repeats


def _of_report(report: r.Report) -> Mapping[str, tables.Cell]:
    return {
        "report_id": report.id,
        "report_name": report.name,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.outlet,
        "url": report.url,
        "headline": report.headline,
        "language": report.language,
    }


def _of_claim(claim: r.Claim) -> Mapping[str, tables.Cell]:
    nearest = claim.speakers[0] if claim.speakers else None
    return {
        "claim_id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "property": claim.property,
        "said": claim.said,
        "hedge": claim.hedge,
        "modality": claim.modality,
        "speaker": nearest.name if nearest else None,
        "speaker_side": nearest.party if nearest else None,
        "relayed_by": [speaker.name for speaker in claim.speakers[1:]],
        "rule": claim.rule,
        "reason": claim.reason,
        "pack": claim.pack,
    }


def _of_value(value: r.Value) -> Mapping[str, tables.Cell]:
    match value:
        case r.Toll():
            return {"harm": value.harm, "side": value.side, "who": value.who or None, **_of_count(value.count)}
        case r.Count():
            return _of_count(value)
        case r.Days():
            return _of_days(value)
        case r.Place():
            return _of_place(value)
        case r.Actor():
            return {"actor": value.name, "actor_neutral": value.neutral, "actor_side": value.side}
        case r.KindOf():
            return {"kind": value.kind}
        case r.Attribution():
            return {"stance": value.stance, "accuser": value.accuser, "accused": value.accused}
        case r.Scope():
            return {"place": list(value.places), "incident_count": value.incidents, **_of_days(value.days)}
        case r.Evidence():
            return {"evidence": value.item, "offered": value.offered}


def _of_count(count: r.Count) -> dict[str, tables.Cell]:
    return {"low": count.low, "high": count.high, "approx": count.approx}


def _of_days(days: r.Days) -> dict[str, tables.Cell]:
    return {
        "date_start": days.first.isoformat() if days.first else None,
        "date_end": days.last.isoformat() if days.last else None,
        "date_precision": days.precision,
    }


def _of_place(place: r.Place) -> dict[str, tables.Cell]:
    return {
        "place": place.name,
        "place_relation": place.relation,
        "country": place.country,
        "admin1": place.admin1,
        "admin2": place.admin2,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "place_precision": place.level,
    }
