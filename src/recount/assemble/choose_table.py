"""Fitted tables of readable traits: trait → weight in log-odds. What they decide can always name its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

import msgspec

from recount.rules import FOLDER


class Why(NamedTuple):
    """What decided: the traits that were there, and their weights."""

    traits: tuple[str, ...]
    weights: Mapping[str, float]

    def strongest(self, most: int = 3) -> tuple[str, ...]:
        """The traits that weighed most, heaviest first, each with its weight."""
        known = sorted((-abs(self.weights[t]), t) for t in {*self.traits} if t in self.weights and t != "bias")
        return tuple(f"{trait} ({self.weights[trait]:+.2f})" for _, trait in known[:most])


class Ballot:
    """Several tables over the same traits, summed in one pass."""

    def __init__(self, tables: Mapping[str, Mapping[str, float]]) -> None:
        self.tables = tables
        self.names = tuple(sorted(tables))
        self._empty = (0.0,) * len(self.names)
        traits = {trait for table in tables.values() for trait in table}
        self._rows = {t: tuple(tables[name].get(t, 0.0) for name in self.names) for t in traits}

    def scores(self, traits: Iterable[str]) -> dict[str, float]:
        """Summed weights by name."""
        rows = [row for trait in traits if (row := self._rows.get(trait)) is not None]
        return dict(zip(self.names, map(sum, zip(*rows, strict=True)) if rows else self._empty, strict=True))


@cache
def tables(name: str, language: str = "en") -> dict[str, dict[str, float]]:
    """The tables of `rules/judge/<language>/<name>.json`: what is chosen → trait → weight."""
    path = FOLDER / "judge" / language / f"{name}.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, dict[str, float]])


@cache
def ballot(name: str, language: str = "en", left_out: str | None = None) -> Ballot:
    """The tables of a file as one ballot, the one named `left_out` not among them."""
    return Ballot({key: table for key, table in tables(name, language).items() if key != left_out})


def total(traits: Iterable[str], weights: Mapping[str, float]) -> float:
    """Log-odds: the summed weights of the traits."""
    return sum([weights[trait] for trait in traits if trait in weights])
