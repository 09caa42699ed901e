"""The five seed reports, exactly: added to a ledger, linked, and read back through the exports."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest

from recount.engine.local import add
from recount.export import FORMATS
from recount.export.ground import Dossier, Ground, ground_of
from recount.reconcile import timeline
from recount.records import Check, Coding, Record, TollLine, TollPoint
from recount.settings import Settings
from recount.store import open_ledger

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SEEDS.is_dir(), reason="no shared measuring data here")]
NINE = {"Quetta", "Mastung", "Nushki", "Dalbandin", "Kharan", "Panjgur", "Tump", "Gwadar", "Pasni"}
FURNITURE = ("Dark Mode", "AdSense", "Advertisement", "Comment / Reply", "Must read", "By Our Correspondent")
Row = dict[str, Any]


class World(Record, frozen=True):
    """The ledger after the seeds were added, as records and as exported rows. A report goes by three digits."""

    ground: Ground
    codings: dict[str, Coding]
    coded: dict[str, Row]
    """`codings.jsonl`: the codebook's shape, with `incident` and `operation`."""
    incidents: dict[str, Row]
    claims: list[Row]
    texts: dict[str, str]

    def event(self, report: str, harm: str, side: str, low: int) -> Row:
        """The one exported incident of a report that has this figure."""
        rows = [i for i in self.coded[report]["incidents"] if (harm, side, low) in cells(i)]
        assert len(rows) == 1, f"{len(rows)} incidents of {report} have {low} {side} {harm}"
        return rows[0]

    def whole(self, row: Row) -> str:
        """The ledger's id of the largest whole that an exported incident belongs to."""
        return str(row["operation"])

    def dossier(self, incident: str) -> Dossier:
        return self.ground.dossier(self.ground.incidents[incident])

    def points(self, incident: str) -> list[TollPoint]:
        told = self.dossier(incident)
        return timeline(told.incident, told.all_event_reports, told.claims, self.ground.reports, told.parts)

    def line(self, report: str, side: str, low: int) -> TollLine:
        events = self.codings[report].event_reports
        lines = [
            t for e in events for t in e.tolls if (t.toll.harm, t.toll.side, t.toll.count.low) == ("killed", side, low)
        ]
        assert len(lines) == 1, f"{len(lines)} lines of {report} have {low} {side} killed"
        return lines[0]

    def checks(self, report: str, kind: str) -> list[Check]:
        return [c for c in self.codings[report].checks if c.kind == kind]


def cells(row: Row) -> set[tuple[str, str, int]]:
    return {(t["harm"], t["side"], t["low"]) for t in row["tolls"]}


def exported(ledger: Any, name: str) -> list[Row]:
    out = io.StringIO(newline="")
    FORMATS[name](ledger, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    ledger = open_ledger(tmp_path_factory.mktemp("seeds") / "recount.db")
    added = add(ledger, [SEEDS], Settings())
    assert (added.new, added.aside) == (5, ())
    ground = ground_of(ledger)
    codings = {coding.report.name[:3]: coding for coding in ground.codings.values()}
    made = World(
        ground=ground,
        codings=codings,
        coded={row["id"][:3]: row for row in exported(ledger, "codings.jsonl")},
        incidents={row["incident_id"]: row for row in exported(ledger, "incidents.jsonl")},
        claims=exported(ledger, "claims.jsonl"),
        texts={coding.report.id: coding.report.text for coding in codings.values()},
    )
    ledger.close()
    return made


# ------------------------------------------------------------------------------------- one operation in Balochistan


def test_197_and_92_belong_to_one_operation(world: World) -> None:
    later, earlier = world.event("003", "killed", "armed_group", 197), world.event("004", "killed", "armed_group", 92)
    assert world.whole(later) == world.whole(earlier)


@pytest.mark.parametrize(
    ("side", "low"), [("armed_group", 197), ("state_forces", 22), ("civilians", 36)], ids=["197", "22", "36"]
)
def test_the_wire_of_4_february_gives_each_figure_once(world: World, side: str, low: int) -> None:
    assert world.event("003", "killed", side, low)


@pytest.mark.parametrize(
    ("side", "low"), [("armed_group", 92), ("state_forces", 15), ("civilians", 18)], ids=["92", "15", "18"]
)
def test_the_wire_of_1_february_gives_its_figures_in_one_incident(world: World, side: str, low: int) -> None:
    assert world.event("004", "killed", side, low)["key"] == world.event("004", "killed", "armed_group", 92)["key"]


def test_all_figures_of_the_two_wires_belong_to_the_operation(world: World) -> None:
    whole = world.whole(world.event("004", "killed", "armed_group", 92))
    rows = [world.event("003", "killed", side, n) for side, n in (("state_forces", 22), ("civilians", 36))]
    assert {world.whole(row) for row in rows} == {whole}


@pytest.mark.parametrize(
    ("side", "before", "after"),
    [("armed_group", 92, 197), ("state_forces", 15, 22), ("civilians", 18, 36)],
    ids=["92-197", "15-22", "18-36"],
)
def test_the_toll_evolves(world: World, side: str, before: int, after: int) -> None:
    points = world.points(world.whole(world.event("004", "killed", "armed_group", 92)))
    mine = {
        p.toll.count.low: p for p in points if (p.toll.harm, p.toll.side) == ("killed", side) and p.change != "repeats"
    }
    assert {before, after} <= set(mine)
    assert f"raises {before} to {after}" in mine[after].change


@pytest.mark.parametrize(
    ("report", "side", "low", "by"),
    [
        ("003", "armed_group", 197, "security sources"),
        ("004", "armed_group", 92, "ISPR"),
        ("004", "civilians", 18, "ISPR"),
        ("004", "state_forces", 15, "ISPR"),
    ],
    ids=["197", "92", "18", "15"],
)
def test_each_figure_has_its_speaker(world: World, report: str, side: str, low: int, by: str) -> None:
    said = world.line(report, side, low).by or ""
    same = {"ISPR": ("ISPR", "Inter-Services Public Relations", "military")}.get(by, (by,))
    assert any(name.lower() in said.lower() for name in same), said


@pytest.mark.parametrize(("side", "low"), [("state_forces", 22), ("civilians", 36)], ids=["22", "36"])
def test_figures_in_the_outlets_own_voice_have_no_speaker(world: World, side: str, low: int) -> None:
    assert world.line("003", side, low).by is None


def test_the_three_bombers_are_inside_the_92(world: World) -> None:
    row = world.event("004", "killed", "armed_group", 92)
    assert [(t["low"], t["high"]) for t in row["tolls"] if t["subset"] and t["side"] == "armed_group"] == [(3, 3)]


def test_the_attacks_span_nine_named_places_on_31_january(world: World) -> None:
    row = world.event("004", "killed", "armed_group", 92)
    assert set(row["places"]) == NINE
    assert (row["date_from"], row["date_to"]) == ("2026-01-31", "2026-01-31")


def test_the_inferred_year_says_so(world: World) -> None:
    coding = world.codings["004"]
    event = next(e for e in coding.event_reports if 92 in [t.toll.count.low for t in e.tolls])
    assert "year" in f"{event.days.reason} {' '.join(coding.warnings)}"


def test_the_page_prints_its_day(world: World) -> None:
    assert str(world.codings["003"].report.published) == "2026-02-04"


# ------------------------------------------------------------------------------------- Harnai and Panjgur


def test_harnai_and_panjgur_are_incidents_of_their_own(world: World) -> None:
    rows = [world.event("004", "killed", "armed_group", n) for n in (92, 41, 30, 11)]
    assert len({row["incident"] for row in rows}) == 4
    assert [row["places"] for row in rows[2:]] == [["Harnai"], ["Panjgur"]]


def test_harnai_and_panjgur_are_parts_of_the_41(world: World) -> None:
    whole = world.event("004", "killed", "armed_group", 41)
    parts = [world.event("004", "killed", "armed_group", n) for n in (30, 11)]
    assert [part["part_of"] for part in parts] == [whole["key"]] * 2
    assert [world.ground.incidents[part["incident"]].part_of for part in parts] == [whole["incident"]] * 2


def test_harnai_is_dated(world: World) -> None:
    row = world.event("004", "killed", "armed_group", 30)
    assert (row["date_from"], row["date_to"]) == ("2026-01-29", "2026-01-29")


def test_the_sum_of_harnai_and_panjgur_is_checked(world: World) -> None:
    sums = [c for c in world.checks("004", "parts_and_total") if "41" in c.sentence]
    assert [c.verdict for c in sums] == ["consistent"]
    assert "30 + 11 = 41" in sums[0].sentence


def test_nothing_of_the_41_is_added_to_the_92(world: World) -> None:
    big, small = world.event("004", "killed", "armed_group", 92), world.event("004", "killed", "armed_group", 41)
    assert world.whole(big) != world.whole(small)
    told = world.points(world.whole(big))
    assert not {41, 30, 11} & {p.toll.count.low for p in told}


def test_the_operation_shows_its_last_state_and_no_sum(world: World) -> None:
    """92 is an earlier state of the toll that became 197: no rival of it, and never added to it."""
    row = world.incidents[world.whole(world.event("004", "killed", "armed_group", 92))]
    (toll,) = [t for t in row["tolls"] if (t["harm"], t["side"]) == ("killed", "armed_group")]
    assert (toll["low"], toll["high"]) == (197, 197)


# ------------------------------------------------------------------------------------- statistics


@pytest.mark.parametrize(
    ("report", "low", "high", "first", "last"),
    [
        ("004", 2500, None, "2025-01-01", "2025-12-31"),
        ("002", 80, None, "2025-03-03", "2025-03-20"),
        ("002", 69, 69, "2025-03-03", "2025-03-16"),
        ("002", 13, 13, "2025-03-17", "2025-03-20"),
    ],
    ids=["2500", "80", "69", "13"],
)
def test_a_statistic_has_its_period(
    world: World, report: str, low: int, high: int | None, first: str, last: str
) -> None:
    rows = [
        (period["date_from"], period["date_to"])
        for period in world.coded[report]["periods"]
        for toll in period["tolls"]
        if (toll["harm"], toll["side"], toll["low"], toll["high"]) == ("killed", "armed_group", low, high)
    ]
    assert (first, last) in rows


def test_the_35_operations_are_a_statistic_of_20_days(world: World) -> None:
    rows = [p for p in world.coded["002"]["periods"] if p["incident_count"] == 35]
    assert [(p["date_from"], p["date_to"]) for p in rows] == [("2025-03-01", "2025-03-20")]


@pytest.mark.parametrize(("report", "low"), [("004", 2500), ("002", 80), ("002", 69), ("002", 13)])
def test_a_statistic_is_in_no_incident(world: World, report: str, low: int) -> None:
    assert low not in {t["low"] for i in world.coded[report]["incidents"] for t in i["tolls"]}


def test_69_and_13_fit_into_more_than_80(world: World) -> None:
    sums = [c for c in world.checks("002", "statistic_windows") if "69" in c.sentence and "13" in c.sentence]
    assert sums
    assert {c.verdict for c in sums} == {"consistent"}


def test_11_against_about_13_districts_is_the_reports_own_contradiction(world: World) -> None:
    twice = [c for c in world.checks("002", "restated_count") if "district" in c.sentence]
    assert [c.verdict for c in twice] == ["contradiction"]
    assert "11" in twice[0].sentence
    assert "13" in twice[0].sentence


# ------------------------------------------------------------------------------------- Kalat


def test_kalat_is_one_incident(world: World) -> None:
    (row,) = world.coded["001"]["incidents"]
    assert row["places"] == ["Kalat"]
    assert ("killed", "armed_group", 12) in cells(row)


def test_the_12_are_told_four_times(world: World) -> None:
    assert len(world.line("001", "armed_group", 12).repeats) == 3


@pytest.mark.parametrize("harm", ["killed", "wounded"])
def test_kalat_has_zero_casualties_of_state_forces_as_said(world: World, harm: str) -> None:
    (row,) = world.coded["001"]["incidents"]
    zeros = [t for t in row["tolls"] if (t["harm"], t["side"]) == (harm, "state_forces")]
    assert [(t["low"], t["high"]) for t in zeros] == [(0, 0)]


# ------------------------------------------------------------------------------------- three districts, one total


def test_the_34_are_one_umbrella_of_three_places(world: World) -> None:
    row = world.event("000", "killed", "armed_group", 34)
    assert set(row["places"]) == {"North Waziristan", "Tank", "Dera Ismail Khan"}


def test_the_34_are_not_split(world: World) -> None:
    rows = world.coded["000"]["incidents"]
    tolls = [t for row in rows for t in row["tolls"] if (t["harm"], t["side"]) == ("killed", "armed_group")]
    assert [(t["low"], t["high"]) for t in tolls] == [(34, 34)]
    assert [row["part_of"] for row in rows] == [None]


# ------------------------------------------------------------------------------------- Dera Ismail Khan


def test_dera_ismail_khan_is_one_incident_with_the_captain(world: World) -> None:
    row = world.event("002", "killed", "armed_group", 10)
    assert row["places"] == ["Dera Ismail Khan"]
    officers = [(t["low"], t["high"]) for t in row["tolls"] if (t["harm"], t["side"]) == ("killed", "state_forces")]
    assert officers == [(1, 1)]


@pytest.mark.parametrize(
    ("report", "place"), [("002", "Jhelum"), ("002", "Islamabad"), ("003", "Quetta"), ("004", "Khuzdar")]
)
def test_homes_and_datelines_are_no_incident_places(world: World, report: str, place: str) -> None:
    named = [p.casefold() for row in world.coded[report]["incidents"] for p in row["places"]]
    assert named
    assert place.casefold() not in named


# ------------------------------------------------------------------------------------- India


@pytest.mark.parametrize(
    ("report", "accuser"),
    [
        ("000", "ISPR"),
        ("000", "Pakistan"),
        ("001", "Pakistan"),
        ("003", "Pakistan"),
        ("004", "Mohsin Naqvi"),
    ],
)
def test_india_is_alleged_by_those_who_say_so(world: World, report: str, accuser: str) -> None:
    rows = [a for a in world.coded[report]["attributions"] if a["stance"] == "alleges" and "India" in str(a["accused"])]
    assert any(accuser in str(a["accuser"]) for a in rows), [a["accuser"] for a in rows]


@pytest.mark.parametrize("report", ["000", "003"])
def test_india_denies_where_the_report_says_so(world: World, report: str) -> None:
    rows = [a for a in world.coded[report]["attributions"] if a["stance"] == "denies"]
    assert [(a["accuser"], a["accused"]) for a in rows] == [("New Delhi", "India")]


@pytest.mark.parametrize("report", ["001", "002", "004"])
def test_nobody_denies_where_no_denial_is_told(world: World, report: str) -> None:
    assert [a for a in world.coded[report]["attributions"] if a["stance"] == "denies"] == []


def test_india_carries_out_no_incident(world: World) -> None:
    """Alleged is not done: no incident has India among its actors."""
    assert world.incidents
    assert not [row["incident_id"] for row in world.incidents.values() if "India" in str(row["actors"])]


# ------------------------------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("report", "label"), [("003", "Fitna-ul-Hindustan"), ("004", "Fitna al-Hindustan")], ids=["003", "004"]
)
def test_a_label_is_quoted_beside_a_neutral_name(world: World, report: str, label: str) -> None:
    report_id = world.codings[report].report.id
    rows = [c for c in world.claims if c["report_id"] == report_id and c["property"] == "actor" and label in c["quote"]]
    assert rows
    assert all(c["actor_neutral"] and "Fitna" not in c["actor_neutral"] for c in rows)


def test_no_label_stands_in_the_table_of_incidents(world: World) -> None:
    names = [name for row in world.incidents.values() for name in (*row["actors"], *row["targets"], row["label"])]
    assert names
    assert not [n for n in names if any(w in n.lower() for w in ("fitna", "terroris", "martyr", "india-backed"))]


def test_no_furniture_is_quoted(world: World) -> None:
    assert world.claims
    assert not [c["claim_id"] for c in world.claims if any(words in c["quote"] for words in FURNITURE)]


def test_every_quote_stands_where_it_says(world: World) -> None:
    assert {c["report_id"] for c in world.claims} == set(world.texts)
    assert not [c["claim_id"] for c in world.claims if world.texts[c["report_id"]][c["start"] : c["end"]] != c["quote"]]
