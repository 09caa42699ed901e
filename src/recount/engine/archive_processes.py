"""Shards read by several processes: no more handed out than can be read, and none lost with a process that dies."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from recount.engine.archive import read_shard
from recount.engine.archive_folder import Folder, Mark
from recount.engine.part_files import Part
from recount.engine.passes import Tally, summed
from recount.engine.processes import end_with_parent
from recount.engine.shards import Shard, halves
from recount.records import SetAside
from recount.settings import Settings


def read_by_many(out: Path, shards: Sequence[Shard], settings: Settings, jobs: int) -> Iterator[Mark]:
    """Read shards by so many processes, in any order; each comes out once it is marked as done.

    A process that dies (a parser that crashes on a page, memory that ran out) takes no shard with it: what was under
    way is read again one by one, and a shard that ends its process again is cut in two until the one record is found.
    """
    rest, failed = list(reversed(shards)), list[Shard]()
    while rest:
        pool, under_way = _pool(jobs), dict[Future[Mark], Shard]()
        try:
            while rest or under_way:
                while rest and len(under_way) < jobs:
                    shard = rest.pop()
                    under_way[pool.submit(read_shard, out, shard, settings)] = shard
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    mark = future.result()
                    del under_way[future]
                    yield mark
        except BrokenProcessPool:
            failed += under_way.values()
        finally:
            pool.shutdown(cancel_futures=True)
    for shard in failed:
        yield Folder(out).done(shard) or _alone(out, shard, settings)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Fresh processes, not copies: a copy would inherit locks of threads that do not live on in it.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=end_with_parent)


def _alone(out: Path, shard: Shard, settings: Settings) -> Mark:
    """Read a shard in a process of its own; where that dies, the shard in two halves; a single record is set aside."""
    pool = _pool(1)
    try:
        return pool.submit(read_shard, out, shard, settings).result()
    except BrokenProcessPool:
        pass
    finally:
        pool.shutdown(cancel_futures=True)
    smaller = halves(shard)
    if len(smaller) == 1:
        return _given_up(out, shard)
    marks = [_alone(out, half, settings) for half in smaller]
    tally = Tally()
    for mark in marks:
        tally = summed(tally, mark.tally)
    return Folder(out).mark(shard, tally, [part for mark in marks for part in mark.parts])


def _given_up(out: Path, shard: Shard) -> Mark:
    part = Part(out, shard.key)
    part.add(
        SetAside(
            source=f"{shard.path}:{shard.start}",
            reason="the process that read it ended, twice",
            advice="Please report it with this file; the rest went on.",
        )
    )
    part.close()
    return Folder(out).mark(shard, Tally(records=1, aside=1), (shard.key,))
