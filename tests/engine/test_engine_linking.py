"""Linking what is added by its neighbourhood: the same as linking everything, whatever the order and the batches."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from recount.engine import indexing
from recount.engine.linking import relink_if_behind
from recount.link import link_all
from recount.link.profile import Rarity
from recount.records import (
    Claim,
    Coding,
    Count,
    Days,
    EventReport,
    Incident,
    Place,
    Report,
    Toll,
    TollLine,
    claim_id,
    content_id,
)  # fmt: skip
from recount.review.judgements import make_judgement
from recount.store import open_ledger
from recount.store.contract import Ledger

AT = "2025-03-04T10:00:00Z"
MARCH = date(2024, 3, 4)
TOWNS = ("Dorval", "Vestry", "Calder")
WORDS = ("convoy", "market", "school", "checkpoint", "bridge", "lorry", "pier", "barracks")
EXAMPLES = int(os.environ.get("LINK_EXAMPLES", "8"))  # `make bench-links` asks for more
ALWAYS = indexing.Limits(least=1, growth=1e9, share=1e9)


def coding(number: int, chance: random.Random, *, pack: str = "p1", killed: int | None = None) -> Coding:
    """One report that tells of one attack, in a world small enough for reports to meet."""
    town, day = chance.choice(TOWNS), MARCH + timedelta(days=chance.choice((0, 0, 1, 5)))
    word, dead = chance.choice(WORDS), killed or chance.choice((4, 9, 31))
    text = f"The {word} in {town} was hit. {dead} people were killed near the {word}, number {number}."
    report = Report(
        id=f"r_{number:03}", name=f"n{number}", text=text, published=day + timedelta(days=1), sha256=str(number)
    )
    start = text.index(str(dead))
    quote = text[start : text.index(" near")]
    toll = Toll(harm="killed", side="civilians", count=Count(low=dead, high=dead))
    claim = Claim(
        id=claim_id(report.id, start, start + len(quote), "toll", str(dead)), report=report.id, passage=0, start=start,
        end=start + len(quote), quote=quote, property="toll", said=str(dead), value=toll, pack=pack,
    )  # fmt: skip
    event = EventReport(
        id=content_id("e", report.id, "i1", pack), report=report.id, key="i1", label=f"attack on a {word} in {town}",
        role="main", kind="attack", days=Days(first=day, last=day, precision="day"), country="XA", admin1="Highland",
        places=(Place(name=town, country="XA", admin1="Highland", level="settlement"),),
        tolls=(TollLine(claim=claim.id, toll=toll, quote=quote),), claims=(claim.id,),
    )  # fmt: skip
    return Coding(report=report, claims=(claim,), event_reports=(event,), pack=pack)


@contextmanager
def fresh_ledger(folder: Path | None = None) -> Iterator[Ledger]:
    with TemporaryDirectory(dir=folder) as name, open_ledger(Path(name) / "ledger.db") as ledger:
        yield ledger


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with fresh_ledger() as made:
        yield made


@pytest.fixture(autouse=True)
def always_by_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "LIMITS", ALWAYS)


def add(ledger: Ledger, codings: Sequence[Coding]) -> None:
    ledger.keep(codings)
    relink_if_behind(ledger, pack="p")


def clusters(incidents: Sequence[Incident]) -> set[tuple[str, ...]]:
    return {tuple(sorted(i.event_reports)) for i in incidents}


def wholes(incidents: Sequence[Incident]) -> dict[tuple[str, ...], tuple[str, ...] | None]:
    by_id = {i.id: tuple(sorted(i.event_reports)) for i in incidents}
    return {by_id[i.id]: by_id.get(i.part_of or "") for i in incidents}


def frozen(ledger: Ledger) -> Rarity:
    """Rarity as the ledger's index holds it."""
    events, reports = list(ledger.event_reports()), {r.id: r for r in ledger.reports()}
    with ledger.neighbours() as index:
        base = index.base()
        assert base is not None
        profiles = indexing.profiles_of(events, reports)
        return indexing._rarity(index, base, profiles.values())


def all_at_once(ledger: Ledger) -> list[Incident]:
    """What a full linking makes of all that the ledger holds, with words as rare as it holds them."""
    reports = {r.id: r for r in ledger.reports()}
    return link_all(list(ledger.event_reports()), reports, rarity=frozen(ledger))[0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(6, 22))
def test_batches_in_any_order_give_what_linking_everything_gives(chance: random.Random, number: int) -> None:
    codings = [coding(n, chance) for n in range(number)]
    chance.shuffle(codings)
    with fresh_ledger() as ledger:
        while codings:
            size = chance.randint(1, 6)
            add(ledger, codings[:size])
            codings = codings[size:]
        everything = all_at_once(ledger)
        held = list(ledger.incidents())
        assert clusters(held) == clusters(everything)
        assert wholes(held) == wholes(everything)
        assert sorted(k.event_report for k in ledger.links()) == sorted(e.id for e in ledger.event_reports())
        assert {k.incident for k in ledger.links()} == {i.id for i in held}


@settings(max_examples=EXAMPLES // 2, deadline=None)
@given(st.randoms(use_true_random=False))
def test_reports_coded_anew_are_linked_anew(chance: random.Random) -> None:
    first = [coding(n, chance) for n in range(14)]
    with fresh_ledger() as ledger:
        add(ledger, first)
        for one in chance.sample(first, 5):
            add(ledger, [recoded(one, chance.choice((4, 31, 60)))])
        held = list(ledger.incidents())
        assert clusters(held) == clusters(all_at_once(ledger))
        assert {e for i in held for e in i.event_reports} == {e.id for e in ledger.event_reports()}


def recoded(one: Coding, dead: int) -> Coding:
    """The same report, by other rules that read another figure."""
    (event,) = one.event_reports
    (line,) = event.tolls
    tolls = (replace(line, toll=replace(line.toll, count=Count(low=dead, high=dead))),)
    new = replace(event, id=content_id("e", event.report, "i1", f"p2 {dead}"), tolls=tolls)
    return replace(
        one, event_reports=(new,), pack=f"p2 {dead}", claims=tuple(replace(c, pack="p2") for c in one.claims)
    )


def crowd(number: int = 12) -> list[Coding]:
    chance = random.Random(5)
    return [coding(n, chance) for n in range(100, 100 + number)]


def pair(ledger: Ledger) -> tuple[Coding, Coding]:
    """Two accounts that nothing draws together, in a ledger with others."""
    chance = random.Random(1)
    one, other = coding(1, chance), coding(2, chance, killed=77)
    far = replace(other.event_reports[0], days=Days(first=date(2023, 1, 1), last=date(2023, 1, 1), precision="day"))
    other = replace(other, event_reports=(far,))
    add(ledger, [*crowd(), one, other])
    return one, other


def together(ledger: Ledger, one: str, other: str) -> bool:
    return any({one, other} <= set(i.event_reports) for i in ledger.incidents())


def test_a_judgement_wins_is_undone_and_outlives_re_extraction(ledger: Ledger) -> None:
    one, other = pair(ledger)
    a, b = one.event_reports[0].id, other.event_reports[0].id
    assert not together(ledger, a, b)
    same = make_judgement("same", [a, b], "ana", AT)
    ledger.judge(same)
    relink_if_behind(ledger, pack="p")
    assert together(ledger, a, b)
    newer = recoded(one, 5)
    add(ledger, [newer])
    assert together(ledger, newer.event_reports[0].id, b)
    ledger.judge(make_judgement("undo", [], "ana", AT, undoes=same.id))
    relink_if_behind(ledger, pack="p")
    assert not together(ledger, newer.event_reports[0].id, b)


@pytest.mark.parametrize("by_part", [True, False])
def test_incidents_judged_the_same_stay_one(ledger: Ledger, monkeypatch: pytest.MonkeyPatch, *, by_part: bool) -> None:
    one, other = pair(ledger)
    if not by_part:
        monkeypatch.setattr(indexing, "LIMITS", indexing.Limits(least=10**9))
    a, b = one.event_reports[0].id, other.event_reports[0].id
    homes = [i.id for i in ledger.incidents() if {a, b} & set(i.event_reports)]
    ledger.judge(make_judgement("same", homes, "ana", AT))
    for more in crowd(15)[12:]:
        relink_if_behind(ledger, pack="p")
        assert together(ledger, a, b)
        add(ledger, [more])
    assert together(ledger, a, b)


def test_only_the_neighbourhood_is_read(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, crowd())

    def never(*_: object, **__: object) -> None:
        raise AssertionError("everything was read")

    for name in ("event_reports", "reports", "incidents", "links", "counts"):
        monkeypatch.setattr(type(ledger), name, never)
    ledger.keep([coding(1, random.Random(2))])
    assert relink_if_behind(ledger, pack="p")


def test_links_elsewhere_stay_as_they_are(ledger: Ledger) -> None:
    add(ledger, crowd())
    before = {k.event_report: k for k in ledger.links()}
    far = coding(1, random.Random(2))
    days = Days(first=date(2020, 1, 1), last=date(2020, 1, 1), precision="day")
    add(ledger, [replace(far, event_reports=(replace(far.event_reports[0], days=days, places=()),))])
    after = {k.event_report: k for k in ledger.links()}
    assert {e: after[e] for e in before} == before
    assert len(list(ledger.links(ended=True))) == len(after)


def test_a_ledger_that_doubled_is_linked_whole_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "LIMITS", indexing.Limits(least=1, growth=1.2, share=10))
    add(ledger, crowd(10))
    add(ledger, [coding(1, random.Random(2))])
    with ledger.neighbours() as index:
        assert index.base().held == 10  # type: ignore[union-attr]
    add(ledger, [coding(n, random.Random(n)) for n in range(2, 6)])
    with ledger.neighbours() as index:
        assert index.base().held == 15  # type: ignore[union-attr]
