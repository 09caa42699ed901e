"""The sample reports through the whole path: kept, linked, exported and shown."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from recount import samples
from recount.engine import local
from recount.export import FORMATS
from recount.export.page import write_page
from recount.settings import Settings
from recount.store import Ledger, open_ledger

NO_INCIDENT = {"cricket", "budget", "flood", "coach-accident"}


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger of all sample reports."""
    book = open_ledger(tmp_path_factory.mktemp("samples") / "samples.db")
    added = local.add(book, [samples.folder()], Settings())
    assert added.aside == ()
    yield book
    book.close()


def test_adding_the_samples_again_changes_nothing(ledger: Ledger) -> None:
    before = ledger.counts()
    assert local.add(ledger, [samples.folder()], Settings()).new == 0
    assert ledger.counts() == before


def test_sport_money_nature_and_traffic_are_no_incidents(ledger: Ledger) -> None:
    told = {coding.report.name: coding.event_reports for coding in ledger.codings()}
    assert {name for name in NO_INCIDENT if told[name]} == set()


def test_every_claim_has_its_words(ledger: Ledger) -> None:
    for coding in ledger.codings():
        assert all(coding.report.text[c.start : c.end] == c.quote for c in coding.claims)


def test_the_operation_in_kech_is_told_by_three_speakers(ledger: Ledger) -> None:
    killed = {
        (claim.speakers[0].name if claim.speakers else "", claim.value.count.low)
        for claim in ledger.claims()
        if claim.property == "toll" and claim.value.side == "armed_group"  # type: ignore[union-attr]
    }
    assert {14, 23, 31} <= {figure for _, figure in killed}
    assert len({speaker for speaker, figure in killed if figure in (14, 23, 31)}) >= 3


def test_two_attacks_of_one_day_in_one_town_stay_two(ledger: Ledger) -> None:
    home = {event: incident.id for incident in ledger.incidents() for event in incident.event_reports}
    told = {coding.report.name: coding.event_reports for coding in ledger.codings()}
    morning = {home[e.id] for e in told["bannu-1-wire"] if e.role == "main"}
    evening = {home[e.id] for e in told["bannu-2-wire"] if e.role == "main"}
    assert morning
    assert evening
    assert not morning & evening


def test_every_format_and_the_page_can_be_written(ledger: Ledger, tmp_path: Path) -> None:
    for name, export in FORMATS.items():
        out = io.StringIO(newline="")
        export(ledger, out)
        assert out.getvalue(), name
    write_page(ledger, tmp_path / "page.html")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= ids
    assert all(f'<article id="{incident.id}"' in page for incident in ledger.incidents())
