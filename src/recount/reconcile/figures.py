"""An incident's figures under a named rule set, with the claims used and dropped, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from recount.reconcile.aggregates import less_parts
from recount.reconcile.choices import choose
from recount.reconcile.rule_sets import RuleSet, rule_set
from recount.reconcile.tellings import Cell, Telling, by_cell, tellings
from recount.reconcile.totals import of_parts
from recount.reconcile.votes import Votes, votes
from recount.records import Claim, EventReport, Figure, Harm, Incident, Report, Side


def figures(
    incident: Incident,
    event_reports: Iterable[EventReport],
    claims: Iterable[Claim],
    reports: Mapping[str, Report],
    parts: Sequence[Incident] = (),
    *,
    rules: str = "representative",
) -> list[Figure]:
    """The figures of an incident under the rule set named `rules`, by harm and side, the total (side None) last.

    Parts inside an operation are never added to its own figures; they are summed only where nobody gives one for the
    whole. Under a rule set that subtracts ("ucdp") an operation's figures are what its identified parts leave of it,
    so that the figures of all incidents may be added; a negative one is a contradiction and stays as it is. WrongUse
    for an unknown rule set.
    """
    ruled = rule_set(rules)
    events, said = list(event_reports), list(claims)
    if not ruled.states and done_by_state(incident):
        return _out_of_scope(incident, ruled, tellings(incident, events, said, reports, parts))

    def whole(of: Incident, within: Sequence[Incident]) -> list[Figure]:
        return figures_of(of, ruled, tellings(of, events, said, reports, within), reports)

    rows = whole(incident, parts)
    if not ruled.subtract or not parts:
        return rows
    published = {t.claim: t.published for t in tellings(incident, events, said, reports, parts)}
    return less_parts(incident, rows, parts, whole, published)


def figures_of(
    incident: Incident, rules: RuleSet, told: Iterable[Telling], reports: Mapping[str, Report]
) -> list[Figure]:
    """The figures of the whole from tellings that are at hand; nothing is subtracted."""
    cells = by_cell(told)
    found: list[Figure] = []
    for harm in rules.harms:
        rows = [_figure(incident, rules, cell, told, reports) for cell, told in cells.items() if cell[0] == harm]
        found += _of_harm(incident.id, rules, harm, [r for r in rows if r.side in rules.sides], cells)
    return found


def done_by_state(incident: Incident) -> bool:
    """Whether state forces alone carried it out: as the reports name the actors, else by its kind."""
    sides = {a.side for a in incident.actors} - {"unspecified"}
    return sides == {"state_forces"} if sides else incident.kind == "operation"


def _row(incident: str, rules: RuleSet, harm: Harm, side: Side | None, **more: Any) -> Figure:
    bounds = {"low": None, "best": None, "high": None} | more
    return Figure(incident=incident, rule_set=rules.name, version=rules.version, harm=harm, side=side, **bounds)


def _out_of_scope(incident: Incident, rules: RuleSet, told: Sequence[Telling]) -> list[Figure]:
    reason = "an action of state forces, which this rule set does not record"
    dropped = tuple((t.claim, reason) for t in told if t.toll.harm == "killed")
    return [_row(incident.id, rules, "killed", None, dropped=dropped, reason=reason)] if dropped else []


def _of_harm(
    incident: str, rules: RuleSet, harm: Harm, rows: list[Figure], cells: Mapping[Cell, Sequence[Telling]]
) -> list[Figure]:
    if not rows:
        reason = "no report gives a figure, which this rule set counts as 0"
        return (
            [_row(incident, rules, harm, None, low=0, best=0, high=0, reason=reason)] if rules.silence_is_zero else []
        )
    if rules.only_total and all(r.low is None for r in rows):
        rows = [_row(incident, rules, harm, None, low=0, best=0, high=0, dropped=_all_dropped(rows), reason=NO_FIGURE)]
        return rows if rules.silence_is_zero else []
    shown = [] if rules.only_total else rows
    return [*shown, _total(incident, rules, harm, rows, cells)] if rules.total else shown


NO_FIGURE = "no claim gives a usable figure, which this rule set counts as 0"


def _all_dropped(rows: Sequence[Figure]) -> tuple[tuple[str, str], ...]:
    return tuple(d for r in rows for d in r.dropped)


def _figure(
    incident: Incident, rules: RuleSet, cell: Cell, told: Sequence[Telling], reports: Mapping[str, Report]
) -> Figure:
    found = votes(told, rules, reports, incident.kind)
    if not found.admitted:
        return _from_parts(incident.id, rules, cell, told, found)
    if found.reports < rules.sources:
        reason = f"asks for {rules.sources} independent reports, and has {found.reports}"
        few = tuple((c, reason) for v in found.admitted for c in v.claims)
        return _row(incident.id, rules, *cell, dropped=(*found.dropped, *few), reason=f"{rules.rule}: {reason}")
    low, used_low, _ = choose(rules.low, found)
    best, used_best, chosen = choose(rules.best_of(cell[0]), found)
    step = chosen if rules.best != "none" else "the range"
    high, used_high, _ = choose(rules.high, found)
    used = tuple(dict.fromkeys(used_best or used_low + used_high))
    passed = tuple((c, "is not chosen") for v in found.admitted for c in v.claims if c not in used)
    return _row(
        incident.id,
        rules,
        *cell,
        low=low,
        best=best,
        high=high,
        used=used,
        dropped=(*found.dropped, *passed),
        reason=f"{rules.rule} (here {step}; votes: {len(found.admitted)})",
    )


def _from_parts(incident: str, rules: RuleSet, cell: Cell, told: Sequence[Telling], found: Votes) -> Figure:
    total = of_parts(told)
    inside = set(total.claims) if total else set()
    return _row(
        incident,
        rules,
        *cell,
        low=total.low if total else None,
        best=total.low if total else None,
        high=total.high if total else None,
        used=total.claims if total else (),
        dropped=tuple(d for d in found.dropped if d[0] not in inside),
        reason="no figure of the whole; its parts, each counted once" if total else "no claim is admitted",
    )


def _total(
    incident: str, rules: RuleSet, harm: Harm, rows: Sequence[Figure], cells: Mapping[Cell, Sequence[Telling]]
) -> Figure:
    """All sides in one row: the sides added, and people of unspecified side added only where they are others."""
    known = [r for r in rows if _value(r) is not None]
    sided = [r for r in known if r.side != "unspecified"]
    rest = next((r for r in known if r.side == "unspecified"), None)
    used, reason = sided, "the sides added"
    if rest is not None:
        used, reason = _with_unspecified(harm, sided, rest, cells)
    left = [r for r in known if r not in used]
    why = "already inside the other figures" if left and left[0].side == "unspecified" else "already inside the total"
    return _row(
        incident,
        rules,
        harm,
        None,
        low=_add([r.low for r in used]),
        best=_add([r.best for r in used]),
        high=_add([r.high for r in used]),
        used=tuple(c for r in used for c in r.used),
        dropped=(*_all_dropped(rows), *((c, why) for r in left for c in r.used))
        if rules.only_total
        else tuple((c, why) for r in left for c in r.used),
        reason=reason,
    )


def _with_unspecified(
    harm: Harm, sided: list[Figure], rest: Figure, cells: Mapping[Cell, Sequence[Telling]]
) -> tuple[list[Figure], str]:
    if not sided:
        return [rest], "no side is named"
    here = {t.event_report for t in cells[harm, "unspecified"] if t.counts}
    there = {t.event_report for side in _sides(sided) for t in cells[harm, side] if t.counts}
    if here & there:
        return [*sided, rest], "the sides added; one report counts people of unspecified side beside them"
    if (_value(rest) or 0) > sum(_value(r) or 0 for r in sided):
        return [rest], "the total without sides, which holds the sides told elsewhere"
    return sided, "the sides added, which hold the total told without sides"


def _sides(rows: Sequence[Figure]) -> list[Side]:
    return [r.side for r in rows if r.side is not None]


def _value(row: Figure) -> int | None:
    return next((n for n in (row.best, row.high, row.low) if n is not None), None)


def _add(numbers: Sequence[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if known and len(known) == len(numbers) else None
