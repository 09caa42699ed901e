"""START HERE: the whole path of a report, on one screen.

bytes → Report, Passages (read) → Claims as said (extract) → values (resolve) → Event reports and Statistics (assemble)
→ Incidents (link) → Figures (reconcile). Every step is pure: records in, records out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

import msgspec

from recount.assemble import assemble
from recount.extract import Cue, Item, Reader, cues, heard, item_claims, passed_over, toll_claims
from recount.extract.attributions import AttributionMention
from recount.extract.attributions import find as find_attributions
from recount.extract.counted import counted_items, window_items
from recount.extract.datelines import datelines, outside
from recount.extract.evidence import evidence_items
from recount.extract.not_events import notes
from recount.extract.speakers import Source
from recount.extract.speakers import find as find_sources
from recount.extract.speakers_judge import Credits, credit_weights
from recount.read import passages as passages_of
from recount.reconcile import checks_of_coding
from recount.records import (
    Actor,
    Attribution,
    Claim,
    Coding,
    Days,
    EventReport,
    Incident,
    Judgement,
    Link,
    Passage,
    Report,
    Speaker,
)
from recount.resolve import actors, dates, places
from recount.rules import pack_hash
from recount.settings import Inclusion
from recount.values.actors import ActorMention


class Reading(NamedTuple):
    """A report read as far as its claims; `claims` is None where it tells of no armed harm."""

    reader: Reader
    claims: list[Claim] | None
    warnings: tuple[str, ...] = ()


def code(report: Report, *, use_judge: bool = True, inclusion: Inclusion = "political") -> Coding:
    """What one report says, in full: its incidents of political violence, or with `inclusion` "any" every violent one."""
    reader, claims, warnings = read_claims(report, use_judge=use_judge, inclusion=inclusion)
    if claims is None:
        return Coding(report=reader.report, passages=tuple(reader.passages), warnings=warnings, pack=reader.pack)
    return _coding(reader, claims, warnings)


def read_claims(report: Report, *, use_judge: bool = True, inclusion: Inclusion = "political") -> Reading:
    """A report's claims. Reports without words of armed harm go no further than the first line."""
    found, pack = cues(report.text, inclusion=inclusion), pack_hash(judged=use_judge, inclusion=inclusion)
    if not _worth_reading(report.text, found):
        return Reading(Reader(report, (), found, pack), None)
    report, warnings = dated(report)
    passages = passages_of(report)
    spoken = list(passed_over(report.text, passages, found))
    warnings += notes(report.text, spoken)
    found = heard(found, spoken)
    reader = Reader(report, passages, found, pack, use_judge=use_judge, inclusion=inclusion)
    if report.language not in (None, "en"):
        return Reading(reader, None, (*warnings, f"no rules for the language {report.language!r}: nothing was coded"))
    voices = Voices(report.text, reader.passages, use_judge=use_judge)
    days = day_items(report)
    tolls = list(toll_claims(reader, days, voices.of))
    if not tolls and not _tells_incident(reader.passages, found):
        return Reading(reader, None, warnings)
    items = [
        *days,
        *_places(report),
        *counted_items(report.text, reader.passages),
        *window_items(report.text, reader.passages),
        *evidence_items(report.text, reader.passages),
        *voices.actor_items(),
        *voices.attribution_items(),
    ]
    filed = datelines(report.text, reader.passages)
    told = [i for i in items if i.prop not in ("day", "place") or outside(filed, i.start)]
    claims = sorted([*tolls, *item_claims(reader, told)], key=lambda c: (c.start, c.end, c.property))
    return Reading(reader, claims, warnings)


def link(
    event_reports: Sequence[EventReport],
    reports: Mapping[str, Report],
    judgements: Sequence[Judgement] = (),
    current: Sequence[Incident] = (),
) -> tuple[list[Incident], list[Link]]:
    """Event reports of many reports → incidents and links."""
    from recount.link import link_all  # coding alone never needs it

    return link_all(event_reports, reports, judgements=judgements, current=current)


_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", re.IGNORECASE)
NEAR = 400
"""Characters within which a word of armed violence must stand beside a word of harm to be worth a closer reading."""
SHORT = 800
"""Below this length one word of armed violence is enough; a longer report has two if it tells of an incident."""


def _worth_reading(text: str, found: Sequence[Cue]) -> bool:
    """The cheap gate: a sure word for an incident, or a word of harm with a word of armed violence near it."""
    armed = [c.start for c in found if c.name in ("armed", "hint")]
    if len(armed) < (1 if len(text) < SHORT else 2):
        return False
    if any(c.name == "kind" and c.weight >= 3 for c in found):
        return True
    return any(abs(c.start - a) < NEAR for c in found if c.name == "harm" for a in armed)


def dated(report: Report) -> tuple[Report, tuple[str, ...]]:
    """The report with a publication day from its own words where its metadata gave none."""
    if report.published is not None:
        return report, ()
    days = dates.publication_day(report.text)
    if days.first is None:
        return report, ("publication day unknown: relative days are left open",)
    return msgspec.structs.replace(report, published=days.first), (f"publication day {days.first}: {days.reason}",)


def _tells_incident(passages: Sequence[Passage], found: Sequence[Cue]) -> bool:
    """Whether headline or lead hold a sure word for an incident of armed violence, though no figure stands."""
    lead = passages[min(3, len(passages) - 1)].end if passages else 0
    return any(c.kind is not None and c.weight >= 3 and c.start < lead for c in found)


def _coding(reader: Reader, claims: Sequence[Claim], warnings: tuple[str, ...]) -> Coding:
    """Claims assembled into the account of the report; claims that nothing rests on are left out."""
    account = assemble(reader.report, reader.passages, claims, reader.cues, use_judge=reader.use_judge)
    used = {c for event in account.event_reports for c in event.claims}
    used |= {c for statistic in account.statistics for c in statistic.claims}
    used |= {a.claim for a in account.attributions}
    used |= {c.id for c in claims if c.property == "evidence"}
    used |= {c.id for c in claims if isinstance(c.value, Actor) and c.value.label_of}  # a side's words, kept as quotes
    coding = Coding(
        report=reader.report,
        passages=tuple(reader.passages),
        claims=tuple(c for c in claims if c.id in used),
        event_reports=account.event_reports,
        statistics=account.statistics,
        attributions=account.attributions,
        warnings=warnings,
        pack=reader.pack,
    )
    return msgspec.structs.replace(coding, checks=checks_of_coding(coding))


class Voices:
    """Who speaks in a report and who is named, found once and only when asked for."""

    def __init__(self, text: str, passages: Sequence[Passage], *, use_judge: bool = True) -> None:
        self._text, self._passages, self._use_judge = text, passages, use_judge

    @cached_property
    def _sources(self) -> list[Source]:
        return find_sources(self._text, self._passages)

    @cached_property
    def _named(self) -> list[ActorMention]:
        return actors.find(self._text)

    @cached_property
    def _credits(self) -> Credits:
        return Credits(self._text, self._passages, self._sources, credit_weights() if self._use_judge else None)

    def of(self, start: int, end: int) -> Sequence[Speaker]:
        """The speakers of a span, nearest first; none where the outlet speaks in its own voice."""
        source = self._credits.source_for(start, end)
        return tuple(self._with_party(s) for s in source.chain) if source else ()

    def _with_party(self, speaker: Speaker) -> Speaker:
        """A speaker whose words name an actor of the gazetteer has that actor's stake in the conflict."""
        if speaker.party != "unknown":
            return speaker
        inside = (m.actor.party for m in self._named if speaker.start <= m.start and m.end <= speaker.end)
        return msgspec.structs.replace(speaker, party=next((p for p in inside if p != "unknown"), "unknown"))

    def actor_items(self) -> list[Item]:
        """The actors named, without those who only speak, stand for a place or are part of another's name."""
        speaking = [(s.start, s.end) for s in self._sources]
        return [
            Item(m.start, m.end, m.name, "actor", m.actor, "actors.gazetteer")
            for m in self._named
            if not (m.metonym or m.placelike or m.adjective or self._text.startswith("-", m.end))
            and outside(speaking, m.start)
        ]

    def attribution_items(self) -> list[Item]:
        """Every claim of responsibility, allegation and denial."""
        found = find_attributions(self._text, self._passages, self._named, self._sources, use_judge=self._use_judge)
        return [Item(a.start, a.end, a.said, "attribution", _stance(a), a.rule, a.reason) for a in found]


def _stance(found: AttributionMention) -> Attribution:
    return Attribution(stance=found.stance, accuser=found.accuser, accused=found.accused)


def day_items(report: Report) -> list[Item]:
    """Every time expression, read from the report's own day.

    Without one, a day and month take the year where the report names one year only ("March 2025 … March 16").
    """
    found = _read_days(report.text, report.published)
    if report.published is not None:
        return found
    years = {
        i.value.last.year
        for i in found
        if isinstance(i.value, Days) and i.value.last and str(i.value.last.year) in i.said
    }
    if len(years) != 1:
        return found
    anchor = date(years.pop(), 12, 31)
    return [_with_year(i, anchor) if isinstance(i.value, Days) and not i.value.first else i for i in found]


def _with_year(item: Item, anchor: date) -> Item:
    if not _MONTH.search(item.said):
        return item
    days = dates.read(item.said, anchor)
    if days.last is None or days.last.year != anchor.year:  # "Monday (April 16)": that year does not fit
        return item
    reason = f"{days.reason}; the year is inferred: {anchor.year} is the only one that the report names"
    return item._replace(value=msgspec.structs.replace(days, reason=reason), reason=reason)


def _read_days(text: str, published: date | None) -> list[Item]:
    return [
        Item(d.mention.start, d.mention.end, d.mention.said, "day", d.days, d.mention.rule, d.days.reason)
        for d in dates.read_all(text, published)
    ]


def _places(report: Report) -> list[Item]:
    mentions = places.find(report.text)
    read = places.resolve(mentions, text=report.text, outlet=report.outlet, when=report.published)
    return [
        Item(m.start, m.end, m.name, "place", place, "places.gazetteer", place.reason)
        for m, place in zip(mentions, read, strict=True)
        if place.level != "unknown" and not m.metonym
    ]
