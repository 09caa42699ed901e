"""An incident's figures under a named rule set, with the claims used and dropped, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from recount.reconcile.rule_sets import RuleSet, rule_set
from recount.reconcile.tellings import Cell, Telling, by_cell, tellings
from recount.reconcile.totals import of_parts
from recount.reconcile.votes import Votes, choose, votes
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
    whole. WrongUse for an unknown rule set.
    """
    ruled = rule_set(rules)
    cells = by_cell(tellings(incident, event_reports, claims, reports, parts))
    found: list[Figure] = []
    for harm in ruled.harms:
        rows = [_figure(incident.id, ruled, cell, told, reports) for cell, told in cells.items() if cell[0] == harm]
        found += _of_harm(incident.id, ruled, harm, [r for r in rows if r.side in ruled.sides], cells)
    return found


def _of_harm(
    incident: str, rules: RuleSet, harm: Harm, rows: list[Figure], cells: Mapping[Cell, Sequence[Telling]]
) -> list[Figure]:
    if not rows:
        return [_silence(incident, rules, harm)] if rules.silence_is_zero else []
    shown = [] if rules.only_total else rows
    return [*shown, _total(incident, rules, harm, rows, cells)] if rules.total else shown


def _silence(incident: str, rules: RuleSet, harm: Harm) -> Figure:
    reason = "no report gives a figure, which this rule set counts as 0"
    return Figure(
        incident=incident,
        rule_set=rules.name,
        version=rules.version,
        harm=harm,
        side=None,
        low=0,
        best=0,
        high=0,
        reason=reason,
    )


def _figure(
    incident: str, rules: RuleSet, cell: Cell, told: Sequence[Telling], reports: Mapping[str, Report]
) -> Figure:
    found = votes(told, rules, reports)
    if not found.admitted:
        return _from_parts(incident, rules, cell, told, found)
    low, used_low, _ = choose(rules.low, found.admitted)
    best, used_best, chosen = choose(rules.best, found.admitted)
    step = chosen if rules.best != "none" else "the range"
    high, used_high, _ = choose(rules.high, found.admitted)
    used = tuple(dict.fromkeys(used_best or used_low + used_high))
    passed = tuple((c, "is not chosen") for v in found.admitted for c in v.claims if c not in used)
    few = f"; asks for {rules.sources} sources" if len(found.admitted) < rules.sources else ""
    return Figure(
        incident=incident,
        rule_set=rules.name,
        version=rules.version,
        harm=cell[0],
        side=cell[1],
        low=low,
        best=best,
        high=high,
        used=used,
        dropped=(*found.dropped, *passed),
        reason=f"{rules.rule} (here {step}; votes: {len(found.admitted)}){few}",
    )


def _from_parts(incident: str, rules: RuleSet, cell: Cell, told: Sequence[Telling], found: Votes) -> Figure:
    total = of_parts(told)
    inside = set(total.claims) if total else set()
    return Figure(
        incident=incident,
        rule_set=rules.name,
        version=rules.version,
        harm=cell[0],
        side=cell[1],
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
    sided = [r for r in rows if r.side != "unspecified"]
    rest = next((r for r in rows if r.side == "unspecified"), None)
    used, reason = sided, "the sides added"
    if rest is not None:
        used, reason = _with_unspecified(harm, sided, rest, cells)
    left = [r for r in rows if r not in used]
    why = "already inside the other figures" if left and left[0].side == "unspecified" else "already inside the total"
    return Figure(
        incident=incident,
        rule_set=rules.name,
        version=rules.version,
        harm=harm,
        side=None,
        low=_add([r.low for r in used]),
        best=_add([r.best for r in used]),
        high=_add([r.high for r in used]),
        used=tuple(c for r in used for c in r.used),
        dropped=tuple((c, why) for r in left for c in r.used),
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
    if _value(rest) > sum(_value(r) for r in sided):
        return [rest], "the total without sides, which holds the sides told elsewhere"
    return sided, "the sides added, which hold the total told without sides"


def _sides(rows: Sequence[Figure]) -> list[Side]:
    return [r.side for r in rows if r.side is not None]


def _value(row: Figure) -> int:
    return next((n for n in (row.best, row.high, row.low) if n is not None), 0)


def _add(numbers: Sequence[int | None]) -> int | None:
    known = [n for n in numbers if n is not None]
    return sum(known) if known and len(known) == len(numbers) else None
