"""An export on several processes: each opens the ledger for reading and works on pieces; their order is kept."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from recount.export.pieces import Piece, ground_for

if TYPE_CHECKING:
    from recount.export.running import Done
    from recount.export.shapes import Shape
    from recount.store.contract import Ledger

AHEAD = 3
"""Pieces for each process that are handed out before the first is taken back: bounds memory."""

_at_work: tuple[Ledger, Shape, str] | None = None


def by_many(address: str, pieces: Sequence[Piece], name: str, rules: str, jobs: int) -> Iterator[Done]:
    """The pieces of the ledger at `address`, worked by `jobs` processes, in the order given."""
    context = multiprocessing.get_context("spawn")
    waiting = iter(pieces)
    with context.Pool(jobs, _begin, (address, name, rules)) as pool:
        running = [pool.apply_async(_work, (piece,)) for piece in islice(waiting, jobs * AHEAD)]
        while running:
            done = running.pop(0).get()
            running += [pool.apply_async(_work, (piece,)) for piece in islice(waiting, 1)]
            yield done


def _begin(address: str, name: str, rules: str) -> None:
    global _at_work
    from recount.export.shapes import shape
    from recount.settings import load_settings
    from recount.store import open_ledger

    ledger = open_ledger(address, settings=load_settings(), create=False, readonly=True)
    _at_work = ledger, shape(name, rules), rules


def _work(piece: Piece) -> Done:
    from recount.export.running import worked

    assert _at_work is not None
    ledger, made, rules = _at_work
    return worked(ground_for(ledger, piece), made, rules, values=False)
