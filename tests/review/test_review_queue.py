"""Which questions an incident raises, in which order; and how far coders agree."""

from __future__ import annotations

import pytest

from recount import records as r
from recount.review.agreement import agreement, code_of
from recount.review.judgements import make_judgement
from recount.review.queue import confidence, items_of


def toll(name: str, number: int, reason: str = "") -> tuple[r.Claim, r.TollPoint]:
    value = r.Toll(harm="killed", side="civilians", count=r.Count(low=number, high=number))
    claim = r.Claim(
        id=name,
        report=f"r_{name}",
        passage=0,
        start=0,
        end=1,
        quote="x",
        property="toll",
        said="x",
        value=value,
        reason=reason,
    )
    return claim, r.TollPoint(claim=name, report=claim.report, published=None, toll=value, by=None)


def event(name: str) -> r.EventReport:
    return r.EventReport(id=name, report=f"r_{name}", key="i1", label="x", role="main", kind="attack", days=r.Days())


def link(event_report: str, score: float, made_by: str = "linker") -> r.Link:
    return r.Link(id=f"l_{event_report}", event_report=event_report, incident="i", score=score, made_by=made_by)


def asked(*told: tuple[r.Claim, r.TollPoint], disagreements=(), links=(), events=()):
    return items_of("i", events, {c.id: c for c, _ in told}, links, disagreements, [p for _, p in told])


def test_the_figure_that_moves_the_range_is_asked_about_and_small_lone_ones_are_not() -> None:
    assert [(i.kind, i.claims) for i in asked(toll("c_a", 5), toll("c_b", 9))] == [("mover", ("c_b",))]
    assert asked(toll("c_a", 5)) == []
    assert [i.amount for i in asked(toll("c_a", 197))] == [197]


def test_a_doubtful_reading_is_asked_about_the_sooner_the_more_doubtful() -> None:
    found = asked(toll("c_a", 2, "weighed 0.75 by form"), toll("c_b", 2, "weighed 0.51 by form"))
    assert [i.claims[0] for i in found if i.kind == "doubt"] == ["c_b", "c_a"]
    assert confidence(toll("c_x", 1, "no number here")[0]) is None


def test_one_claim_is_asked_about_once_by_its_most_urgent_question() -> None:
    gap = r.Disagreement(
        kind="conflict", harm="killed", side="civilians", claims=("c_a", "c_b"), sentence="2 against 40"
    )
    found = asked(toll("c_a", 2), toll("c_b", 40, "weighed 0.55 by form"), disagreements=[gap])
    assert [i.kind for i in found if i.claims[:1] == ("c_b",)] == ["contradiction"]


def test_differences_that_are_explained_are_no_contradiction() -> None:
    later = r.Disagreement(kind="time", harm="killed", side="civilians", claims=("c_a", "c_b"), sentence="later")
    assert "contradiction" not in {i.kind for i in asked(toll("c_a", 2), toll("c_b", 4), disagreements=[later])}


def test_links_near_even_odds_come_first_and_sure_or_judged_ones_not_at_all() -> None:
    events = [event("e_a"), event("e_b"), event("e_c")]
    links = [link("e_a", 0.85), link("e_b", 0.5), link("e_c", 0.97)]
    assert [i.event_report for i in asked(links=links, events=events)] == ["e_b", "e_a"]
    assert asked(links=[link("e_a", 0.5, "j_1")], events=events) == []
    assert asked(links=[link("e_a", 0.5)], events=events[:1]) == []


def test_alpha_as_in_krippendorffs_own_example() -> None:
    # Two coders, ten units: Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example A: 0.095.
    one, other = "0100000000", "1110010100"
    codes = {"a": dict(zip("abcdefghij", one, strict=True)), "b": dict(zip("abcdefghij", other, strict=True))}
    found = agreement(codes, "abcdefghij")
    assert found.alpha == pytest.approx(0.095, abs=0.001)
    assert (found.both, found.same, found.differing) == (10, 6, ("a", "c", "f", "h"))


def test_alpha_is_not_defined_where_nothing_can_differ() -> None:
    assert agreement({"a": {"x": "right"}, "b": {"x": "right"}}, ["x"]).alpha is None
    assert agreement({"a": {"x": "right"}}, ["x"]).alpha is None


def test_two_corrections_agree_only_on_the_same_value() -> None:
    def corrected(low: int, by: str) -> str:
        value = r.Count(low=low, high=low)
        return code_of(make_judgement("corrected", ["c_a"], by, "2025-03-01T00:00:00Z", value=value))

    assert corrected(4, "Mira") == corrected(4, "Ben")
    assert corrected(4, "Mira") != corrected(5, "Ben")
