"""What a user reads when something goes wrong, and the exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_runs import Command

from recount import store
from recount.errors import LedgerBusy, LedgerTooNew

RECOUNT = [sys.executable, "-c", "from recount.cli.main import main; main()"]


@pytest.mark.parametrize("words", [["incident"], ["show"], ["incidents", "--colour"], ["export", "pictures"], ["add"]])
def test_wrong_use_is_status_2_and_a_hint(command: Command, words: list[str]) -> None:
    result = command(*words)
    assert (result.status, result.out) == (2, "")
    assert "Error:" in result.err
    assert "--help" in result.err
    assert "Traceback" not in result.err


def test_a_mistyped_verb_names_the_nearest(command: Command) -> None:
    assert "'incidents'" in command("incident").err


@pytest.mark.parametrize("verb", [["incidents"], ["show", "x"], ["status"], ["export", "claims"]])
def test_a_missing_ledger_is_not_made(command: Command, verb: list[str], tmp_path: Path) -> None:
    result = command(*verb)
    assert result.status == 2
    assert "there is no ledger here" in result.err
    assert "recount add" in result.err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_ledger(command: Command, tmp_path: Path) -> None:
    (tmp_path / "recount.db").write_text("dear diary " * 500)
    result = command("incidents")
    assert result.status == 2
    assert result.err.startswith("recount: recount.db: ")
    assert len(result.err.strip().splitlines()) <= 2


@pytest.mark.parametrize(
    "fault", [LedgerTooNew("too new", "x.db", "Install a newer one."), LedgerBusy("busy", "x.db", "Wait.")]
)
def test_errors_say_what_where_and_what_to_do(
    command: Command, monkeypatch: pytest.MonkeyPatch, fault: LedgerTooNew
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(store, "open_ledger", refuse)
    result = command("status")
    assert (result.status, result.out) == (2, "")
    assert result.err == f"recount: x.db: {fault.what}.\n{fault.do}\n"


def test_an_unexpected_fault_is_an_apology_without_a_traceback(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(store, "open_ledger", crash)
    result = command("status")
    assert result.status == 3
    assert "ZeroDivisionError" in result.err
    assert "RECOUNT_DEBUG=1" in result.err
    assert "Traceback" not in result.err
    monkeypatch.setenv("RECOUNT_DEBUG", "1")
    result = command("status")
    assert result.status == 3
    assert "Traceback" in result.err
    assert "in crash" in result.err


def test_a_wrong_setting_is_wrong_use(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECOUNT_BATCH", "many")
    result = command("status")
    assert result.status == 2
    assert "RECOUNT_BATCH" in result.err


def test_an_interrupt_is_status_130(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(store, "open_ledger", interrupt)
    result = command("status")
    assert (result.status, result.err) == (130, "Stopped.\n")


def test_the_ledger_is_named_before_the_verb_after_it_or_by_the_environment(
    command: Command, ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ledger.rename(ledger.with_name("other.db"))
    assert command("status").status == 2
    assert command("--ledger", other, "status").status == 0
    assert command("status", "--ledger", other).status == 0
    assert command("--ledger", "nowhere.db", "status", "--ledger", other).status == 0
    monkeypatch.setenv("RECOUNT_LEDGER", str(other))
    assert command("status").status == 0
    assert command("--ledger", "nowhere.db", "status").status == 2


def test_status_tells_counts_and_what_was_set_aside(command: Command, ledger: Path) -> None:
    result = command("status")
    assert "4  reports" in result.out
    assert "broken.gz: it ends too early. Fetch it again." in result.out
    found = command("status", "--json").json
    assert found["counts"]["incidents"] == 3
    assert found["set_aside"] == [{"source": "broken.gz", "reason": "it ends too early", "advice": "Fetch it again."}]


def test_version(command: Command) -> None:
    result = command("--version")
    assert result.status == 0
    assert result.out.startswith("recount 0.")


@pytest.mark.parametrize("words", ["incidents", "show statement-one --json", "export claims", "status", "--help"])
def test_a_reader_that_leaves_early_is_no_fault(ledger: Path, words: str) -> None:
    # The reader is gone long before the command has anything to write.
    run = f"'{sys.executable}' -c 'from recount.cli.main import main; main()' {words} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", run], cwd=ledger.parent, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0\n", "")


@pytest.mark.parametrize("environ", [{"TERM": "dumb"}, {"NO_COLOR": "1"}, {}])
def test_no_escape_codes_in_a_pipe(ledger: Path, environ: dict[str, str]) -> None:
    for words in (["incidents"], ["show", "statement-one"]):
        done = subprocess.run(
            [*RECOUNT, *words], cwd=ledger.parent, capture_output=True, env=os.environ | environ, check=True
        )
        assert b"\x1b" not in done.stdout
        assert done.stderr == b""


def test_a_terminal_without_unicode_gets_question_marks_and_whole_json(ledger: Path) -> None:
    environ = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run([*RECOUNT, "incidents"], cwd=ledger.parent, capture_output=True, env=environ, check=True)
    assert b"?" in done.stdout
    done = subprocess.run(
        [*RECOUNT, "show", "statement-one", "--json"], cwd=ledger.parent, capture_output=True, env=environ, check=True
    )
    assert "40 fighters" in done.stdout.decode("utf-8")


def test_json_is_never_cut_to_the_screen(command: Command, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert command("show", "statement-two", "--json").json["report"]["text"].startswith("Toll rises")
