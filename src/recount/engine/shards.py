"""An archive cut into shards: parts of its files that can be read alone, in any order, on any machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from recount.errors import UnreadableInput
from recount.read.members import is_packed
from recount.records import Record, SetAside, content_id
from recount.settings import Settings

WARC = (".warc", ".warc.gz")
TABLE = ".parquet"
ADVICE = f"Give files that end in {', '.join((*WARC, TABLE))}, or folders of these."
SIZE = 64 << 20
"""Bytes of a shard, as they lie in the file: half a minute of work of one processor."""


class Shard(Record, frozen=True, kw_only=True):
    """A part of a file: of a packed WARC file the records that begin between two offsets, of a table some row groups.

    `file_bytes` is the size of the whole file; `place` the shard's place in the order of the input.
    """

    path: str
    start: int
    stop: int
    file_bytes: int
    place: int = 0
    weight: int = 0
    """Bytes that it holds, for the progress."""

    @property
    def key(self) -> str:
        """A name that stays the same as long as the file does."""
        return content_id("s", self.path, self.file_bytes, self.start, self.stop)


def shards_of(paths: Iterable[Path], size: int = SIZE) -> tuple[list[Shard], list[SetAside]]:
    """The shards of files and folders, in order, and what among them cannot be read."""
    found: list[Shard] = []
    asides: list[SetAside] = []
    for path in _files(paths):
        try:
            for start, stop, weight in _ranges(path, size):
                shard = Shard(
                    path=str(path),
                    start=start,
                    stop=stop,
                    file_bytes=path.stat().st_size,
                    place=len(found),
                    weight=weight,
                )
                found.append(shard)
        except UnreadableInput as fault:
            asides.append(SetAside(source=fault.where or str(path), reason=fault.what, advice=fault.do))
        except OSError as fault:
            reason = f"cannot be opened ({fault.strerror or fault})"
            asides.append(SetAside(source=str(path), reason=reason, advice="Check the path and the disk."))
    return found, asides


def halves(shard: Shard) -> list[Shard]:
    """A shard cut in two; itself alone where it holds one record or row group, or cannot be cut."""
    from recount.read.members import member_starts

    path, middle = Path(shard.path), (shard.start + shard.stop) // 2
    if not path.name.endswith(TABLE):
        with path.open("rb") as raw:
            if not is_packed(raw):
                return [shard]
            starts = member_starts(raw, shard.start, shard.stop)
            if next(starts, None) is None or (second := next(starts, None)) is None:
                return [shard]
            middle = max(middle, second)
    if not shard.start < middle < shard.stop:
        return [shard]
    from msgspec.structs import replace

    return [replace(shard, stop=middle), replace(shard, start=middle)]


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.name.endswith((*WARC, TABLE)) and p.is_file())
        else:
            yield path


def _ranges(path: Path, size: int) -> Iterator[tuple[int, int, int]]:
    """(start, stop, bytes) of each shard of a file."""
    if path.name.endswith(TABLE):
        yield from _row_groups(path, size)
    elif path.name.endswith(WARC):
        with path.open("rb") as raw:
            whole, packed = raw.seek(0, 2), is_packed(raw)
        step = size if packed else max(whole, 1)  # an unpacked file has no places where reading could begin
        for start in range(0, max(whole, 1), step):
            yield start, min(start + step, whole), min(step, whole - start)
    else:
        raise UnreadableInput("no archive" if path.exists() else "no such file or folder", str(path), ADVICE)


def _row_groups(path: Path, size: int) -> Iterator[tuple[int, int, int]]:
    from recount.read.parquet import sizes

    begin = held = 0
    groups = sizes(path)
    for number, bytes_ in enumerate(groups, 1):
        held += bytes_
        if held >= size or number == len(groups):
            yield begin, number, held
            begin, held = number, 0


def settings_mark(settings: Settings, size: int) -> dict[str, str | int | bool]:
    """What decides the outcome of a shard besides its bytes."""
    from recount.rules import pack_hash

    return {
        "pack": pack_hash(judged=settings.judge, inclusion=settings.inclusion),
        "inclusion": settings.inclusion,
        "judge": settings.judge,
        "max_report_bytes": settings.max_report_bytes,
        "max_unpacked_ratio": settings.max_unpacked_ratio,
        "shard_bytes": size,
    }
