"""An event report as the comparison sees it: folded names, day numbers, figures and words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from math import fsum, log2
from typing import TypeVar

import msgspec

from recount.link.wording import Wording, wordings
from recount.link.words import GENERIC_ACTORS, KIND_WORDS, place_key, telling_words
from recount.records import Actor, Count, EventReport, Harm, Kind, Place, PlaceLevel, Record, Report, Role, Side
from recount.values.counts import point
from recount.values.texts import packed, sketch

Cells = dict[tuple[Harm, Side], tuple[Count, ...]]
"""Figures that give a number, by harm and side."""
WIDE: frozenset[PlaceLevel] = frozenset({"province", "region", "country", "sea"})


class Spot(Record, frozen=True):
    """A place of an event report: folded key, what contains it, and where it is."""

    key: str
    name: str
    inside: frozenset[str] = frozenset()
    country: str | None = None
    admin1: str | None = None
    point: tuple[float, float] | None = None
    level: PlaceLevel = "unknown"


class Profile(Record, frozen=True):
    """What is compared of one event report. `first` and `last` are day numbers (`date.toordinal`)."""

    id: str
    report: str
    label: str
    role: Role
    kind: Kind
    published: int | None
    first: int | None
    last: int | None
    country: str | None
    admin1: str | None
    spots: tuple[Spot, ...]
    actors: frozenset[str]
    parties: frozenset[str]
    targets: frozenset[str]
    figures: tuple[tuple[Harm, Side, Count], ...]
    words: frozenset[str]
    account: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    copy: bytes = b""
    cells: Cells = msgspec.field(default_factory=dict)
    place_words: frozenset[str] = frozenset()


Asked = TypeVar("Asked")


class Once(dict[Asked, float]):
    """Numbers by what they are of, each worked out once."""

    def __init__(self, work_out: Callable[[Asked], float]) -> None:
        super().__init__()
        self.work_out = work_out

    def __missing__(self, asked: Asked) -> float:
        self[asked] = found = self.work_out(asked)
        return found


class Rarity:
    """How many bits a word or place tells, by how many event reports hold it."""

    def __init__(self, profiles: Iterable[Profile] = (), total: int = 0) -> None:
        self.words: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        self.names: Counter[str] = Counter()
        self.total = total
        self.squares: Once[str] = Once(lambda word: self.word(word) ** 2)
        self.norms: Once[frozenset[str]] = Once(self.norm)
        for profile in profiles:
            self.add(profile)

    def __reduce__(self) -> tuple[Callable[..., Rarity], tuple[Counter[str], Counter[str], Counter[str], int]]:
        return Rarity.counted, (self.words, self.places, self.names, self.total)

    @classmethod
    def counted(cls, words: Counter[str], places: Counter[str], names: Counter[str], total: int) -> Rarity:
        """Rarity of what was counted before."""
        found = cls(total=total)
        found.words, found.places, found.names = words, places, names
        return found

    def add(self, profile: Profile) -> None:
        """Count one more event report."""
        self.total += 1
        self.words.update(profile.words | profile.account)
        self.names.update(profile.names)
        self.places.update({spot.key for spot in profile.spots})
        self.squares.clear()
        self.norms.clear()

    def norm(self, words: frozenset[str]) -> float:
        """Sum of the squared bits of words, the same in any order."""
        return fsum(map(self.squares.__getitem__, words))

    def word(self, word: str) -> float:
        """Bits of a word: log2 of total over the event reports that hold it (one at least), 0.1 or more."""
        return max(0.1, self._bits(self.words[word]))

    def name(self, name: str) -> float:
        """Bits of a name."""
        return max(0.0, self._bits(self.names[name]))

    def place(self, key: str) -> float:
        """Bits of a place name."""
        return max(0.0, self._bits(self.places[key]))

    def _bits(self, number: int) -> float:
        return log2((self.total + 1) / (max(1, number) + 0.5))


def spot_of(place: Place, event: EventReport) -> Spot | None:
    """The place as compared; None for one without a name that tells anything."""
    key = place_key(place.name)
    if not key:
        return None
    admin1 = place.admin1 or event.admin1
    inside = frozenset(place_key(name) for name in (admin1, place.admin2) if name) - {key, ""}
    point = (place.latitude, place.longitude) if place.latitude is not None and place.longitude is not None else None
    return Spot(
        key=key,
        name=place.name,
        inside=inside,
        country=place.country or event.country,
        admin1=place_key(admin1) if admin1 else None,
        point=point,
        level=place.level,
    )


def _names(event: EventReport) -> tuple[frozenset[str], frozenset[str]]:
    names, parties = set(), set()
    for actor in event.actors:
        key = place_key(_called(actor))
        if key and key not in GENERIC_ACTORS:
            names.add(key)
        if actor.side != "unspecified":
            parties.add(actor.side)
    return frozenset(names), frozenset(parties)


def _called(actor: Actor) -> str:
    """The neutral name, unless it names nobody ("Unidentified armed group")."""
    return (
        actor.name if (actor.neutral or "unidentified").casefold().startswith("unidentified") else actor.neutral or ""
    )


def _cells(event: EventReport) -> Cells:
    cells: Cells = {}
    for line in event.tolls:
        toll = line.toll
        if not line.subset and point(toll.count) is not None:
            cells[toll.harm, toll.side] = (*cells.get((toll.harm, toll.side), ()), toll.count)
    return cells


def _day(day: date | None) -> int | None:
    return None if day is None else day.toordinal()


def profile_of(event: EventReport, report: Report | None, copy: bytes, wording: Wording) -> Profile:
    """The profile of one event report; `report` may be unknown to the caller."""
    actors, parties = _names(event)
    spots = tuple(spot for place in event.places if (spot := spot_of(place, event)))
    targets = frozenset(w for t in event.targets for w in telling_words(_called(t)))
    places = frozenset(w for spot in spots for w in spot.key.split())
    pieces = [event.label, *(t.name for t in event.targets)]
    pieces += [a.name for a in event.actors] + [line.quote for line in event.tolls]
    words = frozenset(w for piece in pieces for w in telling_words(piece))
    return Profile(
        id=event.id,
        report=event.report,
        label=event.label,
        role=event.role,
        kind=event.kind,
        published=_day(report.published) if report else None,
        first=_day(event.days.first),
        last=_day(event.days.last or event.days.first),
        country=event.country or next((s.country for s in spots if s.country), None),
        admin1=place_key(event.admin1) if event.admin1 else next((s.admin1 for s in spots if s.admin1), None),
        spots=spots,
        actors=actors,
        parties=parties,
        targets=targets,
        figures=tuple((t.toll.harm, t.toll.side, t.toll.count) for t in event.tolls if not t.subset),
        words=words - places - KIND_WORDS - frozenset(w for name in actors for w in telling_words(name)),
        account=wording.words - places,
        names=wording.names - places,
        copy=copy,
        cells=_cells(event),
        place_words=places,
    )


def profiles_of(events: Sequence[EventReport], reports: Mapping[str, Report]) -> dict[str, Profile]:
    """Profiles by event report id; each report's text is sketched once."""
    sketches = {e.report: packed(sketch(reports[e.report].text)) for e in events if e.report in reports}
    said = wordings(events, reports)
    return {e.id: profile_of(e, reports.get(e.report), sketches.get(e.report, b""), said[e.id]) for e in events}
