"""What ties a day to an incident: its clause, the day named last before the incident, the day that the report tells on.

Every trait says the precision of the day too: a weekday and a year are tied to incidents in different ways.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from recount.assemble.choose_frame import Frame, days_of
from recount.assemble.choose_view import Mention, View
from recount.records import Claim, Days

_FRESH = 7
_CLOSE = 90
_STEPS = (-5, -2, -1, 0, 1, 2, 4, 8)
Bounds = tuple[date | None, date | None]


def ties(view: View, mentions: Sequence[Claim], nearest: Mention) -> Iterator[str]:
    """The traits of a candidate that its clauses and the other days around it give."""
    days = days_of(nearest.claim)
    size = days.precision if days.precision in ("day", "days", "month", "year") else "week"
    for trait in (
        *_of_clause(view, nearest),
        *_of_all(view, mentions),
        *_of_others(view, mentions, nearest),
        *_of_report(view, mentions),
    ):
        yield f"{size}: {trait}"


def _of_clause(view: View, nearest: Mention) -> Iterator[str]:
    clause = view.frame.clause(nearest.claim)
    yield f"governed by {clause.governor or 'none'}"
    yield f"governed by {clause.governor or 'none'}, {'told' if nearest.told else 'away'}"
    for name in ("possessive", "turned", "comma"):
        if getattr(clause, name):
            yield f"{name}, {'told' if nearest.told else 'away'}"
    yield f"events {clause.events}, {'told' if nearest.told else 'away'}"
    yield f"{sum(kind in view.kinds for kind in clause.kinds)} words of its kind beside"
    crossed = view.crossed(nearest.claim)
    yield f"figures {crossed}"
    yield f"{view.gap(nearest.claim)}, {crossed}"
    yield f"rank {min(nearest.rank, 12)}"


def _of_all(view: View, mentions: Sequence[Claim]) -> Iterator[str]:
    """What several mentions say together: "said on Saturday" beside "attacks on Saturday"."""
    told = [view.frame.clause(m.claim) for m in view.mentions(mentions) if m.told]
    if told:
        close = sum(c.located and min(c.before, c.behind) <= _CLOSE for c in told)
        yield f"{min(close, 2)} of {min(len(told), 3)} told by an event"
        yield f"{min(2, sum(not c.turned for c in told))} of {min(len(told), 3)} not turned"


def _of_others(view: View, mentions: Sequence[Claim], nearest: Mention) -> Iterator[str]:
    """The days of the draft's own story, and the one named last before it."""
    frame, mine = view.frame, bounds(days_of(nearest.claim))
    told = {bounds(days_of(c)) for c in frame.days if c.start in view.inside}
    singles = {b for b in told if b[0] == b[1]}
    yield f"{'one' if mine in told else 'none'} of {min(len(told), 3)} in its story, {min(len(singles), 2)} single"
    first = view.draft.tolls[0].start if view.draft.tolls else view.draft.scenes[0].passage.start
    before = [c for c in frame.days if c.start < first]
    last = before[-1] if before else None
    if last is not None and bounds(days_of(last)) == mine:
        apart = nearest_passage(view, last)
        yield f"named last before it, {_step(apart)}, {'nothing told' if not told else 'others told'}"
        between = {n for n, tellers in frame.tellers.items() if last.passage < n < view.indexes[0] and tellers}
        yield f"named last before it, {min(len(between), 3)} stories between, {'nothing told' if not told else 'others told'}"
    finer = any(
        b[0] and mine[0] and mine[1] and mine[0] <= b[0] and b[1] and b[1] <= mine[1] and b != mine for b in told
    )
    if finer:
        yield "holds one of its story"


def nearest_passage(view: View, claim: Claim) -> int:
    """How many passages a claim stands before the draft's first one."""
    return view.draft.scenes[0].passage.index - claim.passage


def _of_report(view: View, mentions: Sequence[Claim]) -> Iterator[str]:
    frame = view.frame
    mine, common = bounds(days_of(mentions[0])), telling(frame)
    is_common = common is not None and mine == common
    sole = "only" if len(frame.drafts) == 1 else "one"
    background = "background" if any("background" in s.cues for s in view.draft.scenes) else "news"
    yield f"{'the' if is_common else 'not the'} report's day, {sole} draft, {background}"
    yield f"{'the' if is_common else 'not the'} report's day, rank {min(view.nearest(mentions).rank, 6)}"
    yield f"begins {_step(mentions[0].passage - view.draft.scenes[0].passage.index)} from it"
    earlier = [bounds(days_of(c)) for c in frame.days if c.start < mentions[0].start]
    yield f"{min(4, len(set(earlier)))} named before, draft {min(view.number, 3)}"
    anchor = frame.report.published
    if anchor is not None and mine[1] is not None:
        age = (anchor - mine[1]).days
        freshest = max((b[1] for c in frame.days if (b := bounds(days_of(c)))[1] and b[0] == b[1]), default=None)
        yield f"{'fresh' if 0 <= age <= _FRESH else 'old'}, {background}, draft {min(view.number, 3)}"
        if freshest is not None and mine[0] == mine[1]:
            yield f"{min(4, max(-1, (freshest - mine[1]).days))} behind the freshest"


def bounds(days: Days) -> Bounds:
    """First and last day."""
    return days.first, days.last


def telling(frame: Frame) -> Bounds | None:
    """The single fresh day that the report names most, the first of those named as often; None where it names none."""
    anchor = frame.report.published
    if anchor is None:
        return None
    singles = [bounds(days_of(c)) for c in frame.days if days_of(c).precision == "day"]
    fresh = [b for b in singles if b[0] is not None and 0 <= (anchor - b[0]).days <= _FRESH]
    return Counter(fresh).most_common(1)[0][0] if fresh else None


def _step(apart: int) -> str:
    return next((f"up to {bound}" for bound in _STEPS if apart <= bound), "far")
