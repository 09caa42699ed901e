"""The checklist of evidence, and where speakers stand."""

from __future__ import annotations

from typing import Any

import pytest

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


def test_evidence_of_another_incident_of_the_report_is_left_out(world: Any) -> None:
    world.tell("a", 7, event="one")
    world.tell("a", 4, event="two")
    one = world.incident("i_1", "a/one")
    assert rows(world, evidence("a", "names", True), of=one)["names"].found == "not mentioned"
    event = world.events["a/one"]
    from msgspec.structs import replace

    world.events["a/one"] = replace(event, claims=("v_1",))
    assert rows(world, evidence("a", "names", True, "v_1"), of=one)["names"].offered == ("v_1",)


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
