"""Generated histories: whatever is told of them, nobody is counted twice and no planted contradiction is lost.

A history is an operation with incidents inside it. The truth is known; reports tell it truly as far as it is known on
their day: running totals that grow, early figures of an incident, subsets, phases, copies, hedges.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_incidents import World

from recount.reconcile import RULE_SETS, disagreements, figures, shares, summary, timeline
from recount.records import Days, Incident, Place, Side

SIDES: tuple[Side, ...] = ("armed_group", "civilians", "state_forces")
REGION = (Place(name="Highland", country="XA", admin1="Highland", level="province"),)


class History:
    """One operation as it happened (`dead` by part and side) and as it was told (`world`)."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.world = World()
        self.number = 0
        self.parts = chance.randint(0, 4)
        self.day = {p: chance.randint(1, 20) for p in range(self.parts)}
        self.dead = {p: {s: chance.choice((0, 1, 3, 8, 40)) for s in SIDES} for p in range(-1, self.parts)}
        self.outer = {p: chance.randrange(p) for p in range(1, self.parts) if chance.random() < 0.3}
        for part, outer in self.outer.items():
            self.day[part] = self.day[outer]
            self.dead[part] = {s: min(self.dead[part][s], self.dead[outer][s]) for s in SIDES}
        self.whole_events: list[str] = []
        self.phase_events: list[str] = []
        self.silent = set(chance.sample(SIDES, chance.choice((0, 0, 1))))  # sides of which nobody gives a total
        self.part_events: dict[int, list[str]] = {p: [] for p in range(self.parts)}
        self._tell_whole()
        for part in range(self.parts):
            self._tell_part(part)

    def by(self, day: int, side: Side) -> int:
        """How many of a side had died by the end of a day."""
        tops = [p for p in range(self.parts) if p not in self.outer and self.day[p] <= day]
        return self.dead[-1][side] + sum(self.dead[p][side] for p in tops)

    def total(self, side: Side) -> int:
        return self.by(99, side)

    def report(self) -> str:
        self.number += 1
        return f"r{self.number}"

    def say(self, day: int, number: int, side: Side, event: str, place: str, **more: Any) -> str:
        """One true figure in a report of its own."""
        name = more.pop("report", None) or self.report()
        voice = self.chance.choice(((None, "media"), ("press office", "state"), ("a doctor", "third")))
        more = {"by": voice[0], "party": voice[1], "high": number, "text": self.text(name)} | more
        return self.world.tell(name, number, day=day, side=side, event=event, places=(place,), **more)

    def text(self, name: str) -> str:
        """A text of its own, sometimes the copy of another."""
        seed = "copy" if self.chance.random() < 0.1 else name
        return " ".join(f"{seed}{i}" for i in range(20))

    def _tell_whole(self) -> None:
        known = dict.fromkeys(SIDES, 0)
        for day in sorted(self.chance.sample(range(2, 25), self.chance.randint(1, 3))):
            name, phase = self.report(), self.chance.random() < 0.3 and bool(self.whole_events)
            event = "phase" if phase else "whole"
            (self.phase_events if phase else self.whole_events).append(f"{name}/{event}")
            for side in (s for s in SIDES if s not in self.silent):
                known[side] = max(known[side], self.chance.choice((self.by(day, side), self.by(day, side) * 3 // 4)))
                self.say(day, known[side], side, event, "Highland", report=name, by="press office", party="state")
                if known[side] and self.chance.random() < 0.2:
                    self.say(day, 1, side, event, "Highland", report=name, subset=True)

    @property
    def running(self) -> set[str]:
        """The reports that give the running total."""
        return {event.split("/")[0] for event in (*self.whole_events, *self.phase_events)}

    def _tell_part(self, part: int) -> None:
        for _ in range(self.chance.randint(1, 3)):
            name, day = self.report(), self.day[part] + self.chance.randint(0, 4)
            event = f"part{part}"
            self.part_events[part].append(f"{name}/{event}")
            for side in SIDES:
                known = self.chance.choice((self.dead[part][side], self.dead[part][side] * 3 // 4))
                self.say(day, known, side, event, f"Town{part}", report=name)

    def whole(self) -> Incident:
        return self.world.incident("i_w", *self.whole_events, places=REGION, kind="operation", days=days(1, 20))

    def inner(self) -> list[Incident]:
        """The phases and parts; some parts lie in an earlier part."""
        found = []
        if self.phase_events:
            found.append(self.world.incident("i_f", *self.phase_events, part_of="i_w", places=REGION, days=days(1, 20)))
        for part, events in self.part_events.items():
            place = (Place(name=f"Town{part}", country="XA", admin1="Highland", level="settlement"),)
            day = days(self.day[part], self.day[part])
            holder = f"i_{self.outer[part]}" if part in self.outer else "i_w"
            found.append(self.world.incident(f"i_{part}", *events, part_of=holder, places=place, days=day))
        return found

    def below(self, part: int) -> list[Incident]:
        """The incidents inside a part."""
        return [i for i in self.inner() if any(i.id == f"i_{p}" and self._holds(part, p) for p in self.outer)]

    def _holds(self, outer: int, part: int) -> bool:
        above = self.outer.get(part)
        return above is not None and (above == outer or self._holds(outer, above))

    def ask(self, question: Callable[..., Any], of: Incident | None = None, **more: Any) -> Any:
        """A question on the operation with all inside it, or on one part."""
        parts = self.below(int(of.id[2:])) if of else self.inner()
        return self.world.ask(question, *parts, of=of or self.whole(), **more)


def days(first: int, last: int) -> Days:
    start = date(2024, 3, 1)
    return Days(first=start + timedelta(days=first - 1), last=start + timedelta(days=last - 1), precision="days")


def counts_nobody_twice(history: History) -> None:
    for name in RULE_SETS:
        for row in history.ask(figures, rules=name):
            true = history.total(row.side) if row.side else sum(map(history.total, SIDES))
            for bound in (row.low, row.best, row.high):
                assert bound is None or bound <= true, (name, row)
    for line in history.ask(summary):
        assert (line.high or line.low or 0) <= history.total(line.side)


def rows_may_be_added(history: History) -> None:
    """Under a rule set that subtracts, the rows of the operation and its parts never come to more than the truth."""
    parts = [p for p in history.inner() if p.id != "i_f"]
    rows = history.ask(figures, rules="ucdp") + [r for p in parts for r in history.ask(figures, of=p, rules="ucdp")]
    for side in SIDES:
        assert sum(r.best or 0 for r in rows if r.side == side) <= history.total(side)


def shares_keep_the_sum(history: History) -> None:
    left = {r.side: r.best for r in history.ask(figures, rules="ucdp")}
    dealt = history.ask(shares, rules="ucdp")
    for side, best in left.items():
        assert sum(s.best for s in dealt if s.side == side) == best


def every_claim_is_accounted_for(history: History) -> None:
    told = {c.id: c.value.side for c in history.world.claims}  # type: ignore[union-attr]
    for name in ("ucdp", "representative", "latest"):
        for row in (r for r in history.ask(figures, rules=name) if r.side):
            dropped = [c for c, _ in row.dropped]
            assert {*row.used, *dropped} == {c for c, side in told.items() if side == row.side}, (name, row)
            assert not set(row.used) & set(dropped)


def plant_rival(history: History) -> None:
    """One more outlet gives another figure of one incident, on the day on which it was first told."""
    part = history.chance.randrange(-1, history.parts)
    side = history.chance.choice([s for s in SIDES if part >= 0 or s not in history.silent])
    event = history.whole_events[0] if part < 0 else history.part_events[part][0]
    told = next(
        c
        for c in history.world.claims
        if c.report == event.split("/")[0] and c.value.side == side  # type: ignore[union-attr]
    )
    planted = told.value.count.low + history.chance.choice((7, 23, 301))  # type: ignore[union-attr, operator]
    day = history.world.reports[told.report].published
    name = history.report()
    place = "Highland" if part < 0 else f"Town{part}"
    claim = history.say(day.day, planted, side, event.split("/")[1], place, report=name)  # type: ignore[union-attr]
    (history.whole_events if part < 0 else history.part_events[part]).append(f"{name}/{event.split('/')[1]}")
    found = history.ask(disagreements, of=None if part < 0 else _part(history, part))
    same = {c.id for c in history.world.claims if c.value.count.low == planted} | {claim}  # type: ignore[union-attr]
    assert any(same & set(d.claims) for d in found if d.side == side), (planted, found)


def plant_excess(history: History) -> None:
    """One incident is told with more dead than the whole ever had."""
    if not history.parts:
        return
    part = history.chance.choice([p for p in range(history.parts) if p not in history.outer])
    side = history.chance.choice([s for s in SIDES if s not in history.silent])
    for event in history.part_events[part]:
        history.world.events.pop(event)
    name, much = history.report(), history.total(side) + history.chance.choice((1, 50))
    history.part_events[part] = [f"{name}/part{part}"]
    history.day[part] = 1
    claim = history.say(1, much, side, f"part{part}", f"Town{part}", report=name)
    assert any(claim in d.claims for d in history.ask(disagreements))
    left = next(r for r in history.ask(figures, rules="ucdp") if r.side == side)
    assert left.best < 0
    assert "contradiction" in left.reason


def plant_fall(history: History) -> None:
    """The speaker of the running total takes some of it back."""
    side = max((s for s in SIDES if s not in history.silent), key=history.total)
    last = max(
        c.value.count.low  # type: ignore[union-attr, type-var]
        for c in history.world.claims
        if c.report in history.running and c.value.side == side  # type: ignore[union-attr]
    )
    if last < 2:
        return
    name = history.report()
    claim = history.say(28, last - 1, side, "whole", "Highland", report=name, by="press office", party="state")
    history.whole_events.append(f"{name}/whole")
    point = next(p for p in history.ask(timeline) if p.claim == claim)
    assert point.change.startswith("lowers") or "contests" in point.change
    assert any(claim in d.claims for d in history.ask(disagreements))


def _part(history: History, part: int) -> Incident:
    return next(i for i in history.inner() if i.id == f"i_{part}")


TRUE = (counts_nobody_twice, rows_may_be_added, shares_keep_the_sum, every_claim_is_accounted_for)
PLANTED = (plant_rival, plant_excess, plant_fall)


def check(seed: int) -> None:
    """All that must hold of one history."""
    history = History(random.Random(seed))
    for holds in TRUE:
        holds(history)
    for plant in PLANTED:
        plant(History(random.Random(seed)))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_generated_histories(seed: int) -> None:
    check(seed)


@pytest.mark.slow
def test_ten_thousand_histories() -> None:
    for seed in range(10_000):
        check(seed)
