"""The calendar of the overview: days of a year or two as squares, months of longer times."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from recount.export.page.wording import MONTHS
from recount.records import Record
from recount.web.index.listing import Day

MOST_DAYS = 370
SQUARE = 12


class Square(Record, frozen=True):
    """A day or month with incidents: where it stands, how dark it is (1 to 4), and the filter that it leads to."""

    x: int
    y: int
    level: int
    n: int
    disputed: int
    since: str
    until: str
    title: str


class Calendar(Record, frozen=True):
    """The picture; `across` and `down` are labels with their places, `empty` the squares without an incident."""

    width: int
    height: int
    squares: tuple[Square, ...]
    across: tuple[tuple[int, str], ...]
    down: tuple[tuple[int, str], ...]
    empty: tuple[tuple[int, int], ...] = ()


def calendar_of(days: Sequence[Day]) -> Calendar | None:
    """By day where the span allows it, else by month; None for no days."""
    told = [(date.fromisoformat(d.day), d) for d in days]
    if not told:
        return None
    by_day = (told[-1][0] - told[0][0]).days <= MOST_DAYS
    return _of_days(told) if by_day else _of_months(told)


def level(n: int, most: int) -> int:
    """1 to 4, by quarters of the largest."""
    return min(4, 1 + 4 * (n - 1) // max(most, 1)) if n else 0


def _of_days(told: Sequence[tuple[date, Day]]) -> Calendar:
    start = told[0][0] - timedelta(days=told[0][0].weekday())
    most = max(d.n for _, d in told)
    squares = []
    for day, found in told:
        week, weekday = divmod((day - start).days, 7)
        iso = day.isoformat()
        squares.append(
            Square(
                x=30 + week * (SQUARE + 2),
                y=18 + weekday * (SQUARE + 2),
                level=level(found.n, most),
                n=found.n,
                disputed=found.disputed,
                since=iso,
                until=iso,
                title=f"{day.day} {MONTHS[day.month - 1]} {day.year}",
            )
        )
    months = _month_labels(start, told[-1][0])
    weeks = (told[-1][0] - start).days // 7 + 1
    down = tuple((28 + n * 14, name) for n, name in ((0, "Mo"), (2, "We"), (4, "Fr"), (6, "Su")))
    every = [(30 + w * (SQUARE + 2), 18 + d * (SQUARE + 2)) for w in range(weeks) for d in range(7)]
    return Calendar(
        width=36 + weeks * 14,
        height=120,
        squares=tuple(squares),
        across=tuple(months),
        down=down,
        empty=_without(every, squares),
    )


def _month_labels(start: date, end: date) -> list[tuple[int, str]]:
    """Each month's name over the week that its first day is in; the first one with its year, as each January."""
    labels: list[tuple[int, str]] = []
    for week in range((end - start).days // 7 + 1):
        last = start + timedelta(days=7 * week + 6)
        if week == 0 or last.day <= 7:
            year = f" {last.year}" if not labels or last.month == 1 else ""
            labels.append((30 + week * (SQUARE + 2), MONTHS[last.month - 1] + year))
    if len(labels) > 1 and labels[1][0] - labels[0][0] < 6 * len(labels[0][1]):
        labels[1:2] = []  # the first one, with its year, goes before a neighbour that it would cover
    return labels


def _without(every: Sequence[tuple[int, int]], squares: Sequence[Square]) -> tuple[tuple[int, int], ...]:
    taken = {(s.x, s.y) for s in squares}
    return tuple(place for place in every if place not in taken)


def _of_months(told: Sequence[tuple[date, Day]]) -> Calendar:
    counted: dict[tuple[int, int], list[int]] = {}
    for day, found in told:
        cell = counted.setdefault((day.year, day.month), [0, 0])
        cell[0] += found.n
        cell[1] += found.disputed
    most = max(n for n, _ in counted.values())
    first = told[0][0].year
    squares = tuple(
        Square(
            x=40 + (month - 1) * 30,
            y=18 + (year - first) * 16,
            level=level(n, most),
            n=n,
            disputed=disputed,
            since=f"{year:04}-{month:02}",
            until=f"{year:04}-{month:02}",
            title=f"{MONTHS[month - 1]} {year}",
        )
        for (year, month), (n, disputed) in sorted(counted.items())
    )
    years = told[-1][0].year - first + 1
    across = tuple((40 + n * 30, name) for n, name in enumerate(MONTHS))
    down = tuple((28 + n * 16, str(first + n)) for n in range(years))
    every = [(40 + m * 30, 18 + y * 16) for y in range(years) for m in range(12)]
    return Calendar(
        width=400,
        height=22 + years * 16,
        squares=squares,
        across=across,
        down=down,
        empty=_without(every, squares),
    )
