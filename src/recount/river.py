"""START HERE: the whole path of a report, on one screen.

bytes → Report, Passages (read) → Claims as said (extract) → values (resolve) → Event reports and Statistics (assemble)
→ Incidents (link) → Figures (reconcile). Every step is pure: records in, records out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from recount.assemble import assemble
from recount.extract import Found, claims_of, cues
from recount.extract.attributions import find as find_attributions
from recount.extract.events import Cue
from recount.extract.reading import Item
from recount.extract.speakers import find as find_sources
from recount.extract.speakers import source_of
from recount.link import link_all
from recount.read import passages as passages_of
from recount.reconcile import checks_of_coding
from recount.records import Attribution, Coding, EventReport, Incident, Judgement, Link, Passage, Report, Speaker
from recount.resolve import actors, dates, places
from recount.rules import pack_hash


def code(report: Report) -> Coding:
    """What one report says, in full."""
    found = cues(report.text)
    if not _worth_reading(found):
        return Coding(report=report, pack=pack_hash())
    report, warnings = _dated(report)
    passages = passages_of(report)
    if report.language not in (None, "en"):
        warnings = (*warnings, f"no rules for the language {report.language!r}: nothing was coded")
        return Coding(report=report, passages=passages, warnings=warnings, pack=pack_hash())
    return _coded(report, passages, found, warnings)


def link(
    event_reports: Sequence[EventReport],
    reports: Mapping[str, Report],
    judgements: Sequence[Judgement] = (),
    current: Sequence[Incident] = (),
) -> tuple[list[Incident], list[Link]]:
    """Event reports of many reports → incidents and links."""
    return link_all(event_reports, reports, judgements=judgements, current=current)


def _worth_reading(found: Sequence[Cue]) -> bool:
    """The cheap gate: some word of harm or a sure word for an incident, and some word of armed violence."""
    told = any(c.name == "harm" or c.name == "kind" and c.weight >= 3 for c in found)
    return told and any(c.name == "armed" for c in found)


def _dated(report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report with a publication day from its own words where its metadata gave none."""
    if report.published is not None:
        return report, ()
    days = dates.publication_day(report.text)
    if days.first is None:
        return report, ("publication day unknown: relative days are left open",)
    return msgspec.structs.replace(report, published=days.first), (f"publication day {days.first}: {days.reason}",)


def _coded(report: Report, passages: tuple[Passage, ...], found: Sequence[Cue], warnings: tuple[str, ...]) -> Coding:
    text = report.text
    named = actors.find(text)
    sources = find_sources(text, passages)

    def speakers(start: int, end: int) -> Sequence[Speaker]:
        source = source_of(sources, start, end)
        return source.chain if source else ()

    items = [*_days(report), *_places(report), *(_actor(text, m) for m in named)]
    items += [
        Item(a.start, a.end, a.said, "attribution", _stance(a), a.rule, a.reason)
        for a in find_attributions(text, passages, named, sources)
    ]
    claims = claims_of(report, passages, Found(items, found, speakers), pack_hash())
    account = assemble(report, passages, claims, found)
    used = {c for e in (*account.event_reports, *account.statistics) for c in e.claims}
    used |= {a.claim for a in account.attributions}
    coding = Coding(
        report=report,
        passages=passages,
        claims=tuple(c for c in claims if c.id in used),
        event_reports=account.event_reports,
        statistics=account.statistics,
        attributions=account.attributions,
        warnings=warnings,
        pack=pack_hash(),
    )
    return msgspec.structs.replace(coding, checks=checks_of_coding(coding))


def _days(report: Report) -> list[Item]:
    return [
        Item(m.start, m.end, m.said, "day", days, m.rule, days.reason)
        for m in dates.find(report.text)
        for days in [dates.read(m.said, report.published)]
    ]


def _places(report: Report) -> list[Item]:
    mentions = places.find(report.text)
    read = places.resolve(mentions, text=report.text, outlet=report.outlet)
    return [
        Item(m.start, m.end, m.name, "place", place, "places.gazetteer", place.reason)
        for m, place in zip(mentions, read, strict=True)
        if place.level != "unknown" and not getattr(m, "metonym_risk", False)
    ]


def _actor(text: str, mention: actors.ActorMention) -> Item:
    return Item(mention.start, mention.end, mention.name, "actor", mention.actor, "actors.gazetteer")


def _stance(found: object) -> Attribution:
    return Attribution(
        stance=getattr(found, "stance"), accuser=getattr(found, "accuser"), accused=getattr(found, "accused")
    )
