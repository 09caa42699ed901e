"""How old days are when a report tells of them."""

from __future__ import annotations

from datetime import date

from recount.records import Days

_AGES = (
    (0, "of the day"),
    (1, "of the eve"),
    (2, "two days old"),
    (7, "of a week"),
    (31, "of a month"),
    (400, "of a year"),
)


def age_of(days: Days, published: date | None) -> str:
    """How old days are at publication, in words."""
    if published is None or days.last is None:
        return "of unknown age"
    age = (published - days.last).days
    return "to come" if age < 0 else next((name for bound, name in _AGES if age <= bound), "older")
