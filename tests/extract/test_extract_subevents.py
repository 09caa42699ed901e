"""Sub-events by signs of words: own sentences of each type, precedence, faults, and the measure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.extract.subevents import SubEvents, sub_events
from recount.rules import read_table

FILE = "codebook/subevents.toml"
SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Rebels ambushed an army patrol on the ridge, and a firefight went on for hours.", "ARMED_CLASH"),
        ("Warplanes bombed a bridge and a mill.", "AIR_STRIKE"),
        ("A suicide bomber walked into the bank.", "SUIC_BOMB"),
        ("A roadside bomb went off beside a tractor, killing its driver.", "REM_EXPLOS"),
        ("A man threw a grenade into a barber's shop.", "GRENADE"),
        ("Artillery pounded the hamlet all night.", "ART_MISS_ATTACK"),
        ("Gunmen shot dead a teacher on his way home.", "ATTACK"),
        ("Gunmen kidnapped three surveyors.", "ABDUCT_DISSAP"),
        ("The army recaptured the town from the rebels.", "GOV_REGAINS_TERIT"),
        ("Militants seized the district centre at dawn.", "NON_STATE_ACTOR_OVERTAKES_TER"),
        ("A mob beat a pickpocket.", "MOB_VIOL"),
        ("Doctors treated villagers for chlorine after the shell fell.", "CHEM_WEAP"),
        ("Protesters threw stones at the town hall.", "VIOL_DEMONSTR"),
        ("Troops opened fire on protesters, and live ammunition hit three.", "FORCE_AGAINST_PROTEST"),
        ("Police seized a cache of rifles in a barn.", "DISR_WEAP"),
        ("Thousands rallied for lower bread prices.", "PEACE_PROTEST"),
        ("An earthquake shook the valley.", "NATURAL_DISASTER"),
        ("A ferry capsized on the lake.", "MAN_MADE_DISASTER"),
        ("The front claimed responsibility for the raid.", "ATTRIB"),
    ],
)
def test_a_sentence_has_its_type_with_the_words_that_say_so(text: str, code: str) -> None:
    found = sub_events().read(text)
    assert found is not None
    assert found.code == code
    assert all(part.split("“")[1].rstrip("”") in text for part in found.reason.split(", "))


@pytest.mark.parametrize("text", ["", "The mayor opened a bakery.", "Blue."])
def test_nothing_is_read_where_no_sign_holds(text: str) -> None:
    assert sub_events().read(text) is None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    sub_events().read(text)


def test_the_codes_are_those_of_acled_s_table_and_a_few_more() -> None:
    types = sub_events().types
    full = {row["acled"] for row in types.values() if "acled" in row}
    acled = read_table("codebook/kinds.toml")["acled"]["order"]
    assert full == set(acled) - {"Other"}
    assert all(row["violent"] in (True, False) for row in types.values())


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"signs": [{"weight": 1, "has": ["REBL"]}]}, "Did you mean REBEL"),
        ({"signs": [{"wieght": 1, "has": ["REBEL"]}]}, "Did you mean weight"),
        ({"violnt": True}, "Did you mean violent"),
    ],
)
def test_a_faulty_type_is_named(change: dict[str, Any], named: str) -> None:
    row = {"code": "X", "violent": True, "signs": [], **change}
    with pytest.raises(BadRule, match=named) as fault:
        SubEvents({"type": [row], "groups": {"REBEL": ["rebel*"]}})
    assert "type 'X'" in str(fault.value)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared measuring data")
def test_violent_sub_types_are_told_apart_well_enough() -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))
    try:
        import measure_kinds
    finally:
        sys.path.pop(0)
    types = sub_events()
    pairs = [(label, got.code if (got := types.read(text)) else "") for _, text, label in measure_kinds.rows(SHARED)]
    violent = [code for code, row in types.types.items() if row["violent"]]
    assert measure_kinds.weighted(pairs, violent) >= 0.77
    assert measure_kinds.weighted(pairs[1::2], violent) >= 0.70
