"""Kinds in the field's standards: precedence, scope, and a reason for each."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recount.errors import BadRule
from recount.records import Actor, Harm, Kind
from recount.rules import read_table
from recount.values.kinds import (
    Deed,
    End,
    Typed,
    acled_type,
    deed_of,
    gtd_attack_type,
    kind_table,
    plover_event,
    ucdp_violence_type,
)

FILE = "codebook/kinds.toml"
TABLE = kind_table(read_table(FILE), FILE)
ARMY = Actor(name="army", side="state_forces")
REBELS = Actor(name="front", side="armed_group")
PUPILS = Actor(name="pupils", side="civilians")
CROWD = Actor(name="protesters", neutral="crowd")
deeds = st.builds(
    Deed,
    kind=st.sampled_from(get_args(Kind)),
    by=st.frozensets(st.sampled_from(get_args(End))),
    to=st.frozensets(st.sampled_from(get_args(End))),
    harms=st.frozensets(st.sampled_from(get_args(Harm))),
    means=st.frozensets(st.sampled_from(sorted(TABLE.means)), max_size=4),
    foiled=st.booleans(),
)


def codes(deed: Deed) -> tuple[str | None, ...]:
    """ACLED, GTD, PLOVER, UCDP."""
    return tuple(f(deed, TABLE).code for f in (acled_type, gtd_attack_type, plover_event, ucdp_violence_type))


@pytest.mark.parametrize(
    ("deed", "expected"),
    [
        (
            deed_of("operation", [ARMY], [REBELS], [("killed", "armed_group")], ["gunfire"]),
            ("Armed clash", None, "ASSAULT-firearms", "1"),
        ),
        (
            deed_of("operation", [ARMY], [], [("captured", "armed_group")]),
            ("Arrests", None, "COERCE-arrest", "1"),
        ),
        (
            deed_of("operation", [], [], [], ["found_weapons"]),
            ("Disrupted weapons use", None, "COERCE-seize", None),
        ),
        (
            deed_of("bombing", [REBELS], [PUPILS], [("killed", "civilians")], ["suicide", "gunfire"]),
            ("Suicide bomb", "3", "ASSAULT-suicide-attack", "3"),
        ),
        (
            deed_of("bombing", [REBELS], [ARMY], [("killed", "state_forces")], ["ied"]),
            ("Remote explosive/landmine/IED", "3", "ASSAULT-explosives", "1"),
        ),
        (
            deed_of("attack", [REBELS], [ARMY], [("killed", "state_forces")], ["gunfire", "grenade"]),
            ("Armed clash", "3", "ASSAULT-firearms", "1"),
        ),
        (
            deed_of("attack", [REBELS], [PUPILS], [("killed", "civilians"), ("killed", "armed_group")], ["gunfire"]),
            ("Attack", "2", "ASSAULT-firearms", "3"),
        ),
        (
            deed_of("attack", [REBELS], [ARMY], [], ["overran"]),
            ("Non-state actor overtakes territory", "9", "ASSAULT", "1"),
        ),
        (
            deed_of("attack", [REBELS], [PUPILS], [("killed", "civilians")], ["targeted", "gunfire"]),
            ("Attack", "1", "ASSAULT-targeted", "3"),
        ),
        (
            deed_of("attack", [REBELS], [PUPILS], [("killed", "civilians")], ["vehicle"]),
            ("Attack", "8", "ASSAULT-primitive", "3"),
        ),
        (deed_of("abduction", [REBELS], [PUPILS]), ("Abduction/forced disappearance", "6", "ASSAULT-abduct", "3")),
        (
            deed_of("abduction", [REBELS], [PUPILS], [], ["hijack"]),
            ("Abduction/forced disappearance", "4", "ASSAULT-abduct", "3"),
        ),
        (
            deed_of("airstrike", [ARMY], [REBELS], [("killed", "armed_group")], ["aircraft", "drone"]),
            ("Air/drone strike", None, "ASSAULT-drone", "1"),
        ),
        (
            deed_of("airstrike", [REBELS], [ARMY], [], ["ground_missile"]),
            ("Shelling/artillery/missile attack", "3", "ASSAULT-aerial", "1"),
        ),
        (
            deed_of("riot", [ARMY], [CROWD], [("killed", "civilians")], ["protest", "live_fire"]),
            ("Excessive force against protesters", None, "ASSAULT-crowd-control", None),
        ),
        (
            deed_of("riot", [CROWD], [], [], ["protest", "violent_crowd"]),
            ("Violent demonstration", "9", "PROTEST-riot", None),
        ),
        (deed_of("riot", [CROWD], [], [], ["mob"]), ("Mob violence", "9", "PROTEST-riot", None)),
        (
            deed_of("clash", [REBELS], [REBELS], [("killed", "armed_group")]),
            ("Armed clash", "2", "ASSAULT-firearms", "2"),
        ),
        (deed_of("clash", [ARMY], [ARMY]), ("Armed clash", None, "ASSAULT-firearms", "1")),
        (
            deed_of("bombing", [REBELS], [], [], ["ied"], foiled=True),
            ("Disrupted weapons use", "3", "ASSAULT-explosives", None),
        ),
        (deed_of("other"), ("Other", "9", None, None)),
    ],
)
def test_a_deed_has_its_type_in_each_standard(deed: Deed, expected: tuple[str | None, ...]) -> None:
    assert codes(deed) == expected


def test_the_harmed_stand_in_for_unnamed_targets_but_not_the_doers_own_dead() -> None:
    deed = deed_of("attack", [REBELS], [], [("killed", "civilians"), ("killed", "armed_group")])
    assert deed.to == {"civilians"}


@given(deeds)
def test_every_deed_has_an_acled_type_and_every_type_a_reason(deed: Deed) -> None:
    acled = acled_type(deed, TABLE)
    assert acled.code in TABLE.acled.order
    assert acled.name.endswith(f": {acled.code}")
    typed: list[Typed] = [
        acled,
        gtd_attack_type(deed, TABLE),
        plover_event(deed, TABLE),
        ucdp_violence_type(deed, TABLE),
    ]
    assert all(t.reason for t in typed)


@given(deeds)
def test_the_order_of_rows_never_matters(deed: Deed) -> None:
    for name, standard in TABLE.standards():
        turned = msgspec.structs.replace(TABLE, **{name: msgspec.structs.replace(standard, row=standard.row[::-1])})
        assert codes(deed) == tuple(
            f(deed, turned).code for f in (acled_type, gtd_attack_type, plover_event, ucdp_violence_type)
        )


def test_the_order_holds_all_types_of_the_codebook_once() -> None:
    acled = TABLE.acled
    assert [sub for subs in acled.events.values() for sub in subs] == list(acled.order)
    assert len(acled.order) == 25
    assert set(TABLE.gtd.order) == set(TABLE.gtd.names) == set("123456789")
    for _, standard in TABLE.standards():
        assert len(standard.order) == len(set(standard.order))
        assert all(row.says.endswith(".") for row in standard.row)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"code": "Skirmish"}, "no place in the order"),
        ({"means": ["catapult"]}, "unknown means 'catapult'"),
        ({"kinds": ["brawl"]}, "brawl"),
        ({"kindz": ["clash"]}, "kindz"),
    ],
)
def test_a_faulty_row_is_named(change: dict[str, Any], named: str) -> None:
    data = {**read_table(FILE)}
    row = {"code": "Armed clash", "says": "A trial.", **change}
    data["acled"] = {**data["acled"], "row": [*data["acled"]["row"], row]}
    with pytest.raises(BadRule, match=named) as fault:
        kind_table(data, FILE)
    assert FILE in str(fault.value)
