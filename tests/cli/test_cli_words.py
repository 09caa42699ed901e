"""How values read: property tests that nothing is lost or steers the screen, and examples."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount import records as r
from recount.cli import words

DAY = date(2026, 1, 29)


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (r.Days(), "–"),
        (r.Days(first=DAY, last=DAY, precision="day"), "2026-01-29"),
        (r.Days(first=DAY, last=date(2026, 1, 31), precision="days"), "2026-01-29–31"),
        (r.Days(first=DAY, last=date(2026, 2, 4), precision="days"), "2026-01-29–02-04"),
        (r.Days(first=DAY, last=date(2027, 2, 4), precision="days"), "2026-01-29–2027-02-04"),
        (r.Days(first=date(2026, 1, 1), last=date(2026, 1, 31), precision="month"), "2026-01"),
        (r.Days(first=date(2026, 1, 1), last=date(2026, 12, 31), precision="year"), "2026"),
        (r.Days(first=DAY, precision="days"), "2026-01-29–"),
        (r.Days(last=DAY, precision="days"), "–2026-01-29"),
    ],
)
def test_days(days: r.Days, text: str) -> None:
    assert words.day_text(days) == text


@pytest.mark.parametrize(
    ("low", "high", "approx", "text"),
    [
        (None, None, False, "–"),
        (7, 7, False, "7"),
        (7, 9, False, "7–9"),
        (7, None, False, "7+"),
        (None, 9, False, "≤9"),
        (7, 7, True, "~7"),
        (0, 0, False, "0"),
        (2500, None, False, "2,500+"),
    ],
)
def test_counts(low: int | None, high: int | None, approx: bool, text: str) -> None:
    assert words.count_text(low, high, approx) == text


def test_a_speaker_chain_reads_from_the_nearest_outwards() -> None:
    chain = [r.Speaker(name="police", start=0, end=0), r.Speaker(name="AFP", start=0, end=0)]
    assert words.speaker_text(chain) == "police, quoted by AFP"
    assert words.speaker_text([], "Coast Wire") == "Coast Wire itself"
    assert words.speaker_text([]) == "the report itself"


def test_in_a_table_the_name_of_a_place_comes_first() -> None:
    near = r.Place(name="Turbat", relation="near")
    assert words.places_text([near]) == "Turbat (near)"
    assert words.places_text([near, near]) == "Turbat +1 (near)"
    assert words.places_text([], "Balochistan") == "Balochistan"
    assert words.places_text([]) == "–"


VALUES: list[tuple[r.Value, str]] = [
    (r.Toll(harm="wounded", side="civilians", count=r.Count(low=3, high=None)), "3+ wounded, civilians"),
    (r.Place(name="Turbat", relation="near", admin1="Balochistan", country="PK"), "near Turbat, Balochistan, PK"),
    (r.Actor(name="evil ones"), "“evil ones”"),
    (r.Actor(name="evil ones", neutral="Valley Front"), "Valley Front"),
    (r.KindOf(kind="clash"), "clash"),
    (r.Attribution(stance="alleges", accuser="A", accused="B"), "A blames B"),
    (r.Attribution(stance="denies", accuser="B", accused="B"), "B rejects it"),
    (r.Attribution(stance="denies", accuser="A", accused="B"), "A rejects that B did it"),
    (r.Attribution(stance="claims", accuser="B", accused="B"), "B claims responsibility"),
    (r.Attribution(stance="no_claim", accuser=None, accused=None), "nobody has claimed it"),
    (r.Scope(incidents=35, places=("A", "B"), days=r.Days(first=DAY, last=DAY)), "35 incidents; A, B; 2026-01-29"),
    (r.Evidence(item="photographs", offered=False), "photographs: not offered"),
    (r.Count(low=11, high=11), "11"),
    (r.Days(first=DAY, last=DAY), "2026-01-29"),
]


@pytest.mark.parametrize(("value", "text"), VALUES)
def test_every_kind_of_value_reads(value: r.Value, text: str) -> None:
    assert words.value_text(value) == text


def test_no_kind_of_value_is_forgotten() -> None:
    assert {type(v) for v, _ in VALUES} == set(r.Value.__args__)


@given(st.text(st.characters()))
def test_cleaning_keeps_every_offset_and_takes_every_control(text: str) -> None:
    cleaned = words.clean(text)
    assert len(cleaned) == len(text)
    assert "\x1b" not in cleaned
    assert all(c in "\n\t" or c.isprintable() or c.isspace() or ord(c) > 0x9F for c in cleaned)
    cleaned.encode()
