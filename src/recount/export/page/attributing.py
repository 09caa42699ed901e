"""Who says that whom did it, and what a figure spans, in words."""

from __future__ import annotations

from recount.records import Attribution, Scope


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
    return "; ".join(part for part in (incidents, ", ".join(value.places), days if known else "") if part) or "–"
