"""Tables of other projects as claims by their source: exact words, right sides, nothing lost, faults in words."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from recount.errors import UnreadableInput, WrongUse
from recount.read.imports import imported
from recount.records import Coding, SetAside, Toll

GED = (
    "id,type_of_violence,dyad_name,side_a,side_b,source_date,where_prec,where_coordinates,adm_1,latitude,longitude,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low,country_id"
)
FIGHT = (
    'G1,1,"Government of Pakistan - Salt Range Front",Government of Pakistan,Salt Range Front,2024-03-09,1,Dorval,'
    "Balochistan,27.5,64.25,2,2024-03-04,2024-03-06,4,7,0,0,11,13,9,770"
)


def read(tmp_path: Path, text: str, name: str = "table.csv", **more: str) -> list[Coding]:
    """The codings of a file with this text; nothing may be set aside."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = list(imported(path, **more))  # type: ignore[arg-type]
    assert all(isinstance(item, Coding) for item in found), found
    return found  # type: ignore[return-value]


def figures(coding: Coding) -> list[tuple[str, str, int | None, int | None, bool]]:
    """Harm, side, bounds and whether inside another, of all lines."""
    told = (*coding.event_reports, *coding.statistics)
    return [
        (li.toll.harm, li.toll.side, li.toll.count.low, li.toll.count.high, li.subset) for e in told for li in e.tolls
    ]


def words_hold(coding: Coding) -> bool:
    """Whether every claim stands where it says."""
    return all(coding.report.text[c.start : c.end] == c.quote for c in coding.claims)


def test_a_ged_event(tmp_path: Path) -> None:
    (coding,) = read(tmp_path, f"{GED}\r\n{FIGHT}\r\n")
    (event,) = coding.event_reports
    assert figures(coding) == [
        ("killed", "state_forces", 4, 4, False),
        ("killed", "armed_group", 7, 7, False),
        ("killed", "unspecified", 9, 13, True),
    ]
    assert (event.days.first, event.days.last, event.days.precision) == (date(2024, 3, 4), date(2024, 3, 6), "days")
    assert (event.places[0].name, event.places[0].level, event.places[0].latitude) == ("Dorval", "settlement", 27.5)
    assert (event.country, event.places[0].admin1) == ("PK", "Balochistan")
    assert (coding.report.outlet, coding.report.published) == ("UCDP GED", date(2024, 3, 9))
    assert words_hold(coding)
    assert "dyad_name: Government of Pakistan - Salt Range Front" in coding.report.text


def test_one_sided_deaths_are_civilians(tmp_path: Path) -> None:
    row = (
        FIGHT.replace("G1,1", "G2,3")
        .replace("Salt Range Front,2024", "Civilians,2024")
        .replace("4,7,0,0,11,13,9", "0,0,5,0,5,5,5")
    )
    (coding,) = read(tmp_path, f"{GED}\n{row}\n")
    assert figures(coding) == [("killed", "civilians", 5, 5, False)]
    assert coding.event_reports[0].kind == "attack"


def test_an_acled_event_entered_at_its_middle_is_no_exact_day(tmp_path: Path) -> None:
    text = (
        "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,inter1,actor2,inter2,civilian_targeting,"
        "location,latitude,longitude,geo_precision,source,notes,fatalities,timestamp\n"
        "PAK1,2024-03-06,2,Violence against civilians,Attack,Unidentified Armed Group (Pakistan),Political militia,"
        "Civilians (Pakistan),Civilians,Civilians targeted,Dorval,27.5,64.25,1,Example,Gunmen shot two.,2,1710000000\n"
        "PAK2,2024-03-07,1,Battles,Armed clash,Salt Range Front,Rebel group,Military Forces of Pakistan,State forces,,"
        "Dorval,27.5,64.25,1,Example,A fight.,0,\n"
    )
    attack, fight = read(tmp_path, text)
    assert figures(attack) == [("killed", "civilians", 2, 2, False)]
    days = attack.event_reports[0].days
    assert (days.first, days.last, days.precision) == (date(2024, 3, 3), date(2024, 3, 9), "week")
    assert attack.report.published == date(2024, 3, 9)
    assert figures(fight) == [("killed", "unspecified", 0, 0, False)]
    assert (fight.event_reports[0].kind, fight.event_reports[0].days.precision) == ("clash", "day")
    assert words_hold(attack)


def test_the_report_level_table_keeps_claimants_and_periods(tmp_path: Path) -> None:
    text = (
        "report_id,source,published,event_report_id,report_scope,claimant,claimant_party,target,loss,low,high,hedge,"
        "window_start,window_end,place,quote\n"
        "R1,Daily Example,2024-03-09,E1,incident,police,state,civilians,killed,3,,at_least,2024-03-08,2024-03-08,"
        "Dorval,at least three villagers were killed\n"
        "R1,Daily Example,2024-03-09,E1,incident,a hospital official,third,civilians,wounded,5,5,,2024-03-08,2024-03-08,"
        "Dorval,five were hurt\n"
        "R1,Daily Example,2024-03-09,P1,integrative,,media,civilians,killed,40,40,,"
        "2024-01-01,2024-03-08,,40 since January\n"
    )
    (coding,) = read(tmp_path, text)
    assert figures(coding) == [
        ("killed", "civilians", 3, None, False),
        ("wounded", "civilians", 5, 5, False),
        ("killed", "civilians", 40, 40, False),
    ]
    assert [line.by for line in coding.event_reports[0].tolls] == ["police", "a hospital official"]
    assert len(coding.statistics) == 1
    tolls = [c for c in coding.claims if isinstance(c.value, Toll)]
    assert [(c.speakers[0].party, c.hedge) for c in tolls[:2]] == [("state", "at_least"), ("third", None)]
    assert coding.report.outlet == "Daily Example"
    assert words_hold(coding)


def test_ftm_events_and_nothing_else(tmp_path: Path) -> None:
    lines = [
        {"id": "e1", "schema": "Event", "properties": {"name": ["Fight"], "startDate": ["2024-03-04"],
         "location": ["Dorval"], "country": ["pk"]}},
        {"id": "o1", "schema": "Organization", "properties": {"name": ["Front"]}},
    ]  # fmt: skip
    (coding,) = read(tmp_path, "\n".join(json.dumps(li) for li in lines), "x.jsonl", source="Archive")
    (event,) = coding.event_reports
    assert (event.days.first, event.places[0].country, coding.report.outlet) == (date(2024, 3, 4), "PK", "Archive")
    assert event.tolls == ()


def test_the_same_row_is_the_same_report_wherever_the_file_lies(tmp_path: Path) -> None:
    one = read(tmp_path, f"{GED}\n{FIGHT}\n", "a.csv")[0]
    other = read(tmp_path, f"{GED}\n\n{FIGHT}\n", "b.csv")[0]
    assert one.report.id == other.report.id
    assert [c.id for c in one.claims] == [c.id for c in other.claims]
    assert len({c.id for c in one.claims}) == len(one.claims)


def test_a_faulty_row_is_set_aside_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "ged.csv"
    path.write_text(f"{GED}\n{FIGHT.replace('4,7,0,0', 'x,7,0,0')}\n{FIGHT}\n", encoding="utf-8")
    bad, good = imported(path)
    assert isinstance(bad, SetAside)
    assert bad.source == f"{path}:2"
    assert "cannot be read" in bad.reason
    assert isinstance(good, Coding)


def test_files_that_are_no_table_are_told_so(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no table that is known"):
        list(imported(path))
    with pytest.raises(UnreadableInput, match="are missing"):
        list(imported(path, kind="ged"))
    with pytest.raises(WrongUse, match="There are: ged"):
        list(imported(path, kind="gedd"))
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UnreadableInput, match="UTF-8"):
        list(imported(path))
    path.write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no FollowTheMoney entity"):
        list(imported(path))
