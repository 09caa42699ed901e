"""Arithmetic inside one report: parts against total, headline against body, windows, counts given twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

from recount.reconcile.restated import restated_counts
from recount.reconcile.windows import statistic_windows
from recount.records import Check, Coding, EventReport, TollLine
from recount.values.counts import compare, point, said


def checks_of_coding(coding: Coding) -> tuple[Check, ...]:
    """All checks of one report, in a fixed order; what adds up is told as well as what does not."""
    return tuple(check for rule in CHECKS for check in rule(coding))


def checks(subject: EventReport | Coding) -> list[Check]:
    """The checks of a whole coding, or of one event report's own figures (its subsets and corrections)."""
    if isinstance(subject, Coding):
        return list(checks_of_coding(subject))
    return [*_subsets(subject), *_corrections(subject)]


def whole_lines(event: EventReport) -> list[TollLine]:
    """The lines of an event report that are figures of the whole: no subsets, nothing corrected, with a number."""
    return [t for t in event.tolls if not t.subset and t.superseded_by is None and point(t.toll.count) is not None]


def parts_and_total(coding: Coding) -> list[Check]:
    """Incidents told as parts of an umbrella: do their figures add up to its own?"""
    found = []
    for umbrella in coding.event_reports:
        parts = [e for e in coding.event_reports if e.part_of == umbrella.id]
        for line in whole_lines(umbrella) if parts else ():
            inside = [t for e in parts for t in whole_lines(e) if _cell(t) == _cell(line)]
            if inside:
                found.append(_sum_check(line, inside, f"{len(parts)} part(s) of “{umbrella.label}”"))
    return found


def _cell(line: TollLine) -> tuple[str, str]:
    return line.toll.harm, line.toll.side


def _sum_check(total: TollLine, parts: Sequence[TollLine], what: str) -> Check:
    numbers = [point(t.toll.count) or 0 for t in parts]
    added, whole = sum(numbers), point(total.toll.count) or 0
    sum_said = f"{' + '.join(map(str, numbers))} = {added}"
    harm, side = _cell(total)
    claims = (total.claim, *(t.claim for t in parts))
    text = f"{what}: {sum_said} {harm} ({side}) against the total of {said(total.toll.count)}"
    if added == whole:
        return Check(kind="parts_and_total", verdict="consistent", sentence=f"{text}: they agree.", claims=claims)
    high = total.toll.count.high
    if high is not None and added > high and not total.toll.count.approx:
        return Check(kind="parts_and_total", verdict="contradiction", sentence=f"{text}: too many.", claims=claims)
    if added < whole:
        text = f"{text}: {whole - added} are told of no part"
    return Check(kind="parts_and_total", verdict="open", sentence=f"{text}.", claims=claims)


def subsets(coding: Coding) -> list[Check]:
    """People said to be among a total: are there more of them than the total?"""
    return [check for event in coding.event_reports for check in _subsets(event)]


def _subsets(event: EventReport) -> list[Check]:
    found = []
    for line in (t for t in event.tolls if t.subset and t.superseded_by is None):
        totals = [t for t in whole_lines(event) if t.toll.harm == line.toll.harm]
        same = [t for t in totals if t.toll.side == line.toll.side] or [
            t for t in totals if t.toll.side == "unspecified"
        ]
        highs = [t.toll.count.high for t in same]
        number = point(line.toll.count) or 0
        if same and None not in highs and number > sum(h or 0 for h in highs):
            text = f"{number} {line.toll.harm} are told as among {' + '.join(said(t.toll.count) for t in same)}."
            claims = (line.claim, *(t.claim for t in same))
            found.append(Check(kind="parts_and_total", verdict="contradiction", sentence=text, claims=claims))
    return found


def headline_and_body(coding: Coding) -> list[Check]:
    """Figures of the headline held against those of the body for the same incident, harm and side."""
    heads = {p.index for p in coding.passages if p.kind == "headline"}
    in_head = {c.id for c in coding.claims if c.passage in heads or c.end <= coding.report.headline_end}
    return [check for event in coding.event_reports for check in _headline(event, in_head)]


def _headline(event: EventReport, in_head: set[str]) -> list[Check]:
    found = []
    for line in whole_lines(event):
        tellers = {line.claim, *line.repeats}
        if tellers & in_head and tellers - in_head:
            text = f"Headline and body both give {said(line.toll.count)} {line.toll.harm} ({line.toll.side})."
            claims = (line.claim, *line.repeats)
            found.append(Check(kind="headline_and_body", verdict="consistent", sentence=text, claims=claims))
    for one, other in combinations(whole_lines(event), 2):
        if _cell(one) == _cell(other) and (one.claim in in_head) != (other.claim in in_head):
            head, body = (one, other) if one.claim in in_head else (other, one)
            found.append(_head_check(head, body))
    return found


def _head_check(head: TollLine, body: TollLine) -> Check:
    compared = compare(head.toll.count, body.toll.count)
    clash = compared.verdict == "different"
    figures = f"{said(head.toll.count)} {head.toll.harm} ({head.toll.side})"
    text = f"The headline gives {figures}, the body {said(body.toll.count)}"
    return Check(
        kind="headline_and_body",
        verdict="contradiction" if clash else "consistent",
        sentence=f"{text}: {compared.reason}.",
        claims=(head.claim, body.claim),
    )


def corrections(coding: Coding) -> list[Check]:
    """Tolls that the report itself carries forward: a running total should not fall without a word."""
    return [check for event in coding.event_reports for check in _corrections(event)]


def _corrections(event: EventReport) -> list[Check]:
    by_claim = {t.claim: t for t in event.tolls}
    found = []
    for line in event.tolls:
        later = by_claim.get(line.superseded_by or "")
        before = point(line.toll.count)
        after = point(later.toll.count) if later else None
        if later is None or before is None or after is None:
            continue
        falls = after < before
        text = f"The report {'lowers' if falls else 'raises'} its own toll from {before} to {after} {line.toll.harm}."
        verdict = "open" if falls else "consistent"
        found.append(Check(kind="running_total", verdict=verdict, sentence=text, claims=(line.claim, later.claim)))  # type: ignore[arg-type]
    return found


CHECKS: tuple[Callable[[Coding], list[Check]], ...] = (
    parts_and_total,
    subsets,
    headline_and_body,
    corrections,
    statistic_windows,
    restated_counts,
)
