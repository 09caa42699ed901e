"""What people decided at the desk shows on the command line: corrected, rejected and added claims."""

from __future__ import annotations

from pathlib import Path

import pytest
import told_records as told
from command_runs import Command
from msgspec.structs import replace

from recount.records import Claim, Count, Judgement, Toll
from recount.store import open_ledger

INCIDENTS, _ = told.linked(told.all_tellers())
OPERATION = INCIDENTS[1].id


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def forty(ledger: Path) -> Claim:
    """The claim of 40 fighters, which Mira corrects to 44."""
    with open_ledger(ledger) as book:
        claim = next(c for c in book.claims() if c.quote == "40 fighters were killed")
        value = Toll(harm="killed", side="armed_group", count=Count(low=44, high=44))
        book.judge(
            Judgement(id="j_1", decision="corrected", subjects=(claim.id,), by="Mira", at="2026-02-01", value=value)
        )
    return claim


def test_a_corrected_figure_counts_as_corrected(command: Command, ledger: Path, forty: Claim) -> None:
    out = flat(command("show", OPERATION).out)
    assert "44→75" in out
    assert "40→75" not in out
    assert "corrected by Mira" in out
    assert "44→75" in command("incidents").out
    claim = command("show", forty.id, "--json").json["claim"]
    assert claim["value"]["count"]["low"] == 44
    assert claim["reason"].startswith("corrected by Mira")


def test_a_rejected_figure_counts_for_nothing_and_stays_to_be_seen(
    command: Command, ledger: Path, forty: Claim
) -> None:
    with open_ledger(ledger) as book:
        book.judge(Judgement(id="j_2", decision="wrong", subjects=(forty.id,), by="Ines", at="2026-02-02"))
    out = flat(command("show", OPERATION).out)
    assert "→75" not in out
    assert "Rejected by people" in out
    assert "rejected by Ines" in out
    shown = command("show", OPERATION, "--json").json
    assert [c["id"] for c in shown["rejected"]] == [forty.id]
    assert [d["by"] for d in shown["decisions"]] == ["Ines"]
    report = command("show", forty.report, "--json").json
    assert forty.id not in [c["id"] for c in report["claims"]]
    assert [c["id"] for c in report["rejected"]] == [forty.id]
    assert "rejected by Ines" in flat(command("show", forty.report).out)


def test_a_claim_that_a_person_added_is_found_by_its_id(command: Command, ledger: Path, forty: Claim) -> None:
    hurt = Toll(harm="wounded", side="armed_group", count=Count(low=3, high=3))
    added = replace(forty, id="c_0123456789abcdef", value=hurt)
    with open_ledger(ledger) as book:
        event = next(e for e in book.event_reports() if forty.id in e.claims)
        subjects = (added.id, added.report, event.id)
        book.judge(Judgement(id="j_3", decision="missed", subjects=subjects, by="Ines", at="2026-02-02", claim=added))
    shown = command("show", "c_0123456", "--json").json
    assert shown["claim"]["value"]["harm"] == "wounded"
    assert shown["event_reports"] == [event.id]
    assert "added by Ines" in flat(command("show", OPERATION).out)
