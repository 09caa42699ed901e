"""An export on several processes: each opens the ledger for reading and works on pieces; their order is kept."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from recount.export.ground import ground_from
from recount.export.pieces import Piece
from recount.store.left import Left, Overlay, overlay_of

if TYPE_CHECKING:
    from recount.export.running import Done
    from recount.export.shapes import Shape
    from recount.store.contract import Ledger

AHEAD = 3
"""Pieces for each process that are handed out before the first is taken back: bounds memory."""

_book: Ledger | None = None
_overlay: Overlay | None = None
_shapes: dict[tuple[str, str], Shape] = {}


def by_many(address: str, tasks: Iterable[Any], work: Callable[[Any], Any], jobs: int) -> Iterator[Any]:
    """What `work` makes of each task, in their order, by `jobs` processes that can read the ledger at `address`."""
    context = multiprocessing.get_context("spawn")
    waiting = iter(tasks)
    with context.Pool(jobs, _begin, (address,)) as pool:
        running = [pool.apply_async(work, (task,)) for task in islice(waiting, jobs * AHEAD)]
        while running:
            done = running.pop(0).get()
            running += [pool.apply_async(work, (task,)) for task in islice(waiting, 1)]
            yield done


def entered(address: str, pieces: Iterable[Piece], name: str, rules: str, jobs: int) -> Iterator[Done]:
    """The pieces of the ledger in a format of `shapes`."""
    return by_many(address, pieces, partial(_enter, name=name, rules=rules), jobs)


def told(ids: Iterable[str]) -> Iterator[Left]:
    """The codings of these reports as people left them, in the ledger that this process reads."""
    assert _book is not None
    assert _overlay is not None
    return map(_overlay.over, _book.codings(ids))


def _begin(address: str) -> None:
    global _book, _overlay
    from recount.engine.processes import end_with_parent
    from recount.settings import load_settings
    from recount.store import open_ledger

    end_with_parent()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)  # records hold no circles: looking for some takes a third of the time
    _book = open_ledger(address, settings=load_settings(), create=False, readonly=True)
    _overlay = overlay_of(_book)


def _enter(piece: Piece, name: str, rules: str) -> Done:
    from recount.export.running import worked
    from recount.export.shapes import shape

    made = _shapes.setdefault((name, rules), shape(name, rules))
    return worked(ground_from(told(piece.reports), piece.incidents), made, rules, values=False)
