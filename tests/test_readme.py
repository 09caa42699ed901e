"""What the README shows runs as it stands."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

import recount

README = Path(__file__).parents[1] / "README.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_readme_shows_the_python_door() -> None:
    assert any("recount.code(" in block for block in BLOCKS)


@pytest.mark.parametrize("block", BLOCKS, ids=range(1, len(BLOCKS) + 1))
def test_an_example_runs_and_prints_something(
    block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.strip()


def test_the_first_example_prints_place_day_side_number_and_speaker(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(BLOCKS[0], "README.md", "exec"), {"__name__": "readme"})
    assert capsys.readouterr().out.splitlines() == [
        "2025-03-14 Bannu state_forces 5 police",
        "2025-03-14 Bannu armed_group 2 police",
    ]


def test_the_example_has_ten_lines_or_little_more() -> None:
    assert len([line for line in BLOCKS[0].splitlines() if line.strip()]) <= 14


def test_pages_that_the_readme_names_exist() -> None:
    named = re.findall(r"`((?:docs|src)/[\w./-]+)`", README.read_text(encoding="utf-8"))
    assert named
    missing = [name for name in named if not (README.parent / name).exists()]
    assert missing == []


def test_the_first_two_commands_are_demo_and_test() -> None:
    blocks = re.findall(r"^```\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert [block.strip() for block in blocks[:2]] == ["make demo", "make test"]


def test_the_package_opens_a_ledger(tmp_path: Path) -> None:
    ledger = recount.open_ledger(tmp_path / "recount.db")
    assert ledger.counts()["reports"] == 0
    ledger.close()
    assert os.path.exists(tmp_path / "recount.db")


def test_the_package_names_its_version_and_its_records() -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*", recount.__version__)
    assert recount.records.Coding.__name__ == "Coding"
    assert set(recount.__all__) <= set(dir(recount))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = recount.nothing
