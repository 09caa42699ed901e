"""Invented records for the ledger's tests."""

from __future__ import annotations

from datetime import date

from recount import records as r
from recount.settings import Settings

QUICK = Settings(wait_seconds=0.3)


def made_report(
    name: str, *, text: str | None = None, url: str | None = None, day: int | None = 3, year: int = 2025
) -> r.Report:
    """A report; its id follows from its content."""
    text = text or f"Five gunmen were killed near the bridge of {name}, police said."
    published = date(year, 3, day) if day else None
    return r.Report(
        id=r.content_id("r", text, url, published),
        name=name,
        text=text,
        published=published,
        url=url,
        source=f"{name}.txt",
    )


def made_claim(
    report: r.Report, start: int, end: int, *, low: int = 5, rule: str = "number", pack: str = "p1"
) -> r.Claim:
    """A toll claim over `text[start:end]`."""
    said = report.text[start:end]
    return r.Claim(
        id=r.claim_id(report.id, start, end, "toll", said),
        report=report.id,
        passage=0,
        start=start,
        end=end,
        quote=said,
        property="toll",
        said=said,
        value=r.Toll(harm="killed", side="armed_group", count=r.Count(low=low, high=low), who="gunmen"),
        speakers=(r.Speaker(name="police", start=0, end=0, party="state"),),
        rule=rule,
        pack=pack,
    )


def made_coding(report: r.Report, *, pack: str = "p1", low: int = 5, rule: str = "number") -> r.Coding:
    """A coding with one claim, one event report, one statistic, and something of each of the rest."""
    claim = made_claim(report, 0, 4, low=low, rule=rule, pack=pack)
    assert isinstance(claim.value, r.Toll)
    line = r.TollLine(claim=claim.id, toll=claim.value, by="police", quote=claim.quote)
    days = r.Days(first=report.published, last=report.published, precision="day" if report.published else "unknown")
    event = r.EventReport(
        id=r.content_id("e", report.id, "e1"),
        report=report.id,
        key="e1",
        label=f"clash at {report.name}",
        role="main",
        kind="clash",
        days=days,
        country="XA",
        tolls=(line,),
        claims=(claim.id,),
    )
    whole = r.Statistic(id=r.content_id("s", report.id, "s1"), report=report.id, key="s1", label="year", days=r.Days())
    about = r.Attribution(stance="claims", accuser="police", accused=None)
    return r.Coding(
        report=report,
        passages=(r.Passage(index=0, start=0, end=len(report.text)),),
        claims=(claim,),
        event_reports=(event,),
        statistics=(whole,),
        attributions=(r.Attributed(claim=claim.id, attribution=about, about=event.id),),
        checks=(r.Check(kind="restated_count", verdict="open", sentence="nothing to compare"),),
        warnings=("short",),
        pack=pack,
    )


def linked(codings: list[r.Coding], *, score: float = 1.0) -> tuple[list[r.Incident], list[r.Link]]:
    """One incident for each event report."""
    incidents, links = [], []
    for event in (e for coding in codings for e in coding.event_reports):
        one = r.Incident(
            id=r.content_id("i", event.id),
            label=event.label,
            kind=event.kind,
            days=event.days,
            event_reports=(event.id,),
        )
        incidents.append(one)
        link_id = r.content_id("l", event.id, one.id)
        links.append(r.Link(id=link_id, event_report=event.id, incident=one.id, score=score, sentence="alone"))
    return incidents, links
