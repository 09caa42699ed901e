"""The nouns: immutable, the same on every machine, whole after a trip through JSON."""

from __future__ import annotations

import inspect
import subprocess
import sys
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import recount
from recount import records
from recount.records import (
    Actor,
    Attribution,
    Claim,
    Coding,
    Count,
    Days,
    EventReport,
    Evidence,
    KindOf,
    Place,
    PlaceCandidate,
    Reading,
    Record,
    Report,
    Scope,
    Speaker,
    Toll,
    Value,
    claim_id,
    content_id,
)

VALUES: list[Value] = [
    Toll(harm="killed", side="civilians", count=Count(low=3, high=None), who="three people"),
    Days(first=date(2024, 3, 1), last=None, precision="unknown", reason="still open"),
    Place(name="Arvan", candidates=(PlaceCandidate(gazetteer_id="x", name="Arvan", latitude=1.5),)),
    Actor(name="the Arrow", neutral="Arrow", side="armed_group", label_of="state of Redland"),
    KindOf(kind="clash"),
    Attribution(stance="denies", accuser="Redland", accused=None),
    Scope(places=("Arvan", "Belo"), incidents=9),
    Evidence(item="photographs", offered=False),
    Count(low=None, high=40, approx=True),
]


def a_claim(value: Value) -> Claim:
    return Claim(
        id="c_1", report="r_1", passage=0, start=0, end=5, quote="three", property="toll", said="three", value=value,
        speakers=(Speaker(name="police", start=7, end=13, party="state"),),
    )  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_a_claim_is_whole_after_json(value: Value) -> None:
    claim = a_claim(value)
    assert msgspec.json.decode(msgspec.json.encode(claim), type=Claim) == claim


def test_there_is_a_claim_of_every_kind_of_value() -> None:
    kinds = {c for _, c in inspect.getmembers(records, inspect.isclass) if issubclass(c, Reading) and c is not Reading}
    assert {type(v) for v in VALUES} == kinds


def test_a_coding_is_whole_after_json() -> None:
    coding = recount.code("Two soldiers were killed in an ambush near Quetta.", published=date(2025, 3, 15))
    assert coding.claims
    assert msgspec.json.decode(msgspec.json.encode(coding), type=Coding) == coding


@pytest.mark.parametrize("record", [Report(id="r", name="n", text="t"), Count(low=1, high=1), a_claim(VALUES[0])])
def test_records_cannot_be_changed(record: Record) -> None:
    with pytest.raises(AttributeError):
        setattr(record, record.__struct_fields__[0], "other")


def test_records_take_their_fields_by_name_only() -> None:
    with pytest.raises(TypeError):
        Count(1, 1)  # type: ignore[misc]


def test_an_id_is_the_same_on_every_machine_and_in_every_run() -> None:
    assert content_id("c", "r_1", 0, 5, "toll", "three") == "c_96de61c68be75111"
    script = "from recount.records import content_id; print(content_id('c', 'r_1', 0, 5, 'toll', 'three'))"
    for seed in ("0", "1"):
        result = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        assert result.stdout.strip() == "c_96de61c68be75111"


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), min_size=1, max_size=4, unique=True))
def test_every_part_of_an_id_counts_and_so_does_its_place(parts: list[str]) -> None:
    assert content_id("c", *parts) == content_id("c", *parts)
    assert content_id("c", *parts) != content_id("c", *parts, "more")
    assert content_id("c", *parts) != content_id("r", *parts)
    if len(parts) > 1:
        assert content_id("c", *parts) != content_id("c", *parts[::-1])
        assert content_id("c", *parts) != content_id("c", "".join(parts))


def test_an_id_takes_any_text() -> None:
    assert content_id("r", "\ud800", "💥", None).startswith("r_")


def test_a_claims_id_leaves_rule_and_reading_out() -> None:
    assert set(inspect.signature(claim_id).parameters) == {"report", "start", "end", "property", "said"}


def test_a_report_is_about_conflict_where_an_incident_is_news() -> None:
    report = Report(id="r", name="n", text="t")

    def event(role: records.Role) -> EventReport:
        return EventReport(id="e", report="r", key="i1", label="", role=role, kind="clash", days=Days())

    assert not Coding(report=report).conflict
    assert not Coding(report=report, event_reports=(event("background"),)).conflict
    assert Coding(report=report, event_reports=(event("background"), event("other"))).conflict


def test_every_public_name_is_explained() -> None:
    own = [c for _, c in inspect.getmembers(records, inspect.isclass) if c.__module__ == records.__name__]
    assert [c.__name__ for c in own if not (c.__doc__ or "").strip()] == []
    assert len(own) > 25
