"""The one writer's place, and the one linker's: advisory locks on small files beside the ledger, and a queue for writers.

The operating system holds a lock, so it is free again at the moment when its holder ends, however it ends. The file
stays (taking it away would let two writers each lock a file of that name); it says who is writing. Who wants the place
first takes the head of the queue, a lock on a second file, and keeps it until the place is theirs: so a writer who has just
left the place cannot be back in it before those who waited, as it would be where all only try again and again.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from recount.errors import LedgerBusy, LedgerError

if sys.platform == "win32":
    import msvcrt

    def _try(file: int) -> None:
        os.lseek(file, 1 << 30, os.SEEK_SET)  # far behind the words, so that others can read them
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


PAUSE = 0.02
"""Seconds between two tries for the head of the queue."""
PAUSE_AT_HEAD = 0.002
"""Seconds between two tries for the place itself; only the one at the head of the queue tries."""


@contextmanager
def writers_place(ledger: Path, wait: float) -> Iterator[None]:
    """Hold the writer's place of a ledger; LedgerBusy when others keep it longer than `wait` seconds.

    LedgerError where the files beside the ledger cannot be made.
    """
    until = time.monotonic() + wait
    with _opened(lock_file(ledger)) as place:
        with _opened(queue_file(ledger)) as queue:
            if not (_taken(queue, until, PAUSE) and _taken(place, until, PAUSE_AT_HEAD)):
                raise _busy(place, "writing to", ledger, wait)
        with _signed(place):
            yield


@contextmanager
def linkers_place(ledger: Path, wait: float) -> Iterator[None]:
    """As `writers_place`, for linking: others may write meanwhile, but nobody else links. To be taken before the other."""
    with _opened(linking_file(ledger)) as place:
        if not _taken(place, time.monotonic() + wait, PAUSE):
            raise _busy(place, "linking", ledger, wait)
        with _signed(place):
            yield


def lock_file(ledger: Path) -> Path:
    """The file that the lock is on."""
    return ledger.with_name(ledger.name + "-lock")


def queue_file(ledger: Path) -> Path:
    """The file that the lock of the queue's head is on."""
    return ledger.with_name(ledger.name + "-queue")


def linking_file(ledger: Path) -> Path:
    """The file that the linker's lock is on."""
    return ledger.with_name(ledger.name + "-linking")


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """A file to lock; closing it ends the lock."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as fault:
        raise LedgerError(
            f"the file that marks who is writing cannot be made ({fault.strerror})",
            str(path),
            "Check the disk and the permissions of the folder.",
        ) from None
    try:
        yield file
    finally:
        os.close(file)


def _taken(file: int, until: float, pause: float) -> bool:
    """Whether the lock was taken before the time was over."""
    while True:
        try:
            _try(file)
        except OSError:
            if time.monotonic() >= until:
                return False
            time.sleep(pause)
        else:
            return True


def _busy(file: int, doing: str, ledger: Path, wait: float) -> LedgerBusy:
    who = os.pread(file, 200, 0).decode("utf-8", "replace") if hasattr(os, "pread") else ""
    return LedgerBusy(
        f"another process ({who or 'unknown'}) is {doing} this ledger, and was not done within {wait:g} seconds",
        str(ledger),
        "Wait until it is done, or let this one wait longer (RECOUNT_WAIT_SECONDS).",
    )


@contextmanager
def _signed(file: int) -> Iterator[None]:
    """Who holds a place stands in its file."""
    _write(file, f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
    yield
    _write(file, "")


def _write(file: int, words: str) -> None:
    with suppress(OSError):  # on a full disk the lock holds all the same, only without a name
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, words.encode())
