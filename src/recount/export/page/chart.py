"""How a toll evolved, as figures in a picture: one panel for each harm and side, one mark for each claim.

Coordinates are units of the SVG's own view box. Nothing here draws: the template does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from msgspec import structs

from recount.export.page.wording import MONTHS, SIDE_NAMES, count_text, one_day
from recount.records import HARMS, SIDES, Harm, Record, Side, TollPoint

WIDTH, HEIGHT = 400, 132
LEFT, RIGHT, TOP, BOTTOM = 40, 390, 22, 96
STEP = 20  # how far marks of one day and figure stand apart
TICKS = 4


class Mark(Record, frozen=True):
    """One claim: its place, what it says in words and where it leads."""

    x: float
    y: float
    low: float
    high: float
    open_above: bool
    open_below: bool
    party: str
    label: str
    claim: str
    told: str
    inner: bool = False
    """Whether the people are inside a larger figure."""


class Line(Record, frozen=True):
    """The figures of one speaker, in order of publication."""

    party: str
    points: str


class Panel(Record, frozen=True):
    """One harm and side. `ticks` are (x, text), `levels` are (y, text)."""

    title: str
    summary: str
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]


def panels(points: Sequence[TollPoint]) -> list[Panel]:
    """The panels worth drawing: those where at least two claims give a figure."""
    cells: dict[tuple[Harm, Side], list[TollPoint]] = defaultdict(list)
    for point in points:
        if _number(point) is not None:
            cells[point.toll.harm, point.toll.side].append(point)
    order = [(harm, side) for harm in HARMS for side in SIDES]
    drawn = {cell: cells[cell] for cell in order if len(cells[cell]) > 1}
    days = sorted({p.published for told in drawn.values() for p in told if p.published})
    return [_panel(cell, told, days) for cell, told in drawn.items()]


def _panel(cell: tuple[Harm, Side], points: Sequence[TollPoint], days: Sequence[date]) -> Panel:
    top = max(max(_number(p) or 0, p.toll.count.high or 0) for p in points) or 1
    marks = _apart([_mark(point, days, top) for point in points])
    title = f"{cell[0].capitalize()}, {SIDE_NAMES[cell[1]]}"
    told = "; ".join(mark.told for mark in marks)
    return Panel(
        title=title,
        summary=f"{title}: {told}.",
        marks=tuple(marks),
        lines=tuple(_lines(points, marks)),
        ticks=tuple((_across(day, days), f"{day.day} {MONTHS[day.month - 1]}") for day in _ticks(days)),
        levels=((_up(0, top), "0"), (_up(top, top), f"{top:,}")),
    )


def _mark(point: TollPoint, days: Sequence[date], top: int) -> Mark:
    count, number = point.toll.count, _number(point) or 0
    by = point.by or "the outlet itself"
    text = count_text(count.low, count.high, count.approx)
    return Mark(
        x=_across(point.published, days),
        y=_up(number, top),
        low=_up(count.low if count.low is not None else number, top),
        high=_up(count.high if count.high is not None else number, top),
        open_above=count.high is None,
        open_below=count.low is None,
        party=point.party,
        label=("~" if count.approx else "") + f"{number:,}",
        claim=point.claim,
        told=f"{text} claimed by {by}, published {one_day(point.published)}" + (", a part" if _inner(point) else ""),
        inner=_inner(point),
    )


def _inner(point: TollPoint) -> bool:
    return point.change.startswith(("part", "of a part"))


def _number(point: TollPoint) -> int | None:
    count = point.toll.count
    return count.low if count.low is not None else count.high


def _across(day: date | None, days: Sequence[date]) -> float:
    """Where a publication day stands; a claim without one stands at the right edge."""
    if day is None:
        return float(RIGHT)
    span = (days[-1] - days[0]).days
    room = RIGHT - LEFT - 60
    return round(LEFT + 30 + (room * (day - days[0]).days / span if span else room / 2), 1)


def _up(number: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * number / top, 1)


def _apart(marks: Iterable[Mark]) -> list[Mark]:
    """Marks that would cover each other, side by side; a number that would stand twice in a row stands once."""
    placed: list[Mark] = []
    for mark in marks:
        x, beside = mark.x, False
        while hidden := [m for m in placed if abs(m.x - x) < STEP and abs(m.y - mark.y) < STEP]:
            beside = beside or any(m.y == mark.y for m in hidden)
            x = max(m.x for m in hidden) + STEP
        placed.append(structs.replace(mark, x=round(x, 1), label="" if beside else mark.label))
    return placed


def _lines(points: Sequence[TollPoint], marks: Sequence[Mark]) -> list[Line]:
    """One line for each speaker with at least two figures."""
    voices: dict[str, list[Mark]] = defaultdict(list)
    for point, mark in zip(points, marks, strict=True):
        if point.by and not mark.inner:
            voices[point.by.casefold()].append(mark)
    return [
        Line(party=told[0].party, points=" ".join(f"{m.x},{m.y}" for m in told))
        for told in voices.values()
        if len(told) > 1
    ]


def _ticks(days: Sequence[date]) -> list[date]:
    """All publication days where few and well apart, else evenly spaced days from first to last."""
    if not days:
        return []
    span = (days[-1] - days[0]).days
    if len(days) <= TICKS and all((later - day).days * 6 >= span for day, later in pairwise(days)):
        return list(days)
    return sorted({days[0] + timedelta(days=round(span * i / (TICKS - 1))) for i in range(TICKS)})
