"""Exports hold what people left: corrected figures, none that were rejected, and what was missed; nothing is lost."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from recount import records as r
from recount.export import claims, formats
from recount.export.ged import entry
from recount.export.ground import ground_from, ground_of
from recount.export.losses import RANK, REJECTED
from recount.export.page import write_page
from recount.export.site import write_site
from recount.store import Ledger
from recount.store.left import Overlay
from recount.store.replay import Decided

TEXTS = (
    "claims.csv",
    "codings.jsonl",
    "event-reports.csv",
    "ged.csv",
    "acled.csv",
    "gtd.csv",
    "plover.jsonl",
    "ftm.jsonl",
)


@pytest.fixture
def decided(ledger: Ledger) -> dict[str, str]:
    """Mira rejects the 12 of the press office, corrects the wire's 19 to 17, and marks a comrade as wounded."""
    by_words = {c.quote: c for c in ledger.claims()}
    wrong, corrected = by_words["12 militants"], by_words["19 militants"]
    seventeen = r.Toll(harm="killed", side="armed_group", count=r.Count(low=17, high=17))
    first = by_words["lost 1 comrade"]
    hurt = r.Toll(harm="wounded", side="armed_group", count=r.Count(low=1, high=1))
    missed = replace(first, id="c_missed", start=first.start + 5, quote="1 comrade", said="comrade", value=hurt)
    told = next(e for e in ledger.event_reports() if first.id in e.claims)
    for made in (
        r.Judgement(id="j_1", decision="wrong", subjects=(wrong.id,), by="Mira", at="2025-04-01"),
        r.Judgement(
            id="j_2", decision="corrected", subjects=(corrected.id,), by="Mira", at="2025-04-01", value=seventeen
        ),
        r.Judgement(
            id="j_3", decision="missed", subjects=(missed.id, told.report, told.id), by="Mira", at="2025", claim=missed
        ),
    ):
        ledger.judge(made)
    return {wrong.id: "wrong", corrected.id: "corrected", missed.id: "missed"}


def test_the_ground_holds_what_people_left(ledger: Ledger, decided: dict[str, str]) -> None:
    ground = ground_of(ledger)
    assert {i: j.decision for i, j in ground.decisions.items()} == decided
    (wrong,) = (i for i, decision in decided.items() if decision == "wrong")
    assert list(ground.rejected) == [wrong]
    lines = [line for e in ground.event_reports.values() for line in e.tolls]
    killed = [li.toll.count.low for li in lines if (li.toll.harm, li.toll.side) == ("killed", "armed_group")]
    assert sorted(killed) == [1, 4, 17]
    assert [line.claim for line in lines if line.toll.harm == "wounded"] == ["c_missed"]


def test_the_table_of_claims_says_who_decided_what_and_keeps_the_rejected(
    ledger: Ledger, decided: dict[str, str]
) -> None:
    rows = {str(row["claim_id"]): row for row in claims.rows(ledger)}
    assert {i: row["decision"] for i, row in rows.items() if row["decision"]} == decided
    for claim, decision in decided.items():
        assert bool(rows[claim]["incidents"]) == (decision != "wrong")
    (corrected,) = (i for i, decision in decided.items() if decision == "corrected")
    assert rows[corrected]["low"] == 17
    assert str(rows[corrected]["reason"]).startswith("corrected by Mira")


@pytest.mark.parametrize("name", TEXTS)
def test_in_the_file_and_in_the_loss_report_is_every_claim_also_those_that_people_decided(
    ledger: Ledger, decided: dict[str, str], tmp_path: Path, name: str
) -> None:
    what, form = name.split(".")
    asked = formats.known(what, form)
    out = tmp_path / name
    with formats.accounted(asked, out) as losses, out.open("w", encoding="utf-8", newline="") as stream:
        formats.write(ledger, asked, stream, losses)
    assert losses.claims["in_ledger"] == sum(1 for _ in ledger.claims()) + 1
    report = json.loads(out.with_name(name + ".losses.json").read_text(encoding="utf-8"))
    assert sum(report["claims"][where] for where in RANK) == losses.claims["in_ledger"]
    if formats.FORMATS[what].listing:
        with out.with_name(name + ".claims.csv").open(encoding="utf-8", newline="") as stream:
            fates = {row["claim_id"]: row for row in csv.DictReader(stream)}
        (wrong,) = (i for i, decision in decided.items() if decision == "wrong")
        assert (fates[wrong]["where"], fates[wrong]["reason"]) == ("left_out", REJECTED)


def test_the_figures_of_ged_are_made_of_what_people_left(ledger: Ledger, decided: dict[str, str]) -> None:
    as_read = ground_from(map(Overlay(Decided(last={})).over, ledger.codings()), ledger.incidents())
    (before,), (after,) = (
        entry(ground.dossier(ground.incidents["i_operation"]), ground).rows for ground in (as_read, ground_of(ledger))
    )
    assert isinstance(before["high"], int)
    assert after["high"] == before["high"] - (19 - 17)


def test_the_page_and_the_site_say_what_people_decided(ledger: Ledger, decided: dict[str, str], tmp_path: Path) -> None:
    write_page(ledger, tmp_path / "page.html")
    write_site(ledger, tmp_path / "site")
    stories = "".join(p.read_text(encoding="utf-8") for p in (tmp_path / "site" / "incidents").glob("*.html"))
    for text in ((tmp_path / "page.html").read_text(encoding="utf-8"), stories):
        assert "corrected by Mira" in text
        assert "added by Mira" in text
        assert re.search(r"<s>12 killed, armed group</s>.*?rejected by Mira", text, re.DOTALL)
