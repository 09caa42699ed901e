"""The one writer's place: an advisory lock on a small file beside the ledger.

The operating system holds the lock, so it is free again at the moment when its holder ends, however it ends. The file
stays (taking it away would let two writers each lock a file of that name); it says who is writing.
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


PAUSE = 0.05
"""Seconds between two tries."""


@contextmanager
def writers_place(ledger: Path, wait: float) -> Iterator[None]:
    """Hold the writer's place of a ledger; LedgerBusy when another process keeps it longer than `wait` seconds.

    LedgerError where the file beside the ledger cannot be made.
    """
    file = _open(ledger)
    try:
        _take(file, ledger, wait)
        _write(file, f"process {os.getpid()}, since {time.strftime('%H:%M:%S')}")
        yield
        _write(file, "")
    finally:
        os.close(file)


def lock_file(ledger: Path) -> Path:
    """The file that the lock is on."""
    return ledger.with_name(ledger.name + "-lock")


def _open(ledger: Path) -> int:
    try:
        return os.open(lock_file(ledger), os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as fault:
        raise LedgerError(
            f"the file that marks who is writing cannot be made ({fault.strerror})",
            str(lock_file(ledger)),
            "Check the disk and the permissions of the folder.",
        ) from None


def _take(file: int, ledger: Path, wait: float) -> None:
    until = time.monotonic() + wait
    while True:
        try:
            return _try(file)
        except OSError:
            if time.monotonic() >= until:
                raise _busy(file, ledger, wait) from None
        time.sleep(PAUSE)


def _busy(file: int, ledger: Path, wait: float) -> LedgerBusy:
    who = os.pread(file, 200, 0).decode("utf-8", "replace") if hasattr(os, "pread") else ""
    return LedgerBusy(
        f"another process ({who or 'unknown'}) is writing to this ledger, and was not done within {wait:g} seconds",
        str(ledger),
        "Wait until it is done, or let this one wait longer (RECOUNT_WAIT_SECONDS).",
    )


def _write(file: int, words: str) -> None:
    with suppress(OSError):  # on a full disk the lock holds all the same, only without a name
        os.ftruncate(file, 0)
        os.lseek(file, 0, os.SEEK_SET)
        os.write(file, words.encode())
