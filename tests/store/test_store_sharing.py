"""One writer and several readers; nothing half-written."""

from __future__ import annotations

import multiprocessing
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from homes import MadeHome
from made_records import QUICK, made_coding, made_report

from recount.errors import LedgerBusy, LedgerError
from recount.settings import Settings
from recount.store import database, open_ledger
from recount.store.contract import Ledger
from recount.store.locks import lock_file, writers_place

OtherWriter = tuple[BaseProcess, Connection]


def hold(address: str, pipe: Connection) -> None:
    ledger = open_ledger(address, settings=QUICK)
    with ledger.writing():
        ledger.keep([made_coding(made_report("held"))])
        pipe.send("ready")
        pipe.poll(20)


@pytest.fixture
def other_writer(ledger: Ledger, home: MadeHome) -> Iterator[OtherWriter]:
    """Another process that holds the writer's place until its pipe is closed."""
    context = multiprocessing.get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=hold, args=(home.address, its))
    process.start()
    assert mine.poll(60)
    mine.recv()
    yield process, mine
    mine.close()
    its.close()
    process.join(20)


def test_a_second_writer_waits_and_then_says_who_is_writing(ledger: Ledger, other_writer: OtherWriter) -> None:
    process, _ = other_writer
    with pytest.raises(LedgerBusy, match=rf"process {process.pid}.*Wait until"), ledger.writing():
        pass
    with pytest.raises(LedgerBusy):
        ledger.keep([made_coding(made_report("Aban"))])


def test_readers_read_while_another_writes(ledger: Ledger, other_writer: OtherWriter, home: MadeHome) -> None:
    assert [r.name for r in ledger.reports()] == ["held"]
    reader = open_ledger(home.address, settings=QUICK, readonly=True)
    assert reader.counts()["reports"] == 1
    reader.close()


def test_the_place_is_free_as_soon_as_its_holder_is_killed(ledger: Ledger, other_writer: OtherWriter) -> None:
    process, _ = other_writer
    process.kill()
    process.join(20)
    assert ledger.keep([made_coding(made_report("Aban"))]) == 1


def test_a_waiting_writer_goes_on_when_the_first_is_done(
    ledger: Ledger, other_writer: OtherWriter, home: MadeHome
) -> None:
    _, pipe = other_writer
    patient = open_ledger(home.address, settings=Settings(wait_seconds=20))
    threading.Timer(0.3, pipe.send, ["done"]).start()
    assert patient.keep([made_coding(made_report("Aban"))]) == 1
    patient.close()


def write_some(address: str, name: str) -> None:
    ledger = open_ledger(address, settings=Settings(wait_seconds=30))
    for n in range(20):
        ledger.keep([made_coding(made_report(f"{name}{n}")), made_coding(made_report(f"both{n}"))])
    ledger.close()


def test_two_writers_at_once_on_a_new_ledger_lose_and_double_nothing(home: MadeHome) -> None:
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=write_some, args=(home.address, name)) for name in ("a", "b")]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [p.exitcode for p in processes] == [0, 0]
    ledger = open_ledger(home.address, settings=QUICK, readonly=True)
    assert ledger.counts()["reports"] == ledger.counts()["claims"] == 60
    ledger.close()


def test_a_listing_shows_one_moment_while_more_is_written(ledger: Ledger) -> None:
    ledger.keep([made_coding(made_report(f"n{n}")) for n in range(10)])
    listing = ledger.reports()
    first = next(listing)
    ledger.keep([made_coding(made_report(f"m{n}")) for n in range(10)])
    assert len([first, *listing]) == 10
    assert len(list(ledger.reports())) == 20


def test_writing_again_inside_writing_is_the_same_place(ledger: Ledger) -> None:
    with ledger.writing(), ledger.writing():
        ledger.keep([made_coding(made_report("Aban"))])
    ledger.keep([made_coding(made_report("Bur"))])
    assert ledger.counts()["reports"] == 2


def test_two_threads_take_turns(ledger: Ledger) -> None:
    def write(name: str) -> None:
        for n in range(10):
            ledger.keep([made_coding(made_report(f"{name}{n}"))])

    threads = [threading.Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert ledger.counts()["reports"] == 30


def test_a_foreign_lock_on_the_database_is_told_as_busy(opening_file: Callable[..., Ledger], path: Path) -> None:
    ledger = opening_file()
    foreign = sqlite3.connect(path, isolation_level=None)
    foreign.execute("BEGIN IMMEDIATE")
    with pytest.raises(LedgerBusy, match="another program"):
        ledger.keep([made_coding(made_report("Aban"))])
    foreign.execute("ROLLBACK")
    foreign.close()
    assert ledger.keep([made_coding(made_report("Aban"))]) == 1


def test_others_write_while_one_links_but_nobody_else_links(ledger: Ledger, home: MadeHome) -> None:
    other = open_ledger(home.address, settings=QUICK)
    with ledger.linking():
        assert other.keep([made_coding(made_report("Aban"))]) == 1
        with pytest.raises(LedgerBusy, match=r"linking.*Wait until"), other.linking():
            pass
    with other.linking(), other.linking():
        pass
    other.close()


def test_a_full_database_keeps_a_batch_whole_or_not_at_all(
    opening_file: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = opening_file
    opening().keep([made_coding(made_report("Aban"))])
    plain = database.connect

    def cramped(*args: object, **options: object) -> sqlite3.Connection:
        connection = plain(*args, **options)  # type: ignore[arg-type]
        connection.execute(f"PRAGMA max_page_count = {connection.execute('PRAGMA page_count').fetchone()[0] + 5}")
        return connection

    monkeypatch.setattr(database, "connect", cramped)
    with pytest.raises(LedgerError, match=r"disk is full.*Free some space"):
        opening().keep([made_coding(made_report(f"n{n}")) for n in range(500)])
    monkeypatch.undo()
    assert opening().counts() | {"set_aside": 0} == opening().counts()
    assert opening().counts()["reports"] == opening().counts()["claims"] == 1


def test_the_lock_file_lies_beside_the_ledger(opening_file: Callable[..., Ledger], path: Path) -> None:
    ledger = opening_file()
    with ledger.writing():
        assert lock_file(path).read_text().startswith("process ")
    assert lock_file(path).read_text() == ""


def test_a_writer_who_comes_again_at_once_stands_behind_those_who_wait(path: Path) -> None:
    over = threading.Event()

    def keep_coming() -> None:
        while not over.is_set():
            with writers_place(path, wait=60):
                time.sleep(0.173)

    busy = threading.Thread(target=keep_coming)
    busy.start()
    try:
        for _ in range(5):
            time.sleep(0.1)  # the other one has it
            with writers_place(path, wait=1):
                pass  # where all only tried again, this one would hardly ever get in
    finally:
        over.set()
        busy.join()


def test_one_who_gives_up_waiting_leaves_the_queue(path: Path) -> None:
    with writers_place(path, wait=0), pytest.raises(LedgerBusy, match="process"), writers_place(path, wait=0):
        pytest.fail("two writers at once")
    with writers_place(path, wait=0):
        pass
