"""Small invented reports whose claims are placed by hand, word by word."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from recount.assemble import assemble
from recount.assemble.report import Account
from recount.assemble.scenes import Scene, scenes_of
from recount.records import (
    Actor,
    Attribution,
    Claim,
    Count,
    Days,
    Harm,
    Kind,
    Passage,
    Place,
    PlaceLevel,
    Property,
    Report,
    Side,
    Speaker,
    Toll,
    Value,
    claim_id,
)


class Word(NamedTuple):
    """A cue word."""

    start: int
    end: int
    name: str
    kind: Kind | None = None
    weight: int = 0


POINTS = {"Arvan": (10.0, 20.0), "Belo": (11.0, 21.0), "Corda": (12.0, 22.0), "Highland": (11.0, 21.5)}


class Told:
    """A report of one passage a line; the first line is the headline where `headline` says so.

    Each method finds its words behind the place where the last ones stood, so that a test is written in reading order.
    """

    def __init__(self, *lines: str, headline: bool = False, published: date | None = date(2024, 3, 20)) -> None:
        self.text = "\n".join(lines)
        self.report = Report(id="r_told", name="told", text=self.text, published=published)
        self.passages = list(self._passages(lines, headline))
        self.claims: list[Claim] = []
        self.words: list[Word] = []
        self._at = 0

    @staticmethod
    def _passages(lines: tuple[str, ...], headline: bool) -> Any:
        start = 0
        for n, line in enumerate(lines):
            kind = "headline" if headline and n == 0 else "sentence"
            yield Passage(index=n, start=start, end=start + len(line), kind=kind, paragraph=n)
            start += len(line) + 1

    def _span(self, words: str) -> tuple[int, int]:
        start = self.text.index(words, self._at)
        self._at = start + len(words)
        return start, start + len(words)

    def _claim(self, words: str, prop: Property, value: Value, **more: Any) -> Claim:
        start, end = self._span(words)
        passage = next(p.index for p in self.passages if p.start <= start < p.end)
        claim = Claim(
            id=claim_id(self.report.id, start, end, prop, words),
            report=self.report.id,
            passage=passage,
            start=start,
            end=end,
            quote=words,
            property=prop,
            said=words,
            value=value,
            **more,
        )
        self.claims.append(claim)
        return claim

    def toll(
        self,
        words: str,
        low: int | None,
        *,
        high: int | None = -1,
        harm: Harm = "killed",
        side: Side = "armed_group",
        by: str | None = None,
        rule: str = "tolls.passive",
        **more: Any,
    ) -> Claim:
        count = Count(low=low, high=low if high == -1 else high)
        speakers = (Speaker(name=by, start=0, end=1),) if by else ()
        value = Toll(harm=harm, side=side, count=count, who=words)
        return self._claim(words, "toll", value, speakers=speakers, rule=rule, **more)

    def place(self, name: str, level: PlaceLevel = "settlement") -> Claim:
        latitude, longitude = POINTS.get(name, (50.0, 50.0))
        inner = level in ("settlement", "point", "near", "district")
        value = Place(
            name=name,
            country="XA",
            admin1=None if level == "country" else "Highland",
            admin2=name if inner else None,
            level=level,
            latitude=latitude,
            longitude=longitude,
        )
        return self._claim(name, "place", value)

    def day(self, words: str, first: date, last: date | None = None) -> Claim:
        return self._claim(
            words, "day", Days(first=first, last=last or first, precision="day" if last in (None, first) else "month")
        )  # fmt: skip

    def actor(self, words: str, side: Side) -> Claim:
        return self._claim(words, "actor", Actor(name=words, side=side))

    def attribution(self, words: str, accuser: str, accused: str) -> Claim:
        return self._claim(words, "attribution", Attribution(stance="alleges", accuser=accuser, accused=accused))

    def cue(self, words: str, name: str = "kind", kind: Kind | None = None, weight: int = 3) -> None:
        start, end = self._span(words)
        self.words.append(Word(start, end, name, kind, weight if kind else 0))
        self.words.append(Word(start, end, "armed"))

    def back(self) -> None:
        """Look for the next words from the start of the report again."""
        self._at = 0

    def scenes(self) -> list[Scene]:
        return scenes_of(self.passages, self.claims, self.words, self.text)

    def account(self) -> Account:
        return assemble(self.report, self.passages, self.claims, self.words)


def figures(account: Account) -> list[list[int | None]]:
    """The low bounds of every event report's lines."""
    return [[line.toll.count.low for line in event.tolls] for event in account.event_reports]
