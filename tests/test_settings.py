"""Settings: every one by its variable, every wrong one named."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from recount.errors import WrongUse
from recount.settings import Settings, load_settings

OTHER = {"str": "other", "int": "7", "float": "7.5", "bool": "yes", "Inclusion": "any"}


def test_without_variables_the_defaults_hold() -> None:
    assert load_settings({}) == Settings()


@pytest.mark.parametrize("name", Settings.__struct_fields__)
def test_each_setting_is_read_from_its_variable(name: str) -> None:
    raw = "no" if name == "judge" else OTHER[Settings.__annotations__[name]]
    changed = load_settings({f"RECOUNT_{name.upper()}": raw})
    assert getattr(changed, name) != getattr(Settings(), name)
    others = [n for n in Settings.__struct_fields__ if n != name]
    assert [getattr(changed, n) for n in others] == [getattr(Settings(), n) for n in others]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("1", True), ("TRUE", True), ("on", True), ("0", False), ("No", False), ("off", False), ("", False)],
)
def test_truth_is_said_in_several_words(raw: str, value: bool) -> None:
    assert load_settings({"RECOUNT_DEBUG": raw}).debug is value


@pytest.mark.parametrize(
    ("name", "raw"), [("BATCH", "many"), ("WAIT_SECONDS", "long"), ("DEBUG", "perhaps"), ("MAX_REPORT_BYTES", "2e7")]
)
def test_a_wrong_value_is_named_with_its_variable(name: str, raw: str) -> None:
    with pytest.raises(WrongUse) as fault:
        load_settings({f"RECOUNT_{name}": raw})
    assert f"RECOUNT_{name}" in str(fault.value)
    assert repr(raw) in str(fault.value)


def test_other_variables_are_none_of_its_business() -> None:
    assert load_settings({"LEDGER": "x", "recount_ledger": "y", "RECOUNT_": "z"}) == Settings()


def test_the_process_environment_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUNT_LEDGER", "elsewhere.db")
    assert load_settings().ledger == "elsewhere.db"


def test_nothing_else_reads_the_environment() -> None:
    import recount

    folder = Path(recount.__file__).parent
    readers = [
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*.py")
        if "os.environ" in (text := path.read_text(encoding="utf-8")) or "os.getenv" in text
    ]
    assert readers == ["settings.py"]


def test_importing_the_package_loads_nothing() -> None:
    """Not its own rooms, and none of the libraries: start-up is paid by the verb that needs it."""
    script = "import sys; before = set(sys.modules); import recount; print(*sorted(set(sys.modules) - before))"
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert set(result.stdout.split()) <= {"recount", "__future__"}
