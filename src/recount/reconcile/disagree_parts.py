"""Where the incidents inside an operation hold more people than any figure of the whole allows."""

from __future__ import annotations

from collections.abc import Sequence

from recount.reconcile.items import merged
from recount.reconcile.tellings import Telling
from recount.reconcile.totals import of_parts, remainder
from recount.records import Disagreement


def parts_exceed(told: Sequence[Telling]) -> Disagreement | None:
    """The disagreement of one harm and side, where even the lowest figures of the parts come to more than the whole.

    A part that happened after the whole was told is none of it: only parts told by then are held against it.
    """
    whole = [t for t in merged(told) if t.number is not None]
    if not whole or any(t.toll.count.high is None for t in whole):
        return None
    highest = max(whole, key=lambda t: (t.toll.count.high or 0, t.claim))
    by_then = [t for t in told if t.published is None or highest.published is None or t.published <= highest.published]
    parts = of_parts(by_then)
    left = remainder(highest.toll.count.high or 0, [parts.low]) if parts else None
    if parts is None or left is None or not left.contradiction:
        return None
    harm, side = highest.cell
    return Disagreement(
        kind="conflict",
        harm=harm,
        side=side,
        claims=(highest.claim, *parts.claims),
        sentence=f"Incidents inside it hold {parts.low} {harm}: {left.reason}.",
    )
