"""The checklist of evidence, and where speakers stand."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from recount.reconcile import CHECKLIST, by_standpoint, checklist, gaps, standpoint, timeline
from recount.records import Claim, Evidence, Speaker


def evidence(report: str, item: str, offered: bool, ident: str = "", by: str | None = None) -> Claim:
    return Claim(
        id=ident or f"v_{report}_{item}_{offered}", report=report, passage=0, start=0, end=1, quote="", property="evidence",
        said=item, value=Evidence(item=item, offered=offered),
        speakers=(Speaker(name=by, start=0, end=1),) if by else (),
    )  # fmt: skip


def rows(world: Any, *claims: Claim, of: Any = None) -> dict[str, Any]:
    whole = of or world.incident()
    found = checklist(whole, list(world.events.values()), [*world.claims, *claims])
    return {row.item: row for row in found}


def test_no_claims_of_evidence_leave_every_question_open(world: Any) -> None:
    world.tell("a", 7)
    found = checklist(world.incident(), list(world.events.values()), world.claims)
    assert [row.item for row in found] == [asked.item for asked in CHECKLIST] == list(gaps(found))
    assert {row.found for row in found} == {"not mentioned"}


def test_offered_missing_and_both(world: Any) -> None:
    world.tell("a", 7)
    world.tell("b", 7)
    found = rows(
        world,
        evidence("a", "names", True),
        evidence("b", "names", False),
        evidence("a", "video", True, by="press office"),
        evidence("b", "access", False),
        evidence("b", "any evidence", False),
    )
    assert found["names"].found == "offered and missing"
    assert (found["pictures"].found, "press office" in found["pictures"].sentence) == ("offered", True)
    assert found["access"].missing == ("v_b_access_False",)
    assert found["other evidence"].found == "missing"
    assert gaps(found.values()) == ("bodies", "weapons", "access", "confirmation", "court", "other evidence")


def test_evidence_goes_where_it_is_told_else_to_the_first_main_account(world: Any) -> None:
    world.tell("a", 7, event="1")
    world.tell("a", 4, event="2")
    first, second = world.incident("i_1", "a/1"), world.incident("i_2", "a/2")
    loose = evidence("a", "names", True)
    assert rows(world, loose, of=first)["names"].found == "offered"
    assert rows(world, loose, of=second)["names"].found == "not mentioned"
    world.events["a/2"] = replace(world.events["a/2"], claims=(loose.id,))
    assert rows(world, loose, of=first)["names"].found == "not mentioned"
    assert rows(world, loose, of=second)["names"].offered == (loose.id,)


@pytest.mark.parametrize(
    ("party", "side", "stands"),
    [
        ("state", "state_forces", "concession"),
        ("armed_group", "armed_group", "concession"),
        ("state", "armed_group", "claim about the enemy"),
        ("armed_group", "state_forces", "claim about the enemy"),
        ("state", "civilians", "party about others"),
        ("third", "state_forces", "third party"),
        ("media", "civilians", "third party"),
        ("unknown", "civilians", "nobody named"),
    ],
)
def test_standpoints(party: Any, side: Any, stands: str) -> None:
    assert standpoint(party, side) == stands


def test_a_timeline_told_apart_by_standpoint(world: Any) -> None:
    world.tell("a", 4, side="state_forces", by="army", party="state")
    world.tell("a", 30, side="armed_group", by="army", party="state")
    world.tell("b", 11, side="state_forces", by="the Front", party="armed_group")
    found = by_standpoint(world.ask(timeline))
    assert {name: [p.claim for p in points] for name, points in found.items()} == {
        "claim about the enemy": ["c_1", "c_2"],
        "concession": ["c_0"],
    }
