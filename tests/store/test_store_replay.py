"""Decisions laid over a coding: corrected, rejected and missed claims, also after the report was told anew."""

from __future__ import annotations

from made_records import made_coding, made_report
from msgspec.structs import replace

from recount import records as r
from recount.store.replay import decided, replayed


def judgement(decision: str, on: str, /, **more: object) -> r.Judgement:
    return r.Judgement(id=f"j_{decision}", decision=decision, subjects=(on,), by="Mira", at="2025", **more)  # type: ignore[arg-type]


def told() -> r.Coding:
    """A coding with one figure that is said twice."""
    coding = made_coding(made_report("Aban"))
    value = r.Toll(harm="killed", side="civilians", count=r.Count(low=3, high=3))
    claims = tuple(
        r.Claim(
            id=f"c_{n}",
            report=coding.report.id,
            passage=0,
            start=n,
            end=n + 1,
            quote="x",
            property="toll",
            said="x",
            value=value,
        )
        for n in range(2)
    )
    line = r.TollLine(claim="c_0", toll=value, repeats=("c_1",))
    event = r.EventReport(
        id="e_1",
        report=coding.report.id,
        key="i1",
        label="x",
        role="main",
        kind="attack",
        days=r.Days(),
        tolls=(line,),
        claims=("c_0", "c_1"),
    )
    return replace(coding, claims=claims, event_reports=(event,))


def test_a_correction_reaches_the_claim_and_its_line() -> None:
    value = r.Toll(harm="killed", side="civilians", count=r.Count(low=5, high=5))
    found = replayed(told(), decided([judgement("corrected", "c_0", value=value)]))
    assert found.claims[0].value == value
    assert "corrected by Mira" in found.claims[0].reason
    assert found.event_reports[0].tolls[0].toll == value


def test_where_the_figure_is_said_again_the_repetition_takes_the_place_of_a_rejected_claim() -> None:
    once = replayed(told(), decided([judgement("wrong", "c_0")]))
    assert [line.claim for line in once.event_reports[0].tolls] == ["c_1"]
    both = decided([judgement("wrong", "c_0"), replace(judgement("wrong", "c_1"), id="j_2")])
    assert replayed(told(), both).event_reports[0].tolls == ()


def test_the_later_decision_wins() -> None:
    found = decided([judgement("wrong", "c_0"), replace(judgement("right", "c_0"), id="j_2")])
    assert replayed(told(), found) == told()


def test_a_missed_claim_finds_its_account_also_when_the_report_is_told_anew() -> None:
    coding = told()
    value = r.Toll(harm="wounded", side="civilians", count=r.Count(low=8, high=8))
    claim = replace(coding.claims[0], id="c_new", start=3, end=4, value=value)
    subjects = ("c_new", coding.report.id, "e_1")
    missed = replace(judgement("missed", "c_new", claim=claim), subjects=subjects)
    lines = replayed(coding, decided([missed])).event_reports[0].tolls
    assert [line.claim for line in lines] == ["c_0", "c_new"]
    anew = replace(coding, event_reports=(replace(coding.event_reports[0], id="e_other"),))
    lines = replayed(anew, decided([missed])).event_reports[0].tolls
    assert [line.claim for line in lines] == ["c_0", "c_new"]


def test_decisions_on_other_reports_change_nothing() -> None:
    assert replayed(told(), decided([judgement("wrong", "c_elsewhere")])) == told()
