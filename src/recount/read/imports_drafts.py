"""A report made of cells, while its claims are read from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from recount.records import (
    Claim,
    Coding,
    Days,
    EventReport,
    Kind,
    Passage,
    Place,
    Property,
    Report,
    Speaker,
    Statistic,
    Toll,
    TollLine,
    Value,
    claim_id,
    content_id,
)

RULE = "import.cell"


class Draft:
    """Claims on one report of cells. `spans` says where in the text each cell of each row stands."""

    def __init__(self, report: Report, spans: Sequence[Mapping[str, tuple[int, int]]], pack: str) -> None:
        self.report = report
        self._spans, self._pack = spans, pack
        self._claims: dict[str, Claim] = {}
        self._events: list[EventReport] = []
        self._statistics: list[Statistic] = []

    def published(self, day: date | None, **more: Any) -> None:
        """Set the report's day of publication, outlet, headline or address."""
        self.report = replace(self.report, published=day, **more)

    def claim(self, row: int, column: str, value: Value, what: Property, **more: Any) -> str | None:
        """A claim that one cell makes; None where the cell is empty. `by` and `party` name its speaker's cell and stake."""
        if column not in self._spans[row]:
            return None
        start, end = self._spans[row][column]
        said = self.report.text[start:end]
        by, party = more.pop("by", None), more.pop("party", "unknown")
        voices: tuple[Speaker, ...] = ()
        if by and by in self._spans[row]:
            first, last = self._spans[row][by]
            voices = (Speaker(name=self.report.text[first:last], start=first, end=last, party=party),)
        one = Claim(
            id=claim_id(self.report.id, start, end, what, said if what != "toll" else f"{said} {value}"),
            report=self.report.id,
            passage=0,
            start=start,
            end=end,
            quote=said,
            property=what,
            said=said,
            value=value,
            speakers=voices,
            rule=RULE,
            reason=f"the cell {column}",
            pack=self._pack,
            **more,
        )
        self._claims[one.id] = one
        return one.id

    def line(self, row: int, column: str, toll: Toll, *, subset: bool = False, **more: Any) -> TollLine | None:
        """A figure that one cell gives; None where it is empty."""
        claim = self.claim(row, column, toll, "toll", **more)
        if claim is None:
            return None
        made = self._claims[claim]
        by = made.speakers[0].name if made.speakers else None
        return TollLine(claim=claim, toll=toll, by=by, subset=subset, quote=made.quote)

    def event(
        self, key: str, kind: Kind, days: Days, lines: Sequence[TollLine], claims: Sequence[str | None], **more: Any
    ) -> None:
        """One account of an incident."""
        places: tuple[Place, ...] = more.pop("places", ())
        self._events.append(
            EventReport(
                id=content_id("e", self.report.id, key),
                report=self.report.id,
                key=key,
                role="main",
                kind=kind,
                days=days,
                places=places,
                country=more.pop("country", None) or next((p.country for p in places if p.country), None),
                tolls=tuple(lines),
                claims=tuple(dict.fromkeys(c for c in (*(li.claim for li in lines), *claims) if c)),
                reason="read from a table",
                **more,
            )
        )

    def statistic(self, key: str, label: str, days: Days, lines: Sequence[TollLine], **more: Any) -> None:
        """A figure over a period."""
        self._statistics.append(
            Statistic(
                id=content_id("s", self.report.id, key), report=self.report.id, key=key, label=label, days=days,
                tolls=tuple(lines), claims=tuple(li.claim for li in lines), reason="read from a table", **more,
            )
        )  # fmt: skip

    def coding(self) -> Coding:
        """What was read."""
        return Coding(
            report=self.report,
            passages=(Passage(index=0, start=0, end=len(self.report.text)),),
            claims=tuple(self._claims.values()),
            event_reports=tuple(self._events),
            statistics=tuple(self._statistics),
            pack=self._pack,
        )
