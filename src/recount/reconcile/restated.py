"""Counts that one report gives twice (districts, operations, attacks): are they the same?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations

from recount.records import Check, Claim, Coding, Count, EventReport, Record, Scope, Statistic
from recount.values.counts import compare, said
from recount.values.texts import fold

UNITS = re.compile(
    r"\b(district|province|location|place|area|town|village|cit(?:y|ie)|operation|attack|incident|raid|clash|blast|strike)"
)


class Restated(Record, frozen=True):
    """A count of things, what it counts, which record holds its claim, and the days that record is about."""

    unit: str
    count: Count
    claim: Claim
    holder: str | None
    first: date | None
    last: date | None


def restated_counts(coding: Coding) -> list[Check]:
    """Each pair of differing counts of one unit that the report gives about one thing."""
    groups: dict[str, list[Restated]] = defaultdict(list)
    for each in _counts(coding):
        groups[each.unit].append(each)
    pairs = [pair for unit in sorted(groups) for pair in combinations(groups[unit], 2)]
    return [_check(a, b) for a, b in pairs if _about_one_thing(a, b) and (a.count != b.count)]


def _counts(coding: Coding) -> Iterator[Restated]:
    records: list[EventReport | Statistic] = [*coding.event_reports, *coding.statistics]
    holders = {c: (e.id, e.days) for e in records for c in e.claims}
    for claim in coding.claims:
        unit = UNITS.search(fold(claim.said)) or UNITS.search(fold(claim.quote))
        count = _count(claim)
        if claim.property not in ("incident_count", "scope") or unit is None or count is None:
            continue
        if claim.modality not in ("asserted", "historical"):
            continue
        holder, days = holders.get(claim.id, (None, None))
        yield Restated(
            unit=unit.group(1),
            count=count,
            claim=claim,
            holder=holder,
            first=days.first if days else None,
            last=days.last if days else None,
        )


def _count(claim: Claim) -> Count | None:
    if isinstance(claim.value, Count):
        return claim.value
    if isinstance(claim.value, Scope) and claim.value.incidents is not None:
        return Count(low=claim.value.incidents, high=claim.value.incidents)
    return None


AREAS = frozenset({"district", "province", "location", "place", "area", "town", "village", "city", "citie"})


def _about_one_thing(one: Restated, other: Restated) -> bool:
    """One record holds both; or both count areas and their days overlap or are not told."""
    if one.holder is not None and one.holder == other.holder:
        return True
    if one.unit not in AREAS:
        return False
    if one.first is None or other.first is None:
        return True
    return one.first <= (other.last or other.first) and other.first <= (one.last or one.first)


def _check(one: Restated, other: Restated) -> Check:
    compared = compare(one.count, other.count)
    clash = compared.verdict == "different"
    text = f"The report counts {said(one.count)} and {said(other.count)} {one.unit}s: {compared.reason}."
    return Check(
        kind="restated_count",
        verdict="contradiction" if clash else "consistent",
        sentence=text,
        claims=(one.claim.id, other.claim.id),
    )
