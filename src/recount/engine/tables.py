"""What an archive gives as tables: the columns of each, and the rows of a coding.

Every table but `reports` and `asides` has a column `body`, the whole record as JSON; the columns beside it are those that
people ask by. A coding can be put together again from its rows (`coding_of`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from recount.records import Claim, Coding, EventReport, Incident, Link, Report, SetAside, Statistic, Toll
from recount.store.wire import Extraction, read_claim, read_event_report, read_extraction, read_statistic

Row = tuple[Any, ...]
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "reports": {
        "id": "string", "name": "string", "url": "string", "outlet": "string", "headline": "string",
        "headline_end": "int64", "published": "date", "language": "string", "sha256": "string", "source": "string",
        "text": "string", "pack": "string", "rest": "string",
    },
    "claims": {
        "id": "string", "report": "string", "property": "string", "said": "string", "quote": "string",
        "start": "int64", "end": "int64", "speaker": "string", "modality": "string", "hedge": "string",
        "harm": "string", "side": "string", "low": "int64", "high": "int64", "rule": "string", "pack": "string",
        "body": "string",
    },
    "event_reports": {
        "id": "string", "report": "string", "role": "string", "kind": "string", "label": "string",
        "date_start": "date", "date_end": "date", "country": "string", "admin1": "string", "place": "string",
        "part_of": "string", "body": "string",
    },
    "statistics": {
        "id": "string", "report": "string", "label": "string", "date_start": "date", "date_end": "date",
        "country": "string", "body": "string",
    },
    "asides": {"source": "string", "reason": "string", "advice": "string"},
    "incidents": {
        "id": "string", "kind": "string", "label": "string", "date_start": "date", "date_end": "date",
        "country": "string", "admin1": "string", "place": "string", "part_of": "string", "event_reports": "strings",
        "body": "string",
    },
    "links": {
        "event_report": "string", "incident": "string", "score": "double", "sentence": "string", "body": "string",
    },
}  # fmt: skip
"""Table → column → type. Days are dates; `event_reports` of an incident is a list of ids."""
OF_REPORTS = ("reports", "claims", "event_reports", "statistics")
"""The tables that a coding fills; all but the first name their report in the column `report`."""

_encoder = msgspec.json.Encoder()


def body(record: object) -> str:
    """A record as JSON; equal records give equal text."""
    return _encoder.encode(record).decode()


def rows_of(coding: Coding) -> dict[str, list[Row]]:
    """The rows of a coding, by table."""
    return {
        "reports": [_report(coding)],
        "claims": [_claim(c) for c in coding.claims],
        "event_reports": [_event(e) for e in coding.event_reports],
        "statistics": [_statistic(s) for s in coding.statistics],
    }


def aside_row(aside: SetAside) -> Row:
    """The row of something set aside."""
    return aside.source, aside.reason, aside.advice


def incident_row(i: Incident) -> Row:
    """The row of an incident."""
    place = i.places[0].name if i.places else None
    days = (i.days.first, i.days.last)
    return i.id, i.kind, i.label, *days, i.country, i.admin1, place, i.part_of, list(i.event_reports), body(i)


def link_row(link: Link) -> Row:
    """The row of a link."""
    return link.event_report, link.incident, link.score, link.sentence, body(link)


def _report(coding: Coding) -> Row:
    r = coding.report
    rest = Extraction(
        passages=coding.passages, attributions=coding.attributions, checks=coding.checks, warnings=coding.warnings
    )
    return (
        r.id, r.name, r.url, r.outlet, r.headline, r.headline_end, r.published, r.language, r.sha256, r.source,
        r.text, coding.pack, body(rest),
    )  # fmt: skip


def _claim(c: Claim) -> Row:
    toll = c.value if isinstance(c.value, Toll) else None
    counted = (toll.harm, toll.side, toll.count.low, toll.count.high) if toll else (None,) * 4
    speaker = c.speakers[0].name if c.speakers else None
    return (
        c.id, c.report, c.property, c.said, c.quote, c.start, c.end, speaker, c.modality, c.hedge, *counted,
        c.rule, c.pack, body(c),
    )  # fmt: skip


def _event(e: EventReport) -> Row:
    place = e.places[0].name if e.places else None
    days = (e.days.first, e.days.last)
    return e.id, e.report, e.role, e.kind, e.label, *days, e.country, e.admin1, place, e.part_of, body(e)


def _statistic(s: Statistic) -> Row:
    return s.id, s.report, s.label, s.days.first, s.days.last, s.country, body(s)


def report_of(row: Mapping[str, Any]) -> Report:
    """The report in a row of `reports`."""
    return Report(**{name: row[name] for name in COLUMNS["reports"] if name not in ("pack", "rest")})


def coding_of(
    row: Mapping[str, Any], claims: Iterable[str], events: Iterable[str], statistics: Sequence[str]
) -> Coding:
    """The coding of a row of `reports` and the bodies of its claims, event reports and statistics, in their order."""
    rest = read_extraction(row["rest"])
    return Coding(
        report=report_of(row),
        passages=rest.passages,
        claims=tuple(map(read_claim, claims)),
        event_reports=tuple(map(read_event_report, events)),
        statistics=tuple(map(read_statistic, statistics)),
        attributions=rest.attributions,
        checks=rest.checks,
        warnings=rest.warnings,
        pack=row["pack"],
    )
