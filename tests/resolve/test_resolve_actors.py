"""Finding actors by name, and the checks on their vocabulary."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.resolve import actors
from recount.resolve.actors_table import actor_table, build_table, variants
from recount.values.actors import FAMILIES, UNNAMED


def neutral(text: str) -> list[str | None]:
    return [m.actor.neutral for m in actors.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Army troops moved in.", ["military", "military"]),
        ("Security Forces Clear Valley", ["security forces"]),
        ("IS said nothing and this is it.", ["Islamic State"]),
        ("The BLAST broke windows; Muslims prayed.", []),
        ("Iran’s navy and Israeli troops", ["Military of Iran", "Military of Israel"]),
        ("Jama’at Nusrat al-Islam wal-Muslimin rode in", ["Jama'at Nusrat al-Islam wal-Muslimin"]),
        ("A pro-Israel rally and an anti-Taliban march", []),
        ("An Israeli minister spoke", []),
        ("India-backed men", ["India"]),
        ("the Arakan Army (AA) left", ["Arakan Army"]),
        ("AA batteries were sold", []),
        ("police officers and policemen", ["police", "police"]),
        ("Al-Shabaab and al Shabab", ["al-Shabaab", "al-Shabaab"]),
    ],
)
def test_names_found(text: str, expected: list[str]) -> None:
    assert neutral(text) == expected


def test_a_label_keeps_its_words_and_says_whose_it_is() -> None:
    (hit,) = actors.find("Nine Fitna al-Khawarij men")
    assert (hit.name, hit.actor.neutral) == ("Fitna al-Khawarij", "Tehrik-i-Taliban Pakistan")
    assert hit.actor.label_of == "state of Pakistan"
    assert actors.read("Fitna-ul-Hindustan").neutral == "Baloch armed groups"


def test_a_label_was_not_in_use_before_it_was_coined() -> None:
    assert actors.in_use("Fitna al-Khawarij", date(2024, 7, 1)) is False
    assert actors.in_use("Fitna al-Khawarij", date(2025, 1, 1)) is True
    assert actors.in_use("Nobody at all", date(2025, 1, 1)) is None


def test_flags() -> None:
    gunmen, iran, kyiv, indian = actors.find("Gunmen in Iran, and Kyiv; Indian-sponsored")
    assert gunmen.generic
    assert iran.placelike
    assert kyiv.metonym
    assert indian.adjective


def test_a_window_gives_offsets_into_the_whole_text() -> None:
    text = "Hamas spoke. Hezbollah spoke. Hamas left."
    (hit,) = actors.find(text, 12, 29)
    assert text[hit.start : hit.end] == hit.name == "Hezbollah"


@given(st.lists(st.sampled_from(["Hamas", "US", "police", "Israeli army", ",", "x", "’s", "-", "IS", "ISIS-K"])))
def test_mentions_are_in_order_apart_and_verbatim(words: list[str]) -> None:
    text = " ".join(words)
    last = 0
    for hit in actors.find(text):
        assert last <= hit.start < hit.end
        assert text[hit.start : hit.end] == hit.name
        last = hit.end


def test_families_and_unnamed_are_names_of_the_vocabulary() -> None:
    known = {e.neutral for e in actor_table().spellings.values()}
    assert {*FAMILIES, *(m for f in FAMILIES.values() for m in f), *UNNAMED} <= known


def test_spellings_of_a_name() -> None:
    assert "Al Shabaab" in set(variants("al-Shabaab"))
    assert "Security Forces" in set(variants("security forces"))
    assert "People’s Army" in set(variants("People's Army"))


def group(**more: Any) -> dict[str, Any]:
    return {"group": [{"side": "armed_group", "actors": {"Red Band": ["RB"]}, **more}]}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (group(countri="PK"), "unknown key 'countri'.*Did you mean 'countr"),
        (group(side="armed_groups"), "unknown side.*Did you mean 'armed_group'"),
        (group(actors={"A": ["RB"], "B": ["RB"]}), "'RB' already names 'A'"),
        (group(actors={"A": {"aliases": [], "from": "2024-13-01"}}), "bad date"),
        (group(actors={"A": {"alias": []}}), "unknown key 'alias'.*Did you mean 'aliases'"),
    ],
)
def test_a_fault_in_the_vocabulary_stops_the_load(table: dict[str, Any], message: str) -> None:
    with pytest.raises(BadRule, match=message) as caught:
        build_table({"mine.toml": table})
    assert "mine.toml" in caught.value.where


def test_a_risky_acronym_counts_where_the_name_stands_too() -> None:
    assert neutral("Hikers met the AA; AA said no.") == []
    assert neutral("The Arakan Army left. AA men followed.") == ["Arakan Army", "Arakan Army"]


@pytest.mark.parametrize(
    ("said", "neutral", "side", "country"),
    [
        ("Radwan Force", "Hezbollah – Radwan Force", "armed_group", "LB"),
        ("Khatam al-Anbiya", "Khatam al-Anbiya Central Headquarters", "state_forces", "IR"),
        ("Tulkarem Brigade", "Tulkarm Brigade", "armed_group", "PS"),
        ("Gorgor forces", "Military of Somalia", "state_forces", "SO"),
        ("Tariq Geedar Group", "Tariq Gidar group", "armed_group", "PK"),
        ("GNLA", "Garo National Liberation Army", "armed_group", "IN"),
    ],
)
def test_brigades_and_fronts_have_names_of_their_own(said: str, neutral: str, side: str, country: str) -> None:
    (hit,) = actors.find(f"The {said} was named.")
    assert (hit.name, hit.actor.neutral, hit.actor.side, hit.actor.country) == (said, neutral, side, country)


def test_a_short_lived_group_has_its_years() -> None:
    assert actors.in_use("Hizbul Islam", date(2012, 1, 1)) is True
    assert actors.in_use("Hizbul Islam", date(2020, 1, 1)) is False
    assert actors.in_use("Sudan Shield Forces", date(2010, 1, 1)) is False
