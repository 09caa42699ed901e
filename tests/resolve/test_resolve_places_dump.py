"""A country's full list, compiled: the invented country of Zedland (ZZ)."""

from __future__ import annotations

from pathlib import Path

import pytest

from recount.errors import RecountError
from recount.resolve import places_gazetteer
from recount.resolve.places import find, gazetteer, resolve
from recount.resolve.places_compile import Builder, Row
from recount.resolve.places_dump import compile_dump
from recount.resolve.places_index import ADMIN1, COUNTRY, SETTLEMENT, Columns
from recount.resolve.places_names import normal
from recount.resolve.places_world import World


def line(
    number: int, name: str, kind: str, *, at: tuple[float, float], area: str = "", also: str = "", people: int = 0
) -> str:
    """One line of a dump; `kind` is class and code ("P.PPL"), `area` the codes of its areas ("01.007")."""
    first, _, second = area.partition(".")
    group, code = kind.split(".")
    cells = [
        str(number),
        name,
        name,
        also,
        str(at[0]),
        str(at[1]),
        group,
        code,
        "ZZ",
        "",
        first,
        second,
        "",
        "",
        str(people),
    ]
    return "\t".join([*cells, "", "0", "Etc/UTC", "2031-01-01"]) + "\n"


DUMP = [
    line(1, "Zedland", "A.PCLI", at=(10.0, 20.0)),
    line(2, "Quolm Province", "A.ADM1", at=(10.5, 20.5), area="01"),
    line(3, "Varn District", "A.ADM2", at=(10.6, 20.6), area="01.007", also="Warn"),
    line(4, "Tezzibar", "P.PPL", at=(10.61, 20.61), area="01.007", also="Tezibar,TZB,Teźźibar", people=40),
    line(5, "Tezzibar", "P.PPL", at=(12.0, 22.0), area="01"),
    line(6, "Old Tezzibar", "P.PPLH", at=(10.7, 20.7), area="01.007"),
    line(7, "Lake Quolm", "H.LK", at=(10.2, 20.2), area="01"),
]


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    compile_dump(DUMP, "ZZ.txt").builder.save(tmp_path / "ZZ.gaz")
    monkeypatch.setattr(places_gazetteer, "PLACES", tmp_path)
    gazetteer.cache_clear()
    yield tmp_path
    gazetteer.cache_clear()


def test_a_dump_gives_settlements_under_their_areas(added: Path) -> None:
    first, second = gazetteer().spots("tezzibar")
    assert (first.name, first.country, first.admin1, first.admin2) == (
        "Tezzibar",
        "ZZ",
        "Quolm Province",
        "Varn District",
    )
    assert (first.latitude, first.longitude) == (pytest.approx(10.61, abs=0.003), pytest.approx(20.61, abs=0.003))
    assert (second.admin1, second.admin2) == ("Quolm Province", None)
    assert [s.level for s in gazetteer().spots("varn")] == ["district"]
    assert [s.level for s in gazetteer().spots("warn")][:1] == ["district"]


def test_other_spellings_lead_to_it_and_codes_and_lost_places_do_not(added: Path) -> None:
    assert [s.id for s in gazetteer().spots("tezibar")] == ["gn:4"]
    assert not gazetteer().spots("tzb")
    assert not gazetteer().spots("old tezzibar")
    assert not gazetteer().spots("lake quolm")


def test_a_text_is_read_with_the_added_list(added: Path) -> None:
    text = "Gunmen fired on a post in Tezzibar, Varn district, on Friday."
    place = resolve(find(text), text=text)[0]
    assert (place.country, place.admin2, place.level) == ("ZZ", "Varn District", "settlement")


def test_without_the_list_the_name_is_unknown() -> None:
    assert not gazetteer().spots("tezzibar")


def test_a_place_that_both_lists_have_is_one(added: Path) -> None:
    rows = Builder()
    at = rows.add(Row(name="Pakistan", country="PK", level=COUNTRY))
    rows.add(Row(name="Peshawar", country="PK", level=SETTLEMENT, parent=at, latitude=34.008, longitude=71.578))
    before = gazetteer().spots("peshawar")
    rows.save(added / "PK.gaz")
    gazetteer.cache_clear()
    assert gazetteer().spots("peshawar") == before


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "no places"),
        (["Tezzibar\n"], "columns"),
        ([line(4, "Tezzibar", "P.PPL", at=(10.61, 20.61)).replace("10.61", "north")], "number"),
        ([DUMP[3], DUMP[3].replace("\tZZ\t", "\tYY\t")], "2 countries"),
    ],
)
def test_what_is_no_dump_of_one_country_says_what_is_wrong(lines: list[str], words: str) -> None:
    with pytest.raises(RecountError, match=words) as fault:
        compile_dump(lines, "ZZ.txt")
    assert "ZZ.txt" in str(fault.value)
    assert "GeoNames" in fault.value.do


def test_compiled_rows_come_back_as_they_were(tmp_path: Path) -> None:
    rows = Builder()
    at = rows.add(Row(name="Zedland", country="ZZ", level=COUNTRY, population=9_000_000))
    area = rows.add(Row(name="Quolm Province", country="ZZ", level=ADMIN1, parent=at))
    names = [f"Town {n} of Quolm" for n in range(200)]
    for n, name in enumerate(names):
        rows.add(
            Row(
                name=name,
                country="ZZ",
                level=SETTLEMENT,
                parent=area,
                geonameid=n,
                latitude=n / 3 - 30,
                longitude=n - 99.5,
            )
        )
    rows.save(tmp_path / "zz.gaz")
    found = Columns(tmp_path / "zz.gaz")
    assert [found.name(row) for row in range(2, len(found))] == names
    assert [found.level(row) for row in (0, 1, 2, len(found) - 1)] == [COUNTRY, ADMIN1, SETTLEMENT, SETTLEMENT]
    for n, name in enumerate(names):
        assert found.rows(normal(name)) == [(n + 2, True)]
        assert found.point(n + 2) == (pytest.approx(n / 3 - 30, abs=0.003), pytest.approx(n - 99.5, abs=0.006))
        assert found.geonameid(n + 2) == n
    assert found.longest("town") == 4
    assert not found.knows("town 200 of quolm")
    assert World(tmp_path / "zz.gaz").spot(5, own=True).admin1 == "Quolm Province"
