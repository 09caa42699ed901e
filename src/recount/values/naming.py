"""How values are put into words everywhere: neutral names, bounds, parties, attributions. A side's words stand in quotes.

Screen and page differ in how they write days and counts; they give their own way to `value_text`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.records import Actor, Attribution, Count, Days, Judgement, Place, Scope, Value

SIDE_NAMES: dict[str, str] = {
    "state_forces": "state forces",
    "armed_group": "armed group",
    "civilians": "civilians",
    "unspecified": "status not told",
}
PARTY_NAMES: dict[str, str] = {
    "state": "a state",
    "armed_group": "an armed group",
    "third": "a third party",
    "media": "the outlet itself",
    "unknown": "stake unknown",
}
HEDGES: dict[str, str] = {
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "about": "about",
    "vague": "a vague word",
    "range": "a range",
}
DECISIONS: dict[str, str] = {"right": "confirmed", "wrong": "rejected", "corrected": "corrected", "missed": "added"}
"""What people decide on claims."""
NOTHING = "–"


def range_text(low: int | None, high: int | None) -> str:
    """Bounds, short: 7, 7–9, 7+ (at least), ≤9 (up to); a dash where both are open."""
    if low is None and high is None:
        return NOTHING
    if high is None:
        return f"{low:,}+"
    if low is None:
        return f"≤{high:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def place_text(place: Place) -> str:
    """A place as said, with what loosens it: near Turbat."""
    return f"{place.relation} {place.name}" if place.relation else place.name


def actor_text(actor: Actor) -> str:
    """The neutral name, or the report's own words in quotes where no neutral one is known."""
    return actor.neutral or f"“{' '.join(actor.name.split())}”"


def actors_text(actors: Iterable[Actor]) -> str:
    """Each party once, in the order told."""
    return ", ".join(dict.fromkeys(actor_text(a) for a in actors)) or NOTHING


def decided_text(judgement: Judgement | None) -> str:
    """What a person decided on a claim: corrected by Mira; empty where nobody has."""
    return f"{DECISIONS[judgement.decision]} by {judgement.by}" if judgement else ""


def attribution_text(value: Attribution) -> str:
    """Who says that whom did, backed or denies it. The names stand as the report writes them."""
    who, whom = value.accuser or "nobody named", value.accused or "nobody named"
    match value.stance:
        case "claims":
            return f"{who} claims responsibility"
        case "alleges":
            return f"{who} blames {whom}"
        case "denies":
            return f"{who} rejects it" if who == whom else f"{who} rejects that {whom} did it"
        case "no_claim":
            return "nobody has claimed it"


def scope_text(value: Scope, days: str) -> str:
    """What a figure spans: a number of incidents, places, days (given as text)."""
    incidents = f"{value.incidents} incidents" if value.incidents is not None else ""
    known = bool(value.days.first or value.days.last)
    return "; ".join(part for part in (incidents, ", ".join(value.places), days if known else "") if part) or NOTHING


def value_text(value: Value, days_text: Callable[[Days], str], count_text: Callable[[Count], str]) -> str:
    """A value as read, in a few words, with days and counts as the caller writes them."""
    from recount import records as r

    match value:
        case r.Toll():
            return f"{count_text(value.count)} {value.harm}, {SIDE_NAMES[value.side]}"
        case r.Count():
            return count_text(value)
        case r.Days():
            return days_text(value)
        case r.Place():
            around = [p for p in (value.admin2, value.admin1, value.country) if p and p != value.name]
            return ", ".join([place_text(value), *around])
        case r.Actor():
            return actor_text(value)
        case r.KindOf():
            return value.kind
        case r.Attribution():
            return attribution_text(value)
        case r.Scope():
            return scope_text(value, days_text(value.days))
        case r.Evidence():
            return f"{value.item}: {'offered' if value.offered else 'not offered'}"
