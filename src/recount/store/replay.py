"""What people decided about claims, laid over what the rules read: right, wrong, corrected and missed.

A claim's id outlives re-extraction, so a decision holds for every later reading of the same words. Nothing in the
ledger changes: the overlay is made anew from the judgements that stand, the later of two winning.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from recount.records import Claim, Coding, EventReport, Judgement, Record, Statistic, Toll, TollLine

OF_CLAIMS = ("right", "wrong", "corrected", "missed")


class Decided(Record, frozen=True):
    """The standing decisions on claims: the last one by claim, and the missed claims with the event reports they join."""

    last: Mapping[str, Judgement]
    missed: tuple[Judgement, ...] = ()

    def wrong(self, claim: str) -> bool:
        """Whether a person rejected the claim."""
        found = self.last.get(claim)
        return found is not None and found.decision == "wrong"


def decided(standing: Iterable[Judgement]) -> Decided:
    """Sort standing judgements (oldest first) by the claim that they decide; those on other records are left out."""
    last: dict[str, Judgement] = {}
    missed: list[Judgement] = []
    for judgement in standing:
        if judgement.decision == "missed":
            missed.append(judgement)
        elif judgement.decision in OF_CLAIMS:
            last.update(dict.fromkeys((s for s in judgement.subjects if s.startswith("c_")), judgement))
    return Decided(last=last, missed=tuple(missed))


def replayed(coding: Coding, by: Decided) -> Coding:
    """The coding as people left it: corrected values, no rejected claims, missed claims added.

    A rejected figure leaves its event report; where the report says the same again, the repetition takes its place.
    """
    added = [j for j in by.missed if j.claim is not None and j.claim.report == coding.report.id]
    touched = any(c.id in by.last for c in coding.claims)
    if not added and not touched:
        return coding
    there = {c.id for c in coding.claims}
    new = [j.claim for j in added if j.claim is not None and j.claim.id not in there]
    claims = [_as_decided(c, by) for c in (*coding.claims, *new) if not by.wrong(c.id)]
    homes = _homes(coding, added)
    return replace(
        coding,
        claims=tuple(sorted(claims, key=lambda c: (c.start, c.end, c.property, c.id))),
        event_reports=tuple(_event(e, by, homes.get(e.id, [])) for e in coding.event_reports),
        statistics=tuple(_statistic(s, by) for s in coding.statistics),
        attributions=tuple(a for a in coding.attributions if not by.wrong(a.claim)),
    )


def _as_decided(claim: Claim, by: Decided) -> Claim:
    found = by.last.get(claim.id)
    if found is None or found.decision != "corrected" or found.value is None:
        return claim
    why = f": {found.why}" if found.why else ""
    return replace(claim, value=found.value, reason=f"corrected by {found.by}{why}; read before: {claim.reason}")


def _homes(coding: Coding, added: Sequence[Judgement]) -> dict[str, list[Claim]]:
    """The missed claims by the event report that they join: the one named, or, where newer rules tell the report
    anew, the one that rests on the nearest words."""
    homes: dict[str, list[Claim]] = {}
    places = {c.id: c.start for c in coding.claims}
    for judgement in added:
        named = [x for x in judgement.subjects if x.startswith("e_")]
        claim = judgement.claim
        if not named or claim is None or not coding.event_reports:
            continue
        home = next((e for e in coding.event_reports if e.id in named), None)
        home = home or min(coding.event_reports, key=lambda e: _distance(e, claim, places))
        homes.setdefault(home.id, []).append(claim)
    return homes


def _distance(event: EventReport, claim: Claim, places: Mapping[str, int]) -> int:
    return min((abs(places[c] - claim.start) for c in event.claims if c in places), default=1 << 30)


def _event(event: EventReport, by: Decided, joined: Sequence[Claim]) -> EventReport:
    mine = [c for c in joined if not by.wrong(c.id)]
    new = [_line(_as_decided(c, by)) for c in mine if isinstance(c.value, Toll) and c.id not in event.claims]
    return replace(
        event,
        tolls=(*_lines(event.tolls, by), *new),
        claims=tuple(dict.fromkeys([*(c for c in event.claims if not by.wrong(c)), *(c.id for c in mine)])),
    )


def _statistic(statistic: Statistic, by: Decided) -> Statistic:
    kept = tuple(c for c in statistic.claims if not by.wrong(c))
    return replace(statistic, tolls=_lines(statistic.tolls, by), claims=kept)


def _lines(lines: Sequence[TollLine], by: Decided) -> tuple[TollLine, ...]:
    return tuple(new for line in lines if (new := _line_as_decided(line, by)) is not None)


def _line_as_decided(line: TollLine, by: Decided) -> TollLine | None:
    repeats = tuple(c for c in line.repeats if not by.wrong(c))
    if by.wrong(line.claim):
        return replace(line, claim=repeats[0], repeats=repeats[1:]) if repeats else None
    found = by.last.get(line.claim)
    toll = found.value if found is not None and isinstance(found.value, Toll) else line.toll
    return replace(line, toll=toll, repeats=repeats)


def _line(claim: Claim) -> TollLine:
    toll = claim.value
    assert isinstance(toll, Toll)
    return TollLine(
        claim=claim.id,
        toll=toll,
        by=claim.speakers[0].name if claim.speakers else None,
        subset=claim.subset,
        quote=claim.quote,
    )
