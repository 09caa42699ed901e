"""Keeping codings: once each, whole, in any order, and only ever added."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from homes import MadeHome
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import QUICK, linked, made_claim, made_coding, made_report
from msgspec.structs import replace
from sqlalchemy.exc import IntegrityError

from recount.errors import NotFound
from recount.records import SetAside, content_id
from recount.review.judgements import make_judgement
from recount.store import open_ledger
from recount.store.contract import Ledger


def test_a_coding_comes_back_as_it_was_kept(ledger: Ledger) -> None:
    coding = made_coding(made_report("Aban"))
    assert ledger.keep([coding]) == 1
    assert ledger.coding(coding.report.id) == coding
    assert list(ledger.codings()) == [coding]
    assert list(ledger.claims()) == list(coding.claims)
    assert list(ledger.event_reports()) == list(coding.event_reports)
    assert list(ledger.statistics()) == list(coding.statistics)
    assert ledger.report(coding.report.id) == coding.report


def test_keeping_again_changes_nothing(ledger: Ledger, home: MadeHome) -> None:
    codings = [made_coding(made_report(name)) for name in ("Aban", "Bur")]
    ledger.keep(codings)
    before = home.rows()
    assert ledger.keep(codings) == 0
    assert ledger.keep(codings + codings) == 0
    assert home.rows() == before


def test_a_report_twice_in_one_batch_is_one(ledger: Ledger) -> None:
    coding = made_coding(made_report("Aban"))
    assert ledger.keep([coding, coding]) == 1
    assert ledger.counts()["claims"] == 1


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 8), min_size=1, max_size=12), st.randoms(use_true_random=False), st.integers(1, 5))
def test_content_does_not_depend_on_order_or_repeats(
    homes: Callable[[], AbstractContextManager[MadeHome]], numbers: list[int], chance: random.Random, size: int
) -> None:
    codings = [made_coding(made_report(f"n{n}", day=n or None)) for n in numbers]
    shuffled = [*codings, *chance.sample(codings, len(codings) // 2)]
    chance.shuffle(shuffled)
    with homes() as first, homes() as second:
        one = open_ledger(first.address, settings=QUICK)
        other = open_ledger(second.address, settings=QUICK)
        assert one.keep(codings) == len(set(numbers))
        assert sum(other.keep(shuffled[i : i + size]) for i in range(0, len(shuffled), size)) == len(set(numbers))
        for listing in ("reports", "codings", "claims", "event_reports", "statistics"):
            assert list(getattr(one, listing)()) == list(getattr(other, listing)())
        one.close()
        other.close()


def test_the_same_content_under_two_names_is_one_report_found_by_both(ledger: Ledger) -> None:
    report = made_report("Aban")
    copy = replace(report, name="Copy of Aban", source="elsewhere.txt")
    assert ledger.keep([made_coding(report)]) == 1
    assert ledger.keep([made_coding(copy)]) == 0
    assert [r.name for r in ledger.reports()] == ["Aban"]
    assert ledger.find("Copy of Aban") == ledger.find("Aban") == report.id


def test_a_known_report_seen_under_another_name_is_found_by_it(ledger: Ledger) -> None:
    report = made_report("Aban")
    ledger.keep([made_coding(report)])
    ledger.seen([replace(report, name="Third", source="third.txt")])
    assert ledger.find("Third") == report.id


def test_the_same_address_with_new_content_is_a_new_version(ledger: Ledger) -> None:
    old = made_report("Aban", url="news/1")
    new = made_report("Aban", url="news/1", text="Six gunmen were killed near the bridge of Aban, police said.")
    other = made_report("Bur")
    ledger.keep([made_coding(r) for r in (old, other, new)])
    assert ledger.versions(old.id) == ledger.versions(new.id) == (old.id, new.id)
    assert ledger.versions(other.id) == (other.id,)
    assert ledger.counts()["reports"] == 3


def test_versions_of_an_unknown_report_are_not_found(ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        ledger.versions("r_none")


def test_better_rules_confirm_an_old_claim_instead_of_doubling_it(ledger: Ledger) -> None:
    report = made_report("Aban")
    old, new = made_coding(report), made_coding(report, pack="p2")
    ledger.keep([old])
    assert ledger.keep([new]) == 0
    assert ledger.counts()["claims"] == 1
    assert ledger.coding(report.id) == new
    assert [c.pack for c in ledger.claims()] == ["p2"]


def test_a_new_reading_of_an_old_claim_is_kept_beside_it(ledger: Ledger, home: MadeHome) -> None:
    report = made_report("Aban")
    old, new = made_coding(report), made_coding(report, pack="p2", low=6, rule="better")
    ledger.keep([old])
    ledger.keep([new])
    assert ledger.coding(report.id) == new
    assert list(ledger.claims([old.claims[0].id])) == list(new.claims)
    assert home.ask("SELECT count(*) FROM claims") == 1
    assert home.ask("SELECT count(*) FROM confirmations") == 2


def test_an_older_pack_kept_again_does_not_become_current(ledger: Ledger) -> None:
    report = made_report("Aban")
    ledger.keep([made_coding(report)])
    ledger.keep([made_coding(report, pack="p2", low=6)])
    ledger.keep([made_coding(report)])
    assert ledger.coding(report.id).pack == "p2"


def test_a_claim_that_newer_rules_dropped_is_still_found_by_its_id(ledger: Ledger) -> None:
    report = made_report("Aban")
    old = made_coding(report)
    ledger.keep([old])
    ledger.keep([replace(made_coding(report, pack="p2"), claims=(), event_reports=())])
    assert list(ledger.claims()) == []
    assert list(ledger.claims([old.claims[0].id])) == list(old.claims)
    assert list(ledger.event_reports([old.event_reports[0].id])) == list(old.event_reports)


def test_a_publication_day_inferred_by_newer_rules_is_the_current_one(ledger: Ledger) -> None:
    report = made_report("Aban", day=None)
    ledger.keep([made_coding(report)])
    assert ledger.report(report.id).published is None
    newer = made_coding(replace(report, published=date(2025, 3, 5)), pack="p2")
    ledger.keep([newer])
    assert ledger.coding(report.id) == newer
    assert ledger.report(report.id) == newer.report
    assert list(ledger.reports()) == [newer.report]


def test_two_readings_of_the_same_words_in_one_report_both_come_back(ledger: Ledger) -> None:
    report = made_report("Aban")
    coding = made_coding(report)
    twice = replace(coding, claims=(*coding.claims, made_claim(report, 0, 4, low=9, rule="other")))
    ledger.keep([twice])
    assert ledger.coding(report.id) == twice


def test_records_asked_for_by_id_come_in_the_order_asked(ledger: Ledger) -> None:
    codings = [made_coding(made_report(f"n{n}")) for n in range(1200)]
    ledger.keep(codings)
    ids = [c.claims[0].id for c in reversed(codings)]
    assert [c.id for c in ledger.claims(["c_none", *ids])] == ids
    assert list(ledger.event_reports([])) == []


def test_reports_come_by_publication_day_and_those_without_last(ledger: Ledger) -> None:
    made = [made_report("late", day=20), made_report("never", day=None), made_report("early", day=1)]
    ledger.keep([made_coding(r) for r in made])
    assert [r.name for r in ledger.reports()] == ["early", "late", "never"]


def test_known_are_those_coded_by_this_pack(ledger: Ledger) -> None:
    coding = made_coding(made_report("Aban"))
    ledger.keep([coding])
    assert ledger.known([coding.report.id, "r_none"], "p1") == {coding.report.id}
    assert ledger.known([coding.report.id], "p2") == set()


def test_an_input_set_aside_is_remembered_once_until_it_can_be_read(ledger: Ledger) -> None:
    bad = SetAside(source="Aban.txt", reason="it is empty", advice="Put a report into it.")
    ledger.set_aside([bad, bad])
    ledger.set_aside([bad])
    assert list(ledger.asides()) == [bad]
    ledger.keep([made_coding(made_report("Aban"))])
    assert list(ledger.asides()) == []
    ledger.set_aside([bad])
    assert list(ledger.asides()) == [bad]


@pytest.mark.parametrize("table", ["reports", "claims", "extractions", "event_reports", "judgements", "links"])
def test_what_is_kept_cannot_be_taken_away(ledger: Ledger, home: MadeHome, table: str) -> None:
    fill(ledger)
    with pytest.raises(IntegrityError, match="only ever added"):
        home.run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", ["reports", "claims", "extractions", "event_reports", "judgements"])
def test_what_is_kept_cannot_be_changed(ledger: Ledger, home: MadeHome, table: str) -> None:
    fill(ledger)
    with pytest.raises(IntegrityError, match="only ever added"):
        home.run(f"UPDATE {table} SET body = '{{}}'")


def test_find_by_beginning_of_an_id_by_name_and_by_nothing(ledger: Ledger) -> None:
    codings = [made_coding(made_report(name)) for name in ("Aban", "Bur")]
    ledger.keep(codings)
    one = codings[0]
    assert ledger.find(one.claims[0].id[:12]) == one.claims[0].id
    assert ledger.find(one.event_reports[0].id[:12]) == one.event_reports[0].id
    assert ledger.find("Bur") == codings[1].report.id
    with pytest.raises(NotFound, match="several"):
        ledger.find("r_")
    for nothing in ("zzz", "", "%", "r_%", "Ab"):
        with pytest.raises(NotFound, match="nothing"):
            ledger.find(nothing)


def test_unknown_ids_are_not_found(ledger: Ledger) -> None:
    for look in (ledger.report, ledger.coding, ledger.incident):
        with pytest.raises(NotFound):
            look("x_none")


def fill(ledger: Ledger) -> None:
    codings = [made_coding(made_report("Aban"))]
    ledger.keep(codings)
    ledger.relink(*linked(codings))
    ledger.judge(make_judgement("right", [content_id("c", "x")], "ana", "2025-03-04T10:00:00Z"))


def test_the_fixture_opens_twice(opening: Callable[..., Ledger]) -> None:
    one, other = opening(), opening(create=False)
    one.keep([made_coding(made_report("Aban"))])
    assert other.counts()["reports"] == 1
