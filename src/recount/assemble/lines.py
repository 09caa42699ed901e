"""The figures of one event report as lines of a table: repeats folded, hedges settled, parts marked.

Codebook: one line for each different figure; where only the hedge differs the unhedged one stands; a vague word beside an
exact figure of the same people falls away; parts of another line are marked as subset. "Two additional rebels" of a later
sentence are none of those told before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recount.assemble.scenes import toll_of
from recount.records import Claim, Toll, TollLine


def lines_of(claims: Sequence[Claim]) -> list[TollLine]:
    """The lines in the order of first mention, each with the claims that repeat it."""
    kept: list[list[Claim]] = []
    for claim in claims:
        home = next((row for row in kept if _same_line(row[0], claim)), None)
        if home is None:
            kept.append([claim])
        elif _better(claim, home[0]):
            home.insert(0, claim)
        else:
            home.append(claim)
    rows = [row for row in kept if not _vague_beside_exact(row[0], [r[0] for r in kept])]
    return [_line(row, rows[:at]) for at, row in enumerate(rows)]


def _line(row: Sequence[Claim], before: Sequence[Sequence[Claim]]) -> TollLine:
    first = row[0]
    return TollLine(
        claim=first.id,
        toll=_sided(row),
        by=_speaker(row),
        subset=any(c.subset for c in row) or any(_some_of(row[0], other[0]) for other in before),
        repeats=tuple(c.id for c in row[1:]),
        quote=first.quote,
    )


_SOME_OF = re.compile(r"\w+ of (?:the|them|those|these)\b", re.IGNORECASE)


def _some_of(claim: Claim, told: Claim) -> bool:
    """Whether people are some of those told before: "one of the rebels died", where several were said to be killed."""
    part, whole = toll_of(claim), toll_of(told)
    alike = part.harm == whole.harm and part.side == whole.side and _number(part) < _number(whole)
    return alike and _SOME_OF.match(part.who or "") is not None


def _speaker(row: Sequence[Claim]) -> str | None:
    return next((c.speakers[0].name for c in row if c.speakers), None)


def _sided(row: Sequence[Claim]) -> Toll:
    """The reading of the best claim, with a side from a repeat where its own words tell none."""
    toll = toll_of(row[0])
    if toll.side != "unspecified":
        return toll
    side = next((toll_of(c).side for c in row if toll_of(c).side != "unspecified"), toll.side)
    return Toll(harm=toll.harm, side=side, count=toll.count, who=toll.who)


_FURTHER = re.compile(r"\b(?:another|additional|one more|further)\b", re.IGNORECASE)
"""Words by which people come to those told before; behind "other" a repeat is as likely as not."""


def _same_line(one: Claim, other: Claim) -> bool:
    a, b = toll_of(one), toll_of(other)
    if a.harm != b.harm or not (a.side == b.side or ("unspecified" in (a.side, b.side) and _number(a) > 1)):
        return False
    if one.passage != other.passage and _FURTHER.search(b.who or ""):
        return False
    if a.count == b.count:
        return _number(a) != 1 or a.side == b.side
    return _number(a) == _number(b) and None not in (a.count.low, b.count.low)


def _number(toll: Toll) -> int:
    return toll.count.low if toll.count.low is not None else toll.count.high or 0


def _better(claim: Claim, held: Claim) -> bool:
    """An unhedged figure before a hedged one."""
    return claim.hedge is None and held.hedge is not None


def _vague_beside_exact(claim: Claim, all_claims: Sequence[Claim]) -> bool:
    toll = toll_of(claim)
    if not (claim.hedge == "vague" or (toll.count.low == 2 and toll.count.high is None)):
        return False
    return any(
        toll_of(c).harm == toll.harm
        and (toll_of(c).side == toll.side or "unspecified" in (toll_of(c).side, toll.side))
        and c.hedge not in ("vague",)
        and _number(toll_of(c)) >= _number(toll)
        for c in all_claims
        if c is not claim and not (toll_of(c).count.low == 2 and toll_of(c).count.high is None)
    )
