"""The swap test: when two sides trade places in the same sentences, the coding trades their names and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

import msgspec
from msgspec import Struct

from recount.errors import NotFound
from recount.records import (
    Actor,
    Attribution,
    Claim,
    Coding,
    Count,
    Days,
    EventReport,
    Evidence,
    KindOf,
    Place,
    Report,
    Scope,
    Speaker,
    Statistic,
    Toll,
    TollLine,
    Value,
)  # fmt: skip
from recount.river import code
from recount.rules import read_table

FILE = "codebook/swaps.toml"
_SIDES = {"state_forces": "armed_group", "armed_group": "state_forces"}
_PARTIES = {"state": "armed_group", "armed_group": "state"}


class Pair(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two sides: the words and country codes that trade places."""

    name: str
    says: str
    words: tuple[tuple[str, str], ...]
    countries: tuple[tuple[str, str], ...] = ()
    sides: bool = False
    sentences: tuple[str, ...] = ()


class SwapReport(Struct, frozen=True, kw_only=True):
    """What a swap changed besides names. `missing`: only in the coding of the text as it stands (names exchanged);
    `added`: only in that of the text with the sides exchanged. `told` is how many lines both codings have in all."""

    pair: str
    text: str
    swapped: str
    missing: tuple[str, ...]
    added: tuple[str, ...]
    told: int

    @property
    def fair(self) -> bool:
        """Whether names changed and nothing else."""
        return not self.missing and not self.added

    @property
    def empty(self) -> bool:
        """Whether neither coding tells anything, so that there is nothing to compare."""
        return self.told <= 2

    @property
    def touched(self) -> bool:
        """Whether the text names either side at all."""
        return self.text != self.swapped


@cache
def pairs() -> dict[str, Pair]:
    """The pairs of the rule folder by name."""
    return {row["name"]: msgspec.convert(row, Pair) for row in read_table(FILE)["pair"]}


def pair_named(name: str) -> Pair:
    """NotFound names the pairs that there are."""
    if name not in pairs():
        raise NotFound(f"no pair {name!r}", FILE, f"Use one of {', '.join(pairs())}.")
    return pairs()[name]


def swap_report(text: str, pair: Pair, *, published: date | None = None, use_judge: bool = True) -> SwapReport:
    """Code a text and the same with the sides exchanged, and compare."""
    from recount.read import report_from_text

    return swap_reports(report_from_text(text, name="swap", published=published), pair, use_judge=use_judge)


def swap_reports(report: Report, pair: Pair, *, use_judge: bool = True) -> SwapReport:
    """As `swap_report`, of a report that was read before."""
    trade = exchange(pair.words)
    swapped = msgspec.structs.replace(report, text=trade(report.text))
    if report.headline is not None:
        headline = trade(report.headline)
        swapped = msgspec.structs.replace(swapped, headline=headline, headline_end=len(headline))
    one = Counter(Lines(pair, back=True).of(code(report, use_judge=use_judge)))
    other = Counter(Lines(pair, back=False).of(code(swapped, use_judge=use_judge)))
    return SwapReport(
        pair=pair.name, text=report.text, swapped=swapped.text, missing=tuple(sorted((one - other).elements())),
        added=tuple(sorted((other - one).elements())), told=one.total() + other.total(),
    )  # fmt: skip


def exchange(rows: Sequence[tuple[str, str]]) -> Callable[[str], str]:
    """A function that exchanges the words of each row in a text; the capitals of what stood there stay."""
    table = {one.lower(): other for row in rows for one, other in (row, row[::-1])}
    words = sorted(table, key=len, reverse=True)
    if not words:
        return lambda text: text
    pattern = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)

    def other(match: re.Match[str]) -> str:
        said, word = match[0], table[match[0].lower()]
        if said.isupper() and len(said) > 3:
            return word.upper()
        return word[0].upper() + word[1:] if said[0].isupper() else word

    return lambda text: pattern.sub(other, text)


# ---------------------------------------------------------------------------------------------------- codings as lines


class Lines:
    """A coding as readable lines without offsets and ids; `back` exchanges the names of the pair on the way."""

    def __init__(self, pair: Pair, *, back: bool) -> None:
        self._traded = exchange(pair.words)
        self._words = self._traded if back else str
        self._countries = dict([c for row in pair.countries for c in (row, row[::-1])]) if back else {}
        self._compares_sides = pair.sides
        self._sides = _SIDES if back and pair.sides else {}
        self._parties = _PARTIES if back and pair.sides else {}

    def of(self, coding: Coding) -> Iterator[str]:
        """Every claim, event report, statistic and attribution of a coding, one line each."""
        yield f"report: {'an incident' if coding.conflict else 'no incident'}"
        yield from (f"claim: {self.claim(c)}" for c in coding.claims)
        yield from (f"event report: {self.event(e)}" for e in coding.event_reports)
        yield from (f"statistic: {self.statistic(s)}" for s in coding.statistics)
        for a in coding.attributions:
            about = "of an incident" if a.about else "in general"
            yield f"attribution: {self.value(a.attribution)} {about}"
        yield from (f"check: {c.kind} {c.verdict}" for c in coding.checks)

    def claim(self, c: Claim) -> str:
        """One claim: property, words, value, standing, voices, rule."""
        marks = [c.modality, c.hedge or "", "subset" if c.subset else "", c.reach or "", c.rule.partition(".")[0]]
        voices = " < ".join(self.speaker(s) for s in c.speakers)
        told = f"{c.property} “{self._words(c.said)}” {self.value(c.value)} {' '.join(filter(None, marks))}"
        return f"{told} by {voices or 'the report'}"

    def speaker(self, s: Speaker) -> str:
        """A voice with its stake."""
        return f"{self._words(s.name)} ({self._party(s.name, s.party)})"

    def event(self, e: EventReport) -> str:
        """One event report: role, kind, days, places, parties, figures."""
        days = f"{e.days.first}/{e.days.last}"
        places = ", ".join(sorted(self._words(p.name) for p in e.places)) or self.country(e.country)
        actors, targets = (" & ".join(sorted(map(self.actor, who))) for who in (e.actors, e.targets))
        return f"{e.role} {e.kind} {e.modality} {days} at {places}, {actors} against {targets}: {self.tolls(e.tolls)}"

    def statistic(self, s: Statistic) -> str:
        """One statistic: days, incidents, figures."""
        return f"{s.days.first}/{s.days.last} {s.incidents}: {self.tolls(s.tolls)}"

    def tolls(self, lines: Sequence[TollLine]) -> str:
        """Figures in order."""
        told = (
            f"{self.value(t.toll)}{' subset' if t.subset else ''}{' superseded' if t.superseded_by else ''}"
            f" by {self._words(t.by) if t.by else 'the report'}"
            for t in lines
        )
        return "; ".join(sorted(told)) or "no figures"

    def actor(self, a: Actor) -> str:
        """A party by its name as said, with side and stake."""
        side = self._sides.get(a.side, a.side) if self._trades(a.name) else a.side
        # A group that is not of the pair keeps its country, whatever else trades places.
        country = self.country(a.country) if self._trades(a.name) else a.country or "no country"
        return f"{self._words(a.name)} ({side}, {self._party(a.name, a.party)}, {country})"

    def country(self, code: str | None) -> str:
        """A country's code."""
        return self._countries.get(code or "", code or "no country")

    def value(self, v: Value) -> str:
        """A value as read, names exchanged."""
        match v:
            case Toll():
                return f"{v.harm} {self._side(v)} {_count(v.count)}"
            case Count():
                return _count(v)
            case Days():
                return f"{v.first}/{v.last} {v.precision}"
            case Place():
                return f"{v.level}"
            case Actor():
                return self.actor(v)
            case KindOf():
                return v.kind
            case Attribution():
                return f"{self._word(v.accuser)} {v.stance} {self._word(v.accused)}"
            case Scope():
                return f"{v.incidents} {v.days.first}/{v.days.last}"
            case Evidence():
                return f"{v.item} {'offered' if v.offered else 'absent'}"

    def _trades(self, name: str) -> bool:
        """Whether a name holds words that trade places."""
        return self._traded(name) != name

    def _side(self, toll: Toll) -> str:
        """The side of those harmed. Of people whom no traded word names, only that they are on an armed side: a bare
        number takes its side from the words around it, which may be traded."""
        if not self._compares_sides or toll.side not in _SIDES:
            return toll.side
        return self._sides.get(toll.side, toll.side) if self._trades(toll.who) else "an armed side"

    def _party(self, name: str, party: str) -> str:
        return self._parties.get(party, party) if self._trades(name) else party

    def _word(self, name: str | None) -> str:
        return self._words(name) if name else "nobody"


def _count(count: Count) -> str:
    low, high = ("" if n is None else n for n in (count.low, count.high))
    return f"{low}-{high}{' approx' if count.approx else ''}"


def swap_faults(data: dict[str, Any]) -> Iterator[str]:
    """What is wrong with a table of pairs: words that stand in two rows, sentences that name neither side."""
    for row in data.get("pair", ()):
        pair = msgspec.convert(row, Pair)
        words = Counter(word.lower() for both in pair.words for word in both)
        yield from (f"{pair.name}: {word!r} stands in two rows" for word, n in words.items() if n > 1)
        trade = exchange(pair.words)
        yield from (f"{pair.name}: “{s}” names neither side" for s in pair.sentences if trade(s) == s)
        yield from (f"{pair.name}: “{s}” does not come back" for s in pair.sentences if trade(trade(s)) != s)
