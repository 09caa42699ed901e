"""A figure of several places or days shared out over them, as each codebook does it.

UCDP GED 23.1 (p. 19): a separate event for each location, deaths split as evenly as possible in whole numbers; with
fewer deaths than locations no split, but the smallest area that holds them all. ACLED: events are of one day, and the
first day takes what does not divide. GTD (p. 48): a cumulative total is distributed over the linked incidents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from recount.reconcile.aggregates import identified, less_parts
from recount.reconcile.figures import done_by_state, figures
from recount.reconcile.rule_sets import RuleSet, rule_set
from recount.reconcile.tellings import WIDE, tellings
from recount.records import Claim, Days, EventReport, Figure, Harm, Incident, Kind, Place, Record, Report, Side
from recount.values.places import smallest_area
from recount.values.texts import fold

LASTING: frozenset[Kind] = frozenset({"operation", "clash", "shelling", "airstrike", "riot"})
"""Kinds that can go on for days; a spell of days around any other kind says that the day is not known exactly."""
LONGEST = 7  # days that a lasting incident is shared out over; a longer spell is entered at its middle


class Share(Record, frozen=True):
    """One row that a rule set would enter. `place` and `day` are None where the rule set gives none.

    `side` is None for all sides together. `incident` is the linked incident that takes the share, where there is one.
    `exact` tells whether day and place are those of the event, not the middle of a spell or an area around it.
    """

    incident: str
    rule_set: str
    version: str
    harm: Harm
    side: Side | None
    place: Place | None
    day: date | None
    low: int | None
    best: int | None
    high: int | None
    exact: bool
    reason: str


Given = tuple[Sequence[EventReport], Sequence[Claim], Mapping[str, Report]]
Slot = tuple[str, Place | None, date | None, bool]


def shares(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
    *,
    rules: str,
    known: Sequence[Figure] | None = None,
) -> list[Share]:
    """The rows of killed that a codebook would enter for an incident, its identified parts left to rows of their own.

    Shares of one figure always sum to it; a negative figure is shared with nobody. Empty for a rule set that does not
    share out. WrongUse for an unknown one. `known` are the incident's figures under these rules, where they are at hand.
    """
    ruled = rule_set(rules)
    if ruled.split is None:
        return []
    given: Given = (list(event_reports), list(claims), reports)
    found_figures = figures(incident, *given, parts, rules=rules) if known is None else known
    rows = [f for f in found_figures if f.harm == "killed" and f.best is not None]
    if not ruled.subtract and parts:
        rows = _left(incident, rows, parts, given, rules)
    total = sum(f.best or 0 for f in rows if f.side is None)
    slots, why = SPLITS[ruled.split](incident, parts, given, total)
    found: list[Share] = []
    start = 0
    for row in rows:
        found += _dealt(row, ruled, slots, 0 if row.side is None else start, why)
        start += row.best or 0 if row.side is not None else 0
    return found


def deal(number: int, among: int, start: int = 0) -> list[int]:
    """`number` dealt one by one to `among` takers, beginning at taker `start`: whole, as even as possible, sum kept."""
    each, left = divmod(number, among)
    takers = {(start + i) % among for i in range(left)}
    return [each + (i in takers) for i in range(among)]


def _dealt(row: Figure, rules: RuleSet, slots: Sequence[Slot], start: int, why: str) -> list[Share]:
    """One figure over the slots. Each bound begins with the same slot, so that low, best and high keep their order."""
    if not slots:
        return []
    if (row.best or 0) < 0:
        slots, why = slots[:1], "negative, so shared with nobody"
    bounds = [[None] * len(slots) if n is None else deal(n, len(slots), start) for n in (row.low, row.best, row.high)]
    return [
        Share(
            incident=owner,
            rule_set=rules.name,
            version=rules.version,
            harm=row.harm,
            side=row.side,
            place=place,
            day=day,
            low=low,
            best=best,
            high=high,
            exact=exact,
            reason=f"{row.best} {why}" if len(slots) > 1 else why,
        )
        for (owner, place, day, exact), low, best, high in zip(slots, *bounds, strict=True)
    ]


def _left(
    incident: Incident, rows: Sequence[Figure], parts: Sequence[Incident], given: Given, rules: str
) -> list[Figure]:
    """The figures less what their identified parts hold by themselves."""

    def whole(part: Incident, below: Sequence[Incident]) -> list[Figure]:
        return figures(part, *given, below, rules=rules)

    return less_parts(incident, rows, parts, whole, {t.claim: t.published for t in tellings(incident, *given, parts)})


def _spots(incident: Incident) -> list[Place]:
    """The places named below province level, each once."""
    return list({fold(p.name): p for p in reversed(incident.places) if p.level not in WIDE}.values())[::-1]


def _middle(days: Days) -> date | None:
    if days.first is None:
        return None
    last = days.last or days.first
    return days.first + timedelta(days=(last - days.first).days // 2)


def _over_places(incident: Incident, parts: Sequence[Incident], given: Given, total: int) -> tuple[list[Slot], str]:
    spots, day = _spots(incident), incident.days.first
    if len(spots) > 1 and total >= len(spots):
        return [(incident.id, p, day, True) for p in spots], f"split as evenly as possible over {len(spots)} places"
    if len(spots) > 1:
        why = f"not split: {total} are too few for {len(spots)} places, so the smallest area that holds them"
        return [(incident.id, smallest_area(spots), day, False)], why
    place = spots[0] if spots else next(iter(incident.places), None)
    return [(incident.id, place, day, bool(spots))], "one place"


def _over_days(incident: Incident, parts: Sequence[Incident], given: Given, total: int) -> tuple[list[Slot], str]:
    days, spots = _days(incident), _spots(incident)
    if not spots and all(p.level in ("country", "unknown") for p in incident.places):
        return [], "not recorded: no place is known below the country"
    places = spots or [incident.places[0]]
    # Every day once at the first place, then once at the next: what does not divide falls to the first days.
    slots: list[Slot] = [(incident.id, p, d, exact and bool(spots)) for p in places for d, exact in days]
    return slots, f"divided over {len(days)} day(s) and {len(places)} place(s), the first taking what does not divide"


def _days(incident: Incident) -> list[tuple[date | None, bool]]:
    first, last = incident.days.first, incident.days.last or incident.days.first
    if first is None or last is None:
        return [(None, False)]
    length = (last - first).days + 1
    if incident.kind in LASTING and length <= LONGEST:
        return [(first + timedelta(days=i), True) for i in range(length)]
    return [(_middle(incident.days), length == 1)]


def _over_incidents(incident: Incident, parts: Sequence[Incident], given: Given, total: int) -> tuple[list[Slot], str]:
    linked = [
        p for p, below in identified(incident, parts) if not done_by_state(p) and not _has_figure(p, below, given)
    ]
    if linked:
        return [
            (p.id, next(iter(p.places), None), p.days.first, True) for p in linked
        ], f"distributed over {len(linked)} linked incidents that have no figure of their own"
    spots = _spots(incident)
    if len(spots) > 1:
        return [(incident.id, p, incident.days.first, True) for p in spots], f"distributed over {len(spots)} places"
    return [(incident.id, next(iter(incident.places), None), incident.days.first, bool(spots))], "one incident"


def _has_figure(part: Incident, below: Sequence[Incident], given: Given) -> bool:
    return any(f.harm == "killed" and f.best is not None for f in figures(part, *given, below, rules="gtd"))


SPLITS: dict[str, Callable[[Incident, Sequence[Incident], Given, int], tuple[list[Slot], str]]] = {
    "places": _over_places,
    "days_and_places": _over_days,
    "incidents": _over_incidents,
}
