"""Files as bounded streams of bytes: packed or not, never more in memory than the settings allow."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from recount.errors import UnreadableInput
from recount.read.inputs import PACKED
from recount.settings import Settings

STEP = 1 << 16
RATIO_FROM = 1 << 20  # bytes; below this no ratio is suspicious
ADVICE_SIZE = "Split it, or raise the limit"


class Stream:
    """The bytes of one file, unpacked, with its limits watched.

    UnreadableInput where packed data is damaged or cut short, or unpacks to far more than it was.
    """

    def __init__(self, raw: IO[bytes], where: str, settings: Settings, *, packed: bool) -> None:
        self._raw, self._where, self._settings, self._packed = raw, where, settings, packed
        self._body: IO[bytes] | gzip.GzipFile = gzip.GzipFile(fileobj=raw) if packed else raw
        self._given = 0

    def read(self, size: int) -> bytes:
        """At most `size` bytes; empty at the end."""
        return self._watched(self._body.read, size)

    def readline(self, size: int) -> bytes:
        """A line with its end, or its first `size` bytes."""
        return self._watched(self._body.readline, size)

    def _watched(self, method: Callable[[int], bytes], size: int) -> bytes:
        try:
            data = method(size)
        except EOFError:
            raise UnreadableInput("the packed file is cut short", self._where, "Fetch or pack it again.") from None
        except (gzip.BadGzipFile, zlib.error) as fault:
            raise UnreadableInput(f"damaged gzip data ({fault})", self._where, "Fetch or pack it again.") from None
        self._given += len(data)
        most = self._settings.max_unpacked_ratio
        if self._packed and self._given > max(RATIO_FROM, most * self._raw.tell()):
            what = f"unpacks to more than {most} times its size"
            raise UnreadableInput(what, self._where, "Unpack it yourself if you trust it (RECOUNT_MAX_UNPACKED_RATIO).")
        return data


@contextmanager
def opened(path: Path, settings: Settings) -> Iterator[Stream]:
    """A file as a Stream. UnreadableInput where it cannot be opened or the disk fails."""
    where = str(path)
    try:
        with path.open("rb") as raw:
            yield Stream(raw, where, settings, packed=path.name.lower().endswith(PACKED))
    except FileNotFoundError:
        raise UnreadableInput("no such file", where, "Check the spelling.") from None
    except PermissionError:
        raise UnreadableInput("no permission to read it", where, "Ask its owner for the right to read it.") from None
    except OSError as fault:
        raise UnreadableInput(
            f"cannot be read ({fault.strerror or fault})", where, "Check the path and the disk."
        ) from None


def whole(path: Path, settings: Settings) -> bytes:
    """All bytes of a file, unpacked; UnreadableInput where it is empty or larger than a report may be."""
    with opened(path, settings) as stream:
        pieces, size = [], 0
        while piece := stream.read(STEP):
            pieces.append(piece)
            size += len(piece)
            if size > settings.max_report_bytes:
                what = f"larger than {settings.max_report_bytes:,} bytes"
                raise UnreadableInput(what, str(path), f"{ADVICE_SIZE} (RECOUNT_MAX_REPORT_BYTES).")
    if not size:
        raise UnreadableInput("empty", str(path), "Leave it out, or fetch it again.")
    return b"".join(pieces)


def lines(path: Path, settings: Settings) -> Iterator[tuple[int, bytes | UnreadableInput]]:
    """(number, line) of a file from 1, blank lines left out; an overlong line gives the fault in its place.

    Raises UnreadableInput where the stream itself breaks; the lines before it have been given by then.
    """
    most, number = settings.max_line_bytes, 0
    with opened(path, settings) as stream:
        while line := stream.readline(most + 1):
            number += 1
            if len(line) > most and not line.endswith(b"\n"):
                while (rest := stream.readline(STEP)) and not rest.endswith(b"\n"):
                    pass
                what, advice = f"a line longer than {most:,} bytes", f"{ADVICE_SIZE} (RECOUNT_MAX_LINE_BYTES)."
                yield number, UnreadableInput(what, f"{path}:{number}", advice)
            elif line.strip():
                yield number, line
