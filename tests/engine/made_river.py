"""A small coder and linker with known answers, and reports to feed them, for the engine's tests.

Run as a program it adds generated reports to a ledger: `made_river.py LEDGER COUNT`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from recount import records as r
from recount.engine import local
from recount.settings import Settings
from recount.store import open_ledger

PACK = "made"
TOWNS = ("Aban", "Bur", "Cor", "Dal", "Ern", "Fas", "Gol")


def reports(count: int) -> Iterator[r.Report]:
    """Invented reports: each tells of the fighting of one day in one town."""
    for n in range(count):
        day = date(2025, 1, 1) + timedelta(days=n // 9)
        text = f"Report {n}: {n % 7 + 1} gunmen were killed in {TOWNS[n % len(TOWNS)]} on {day}, police said."
        yield r.Report(id=r.content_id("r", text), name=f"n{n}", text=text, published=day, source=f"made:{n}")


def code(report: r.Report) -> r.Coding:
    """One claim and one event report for each report; fails on a text that asks for it."""
    if "FAIL" in report.text:
        raise ValueError("a word that the coder does not like")
    words = report.text.split()
    low = int(words[2])
    start = report.text.index(words[2], 8)
    end = start + len(words[2])
    toll = r.Toll(harm="killed", side="armed_group", count=r.Count(low=low, high=low), who="gunmen")
    claim = r.Claim(
        id=r.claim_id(report.id, start, end, "toll", words[2]),
        report=report.id,
        passage=0,
        start=start,
        end=end,
        quote=words[2],
        property="toll",
        said=words[2],
        value=toll,
        pack=PACK,
    )
    event = r.EventReport(
        id=r.content_id("e", report.id, "e1"),
        report=report.id,
        key="e1",
        label=f"clash in {words[7]}",
        role="main",
        kind="clash",
        days=r.Days(first=report.published, last=report.published, precision="day"),
        tolls=(r.TollLine(claim=claim.id, toll=toll),),
        claims=(claim.id,),
    )
    return r.Coding(report=report, claims=(claim,), event_reports=(event,), pack=PACK)


def link(
    events: Sequence[r.EventReport],
    _reports: Mapping[str, r.Report],
    _judgements: Sequence[r.Judgement],
    _current: Sequence[r.Incident],
) -> tuple[list[r.Incident], list[r.Link]]:
    """Event reports of one day and one town are one incident."""
    groups: dict[tuple[str, object], list[r.EventReport]] = {}
    for event in events:
        groups.setdefault((event.label, event.days.first), []).append(event)
    incidents, links = [], []
    for (label, _), members in groups.items():
        first = members[0]
        ids = tuple(e.id for e in members)
        incident = r.Incident(
            id=r.content_id("i", first.id), label=label, kind="clash", days=first.days, event_reports=ids
        )
        incidents.append(incident)
        for event in members:
            link_id = r.content_id("l", event.id, incident.id)
            links.append(r.Link(id=link_id, event_report=event.id, incident=incident.id, sentence="one day, one town"))
    return incidents, links


def failing(report: r.Report) -> r.Report:
    """The report with a word that the coder fails on."""
    return replace(report, text=report.text + " FAIL")


if __name__ == "__main__":
    settings = Settings(batch=10)
    ledger = open_ledger(sys.argv[1], settings=settings)
    items = reports(int(sys.argv[2]))
    local.add(ledger, (), settings, code=code, link=link, items=items, pack=PACK)
    ledger.close()
