"""A whole ledger read as people left it."""

from __future__ import annotations

from pathlib import Path

from made_records import made_coding, made_report
from msgspec.structs import replace

from recount import records as r
from recount.store import open_ledger
from recount.store.left import Left, Overlay, left
from recount.store.outline import coded_reports, tellers
from recount.store.replay import Decided, decided


def claimed(name: str) -> r.Coding:
    coding = made_coding(made_report(name))
    value = r.Toll(harm="killed", side="civilians", count=r.Count(low=3, high=3))
    claim = r.Claim(
        id=f"c_{name}", report=coding.report.id, passage=0, start=0, end=1, quote=coding.report.text[:1],
        property="toll", said="3", value=value, pack=coding.pack,
    )  # fmt: skip
    return replace(coding, claims=(claim,), event_reports=(), statistics=(), attributions=())


def said(decision: str, claim: str, number: int = 1, /, **more: object) -> r.Judgement:
    return r.Judgement(
        id=f"j_{number}", decision=decision, subjects=(claim,), by="Mira", at="2025", **more  # type: ignore[arg-type]
    )  # fmt: skip


def test_without_decisions_a_coding_is_left_as_it_was_read() -> None:
    coding = claimed("Aban")
    assert Overlay(Decided(last={})).over(coding) == Left(coding=coding)
    assert Overlay(decided([said("wrong", "c_other")])).over(coding) == Left(coding=coding)


def test_a_missed_claim_that_is_rejected_later_is_rejected_once() -> None:
    coding = claimed("Aban")
    new = replace(coding.claims[0], id="c_new")
    found = Overlay(decided([said("missed", "c_new", 1, claim=new), said("wrong", "c_new", 2)])).over(coding)
    assert [c.id for c in found.rejected] == ["c_new"]
    assert [c.id for c in found.coding.claims] == ["c_Aban"]
    assert {i: j.decision for i, j in found.decisions.items()} == {"c_new": "wrong"}


def test_what_was_taken_back_does_not_count(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "x.db") as ledger:
        ledger.keep([claimed("Aban"), claimed("Bela")])
        ledger.judge(said("wrong", "c_Aban"))
        ledger.judge(said("wrong", "c_Bela", 2))
        ledger.judge(said("undo", "c_Bela", 3, undoes="j_2"))
        found = list(left(ledger))
        assert [len(one.rejected) for one in found] == [1, 0] or [len(one.rejected) for one in found] == [0, 1]
        assert {c.id for one in found for c in one.rejected} == {"c_Aban"}
        assert [one.coding.report.id for one in found] == coded_reports(ledger)
        assert tellers(ledger) == {e.id: e.report for e in ledger.event_reports()}
