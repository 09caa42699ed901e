"""Pictures: what they show, in words too; drawn without a network; whole numbers, and no mark for nothing."""

from __future__ import annotations

import struct
import sys
import xml.etree.ElementTree as ET

import pytest

from recount.errors import MissingExtra, WrongUse
from recount.export import plots
from recount.export.plots.drawing import png, svg
from recount.export.plots.months import _between
from recount.store import Ledger, open_ledger

WHOLE = [kind for kind, of in plots.KINDS.items() if not of.of_incident]


def drawn(ledger: Ledger, kind: str) -> plots.Plot:
    """A picture of this kind, of the sample operation where it shows one incident."""
    return plots.plot(ledger, kind, "i_operation" if plots.KINDS[kind].of_incident else None)


@pytest.mark.parametrize("kind", plots.KINDS)
def test_a_picture_says_in_words_what_it_shows(ledger: Ledger, kind: str) -> None:
    picture = drawn(ledger, kind)
    assert len(picture.alt) > 40
    assert picture.spec["description"] == picture.alt
    assert picture.spec["title"]["text"]


@pytest.mark.parametrize("kind", plots.KINDS)
def test_svg_and_png_are_drawn_and_carry_the_words(ledger: Ledger, kind: str) -> None:
    pytest.importorskip("vl_convert")
    picture = drawn(ledger, kind)
    root = ET.fromstring(svg(picture))
    names = {child.tag.rpartition("}")[2]: child.text for child in root}
    assert (root.get("role"), names["desc"]) == ("img", picture.alt)
    assert "href" not in svg(picture).replace("xlink", "")
    image = png(picture)
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    assert width > 300
    assert height > 200
    assert b"iTXtDescription\0" in image
    assert picture.alt.encode() in image


def test_the_toll_shows_every_claim_with_a_number(ledger: Ledger) -> None:
    rows = drawn(ledger, "toll").spec["data"]["values"]
    assert {("2025-03-04", 12), ("2025-03-04", 2)} <= {(row["day"], row["number"]) for row in rows}
    assert {row["cell"] for row in rows} >= {"Killed, armed group", "Killed, state forces"}


def test_months_count_an_operation_once_and_skip_no_month(ledger: Ledger) -> None:
    rows = drawn(ledger, "months").spec["data"]["values"]
    assert {row["month"] for row in rows} == {"2025-03"}
    assert _between(["2024-11", "2025-02", "2024-11"]) == ["2024-11", "2024-12", "2025-01", "2025-02"]
    assert _between([]) == []


def test_an_empty_ledger_is_drawn_empty(tmp_path: object) -> None:
    with open_ledger(f"{tmp_path}/empty.db") as empty:
        for kind in WHOLE:
            assert plots.plot(empty, kind).alt


def test_what_cannot_be_drawn_is_said(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong, told in (
        (("pie",), "There are: toll"),
        (("toll",), "Name it"),
        (("map", "i_operation"), "whole ledger"),
    ):
        with pytest.raises(WrongUse, match=told):
            plots.plot(ledger, *wrong)
    with pytest.raises(WrongUse, match="no incident"):
        plots.plot(ledger, "toll", "r_1")
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    with pytest.raises(MissingExtra, match=r"recount\[plots\]"):
        svg(drawn(ledger, "map"))
