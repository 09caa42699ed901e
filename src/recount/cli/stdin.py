"""Standard input as one of the inputs: `-` in the place of a path."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.records import Report, SetAside
    from recount.settings import Settings

DASH = "-"
HEAD = 4096  # bytes that tell what kind of input it is
PACKED = b"\x1f\x8b"
BEGINNINGS = tuple(
    (re.compile(begins), ending)
    for begins, ending in (
        (rb"%PDF", ".pdf"),
        (rb"WARC/1", ".warc"),
        (rb"\{", ".jsonl"),
        (rb"\[\s*[{\]]", ".json"),
        (rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", ".xml"),
        (rb"<", ".html"),
        (rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ", ".mbox"),
        (rb"(?i)(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*)*?(?:message-id|received|mime-version|return-path):", ".eml"),
    )
)
"""What the first bytes of each kind look like; the first that fits counts."""


@contextmanager
def items_of(paths: Sequence[str], settings: Settings) -> Iterator[Iterator[Report | SetAside] | None]:
    """What the inputs hold, in order, where one of them is `-`; None where the engine can read the paths itself."""
    if DASH not in paths:
        yield None
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="recount-") as folder:
        yield _read(paths, settings, Path(folder))


def _read(paths: Sequence[str], settings: Settings, folder: Path) -> Iterator[Report | SetAside]:
    from recount.engine.local import read_all

    for path in dict.fromkeys(paths):
        if path == DASH:
            spooled = spool(folder)
            yield from (_renamed(item, spooled) for item in read_all([spooled], settings))
        else:
            yield from read_all([path], settings)


def spool(folder: Path) -> Path:
    """Standard input as a file whose ending says what it holds; on disk, since a stream may be long."""
    from shutil import copyfileobj

    source = sys.stdin.buffer
    head = source.read(HEAD)
    path = folder / f"stdin{ending(head)}"
    with path.open("wb") as target:
        target.write(head)
        copyfileobj(source, target)
    return path


def ending(head: bytes) -> str:
    """The ending for bytes that begin so, as `read.inputs` knows them; packed as gzip or not."""
    if head.startswith(PACKED):
        from zlib import decompressobj, error

        try:
            return ending(decompressobj(31).decompress(head, HEAD).removeprefix(PACKED)) + ".gz"
        except error:
            return ".jsonl.gz"  # reading it says what is wrong
    bare = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return next((ending for begins, ending in BEGINNINGS if begins.match(bare)), ".txt")


def _renamed(item: Report | SetAside, spooled: Path) -> Report | SetAside:
    """The item with standard input named as its source instead of the file that stood in for it."""
    from msgspec.structs import replace

    if item.source is None:
        return item
    return replace(item, source=item.source.replace(str(spooled), "standard input"))
