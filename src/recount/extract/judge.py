"""The judge: a linear model that weighs what rules propose.

Rules find figures; the judge decides whether a figure is a toll of an incident, whether it is a statistic, and whose side
the people are on. Its weights are a table of readable traits (`rules/judge/<lang>/tolls.json`), fitted by
`make train-judge`; every decision can name the traits that weighed most. Recount works without it (`Settings.judge`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple, cast

import msgspec

from recount.records import SIDES, Side
from recount.rules import FOLDER


class Verdict(NamedTuple):
    """What the judge thinks of one figure. Probabilities are between 0 and 1."""

    toll: float
    statistic: float
    side: Side
    reasons: tuple[str, ...]


class Weights(msgspec.Struct, frozen=True):
    """The fitted tables: trait → weight, for each decision."""

    toll: dict[str, float]
    statistic: dict[str, float]
    side: dict[str, dict[str, float]]
    threshold: float = 0.5


class Judge:
    """Weighs figures by their traits."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.threshold = weights.threshold

    def weigh(self, traits: Iterable[str]) -> Verdict:
        """The verdict on one figure."""
        rows = list(dict.fromkeys(traits))
        table = self._weights
        sides = {side: _sum(table.side.get(side, {}), rows) for side in SIDES}
        return Verdict(
            toll=_share(_sum(table.toll, rows)),
            statistic=_share(_sum(table.statistic, rows)),
            side=cast(Side, max(SIDES, key=lambda s: sides[s])),
            reasons=tuple(_strongest(table.toll, rows)),
        )


def _sum(weights: Mapping[str, float], traits: Iterable[str]) -> float:
    return sum(weights.get(trait, 0.0) for trait in traits)


def _share(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def _strongest(weights: Mapping[str, float], traits: Iterable[str], most: int = 3) -> list[str]:
    known = [(abs(weights[t]), t) for t in traits if t in weights and t != "bias"]
    return [f"{trait} ({weights[trait]:+.2f})" for _, trait in sorted(known, reverse=True)[:most]]


@cache
def judge(language: str = "en") -> Judge | None:
    """The judge of a language; None where there are no weights for it."""
    path = FOLDER / "judge" / language / "tolls.json"
    if not path.exists():
        return None
    return Judge(msgspec.json.decode(path.read_bytes(), type=Weights))
