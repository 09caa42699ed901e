"""The listing of incidents: order, figures, filters, notes, JSON."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_runs import Command

from recount.cli import choosing, listing
from recount.errors import WrongUse
from recount.settings import Settings
from recount.store import open_ledger


def rows(out: str) -> list[str]:
    return [line for line in out.splitlines() if line.startswith("i_")]


def test_one_line_each_by_day_with_parts_below_their_operation(command: Command, ledger: Path) -> None:
    result = command("incidents")
    assert result.status == 0
    ambush, operation, part = rows(result.out)
    assert "2025-02-10" in ambush
    assert "Nag" in ambush
    assert "2025-03-01–03" in operation
    assert "Kolwa +2" in operation
    assert "└ Mand" in part


def test_figures_are_ranges_by_side_revisions_and_disputes(command: Command, ledger: Path) -> None:
    ambush, operation, part = rows(command("incidents").out)
    assert "2–14" in ambush
    assert ambush.endswith("≠")
    assert "2+w" in ambush  # nobody killed on that side: the wounded stand there, marked
    assert "40→75" in operation
    assert "3→9" in operation
    assert "≠" not in operation
    assert " 12 " in part


def test_nothing_is_wider_than_the_screen(command: Command, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for width in (80, 100, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        out = command("incidents").out
        assert len(rows(out)) == 3
        assert max(len(line) for line in out.splitlines()) <= width


def test_a_wide_screen_names_the_other_harms(command: Command, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    assert "2+ wounded civil" in rows(command("incidents").out)[0]


def test_statistics_are_no_lines_but_counted(command: Command, ledger: Path) -> None:
    out = command("incidents").out
    assert "1 statistic" in out
    assert "300" not in out


def test_an_empty_ledger_says_what_to_do(command: Command, tmp_path: Path) -> None:
    open_ledger(tmp_path / "recount.db", settings=Settings()).close()
    result = command("incidents")
    assert result.status == 0
    assert "recount add" in result.out


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--since", "2025-03"], 2),
        (["--until", "2025-02"], 1),
        (["--since", "2025-03-02", "--until", "2025-03-02"], 1),
        (["--country", "pk"], 3),
        (["--country", "AF"], 0),
        (["--kind", "attack"], 1),
        (["--place", "man"], 2),
        (["--place", "balochistan"], 3),
        (["--disputed"], 1),
        (["--disputed", "--kind", "operation"], 0),
    ],
)
def test_filters(command: Command, ledger: Path, words: list[str], found: int) -> None:
    assert len(command("incidents", *words, "--json").json["incidents"]) == found
    assert len(rows(command("incidents", *words).out)) == found


@pytest.mark.parametrize(
    ("words", "hint"),
    [(["--since", "monday"], "2026-02-04"), (["--until", "2025-13"], "2026"), (["--kind", "atack"], "'attack'")],
)
def test_a_wrong_filter_is_wrong_use(command: Command, ledger: Path, words: list[str], hint: str) -> None:
    result = command("incidents", *words)
    assert (result.status, result.out) == (2, "")
    assert hint in result.err


def test_json_has_stable_keys_and_whole_ids(command: Command, ledger: Path) -> None:
    found = command("incidents", "--json").json
    assert set(found) == {"incidents", "incidents_in_ledger", "statistics_in_ledger"}
    ambush, operation, part = found["incidents"]
    assert part["part_of"] == operation["id"]
    assert operation["places"] == ["Kolwa", "Mand", "Tump"]
    assert operation["actors"] == [{"neutral": "army", "said": "the army"}]
    assert ambush["disputed"] is True
    assert {"harm", "side", "low", "high", "first", "sources", "disputed"} == set(ambush["tolls"][0])
    killed = {t["side"]: (t["first"], t["low"], t["high"]) for t in operation["tolls"]}
    assert killed == {"armed_group": (40, 75, 75), "state_forces": (3, 9, 9)}


def test_a_partial_day_is_a_window() -> None:
    assert str(choosing.first_day("2024-02")) == "2024-02-01"
    assert str(choosing.last_day("2024-02")) == "2024-02-29"
    assert str(choosing.last_day("2024-12")) == "2024-12-31"
    assert str(choosing.last_day("2024")) == "2024-12-31"
    assert choosing.last_day(None) is None
    with pytest.raises(WrongUse):
        choosing.first_day("20240201")


def test_short_ids_grow_until_they_differ() -> None:
    assert listing.short_ids(["i_aaaabc", "i_aaaabd"]) == {"i_aaaabc": "i_aaaabc", "i_aaaabd": "i_aaaabd"}
    assert listing.short_ids(["i_aaaabc", "i_bbbbbd"]) == {"i_aaaabc": "i_aaaa", "i_bbbbbd": "i_bbbb"}
