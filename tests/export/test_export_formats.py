"""Every format keeps to its schema, and its file and loss report together hold every claim of the ledger."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import date
from pathlib import Path

import made_worlds
import pytest
from hypothesis import HealthCheck, given, settings

from recount import records as r
from recount.errors import WrongUse
from recount.export import formats
from recount.export.countries import countries, priogrid
from recount.export.ground import ground_from
from recount.export.incident_entries import flat, form, tag_of
from recount.export.incidents import CSV_COLUMNS
from recount.export.losses import RANK, Losses
from recount.export.pieces import planned
from recount.export.running import worked, write_entered
from recount.export.schemas import all_faults, faults, schema
from recount.export.shapes import shape
from recount.store import Ledger, open_ledger
from recount.store.left import Overlay
from recount.store.replay import Decided

ENTERED = {"ged": "ucdp", "acled": "acled", "gtd": "gtd", "incidents.jsonl": "representative"}
ACCOUNTED = {**ENTERED, "plover": "representative", "ftm": "representative"}


def test_the_tables_have_the_columns_of_their_codebooks() -> None:
    assert [len(schema(name).column) for name in ("ged", "acled", "gtd")] == [49, 31, 135]
    for name in ("ged", "acled", "gtd", "event_reports"):
        assert len(schema(name).columns) == len(schema(name).column), "a column stands twice"
    assert list(schema("acled").columns)[:3] == ["event_id_cnty", "event_date", "year"]
    assert list(schema("gtd").columns)[-1] == "related"


@pytest.mark.parametrize("name", ACCOUNTED)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(world=made_worlds.worlds())
def test_in_the_file_and_in_the_loss_report_is_every_claim_once(name: str, world: made_worlds.World) -> None:
    codings, incidents = world
    ground = ground_from(map(Overlay(Decided(last={})).over, codings), incidents)
    done = worked(ground, shape(name, ACCOUNTED[name]), ACCOUNTED[name])
    told = Counter(fate.claim for fate in done.fates)
    assert told == Counter(claim.id for coding in codings for claim in coding.claims)
    assert all(fate.reason for fate in done.fates if fate.where != "in_file")
    keys = {str(next(iter(row.values()))) for row in done.values}
    cited = {key for fate in done.fates if fate.rows for key in fate.rows.split("; ")}
    assert cited <= keys


@pytest.mark.parametrize("name", ENTERED)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(world=made_worlds.worlds())
def test_rows_keep_to_the_schema(name: str, world: made_worlds.World) -> None:
    codings, incidents = world
    ground = ground_from(map(Overlay(Decided(last={})).over, codings), incidents)
    rows = list(worked(ground, shape(name, ENTERED[name]), ENTERED[name]).values)
    if name == "incidents.jsonl":
        wide = [{k: "; ".join(v) if isinstance(v, list) else v for k, v in flat(row).items()} for row in rows]
        assert all_faults(wide, form()) == []
        return
    assert all_faults(rows, schema(name)) == []
    for row in rows if name == "ged" else []:
        parts = [row[c] for c in ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")]
        assert row["best"] == sum(parts)  # type: ignore[arg-type]
        assert row["type_of_violence"] != 3 or row["deaths_a"] == row["deaths_b"] == 0
    if name == "acled":
        assert len({row["event_id_cnty"] for row in rows}) == len(rows)
    if name == "gtd":
        assert len({row["eventid"] for row in rows}) == len(rows)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(world=made_worlds.worlds())
def test_a_ledger_read_in_pieces_gives_what_the_whole_gives(
    tmp_path_factory: pytest.TempPathFactory, world: made_worlds.World
) -> None:
    codings, incidents = world
    ledger = open_ledger(tmp_path_factory.mktemp("pieces") / "x.db")
    ledger.keep(codings)
    ledger.relink(incidents, [])
    whole, pieces = Losses(), Losses()
    texts = []
    for losses, size in ((whole, 1000), (pieces, 1)):
        out = io.StringIO()
        plan = planned(ledger, size)
        assert sum(len(p.incidents) for p in plan.pieces) == len(incidents)
        write_with(ledger, out, losses, size)
        texts.append(out.getvalue())
    assert texts[0] == texts[1]
    assert whole.claims == pieces.claims
    assert whole.claims["in_ledger"] == ledger.counts()["claims"]
    assert whole.losses() == pieces.losses()
    ledger.close()


def write_with(ledger: Ledger, out: io.StringIO, losses: Losses, size: int) -> None:
    """GED in pieces of a size."""
    import recount.export.running as running

    kept = running.planned
    try:
        running.planned = lambda book: kept(book, size)  # type: ignore[assignment,misc]
        write_entered(ledger, out, losses, "ged", "ucdp")
    finally:
        running.planned = kept


def test_two_processes_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import recount.export.running as running

    kept = running.planned
    monkeypatch.setattr(running, "planned", lambda book: kept(book, 1))
    found = []
    with told_of_a_fight(tmp_path, stories=4) as ledger:
        for jobs in (1, 2):
            out, losses = io.StringIO(), Losses()
            write_entered(ledger, out, losses, "acled", "acled", jobs=jobs)
            found.append((out.getvalue(), losses.report()))
    assert found[0] == found[1]
    assert found[0][1]["rows"] == 12


def told_of_a_fight(tmp_path: Path, stories: int = 1) -> Ledger:
    """A ledger in which each report tells of a three-day clash in its own town: 7 fighters and 4 soldiers killed."""
    codings, incidents = [], []
    for number in range(stories):
        text = f"Clash {number}. 7 fighters and 4 soldiers were killed, 3 soldiers wounded."
        report = r.Report(id=f"r_{number}", name=f"n{number}", text=text, published=date(2024, 3, 9), outlet="=Paper")
        lines, claims = [], []
        for start, (low, harm, side) in enumerate(
            ((7, "killed", "armed_group"), (4, "killed", "state_forces"), (3, "wounded", "state_forces"))
        ):
            toll = r.Toll(harm=harm, side=side, count=r.Count(low=low, high=low))  # type: ignore[arg-type]
            claims.append(
                r.Claim(
                    id=f"c_{number}_{start}", report=report.id, passage=0, start=start, end=start + 1,
                    quote=text[start], property="toll", said=str(low), value=toll,
                )
            )  # fmt: skip
            lines.append(r.TollLine(claim=claims[-1].id, toll=toll, quote=text[start]))
        days = r.Days(first=date(2024, 3, 4), last=date(2024, 3, 6), precision="days")
        place = r.Place(
            name=f"Town {number}",
            country="PK",
            admin1="Balochistan",
            latitude=27.5,
            longitude=64.25,
            level="settlement",
        )
        front = r.Actor(name="the front", neutral="Salt Range Front", side="armed_group", party="armed_group")
        army = r.Actor(
            name="the army", neutral="Military of Pakistan", side="state_forces", party="state", country="PK"
        )
        event = r.EventReport(
            id=f"e_{number}", report=report.id, key="i1", label="clash", role="main", kind="clash", days=days,
            places=(place,), country="PK", actors=(front,), targets=(army,), tolls=tuple(lines),
            claims=tuple(c.id for c in claims),
        )  # fmt: skip
        codings.append(r.Coding(report=report, claims=tuple(claims), event_reports=(event,), pack="made"))
        incidents.append(
            r.Incident(
                id=f"i_{number}", label="clash", kind="clash", days=days, places=(place,), country="PK", actors=(front,),
                targets=(army,), event_reports=(event.id,),
            )
        )  # fmt: skip
    ledger = open_ledger(tmp_path / "fight.db")
    ledger.keep(codings)
    ledger.relink(incidents, [])
    return ledger


def test_ged_of_a_fight(tmp_path: Path) -> None:
    with told_of_a_fight(tmp_path) as ledger:
        (row,) = read(ledger, "ged")
    assert (row["side_a"], row["side_b"]) == ("Government of Pakistan", "Salt Range Front")
    assert (row["deaths_a"], row["deaths_b"], row["best"], row["high"], row["low"]) == ("4", "7", "11", "11", "11")
    assert (row["date_start"], row["date_end"], row["date_prec"]) == ("2024-03-04", "2024-03-06", "2")
    assert row["gwnoa"] == row["country_id"] == "770"
    assert row["geom_wkt"] == "POINT (64.25 27.5)"
    assert row["source_article"].endswith("rule set ucdp (GED 23.1)")
    assert (row["event_clarity"], row["type_of_violence"], row["where_prec"]) == ("2", "1", "1")


def test_acled_is_atomic_by_day_and_the_first_day_takes_what_does_not_divide(tmp_path: Path) -> None:
    with told_of_a_fight(tmp_path) as ledger:
        rows = read(ledger, "acled")
    assert [(row["event_date"], row["fatalities"]) for row in rows] == [
        ("2024-03-04", "4"),
        ("2024-03-05", "4"),
        ("2024-03-06", "3"),
    ]
    assert all("rule set acled (2025)" in row["notes"] for row in rows)
    assert {(row["inter1"], row["inter2"], row["interaction"]) for row in rows} == {
        ("Rebel group", "State forces", "State forces-Rebel group")
    }


def test_gtd_puts_perpetrators_beside_all(tmp_path: Path) -> None:
    with told_of_a_fight(tmp_path) as ledger:
        (row,) = read(ledger, "gtd")
    assert (row["nkill"], row["nkillter"], row["nwound"], row["nwoundte"]) == ("11", "7", "3", "")
    assert row["eventid"].startswith("20240300")
    assert (row["iday"], row["approxdate"], row["gname"]) == ("0", "2024-03-04 to 2024-03-06", "Salt Range Front")
    assert (row["attacktype1_txt"], row["targtype1_txt"], row["country"]) == ("Armed Assault", "Military", "153")


def read(ledger: Ledger, name: str) -> list[dict[str, str]]:
    """The export read back by a plain reader."""
    out = io.StringIO(newline="")
    formats.write(ledger, formats.known(name), out, Losses())
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


@pytest.mark.parametrize("what", [w for w, f in formats.FORMATS.items() if f.listing])
def test_the_listing_beside_a_file_accounts_for_the_ledger(ledger: Ledger, tmp_path: Path, what: str) -> None:
    asked = formats.known(what)
    target = tmp_path / "out.dat"
    with formats.accounted(asked, target) as losses, target.open("w", encoding="utf-8", newline="") as out:
        formats.write(ledger, asked, out, losses)
    listed = list(csv.DictReader((tmp_path / "out.dat.claims.csv").open(encoding="utf-8", newline="")))
    assert Counter(row["claim_id"] for row in listed) == Counter(claim.id for claim in ledger.claims())
    report = json.loads((tmp_path / "out.dat.losses.json").read_text(encoding="utf-8"))
    counted = Counter(row["where"] for row in listed)
    assert report["claims"] == {"in_ledger": len(listed), **{where: counted[where] for where in RANK}}
    assert sum(loss["claims"] for loss in report["losses"]) == counted["collapsed"] + counted["left_out"]
    if formats.FORMATS[what].rules:
        assert report["rule_set"]["name"] == formats.FORMATS[what].rules
        assert report["rule_set"]["version"]


def test_a_ledger_without_anything_gives_a_header(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "empty.db") as empty:
        for name in ("ged", "acled", "gtd"):
            assert read(empty, name) == []


def test_a_wrong_row_is_found_out() -> None:
    row = dict.fromkeys(schema("ged").columns)
    assert "id: is required" in faults(row, schema("ged"))
    wrong = {
        **row,
        "id": 1,
        "type_of_violence": 4,
        "date_start": "2025-02-30",
        "latitude": 91.0,
        "geom_wkt": "POINT 1 2",
    }
    told = " ".join(faults(wrong, schema("ged")))
    for word in ("type_of_violence: 4 is not one of", "date_start", "latitude: 91.0 is out of", "geom_wkt"):
        assert word in told
    assert "the columns or their order differ" in faults({"best": 1}, schema("ged"))


def test_every_column_has_an_hxl_tag_and_no_two_the_same() -> None:
    tags = [tag_of(name) for name in CSV_COLUMNS]
    assert len(set(tags)) == len(tags)
    assert all(tag.startswith("#") for tag in tags)
    assert tag_of("killed_state_forces_low") == "#affected+killed+stateforces+num+low"


def test_geojson_says_where_and_null_where_not(ledger: Ledger) -> None:
    out = io.StringIO()
    formats.write(ledger, formats.known("incidents", "geojson"), out, Losses())
    found = json.loads(out.getvalue())
    assert [f["geometry"]["coordinates"] for f in found["features"]] == [[63.05, 26.0], [63.0485, 26.0023]]
    assert all(f["properties"]["rule_set"] == "representative" for f in found["features"])


def test_priogrid_and_country_numbers() -> None:
    assert priogrid(34.5, 69.2) == 179779  # Kabul, as UCDP has it
    assert (priogrid(-90, -180), priogrid(90, 180)) == (1, 259200)
    assert (countries()["PK"].gw, countries()["PK"].iso, countries()["PK"].gtd) == (770, 586, 153)
    assert [(countries()[c].iso, countries()[c].gw) for c in ("FR", "VU", "TO")] == [(250, 220), (548, 935), (776, 972)]
    numbers = [c.gw for code, c in countries().items() if c.gw and code != "PS"]
    assert len(set(numbers)) == len(numbers)
    isos = [c.iso for c in countries().values() if c.iso]
    assert len(set(isos)) == len(isos)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (("gedd",), "Did you mean 'ged'"),
        (("ged", "xlsx"), "There are: ged.csv"),
        (("claims", None, "ucdp"), "no rule set"),
    ],
)
def test_a_wrong_format_is_told_in_words(asked: tuple[str | None, ...], told: str) -> None:
    with pytest.raises(WrongUse, match=told):
        formats.known(*asked)  # type: ignore[arg-type]
