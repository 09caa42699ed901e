"""Event reports become incidents: what is the same, what is not, and why."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.link import link_all
from recount.link.policy import BITS, POLICY, bits, probability
from recount.records import (
    Actor,
    Count,
    Days,
    EventReport,
    Harm,
    Incident,
    Judgement,
    Kind,
    Link,
    Place,
    Report,
    Role,
    Side,
    Toll,
    TollLine,
    content_id,
)

MARCH = date(2024, 3, 4)
Figure = tuple[Harm, Side, int]


def report(name: str, published: date | None = MARCH, text: str = "") -> Report:
    return Report(id=name, name=name, text=text or f"A report called {name}.", published=published)


def event(
    report: str,
    key: str = "1",
    *,
    label: str = "attack",
    kind: Kind = "attack",
    day: date | None = MARCH,
    last: date | None = None,
    places: Sequence[str] = ("Dorval",),
    country: str = "XA",
    admin1: str | None = None,
    actors: Sequence[str] = (),
    targets: Sequence[str] = (),
    figures: Sequence[Figure] = (),
    role: Role = "main",
    part_of: str | None = None,
) -> EventReport:
    ident = content_id("e", report, key)
    lines = tuple(
        TollLine(claim=f"c_{report}_{key}_{n}", toll=Toll(harm=h, side=s, count=Count(low=v, high=v)))
        for n, (h, s, v) in enumerate(figures)
    )
    return EventReport(
        id=ident,
        report=report,
        key=key,
        label=label,
        role=role,
        kind=kind,
        days=Days(first=day, last=last or day),
        places=tuple(Place(name=p, country=country, admin1=admin1) for p in places),
        country=country,
        admin1=admin1,
        actors=tuple(Actor(name=a) for a in actors),
        targets=tuple(Actor(name=t) for t in targets),
        tolls=lines,
        part_of=part_of,
    )


def crowd() -> list[EventReport]:
    """Unrelated event reports, so that words and places have a rarity."""
    return [
        event(f"crowd{i}", label=f"shooting in Town{i}", places=[f"Town{i}"], day=MARCH + timedelta(days=20 + i))
        for i in range(40)
    ]


def link(events: Sequence[EventReport], **more: object) -> tuple[list[Incident], list[Link]]:
    everything = [*events, *crowd()]
    reports = {e.report: report(e.report, e.days.first) for e in everything}
    return link_all(everything, reports, **more)  # type: ignore[arg-type]


def together(events: Sequence[EventReport], **more: object) -> bool:
    incidents, _ = link(events, **more)
    homes = [i.id for e in events for i in incidents if e.id in i.event_reports]
    return len(set(homes)) == 1


ONE = event(
    "a", label="ambush on a convoy near Dorval", targets=["army convoy"], figures=[("killed", "state_forces", 6)]
)
SAME = event("b", label="convoy ambushed at Dorval", targets=["convoy"], figures=[("killed", "state_forces", 6)])


def test_two_reports_of_one_ambush_are_one_incident() -> None:
    assert together([ONE, SAME])


@pytest.mark.parametrize(
    "other",
    [
        event(
            "b",
            label="school shelled in Dorval",
            kind="shelling",
            targets=["school"],
            figures=[("killed", "civilians", 2)],
        ),
        event("b", label="convoy ambushed at Dorval", targets=["convoy"], day=MARCH + timedelta(days=9)),
        event("b", label="convoy ambushed at Vestry", places=["Vestry"], figures=[("killed", "state_forces", 1)]),
        event("b", label="convoy ambushed at Dorval", country="XB", targets=["convoy"]),
    ],
    ids=["other target, kind and figures", "other week", "other town and figure", "other country"],
)
def test_what_only_shares_something_is_not_the_same(other: EventReport) -> None:
    assert not together([ONE, other])


def test_two_incidents_of_one_report_are_never_one() -> None:
    twin = event("a", "2", label=ONE.label, targets=["army convoy"], figures=[("killed", "state_forces", 6)])
    assert not together([ONE, twin])


def test_two_attacks_of_one_day_in_one_town_are_not_chained_by_a_vague_report() -> None:
    market = event(
        "b", label="market bombed in Dorval", kind="bombing", targets=["market"], figures=[("killed", "civilians", 31)]
    )
    vague = event("c", label="violence in Dorval")
    incidents, _ = link([ONE, market, vague])
    homes = {e.id: i.id for i in incidents for e in (ONE, market, vague) if e.id in i.event_reports}
    assert homes[ONE.id] != homes[market.id]


def test_a_rising_toll_does_not_part_reports_of_one_attack() -> None:
    later = event("b", label="convoy ambushed at Dorval", targets=["convoy"], figures=[("killed", "state_forces", 9)])
    assert together([ONE, later])


def test_every_event_report_has_one_link_with_a_sentence() -> None:
    incidents, links = link([ONE, SAME])
    assert sorted(x.event_report for x in links) == sorted(e for i in incidents for e in i.event_reports)
    mine = next(x for x in links if x.event_report == SAME.id)
    assert 0.5 < mine.score <= 1
    assert "convoy" in mine.sentence
    assert "2024-03-04" in mine.sentence
    assert {f.name for f in mine.features} >= {"day", "place", "kind", "actors", "targets", "words"}


def test_the_first_published_report_founds_the_incident() -> None:
    reports = {"a": report("a", MARCH + timedelta(days=1)), "b": report("b", MARCH)}
    incidents, _ = link_all([ONE, SAME], reports)
    assert incidents[0].id == content_id("i", SAME.id)
    assert incidents[0].event_reports == (SAME.id, ONE.id)


def test_an_earlier_report_that_comes_late_does_not_rename_the_incident() -> None:
    before, _ = link_all([ONE], {"a": report("a", MARCH + timedelta(days=1))})
    reports = {"a": report("a", MARCH + timedelta(days=1)), "b": report("b", MARCH)}
    after, _ = link_all([ONE, SAME], reports, current=before)
    assert after[0].id == before[0].id
    assert len(after[0].event_reports) == 2


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(chance: random.Random) -> None:
    events = [ONE, SAME, *crowd()]
    reports = {e.report: report(e.report, e.days.first) for e in events}
    straight = link_all(events, reports)
    chance.shuffle(events)
    assert link_all(events, reports) == straight


def judgement(name: str, decision: str, *subjects: str, undoes: str | None = None) -> Judgement:
    return Judgement(id=name, decision=decision, subjects=subjects, by="Ada", at="2024-03-05T10:00:00Z", undoes=undoes)  # type: ignore[arg-type]


def test_a_persons_judgement_wins_and_can_be_taken_back() -> None:
    apart = judgement("j1", "different", ONE.id, SAME.id)
    assert not together([ONE, SAME], judgements=[apart])
    assert together([ONE, SAME], judgements=[apart, judgement("j2", "undo", undoes="j1")])
    far = event("b", label="raid in Vestry", places=["Vestry"])
    assert together([ONE, far], judgements=[judgement("j3", "same", ONE.id, far.id)])
    assert not together(
        [ONE, far], judgements=[judgement("j3", "same", ONE.id, far.id), judgement("j4", "unsure", ONE.id, far.id)]
    )


def test_a_judgement_on_an_incident_holds_for_its_event_reports() -> None:
    incidents, _ = link([ONE])
    far = event("b", label="raid in Vestry", places=["Vestry"])
    others, _ = link([far])
    current = [*incidents, *others]
    homes = {e: i.id for i in current for e in i.event_reports}
    judged = judgement("j1", "same", homes[ONE.id], homes[far.id])
    assert together([ONE, far], judgements=[judged], current=current)


def test_a_judged_link_names_the_judgement() -> None:
    far = event("b", label="raid in Vestry", places=["Vestry"])
    _, links = link([ONE, far], judgements=[judgement("j1", "same", ONE.id, far.id)])
    assert {x.made_by for x in links if x.event_report in (ONE.id, far.id)} == {"j1"}


def test_parts_that_a_report_tells_of_lie_under_its_umbrella() -> None:
    whole = event("a", "u", places=["Dorval", "Vestry"], kind="operation", figures=[("killed", "armed_group", 41)])
    part = event(
        "a", "p", places=["Dorval"], kind="operation", figures=[("killed", "armed_group", 30)], part_of=whole.id
    )
    incidents, _ = link([whole, part])
    by_event = {e: i for i in incidents for e in i.event_reports}
    assert by_event[part.id].part_of == by_event[whole.id].id
    assert by_event[part.id].part_reason
    assert by_event[whole.id].part_of is None


def campaign(figures: Sequence[Figure], report: str, places: Sequence[str], last: int, **more: str) -> EventReport:
    return event(
        report, more.get("key", "1"), label=more["label"], kind=more["kind"],  # type: ignore[arg-type]
        last=MARCH + timedelta(days=last), places=places, admin1="Highland", figures=figures,
    )  # fmt: skip


def test_a_running_total_of_an_operation_and_the_attacks_that_began_it_are_one_operation() -> None:
    first = campaign(
        [("killed", "armed_group", 92), ("killed", "state_forces", 15)], "a", ["Dorval", "Vestry", "Calder"], 0,
        label="coordinated attacks across Highland", kind="attack",
    )  # fmt: skip
    total = campaign(
        [("killed", "armed_group", 197), ("killed", "state_forces", 22)], "b", ["Highland"], 4,
        label="multi-day operation in Highland", kind="operation",
    )  # fmt: skip
    attacks = campaign(
        [("killed", "civilians", 36)], "b", ["Highland"], 0,
        label="coordinated attacks across 12 locations in Highland", kind="attack", key="2",
    )  # fmt: skip
    incidents, _ = link([first, total, attacks])
    by_event = {e: i for i in incidents for e in i.event_reports}
    tops = {by_event[e.id].part_of or by_event[e.id].id for e in (first, total, attacks)}
    assert tops == {by_event[total.id].id}


def test_an_attack_before_the_operation_is_no_part_of_it() -> None:
    total = campaign(
        [("killed", "armed_group", 197)], "b", ["Highland"], 4, label="operation in Highland", kind="operation"
    )
    before = event("a", day=MARCH - timedelta(days=2), places=["Dorval"], admin1="Highland", kind="operation")
    incidents, _ = link([total, before])
    assert all(i.part_of is None for i in incidents)


def test_no_incident_is_part_of_itself_through_others() -> None:
    events = [
        event("a", "1", places=["Dorval"], part_of=content_id("e", "a", "2")),
        event("a", "2", places=["Vestry"], part_of=content_id("e", "a", "1")),
    ]
    incidents, _ = link(events)
    above = {i.id: i.part_of for i in incidents}
    for incident in above:
        seen, at = set(), incident
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = above[at]


def test_event_reports_without_anything_are_kept_apart_and_kept() -> None:
    bare = [event(name, day=None, places=(), label="") for name in ("a", "b")]
    incidents, links = link_all(bare, {})
    assert len(incidents) == 2
    assert len(links) == 2


def test_nothing_gives_nothing() -> None:
    assert link_all([], {}) == ([], [])


def test_the_policy_reads_as_a_table_without_doubles() -> None:
    assert len(BITS) == len(POLICY)
    assert all(row.why for row in POLICY)
    with pytest.raises(KeyError):
        bits("day", "noon")
    assert probability(0) == 0.5
    assert probability(1000) == 1.0
