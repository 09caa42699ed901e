"""Reads an archive by two processes, for tests that stop it: `archive_run.py WARC OUT SHARD_BYTES`."""

from __future__ import annotations

import sys
from pathlib import Path

from recount.engine.archive import read_archive
from recount.settings import Settings

if __name__ == "__main__":
    read_archive([Path(sys.argv[1])], Path(sys.argv[2]), Settings(), jobs=2, shard_bytes=int(sys.argv[3]))
