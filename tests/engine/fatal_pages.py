"""Reads an archive by two processes in which a page that says FATAL ends the process that reads it."""

from __future__ import annotations

import os
from pathlib import Path

from recount.engine import archive_processes
from recount.engine.archive import read_archive, read_shard
from recount.engine.archive_folder import Mark
from recount.engine.shards import Shard
from recount.settings import Settings


def fatal(out: Path, shard: Shard, settings: Settings) -> Mark:
    """As `read_shard`, but it ends the process where a page of the shard says so."""
    from recount.read.pages import Page
    from recount.read.warc import pages

    for page in pages(Path(shard.path), settings, start=shard.start, stop=shard.stop):
        if isinstance(page, Page) and page.data.endswith(b"FATAL"):
            os._exit(11)
    return read_shard(out, shard, settings)


def main(warc: str, out: str) -> None:
    """Read it."""
    archive_processes.read_shard = fatal
    read_archive([Path(warc)], Path(out), Settings(), jobs=2, shard_bytes=2_000)
