"""How a toll evolved: who said what when, and what each telling changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recount.reconcile.items import beside, merged
from recount.reconcile.tellings import Telling, by_cell, order, tellings
from recount.records import Claim, EventReport, Incident, Party, Report, TollPoint
from recount.values.counts import compare
from recount.values.texts import fold

OPPOSED: frozenset[frozenset[Party]] = frozenset({frozenset({"state", "armed_group"})})
Step = tuple[Telling, str]


def timeline(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
) -> list[TollPoint]:
    """The toll's evolution, by publication day (undated last), over the incident and its parts without adding any.

    `change` is "first", "repeats", "raises 92 to 197", "lowers 8 to 6", "contests 8 with 6", or says of which larger
    figure a point is a part.
    """
    steps = [
        step
        for cell in by_cell(tellings(incident, event_reports, claims, reports, parts)).values()
        for step in evolve(cell)
    ]
    return [_point(telling, change) for telling, change in sorted(steps, key=lambda s: (order(s[0]), s[0].cell))]


def _point(telling: Telling, change: str) -> TollPoint:
    return TollPoint(
        claim=telling.claim,
        report=telling.report,
        published=telling.published,
        toll=telling.toll,
        by=telling.by,
        party=telling.party,
        change=change,
    )


def evolve(cell: Sequence[Telling]) -> list[Step]:
    """Each telling of one harm and side, in order, with what it changed."""
    state: Telling | None = None
    steps: list[Step] = []
    for telling in sorted(cell, key=order):
        change, moves = _change(telling, state)
        steps.append((telling, change))
        state = telling if moves else state
    return steps


def standing(cell: Sequence[Telling]) -> list[Telling]:
    """The tellings that no later one has revised: the last state, what repeats it and what contests it."""
    held: list[Telling] = []
    for telling, change in evolve(merged(cell)):
        if change.startswith(("raises", "lowers")):
            held = [h for h in held if opposed(h, telling)]
        held.append(telling)
    return held


def restated(ready: Sequence[Telling]) -> dict[str, str]:
    """Earlier states of one running toll, by claim, each with the reason; `ready` are the tellings that count.

    A later figure restates an earlier one when the same speaker or side gives both, or when both are of an operation
    that goes on; figures of different voices on one attack stay rivals.
    """
    ongoing = any(t.scope == "phase" for t in ready)
    found: dict[str, str] = {}
    for later in ready:
        for earlier in ready:
            if _restates(later, earlier, ongoing):
                found[earlier.claim] = f"is an earlier state of a running toll, {later.number} by {later.published}"
    return found


def _restates(later: Telling, earlier: Telling, ongoing: bool) -> bool:
    if later.published is None or earlier.published is None or later.published <= earlier.published:
        return False
    if later.number == earlier.number or opposed(later, earlier):
        return False
    one_voice = later.by is not None and fold(later.by) == fold(earlier.by or "")
    one_side = later.party == earlier.party and later.party in ("state", "armed_group")
    grows = (later.number or 0) > (earlier.number or 0)
    if later.scope != earlier.scope and not grows:
        return False  # a phase told later, with fewer, is a stretch of the whole and no newer state of it
    return (ongoing and grows) or one_voice or one_side


def opposed(one: Telling, other: Telling) -> bool:
    """Whether the two speakers stand on opposite sides of the fighting."""
    return frozenset({one.party, other.party}) in OPPOSED


def _change(telling: Telling, state: Telling | None) -> tuple[str, bool]:
    """What a telling does to the state before it, and whether it is the new state."""
    number = telling.number
    if number is None:
        return "gives no number", False
    if telling.subset or telling.scope == "part":
        of = f" of {state.number}" if state and telling.subset else ""
        return (f"part{of}" if telling.subset else "of a part"), False
    if state is None or state.number is None:
        return "first", True
    if beside(telling, state):
        return f"counts others beside the {state.number}", False
    return _against(telling, number, state, state.number)


def _against(telling: Telling, number: int, state: Telling, before: int) -> tuple[str, bool]:
    verdict = compare(telling.toll.count, state.toll.count).verdict
    falls_back = number < before and telling.toll.count.high is None
    later = _later(telling, state)
    loose = verdict in ("compatible", "rounding") and (number <= before if verdict == "compatible" else not later)
    if number == before or falls_back or loose:
        return "repeats", False
    if opposed(telling, state) or not later:
        return f"contests {before} with {number}", False
    return (f"raises {before} to {number}" if number > before else f"lowers {before} to {number}"), True


def _later(telling: Telling, state: Telling) -> bool:
    """Whether a telling can be a newer state: published on a later day, or the same report corrects itself."""
    if telling.report == state.report:
        return state.superseded
    if telling.published is None or state.published is None:
        return False
    return telling.published > state.published
