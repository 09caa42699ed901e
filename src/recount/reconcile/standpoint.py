"""Where a speaker stands to a figure: its own losses, those of its enemy, or neither.

Parties overstate their enemy's losses and understate their own: what one concedes of itself is a floor, what it claims
of its enemy a ceiling, and neither confirms the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from recount.records import Party, Side, TollPoint

Standpoint = Literal["concession", "claim about the enemy", "party about others", "third party", "nobody named"]

STANDPOINTS: dict[tuple[Party, Side], Standpoint] = {
    ("state", "state_forces"): "concession",
    ("state", "armed_group"): "claim about the enemy",
    ("state", "civilians"): "party about others",
    ("state", "unspecified"): "party about others",
    ("armed_group", "armed_group"): "concession",
    ("armed_group", "state_forces"): "claim about the enemy",
    ("armed_group", "civilians"): "party about others",
    ("armed_group", "unspecified"): "party about others",
}
"""By the speaker's party and the victims' side. Armed groups that fight each other are not told apart here."""

SHORT: dict[Standpoint, str] = {
    "concession": "of its own side",
    "claim about the enemy": "of its enemy",
    "party about others": "a party",
    "third party": "no party",
    "nobody named": "",
}
"""In few words: whom the figure counts, seen from who says it; empty where nobody is named."""


def standpoint(party: Party, side: Side) -> Standpoint:
    """Where a speaker of this party stands to victims of this side; the outlet's own voice is a third party's."""
    if party == "unknown":
        return "nobody named"
    return STANDPOINTS.get((party, side), "third party")


def by_standpoint(points: Iterable[TollPoint]) -> dict[Standpoint, tuple[TollPoint, ...]]:
    """The points of a timeline by standpoint, each in the order given; standpoints that nobody takes are left out."""
    found: dict[Standpoint, list[TollPoint]] = {}
    for point in points:
        found.setdefault(standpoint(point.party, point.toll.side), []).append(point)
    return {name: tuple(each) for name, each in sorted(found.items())}
