"""A small invented ledger: an operation told three times, its part, a statistic, hostile and Urdu texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from recount import records as r
from recount.store import Ledger, open_ledger

PACK = "0123456789abcdef0123456789abcdef"
KECH = r.Place(name="Kech", country="PK", admin1="Balochistan", latitude=26.0, longitude=63.05, level="district")
TURBAT = r.Place(
    name="Turbat", country="PK", admin1="Balochistan", latitude=26.0023, longitude=63.0485, level="settlement"
)
SALT = r.Actor(name="Salt Range Front", neutral="Salt Range Front", side="armed_group", party="armed_group")
ARMY = r.Actor(name="the army", neutral="Pakistan Army", side="state_forces", party="state")
SPELL = "<script>document.title='owned'</script>"


class Telling:
    """A report with claims that are found by their words."""

    def __init__(self, name: str, text: str, published: date | None = None, **more: str) -> None:
        self.report = r.Report(
            id=r.content_id("r", name, text),
            name=name,
            text=text,
            published=published,
            headline=text.split("\n")[0],
            **more,
        )
        self.passages = [
            r.Passage(index=i, start=m.start(), end=m.end(), kind="furniture" if "cookies" in m[0] else "sentence")
            for i, m in enumerate(re.finditer(r"[^\n.]+\.?", text))
        ]
        self.claims: list[r.Claim] = []
        self.events: list[r.EventReport] = []
        self.statistics: list[r.Statistic] = []
        self.attributions: list[r.Attributed] = []

    def claim(self, quote: str, value: r.Value, by: str | None = None, party: r.Party = "state", **more: object) -> str:
        """Add a claim on the first place where its words stand; its id."""
        start = self.report.text.index(quote)
        end = start + len(quote)
        said = re.search(r"\d+|[A-Z]\w+|\w+", quote)
        claim = r.Claim(
            id=r.claim_id(self.report.id, start, end, _property(value), said[0] if said else quote),
            report=self.report.id,
            passage=next(p.index for p in self.passages if p.start <= start < p.end),
            start=start,
            end=end,
            quote=quote,
            property=_property(value),
            said=said[0] if said else quote,
            value=value,
            speakers=(r.Speaker(name=by, start=0, end=0, party=party),) if by else (),
            rule="test.rule",
            pack=PACK,
            **more,  # type: ignore[arg-type]
        )
        self.claims.append(claim)
        return claim.id

    def toll(
        self, quote: str, harm: r.Harm, side: r.Side, low: int | None, high: int | None, **more: object
    ) -> r.TollLine:
        """Add a figure."""
        subset = bool(more.pop("subset", False))
        toll = r.Toll(harm=harm, side=side, count=r.Count(low=low, high=high))
        by = more.get("by")
        claim = self.claim(quote, toll, **more)  # type: ignore[arg-type]
        return r.TollLine(claim=claim, toll=toll, by=by if isinstance(by, str) else None, subset=subset, quote=quote)

    def event(
        self, key: str, lines: Sequence[r.TollLine], days: r.Days, place: r.Place, **more: object
    ) -> r.EventReport:
        """Add one account of an incident."""
        event = r.EventReport(
            id=r.content_id("e", self.report.id, key),
            report=self.report.id,
            key=key,
            label=f"told in {self.report.name}",
            role="main",
            kind=more.pop("kind", "operation"),  # type: ignore[arg-type]
            days=days,
            places=(place,),
            country="PK",
            admin1="Balochistan",
            actors=more.pop("actors", (ARMY,)),  # type: ignore[arg-type]
            targets=(SALT,),
            tolls=tuple(lines),
            claims=tuple(line.claim for line in lines) + tuple(more.pop("also", ())),  # type: ignore[arg-type]
            **more,  # type: ignore[arg-type]
        )
        self.events.append(event)
        return event

    def coding(self) -> r.Coding:
        """The finished coding."""
        return r.Coding(
            report=self.report,
            passages=tuple(self.passages),
            claims=tuple(self.claims),
            event_reports=tuple(self.events),
            statistics=tuple(self.statistics),
            attributions=tuple(self.attributions),
            pack=PACK,
        )


def _property(value: r.Value) -> r.Property:
    match value:
        case r.Toll():
            return "toll"
        case r.Attribution():
            return "attribution"
        case r.Place():
            return "place"
        case r.Scope():
            return "scope"
        case _:
            return "day"


SPAN = r.Days(first=date(2025, 3, 3), last=date(2025, 3, 5), precision="days")


def first_report() -> Telling:
    """The press office: 12 and 2, with an attack as a part."""
    told = Telling(
        "press-1",
        "Operation in Kech\nWe value your privacy and cookies.\n"
        "The press office said 12 militants and 2 soldiers were killed in Kech.\n"
        "In Turbat, 4 of them fell at a checkpoint. The front claimed the checkpoint attack.",
        date(2025, 3, 4),
        outlet="Press Office",
        url="https://example.org/press-1",
    )
    lines = [
        told.toll("12 militants", "killed", "armed_group", 12, 12, by="press office"),
        told.toll("2 soldiers were killed", "killed", "state_forces", 2, 2, by="press office"),
    ]
    place = told.claim("Kech", KECH)
    whole = told.event("i1", lines, SPAN, KECH, also=(place,))
    part = told.event(
        "i2",
        [told.toll("4 of them fell", "killed", "armed_group", 4, 4, by="press office")],
        r.Days(first=date(2025, 3, 3), last=date(2025, 3, 3), precision="day"),
        TURBAT,
        kind="attack",
        actors=(SALT,),
        part_of=whole.id,
    )
    blame = r.Attribution(stance="claims", accuser="Salt Range Front", accused="Salt Range Front")
    quote = "The front claimed the checkpoint attack"
    claim = told.claim(quote, blame, by="The front", party="armed_group")
    told.attributions.append(r.Attributed(claim=claim, attribution=blame, about=part.id, quote=quote))
    return told


def later_report() -> Telling:
    """A wire: the toll has risen."""
    told = Telling(
        "wire-2",
        "Toll climbs in Kech sweep\nOfficials said 19 militants had been killed by Thursday. At least 3 soldiers died.",
        date(2025, 3, 6),
        outlet="=Wire & Sons",
    )
    lines = [
        told.toll("19 militants", "killed", "armed_group", 19, 19, by="Officials"),
        told.toll("At least 3 soldiers died", "killed", "state_forces", 3, None, hedge="at_least"),
    ]
    told.event("i1", lines, SPAN, KECH)
    return told


@pytest.fixture
def later() -> Telling:
    """A wire of its own, for tests that keep one more report."""
    return later_report()


def other_side() -> Telling:
    """The armed group: 1 and 9."""
    told = Telling(
        "front-3",
        f"Statement of the front {SPELL}\nOur fighters killed 9 soldiers and lost 1 comrade in Kech.",
        date(2025, 3, 6),
        outlet="Front Media",
        url="javascript:alert(1)",
    )
    lines = [
        told.toll("9 soldiers", "killed", "state_forces", 9, 9, by="Salt Range Front", party="armed_group"),
        told.toll("lost 1 comrade", "killed", "armed_group", 1, 1, by="Salt Range Front", party="armed_group"),
    ]
    told.event("i1", lines, SPAN, KECH)
    return told


def roundup() -> Telling:
    """A statistic, which is no incident."""
    told = Telling(
        "month-4",
        "March in figures\nSome 80 people were killed in 31 attacks in March.",
        date(2025, 4, 2),
        outlet="Institute",
    )
    line = told.toll("80 people were killed", "killed", "unspecified", 80, 80)
    told.statistics.append(
        r.Statistic(
            id=r.content_id("s", told.report.id, "p1"),
            report=told.report.id,
            key="p1",
            label="killed in March",
            days=r.Days(first=date(2025, 3, 1), last=date(2025, 3, 31), precision="month"),
            country="PK",
            incidents=31,
            tolls=(line,),
            claims=(line.claim,),
        )
    )
    return told


def urdu() -> Telling:
    """A text from right to left."""
    return Telling("urdu-5", "تربت میں دھماکہ\nدو افراد زخمی ہوئے۔", date(2025, 3, 7), outlet="روزنامہ", language="ur")


@pytest.fixture
def tellings() -> list[Telling]:
    """The invented reports."""
    return [first_report(), later_report(), other_side(), roundup(), urdu()]


@pytest.fixture
def ledger(tmp_path: Path, tellings: list[Telling]) -> Iterator[Ledger]:
    """A ledger with the invented reports: one operation with one part."""
    book = open_ledger(tmp_path / "small.db")
    book.keep([told.coding() for told in tellings])
    whole = [told.events[0] for told in tellings[:3]]
    part = tellings[0].events[1]
    operation = incident_of("i_operation", whole)
    book.relink(
        [operation, incident_of("i_part", [part], part_of=operation.id)],
        links_of({"i_operation": whole, "i_part": [part]}),
    )
    yield book
    book.close()


def incident_of(name: str, events: Sequence[r.EventReport], **more: object) -> r.Incident:
    """An incident that takes its facts from its first account."""
    first = events[0]
    return r.Incident(
        id=name,
        label=first.label,
        kind=first.kind,
        days=first.days,
        places=first.places,
        country=first.country,
        admin1=first.admin1,
        actors=first.actors,
        targets=first.targets,
        event_reports=tuple(e.id for e in events),
        **more,  # type: ignore[arg-type]
    )


def links_of(members: dict[str, list[r.EventReport]]) -> list[r.Link]:
    """One link for each account."""
    return [
        r.Link(
            id=r.content_id("l", name, e.id),
            event_report=e.id,
            incident=name,
            score=3.5,
            sentence="Same days and place.",
        )
        for name, events in members.items()
        for e in events
    ]
