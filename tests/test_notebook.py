"""Frames and pictures in a notebook: the same rows as the exports, types that fit, nothing of a report that runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import recount.notebook as rn
from recount.engine.local import add
from recount.errors import MissingExtra, RecountError, WrongUse
from recount.export import claims
from recount.samples import folder
from recount.settings import Settings
from recount.store import open_ledger


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of three sample reports."""
    where = tmp_path_factory.mktemp("book") / "small.db"
    with open_ledger(where) as ledger:
        add(ledger, sorted(Path(folder()).glob("*.txt"))[:3], Settings())
    return where


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_hold_the_rows_of_the_exports(path: Path, library: rn.Library) -> None:
    pytest.importorskip(library)
    with rn.open(path, frames=library) as ledger:
        frame = ledger.claims()
        plain = list(claims.rows(ledger.ledger))
        assert list(frame.columns) == list(claims.COLUMNS)
        assert list(frame["claim_id"]) == [row["claim_id"] for row in plain]
        assert "date" in str(frame["published"].dtype).lower()
        incidents = ledger.incidents(rule_set="ucdp")
        assert set(incidents["rule_set"]) == {"ucdp"}
        assert len(ledger.event_reports())
        one = next(iter(incidents["incident_id"]))
        figures = ledger.figures(one, rule_set="highest")
        assert set(figures["rule_set"]) <= {"highest"}


def test_an_incident_shows_its_words(path: Path) -> None:
    with rn.open(path) as ledger:
        first = next(i for i in ledger.ledger.incidents())
        shown = ledger.show(first.id[:8])
        html = shown._repr_html_()
        assert "<table>" in html
        assert first.id in repr(shown)
        assert "claims" in ledger._repr_html_()
        assert "claims" in repr(ledger)


def test_a_picture_draws_itself_and_says_what_it_shows(path: Path, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    with rn.open(path) as ledger:
        picture = ledger.plot("map")
        assert picture._repr_svg_().startswith("<svg")
        assert picture.alt in repr(picture)
        picture.save(tmp_path / "map.png")
        assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
        with pytest.raises(WrongUse, match="svg or"):
            picture.save(tmp_path / "map.gif")


def test_faults_are_told_in_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(WrongUse, match="pandas, polars"):
        rn.open(path, frames="arrow")  # type: ignore[arg-type]
    with pytest.raises(RecountError, match="no ledger here"):
        rn.open(path.with_name("none.db"))
    monkeypatch.setitem(sys.modules, "pandas", None)
    with rn.open(path) as ledger, pytest.raises(MissingExtra, match=r"recount\[notebook\]"):
        ledger.claims()
