"""The judge: a linear model that weighs what rules propose.

Rules find figures; the judge decides whether a figure is a toll of an incident, whether it is a statistic, and whose side
the people are on. Its weights are a table of readable traits (`rules/judge/<lang>/tolls.json`), fitted by
`make train-judge`; every decision can name the traits that weighed most. Recount works without it (`Settings.judge`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from recount.records import SIDES, Side
from recount.rules import FOLDER


class Verdict(NamedTuple):
    """What the judge thinks of one figure. Probabilities are between 0 and 1."""

    toll: float
    statistic: float
    side: Side
    reasons: tuple[str, ...]


Row = tuple[float, float, float, float, float, float]
Sums = tuple[float, ...]
"""Summed weights: toll, statistic, then the four sides."""


class Weights(msgspec.Struct, frozen=True):
    """The fitted table: trait → weights for toll, for statistic, and for the four sides in the order of `SIDES`."""

    traits: dict[str, Row]
    threshold: float = 0.5


class Judge:
    """Weighs figures by their traits."""

    def __init__(self, weights: Weights) -> None:
        self.threshold = weights.threshold
        self._rows = weights.traits

    def total(self, traits: Iterable[str]) -> Sums:
        """The summed weights of traits, for `weigh` to start from: traits that many figures share are summed once."""
        return _added(self._rows, traits, (0.0,) * (2 + len(SIDES)))

    def belief(self, traits: Iterable[str], start: float) -> float:
        """How likely a figure counts, by the traits that weigh on that; `start` is the sum of the report's own."""
        rows = self._rows
        return _share(start + sum(rows[trait][0] for trait in dict.fromkeys(traits) if trait in rows))

    def weigh(self, traits: Sequence[str], shared: Sums) -> Verdict:
        """The verdict on one figure; `shared` are the sums of traits that are not among `traits`."""
        toll, statistic, *sides = _added(self._rows, dict.fromkeys(traits), shared)
        best = max(range(len(SIDES)), key=lambda n: sides[n])
        return Verdict(
            toll=_share(toll),
            statistic=_share(statistic),
            side=SIDES[best],
            reasons=tuple(self._strongest(traits)) if toll > 0 else (),
        )

    def _strongest(self, traits: Iterable[str], most: int = 3) -> list[str]:
        known = [(abs(self._rows[t][0]), t) for t in set(traits) - {"bias"} if t in self._rows and self._rows[t][0]]
        return [f"{trait} ({self._rows[trait][0]:+.2f})" for _, trait in sorted(known, reverse=True)[:most]]


def _added(rows: Mapping[str, Row], traits: Iterable[str], start: Sums) -> Sums:
    a, b, c, d, e, f = start
    for trait in traits:
        row = rows.get(trait)
        if row is not None:
            a, b, c, d, e, f = a + row[0], b + row[1], c + row[2], d + row[3], e + row[4], f + row[5]
    return a, b, c, d, e, f


def _share(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@cache
def judge(language: str = "en") -> Judge | None:
    """The judge of a language; None where there are no weights for it."""
    path = FOLDER / "judge" / language / "tolls.json"
    if not path.exists():
        return None
    return Judge(msgspec.json.decode(path.read_bytes(), type=Weights))
