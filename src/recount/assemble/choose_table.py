"""Fitted tables of readable traits: trait → weight in log-odds. What they decide can always name its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

import msgspec

from recount.rules import FOLDER

Weights = Mapping[str, float]


@cache
def tables(name: str, language: str = "en") -> dict[str, dict[str, float]]:
    """The tables of `rules/judge/<language>/<name>.json`: what is chosen → trait → weight."""
    path = FOLDER / "judge" / language / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, float]])


def total(traits: Iterable[str], weights: Weights) -> float:
    """Log-odds: the summed weights of the traits."""
    get = weights.get
    return sum(get(trait, 0.0) for trait in traits)


def reasons(traits: Iterable[str], weights: Weights, most: int = 3) -> tuple[str, ...]:
    """The traits that weighed most, heaviest first, each with its weight."""
    known = [(-abs(weights[t]), t) for t in set(traits) if t in weights and t != "bias"]
    return tuple(f"{trait} ({weights[trait]:+.2f})" for _, trait in sorted(known)[:most])
