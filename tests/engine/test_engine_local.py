"""The local engine: in order, in batches, each report's failure its own, and nothing done twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import made_river
import pytest

from recount import read as read_room
from recount.engine import local
from recount.engine.workers import coded
from recount.errors import BadRule, LedgerBusy, RecountError, UnreadableInput
from recount.records import Coding, Report, SetAside
from recount.review.judgements import make_judgement
from recount.settings import Settings
from recount.store import open_ledger
from recount.store.contract import Ledger

SETTINGS = Settings(batch=10, wait_seconds=0.3)
ASIDE = SetAside(source="bad.txt", reason="it is empty", advice="Put a report into it.")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(tmp_path / "recount.db", settings=SETTINGS)
    yield opened
    opened.close()


def add(ledger: Ledger, items: object, **options: object) -> local.Added:
    given = {"code": made_river.code, "link": made_river.link, "pack": made_river.PACK} | options
    return local.add(ledger, (), SETTINGS, items=items, **given)  # type: ignore[arg-type]


def test_reports_are_coded_kept_and_linked(ledger: Ledger) -> None:
    added = add(ledger, made_river.reports(25))
    assert (added.new, added.known, added.recoded, added.aside, added.relinked) == (25, 0, 0, (), True)
    assert added.read == 25
    counts = ledger.counts()
    assert counts["reports"] == counts["event_reports"] == counts["links"] == 25
    assert 0 < counts["incidents"] < 25


def test_adding_again_codes_nothing_and_links_nothing(ledger: Ledger) -> None:
    add(ledger, made_river.reports(25))

    def never(*_: object) -> object:
        raise AssertionError("this was done before")

    added = add(ledger, made_river.reports(25), code=never, link=never)
    assert (added.new, added.known, added.relinked) == (0, 25, False)


def test_other_rules_code_known_reports_again(ledger: Ledger) -> None:
    from msgspec.structs import replace

    add(ledger, made_river.reports(25))
    added = add(ledger, made_river.reports(30), pack="newer", code=lambda r: replace(made_river.code(r), pack="newer"))
    assert (added.new, added.recoded, added.known, added.relinked) == (5, 25, 0, True)
    assert {coding.pack for coding in ledger.codings()} == {"newer"}


def test_kept_reports_are_coded_again_without_their_files(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    from msgspec.structs import replace

    add(ledger, made_river.reports(25))
    monkeypatch.setattr(local, "_pack", lambda settings: "newer")
    added = local.recode(ledger, SETTINGS, code=lambda r: replace(made_river.code(r), pack="newer"))
    assert (added.new, added.recoded) == (0, 25)


def test_a_report_that_the_coder_fails_on_is_set_aside_and_the_rest_goes_on(ledger: Ledger) -> None:
    items = list(made_river.reports(12))
    items[3] = made_river.failing(items[3])
    added = add(ledger, items)
    assert added.new == 11
    (aside,) = added.aside
    assert aside.source == "made:3"
    assert "ValueError: a word that the coder does not like" in aside.reason
    assert list(ledger.asides()) == [aside]


def test_a_fault_in_the_rules_stops_the_run() -> None:
    def broken(_: Report) -> Coding:
        raise BadRule("unknown key", "people.toml:3", "Did you mean: side?")

    with pytest.raises(BadRule):
        list(local.code_all((), SETTINGS, code=broken, items=made_river.reports(3)))


def test_what_the_reader_sets_aside_is_kept_with_its_reason(ledger: Ledger) -> None:
    added = add(ledger, [ASIDE, *made_river.reports(2), ASIDE])
    assert added.aside == (ASIDE, ASIDE)
    assert list(ledger.asides()) == [ASIDE]


def test_one_report_twice_in_a_run_is_one_new_and_one_known(ledger: Ledger) -> None:
    added = add(ledger, [*made_river.reports(3), *made_river.reports(3), *made_river.reports(25)])
    assert (added.new, added.known) == (25, 6)


def test_a_judgement_alone_makes_linking_due(ledger: Ledger) -> None:
    add(ledger, made_river.reports(9))
    ledger.judge(make_judgement("same", ["e_1", "e_2"], "ana", "2025-03-04T10:00:00Z"))
    assert add(ledger, ()).relinked
    assert not add(ledger, ()).relinked


def test_undone_judgements_do_not_reach_the_linker(ledger: Ledger) -> None:
    first = make_judgement("same", ["e_1", "e_2"], "ana", "2025-03-04T10:00:00Z")
    for judgement in (first, make_judgement("undo", [], "ana", "2025-03-04T10:01:00Z", undoes=first.id)):
        ledger.judge(judgement)
    seen = []

    def link(events: object, reports: object, judgements: object, current: object) -> object:
        seen.append(judgements)
        return [], []

    add(ledger, made_river.reports(3), link=link)
    assert seen == [[]]


def test_a_run_that_ends_before_linking_is_finished_by_the_next(ledger: Ledger) -> None:
    def stopped(*_: object) -> object:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(ledger, made_river.reports(25), link=stopped)
    assert ledger.counts()["incidents"] == 0
    assert add(ledger, ()).relinked
    assert ledger.counts()["links"] == 25


def test_a_run_that_ends_while_reading_keeps_its_whole_batches(ledger: Ledger) -> None:
    def stopped() -> Iterator[Report]:
        yield from made_river.reports(25)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add(ledger, stopped())
    assert ledger.counts()["reports"] == 20


def test_an_empty_run_on_an_empty_ledger_links_nothing(ledger: Ledger) -> None:
    assert add(ledger, ()) == local.Added()


def test_progress_tells_inputs_and_then_linking(ledger: Ledger) -> None:
    told: list[tuple[str, int]] = []
    add(ledger, made_river.reports(25), progress=lambda phase, n: told.append((phase, n)))
    assert told == [("reports", 10), ("reports", 20), ("reports", 25), ("linking", 25)]


def test_a_second_run_at_the_same_time_is_told_that_the_ledger_is_busy(ledger: Ledger) -> None:
    other = open_ledger(ledger.address, settings=SETTINGS)
    with ledger.writing(), pytest.raises(LedgerBusy):
        add(other, made_river.reports(3))
    other.close()
    assert ledger.counts()["reports"] == 0


def test_coding_yields_in_the_order_of_the_input_and_counts() -> None:
    done: list[int] = []
    items = [ASIDE, *made_river.reports(3)]
    results = list(local.code_all((), SETTINGS, code=made_river.code, items=items, on_done=done.append))
    assert results == [ASIDE, *map(made_river.code, made_river.reports(3))]
    assert done == [1, 2, 3, 4]


def test_reading_sets_aside_a_file_that_fails_half_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, _: Settings) -> Iterator[Report]:
        yield from made_river.reports(1)
        if path.name == "two":
            raise OSError(5, "Input/output error")
        raise UnreadableInput("it is a picture", str(path), "Add its text instead.")

    monkeypatch.setattr(read_room, "read", read)
    monkeypatch.setattr(read_room, "inputs", lambda paths: [ASIDE, *paths])
    results = list(local.read_all(["one", "two"], SETTINGS))
    assert [type(item) for item in results] == [SetAside, Report, SetAside, Report, SetAside]
    assert [item.source for item in results if isinstance(item, SetAside)] == ["bad.txt", "one", "two"]


# ---------------------------------------------------------------------------------------------- many processes


def test_many_processes_give_what_one_gives_in_the_same_order() -> None:
    items = [ASIDE, *made_river.reports(60)]
    items[20] = made_river.failing(next(made_river.reports(1)))
    one = list(coded(items, made_river.code, workers=1))
    assert list(coded(items, made_river.code, workers=2)) == one


def test_many_processes_read_only_a_little_ahead() -> None:
    taken = 0

    def counted() -> Iterator[Report]:
        nonlocal taken
        for report in made_river.reports(2000):
            taken += 1
            yield report

    results = coded(counted(), made_river.code, workers=2)
    for n, _ in enumerate(results, 1):
        assert taken <= n + 60
        if n == 300:
            break
    results.close()


def end_here(report: Report) -> Coding:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError(report)


def test_a_process_killed_from_outside_is_told_in_words() -> None:
    with pytest.raises(RecountError, match="ended from outside"):
        list(coded(made_river.reports(20), end_here, workers=2))


def slow(report: Report) -> Coding:
    (Path(report.text) / str(os.getpid())).touch()
    time.sleep(60)
    raise AssertionError


ORPHANS = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a run in the background starts with interrupts ignored
sys.path.insert(0, {here!r})
from test_engine_local import slow
from recount.engine.workers import coded
from recount.records import Report
if __name__ == "__main__":
    list(coded([Report(id=str(n), name="", text={folder!r}) for n in range(40)], slow, workers=2))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="asks for processes by signal 0")
def test_no_process_is_left_behind_when_the_run_is_killed(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    script = tmp_path / "orphans.py"
    script.write_text(ORPHANS.format(here=str(Path(__file__).parent), folder=str(marks)))
    run = subprocess.Popen([sys.executable, str(script)])
    wait_until(lambda: len(list(marks.iterdir())) == 2)
    run.kill()
    run.wait()
    wait_until(lambda: not any(alive(int(mark.name)) for mark in marks.iterdir()))


@pytest.mark.skipif(sys.platform == "win32", reason="interrupts a group of processes")
def test_an_interrupt_ends_all_processes_at_once_and_without_noise(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    script = tmp_path / "interrupted.py"
    script.write_text(ORPHANS.format(here=str(Path(__file__).parent), folder=str(marks)))
    run = subprocess.Popen([sys.executable, str(script)], start_new_session=True, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: len(list(marks.iterdir())) == 2)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert said.count("Traceback") == 1
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert not any(alive(int(mark.name)) for mark in marks.iterdir())


def wait_until(true: object, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.05)


def alive(process: int) -> bool:
    """Whether a process runs (one that ended and that nobody has asked about counts as ended)."""
    try:
        return "Z" not in Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
