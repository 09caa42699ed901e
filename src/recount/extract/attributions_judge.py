"""The judge of attributions: which proposals a careful coder would write down, and with which stance.

A linear model for each stance over readable traits (`rules/judge/<lang>/attributions.json`), fitted by
`make train-judge`; every decision names the traits that weighed most. Without it the rules stand alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from recount.records import Stance
from recount.rules import FOLDER

STANCES: tuple[Stance, ...] = ("claims", "alleges", "denies")
"""What is weighed, in the order of the weights; that nobody claims a deed is left to the rules."""


class Verdict(NamedTuple):
    """One stance with its probability, and the traits that weighed most."""

    stance: Stance
    share: float
    reasons: tuple[str, ...]


class AttributionWeights(msgspec.Struct, frozen=True):
    """The fitted table: trait → a weight for each of `STANCES`.

    `wide` and `proposed` are the shares from which each stance is believed, of a pair that no rule found and of one that
    a rule did.
    """

    traits: dict[str, tuple[float, float, float]]
    wide: tuple[float, float, float]
    proposed: tuple[float, float, float]


class AttributionJudge:
    """Weighs proposals by their traits."""

    def __init__(self, weights: AttributionWeights) -> None:
        self._rows = weights.traits
        self._needed = [[math.log(t / (1 - t)) for t in shares] for shares in (weights.wide, weights.proposed)]

    def believed(self, traits: Sequence[str], *, proposed: bool) -> list[Verdict]:
        """The stances that are believed of a proposal; mostly none."""
        claims = alleges = denies = 0.0
        for trait in traits:
            row = self._rows.get(trait)
            if row is not None:
                claims, alleges, denies = claims + row[0], alleges + row[1], denies + row[2]
        found = []
        for n, (score, needed) in enumerate(zip((claims, alleges, denies), self._needed[proposed], strict=True)):
            if score >= needed:
                found.append(Verdict(STANCES[n], 1 / (1 + math.exp(-score)), tuple(self._strongest(traits, n))))
        return found

    def _strongest(self, traits: Sequence[str], n: int, most: int = 3) -> list[str]:
        known = [(-abs(self._rows[t][n]), t) for t in traits if t in self._rows and self._rows[t][n]]
        return [f"{trait} ({self._rows[trait][n]:+.2f})" for _, trait in sorted(known)[:most]]


@cache
def attribution_judge(language: str = "en") -> AttributionJudge | None:
    """The judge of a language; None where there are no weights for it."""
    path = FOLDER / "judge" / language / "attributions.json"
    if not path.exists():
        return None
    return AttributionJudge(msgspec.json.decode(path.read_bytes(), type=AttributionWeights))
