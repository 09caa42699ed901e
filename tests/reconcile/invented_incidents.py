"""Invented incidents with claims, for the reconcile tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from recount.records import (
    Claim,
    Count,
    Days,
    EventReport,
    Harm,
    Hedge,
    Incident,
    Party,
    Place,
    Report,
    Side,
    Speaker,
    Toll,
    TollLine,
)


class World:
    """Reports, claims and event reports that grow as a test tells them; `incident` gathers what was told."""

    def __init__(self) -> None:
        self.reports: dict[str, Report] = {}
        self.claims: list[Claim] = []
        self.events: dict[str, EventReport] = {}

    def tell(
        self,
        report: str,
        low: int | None,
        *,
        high: int | None = -1,
        harm: Harm = "killed",
        side: Side = "civilians",
        day: int | None = 1,
        by: str | None = None,
        party: Party = "media",
        who: str = "people",
        text: str = "",
        quote: str = "",
        approx: bool = False,
        subset: bool = False,
        superseded_by: str | None = None,
        places: tuple[str, ...] = ("Dorval",),
        event: str = "",
        hedge: Hedge | None = None,
        said: str = "",
    ) -> str:
        """Add one toll claim to a report's event report; returns the claim's id."""
        published = date(2024, 3, day) if day else None
        self.reports.setdefault(
            report, Report(id=report, name=report, text=text or f"The account of {report}.", published=published)
        )
        ident, key = f"c_{len(self.claims)}", f"{report}/{event}"
        count = Count(low=low, high=low if high == -1 else high, approx=approx)
        toll = Toll(harm=harm, side=side, count=count, who=who)
        speakers = (Speaker(name=by, start=0, end=1, party=party),) if by else ()
        start = len(self.claims)
        self.claims.append(
            Claim(
                id=ident,
                report=report,
                passage=0,
                start=start,
                end=start + 1,
                quote=quote,
                property="toll",
                said=said or str(low),
                value=toll,
                speakers=speakers,
                hedge=hedge,
            )
        )
        line = TollLine(claim=ident, toll=toll, by=by, subset=subset, superseded_by=superseded_by, quote=quote)
        old = self.events.get(key)
        self.events[key] = EventReport(
            id=key,
            report=report,
            key=event or "1",
            label="ambush",
            role="main",
            kind="attack",
            days=Days(first=date(2024, 3, 1), last=date(2024, 3, 1)),
            places=tuple(Place(name=p) for p in places),
            tolls=(*(old.tolls if old else ()), line),
        )
        return ident

    def incident(self, name: str = "i_1", *events: str, **more: Any) -> Incident:
        """An incident over the named event reports (all where none is named)."""
        told = [self.events[e] for e in events] or list(self.events.values())
        fields = {"label": "ambush", "kind": "attack", "days": Days(), "places": told[0].places} | more
        return Incident(id=name, event_reports=tuple(e.id for e in told), **fields)

    def ask(self, question: Callable[..., Any], *parts: Incident, of: Incident | None = None, **more: Any) -> Any:
        """Call a reconcile function on the incident."""
        whole = of or self.incident()
        return question(whole, list(self.events.values()), self.claims, self.reports, parts, **more)
