"""How values read in a line of text: days, places, figures, parties. Neutral words only; a side's words in quotes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from recount.values import naming
from recount.values.naming import HEDGES, NOTHING, SIDE_NAMES, range_text

if TYPE_CHECKING:
    from recount.records import Actor, Days, Place, Report, Speaker, Value

__all__ = [
    "HEDGES", "NOTHING", "SIDE_NAMES", "actor_name", "actor_text", "actors_text", "clean", "count_text", "day_text", "line",
    "many", "place_text", "places_text", "quoted", "report_text", "speaker_text", "value_text",
]  # fmt: skip

# Everything that can move a cursor, recolour or reorder a line; a report's text must not steer the terminal.
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """The text with each steering character replaced by U+FFFD, so that offsets stay as they are."""
    return _STEERING.sub("\ufffd", text)


def line(text: str) -> str:
    """The text on one line: cleaned, white space runs as one blank."""
    return " ".join(clean(text).split())


def quoted(text: str) -> str:
    """The words of a report, in quotation marks."""
    return f"“{line(text)}”"


def day_text(days: Days) -> str:
    """The days as a short ISO range: 2026-01-29, 2026-01-29–31, 2026-01-31–02-04, 2026-01, 2026; a dash for none."""
    first, last = days.first, days.last
    if first is None and last is None:
        return NOTHING
    if first is None or last is None:
        return f"{first or ''}–{last or ''}"
    if days.precision == "year" and first.year == last.year:
        return f"{first.year}"
    if days.precision == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first}–{last:%d}"
    return f"{first}–{last:%m-%d}" if first.year == last.year else f"{first}–{last}"


def count_text(low: int | None, high: int | None, approx: bool = False) -> str:
    """Bounds as a cell shows them: 7, 7–9, 7+ (at least), ≤7 (up to), ~7 (about); a dash where both are open."""
    return ("~" if approx and (low, high) != (None, None) else "") + range_text(low, high)


def place_text(place: Place) -> str:
    """A place as said, with what loosens it: "near Turbat"."""
    return line(naming.place_text(place))


def places_text(places: Sequence[Place], otherwise: str | None = None) -> str:
    """The first place and how many more there are; else the province or country; a dash where nothing is known."""
    if not places:
        return line(otherwise) if otherwise else NOTHING
    first, rest = places[0], len(places) - 1
    # The name comes first here, since a narrow table cuts at the end.
    loose = f" ({first.relation})" if first.relation else ""
    return line(f"{first.name}{f' +{rest}' if rest else ''}{loose}")


def actor_text(actor: Actor) -> str:
    """The neutral name, or the report's own words in quotes where the vocabulary knows no neutral name."""
    return line(naming.actor_text(actor))


def actor_name(actor: Actor) -> dict[str, str | None]:
    """A party for JSON: the neutral name (None where the vocabulary has none) beside the name as written."""
    return {"neutral": actor.neutral, "said": actor.name}


def actors_text(actors: Iterable[Actor]) -> str:
    """Each party once, in the order told."""
    return line(naming.actors_text(actors))


def speaker_text(speakers: Sequence[Speaker], outlet: str | None = None) -> str:
    """The chain from the nearest source outwards: "police, quoted by AFP"; the outlet itself where nobody is named."""
    if not speakers:
        return f"{line(outlet)} itself" if outlet else "the report itself"
    names = [line(s.name) for s in speakers]
    return names[0] + "".join(f", quoted by {name}" for name in names[1:])


def report_text(report: Report) -> str:
    """A report by outlet, day and name."""
    day = report.published.isoformat() if report.published else "no publication day"
    return ", ".join(line(part) for part in (report.outlet, day, report.name) if part)


def value_text(value: Value) -> str:
    """A value as read, in a few words, on one line."""
    return line(naming.value_text(value, day_text, lambda count: count_text(count.low, count.high, count.approx)))


def many(number: int, one: str, several: str | None = None) -> str:
    """ "1 report", "2 reports", "1,204 entries"."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"
