"""Coding on one or many processors: order kept, few reports in memory, one report's failure its own."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing.connection import wait
from typing import TypeVar

from recount.errors import RecountError, UnreadableInput
from recount.records import Coding, Report, SetAside

Coder = Callable[[Report], Coding]
Other = TypeVar("Other")

CHUNK = 8
"""Reports sent to a process at a time."""
AHEAD = 3
"""Chunks under way for each process: enough to keep it busy, few enough to keep memory flat."""


def coded(items: Iterable[Report | Other], code: Coder, *, workers: int = 1) -> Iterator[Coding | SetAside | Other]:
    """Each report coded, everything else as it came, in the order of `items`.

    A report that the coder fails on becomes a SetAside. Faults that concern every report (a broken rule) are raised.
    With `workers` > 1, `code` must be a function of a module, the program that calls this must be one that can be
    imported (`if __name__ == "__main__":`), and `items` is read only a little ahead.
    """
    if workers > 1:
        yield from _coded_by_many(items, code, workers)
        return
    for item in items:
        yield code_one(code, item) if isinstance(item, Report) else item


def code_one(code: Coder, report: Report) -> Coding | SetAside:
    """One report coded, or set aside where that fails."""
    try:
        return code(report)
    except UnreadableInput as fault:
        return SetAside(source=_source(report), reason=fault.what, advice=fault.do)
    except RecountError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever a text does to the coder, the other reports go on
        reason = f"the coder failed on this report ({type(fault).__name__}: {fault})"
        return SetAside(
            source=_source(report), reason=reason, advice="Please report it with this text; the rest went on."
        )


def _source(report: Report) -> str:
    return report.source or report.name


def _code_chunk(code: Coder, reports: list[Report]) -> list[Coding | SetAside]:
    return [code_one(code, report) for report in reports]


def _coded_by_many(items: Iterable[Report | Other], code: Coder, workers: int) -> Iterator[Coding | SetAside | Other]:
    rest = iter(items)
    under_way: deque[tuple[list[Report | Other], Future[list[Coding | SetAside]]]] = deque()
    # Fresh processes, not copies: a copy would inherit locks of threads that do not live on in it.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_end_with_parent)
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


def _end_with_parent() -> None:
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
