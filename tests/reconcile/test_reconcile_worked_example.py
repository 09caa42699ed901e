"""The page of the worked example is what its texts come to."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_worked_example", ROOT / "scripts" / "build_worked_example.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["build_worked_example"] = module
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(build: ModuleType) -> None:
    assert build.PAGE.read_text(encoding="utf-8") == build.page(build.case()), "run scripts/build_worked_example.py"


def test_what_the_page_must_show(build: ModuleType) -> None:
    text = build.PAGE.read_text(encoding="utf-8")
    for shown in ("92, then 197, an increment of +105", "increment of +18", "increment of +7", "raises 92 to 197"):
        assert shown in text
    assert "36 less 5 leaves 31" in text
    assert "| ucdp (GED 23.1) | armed group | 197 | 197 | 197 |" in text
    assert "| concession |" in text
