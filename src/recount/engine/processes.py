"""Coding by several processes: order kept, few reports in memory, no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import TypeVar

from recount.engine.workers import Coder, code_one
from recount.errors import RecountError
from recount.records import Coding, Report, SetAside

Other = TypeVar("Other")

CHUNK = 8
"""Reports sent to a process at a time."""
AHEAD = 3
"""Chunks under way for each process: enough to keep it busy, few enough to keep memory flat."""


def _code_chunk(code: Coder, reports: list[Report]) -> list[Coding | SetAside]:
    return [code_one(code, report) for report in reports]


def coded_by_many(items: Iterable[Report | Other], code: Coder, workers: int) -> Iterator[Coding | SetAside | Other]:
    """As `workers.coded`, by so many processes; reads only a little ahead of what it yields."""
    rest = iter(items)
    under_way: deque[tuple[list[Report | Other], Future[list[Coding | SetAside]]]] = deque()
    # Fresh processes, not copies: a copy would inherit locks of threads that do not live on in it.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=end_with_parent)
    try:
        while True:
            while len(under_way) < workers * AHEAD and (chunk := list(islice(rest, CHUNK))):
                reports = [item for item in chunk if isinstance(item, Report)]
                under_way.append((chunk, pool.submit(_code_chunk, code, reports)))
            if not under_way:
                return
            chunk, future = under_way.popleft()
            yield from _in_place(chunk, future.result())
    except BrokenProcessPool:
        raise RecountError(
            "a process that codes reports was ended from outside (is memory short?)",
            "",
            "Run again with fewer workers: what was kept stays.",
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


def _in_place(chunk: list[Report | Other], results: list[Coding | SetAside]) -> Iterator[Coding | SetAside | Other]:
    ready = iter(results)
    for item in chunk:
        yield next(ready) if isinstance(item, Report) else item


def end_with_parent() -> None:
    """End this process when the one that started it ends, however it ends: no worker is left behind.

    An interrupt from the keyboard reaches all processes; this one then goes quietly, the first one speaks.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
