"""Records of a WARC file as one stream of bytes each run: a plain file, or one gzip member of a packed file.

Reading is bounded: no more is unpacked than was asked for, and a member that unpacks to far more than it was stops.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import IO, Any

packing: Any = zlib
try:  # twice as fast, and gives the same
    from isal import isal_zlib
except ImportError:
    pass
else:
    packing = isal_zlib
FAULTS: tuple[type[Exception], ...] = (zlib.error, packing.error)
"""What unpacking raises for damaged data."""

MAGIC = b"\x1f\x8b\x08"
STEP = 1 << 16
RATIO_FROM = 4 << 20  # bytes; below this no ratio is suspicious
BEGINS = b"WARC/"


class Damaged(Exception):
    """A record that cannot be read: what is wrong with it, and what to do."""

    def __init__(self, what: str, do: str = "Fetch the file again; the other records were read.") -> None:
        super().__init__(what)
        self.what, self.do = what, do


class Plain:
    """An unpacked file from an offset to its end."""

    def __init__(self, raw: IO[bytes], start: int) -> None:
        raw.seek(start)
        self._raw, self._start = raw, start

    def more(self) -> bytes:
        """The next bytes; empty at the end."""
        return self._raw.read(STEP)

    def go_to(self, at: int) -> None:
        """Go on at so many bytes behind the start."""
        self._raw.seek(self._start + at)


class Member:
    """One gzip member of a packed file; `end` is where it ended, once it has.

    Raises Damaged where its data are damaged, cut short or unpack to more than `most` times what they were.
    """

    def __init__(self, raw: IO[bytes], start: int, most: int) -> None:
        raw.seek(start)
        self._raw, self._most = raw, most
        self._unpack: Any = packing.decompressobj(31)
        self._waiting = b""
        self._taken = self._given = 0
        self._start = start
        self.end: int | None = None

    def more(self) -> bytes:
        """The next bytes; empty at the end of the member."""
        while self.end is None:
            data = self._waiting or self._raw.read(STEP)
            if not data:
                raise Damaged("the packed record is cut short")
            self._taken += 0 if self._waiting else len(data)
            try:
                given: bytes = self._unpack.decompress(data, 4 * STEP)
            except FAULTS as fault:
                raise Damaged(f"damaged gzip data ({fault})") from None
            self._waiting = self._unpack.unconsumed_tail
            if self._unpack.eof:
                self.end = self._start + self._taken - len(self._unpack.unused_data)
            self._given += len(given)
            if self._given > max(RATIO_FROM, self._most * self._taken):
                what = f"unpacks to more than {self._most} times its size"
                raise Damaged(what, "Unpack it yourself if you trust it (RECOUNT_MAX_UNPACKED_RATIO).")
            if given:
                return given
        return b""


class Run:
    """Bytes of a Plain or a Member, with what was read ahead."""

    def __init__(self, source: Plain | Member) -> None:
        self._source, self._held = source, b""
        self.packed = isinstance(source, Member)
        self.at = 0  # bytes taken so far

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end."""
        self._hold(size)
        taken, self._held = self._held[:size], self._held[size:]
        self.at += len(taken)
        return taken

    def skip(self, size: int) -> int:
        """Pass over so many bytes; how many there were."""
        left = size
        while left and (piece := self.take(min(left, STEP))):
            left -= len(piece)
        return size - left

    def until(self, mark: bytes, most: int) -> bytes | None:
        """The bytes up to and with `mark`; None, with nothing taken, where it does not come within `most` bytes."""
        size = STEP // 16
        while True:
            self._hold(size)
            at = self._held.find(mark, 0, most)
            if at >= 0:
                return self.take(at + len(mark))
            if len(self._held) < size or size >= most:
                return None
            size = min(4 * size, most)

    def peek(self, size: int) -> bytes:
        """The next bytes, not taken."""
        self._hold(size)
        return self._held[:size]

    def give_back(self, data: bytes) -> None:
        """Put bytes that were taken in front again."""
        self._held = data + self._held
        self.at -= len(data)

    def back_to(self, at: int) -> None:
        """Go back to a place passed before. A packed member cannot: it goes on where it is."""
        if not isinstance(self._source, Member):
            self._source.go_to(at)
            self._held, self.at = b"", at

    def _hold(self, size: int) -> None:
        if len(self._held) >= size:
            return
        pieces, held = [self._held], len(self._held)
        while held < size and (piece := self._source.more()):
            pieces.append(piece)
            held += len(piece)
        self._held = b"".join(pieces)


def is_packed(raw: IO[bytes]) -> bool:
    """Whether a file is packed: it begins as gzip, or holds packed records behind a damaged beginning."""
    raw.seek(0)
    begin = raw.read(len(BEGINS))
    if begin == BEGINS or begin.startswith(MAGIC):
        return begin != BEGINS
    return next(member_starts(raw, 0, raw.seek(0, 2)), None) is not None


def member_starts(raw: IO[bytes], start: int, stop: int) -> Iterator[int]:
    """Where gzip members that begin as WARC records start, from `start` on and before `stop`."""
    at = start
    while at < stop:
        raw.seek(at)
        data = raw.read(STEP)
        if len(data) < len(MAGIC):
            return
        found = data.find(MAGIC)
        while found >= 0:
            if at + found >= stop:
                return
            if _begins_record(raw, at + found):
                yield at + found
            found = data.find(MAGIC, found + 1)
        at += len(data) - len(MAGIC) + 1


def _begins_record(raw: IO[bytes], at: int) -> bool:
    raw.seek(at)
    try:
        return bool(packing.decompressobj(31).decompress(raw.read(1024), len(BEGINS)) == BEGINS)
    except FAULTS:
        return False
