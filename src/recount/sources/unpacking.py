"""The body of a response, unpacked as it comes, and broken off where it grows beyond its limits."""

from __future__ import annotations

import zlib

from recount.errors import FetchFault

PACKED = {"gzip": 31, "x-gzip": 31, "deflate": 15}
"""The encodings that are asked for, with their window bits for zlib."""
ASKED = "gzip, deflate"
RATIO_FROM = 1 << 20  # bytes; below this no ratio is suspicious
STEP = 1 << 18


class Unpacker:
    """Takes a body's bytes in pieces and gathers what they unpack to.

    FetchFault where that is more than `most` bytes or `ratio` times what came, where it is damaged, and for an encoding
    that was not asked for. `body` is what was gathered until then.
    """

    def __init__(self, encoding: str, *, most: int, ratio: int) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", *PACKED):
            raise FetchFault(f"packed in a way that was not asked for ({name[:40]})", "", "Ask the publisher about it.")
        self._bits = PACKED.get(name)
        self._engine = zlib.decompressobj(self._bits) if self._bits else None
        self._most, self._ratio = most, ratio
        self._came = 0
        self._size = 0
        self._pieces: list[bytes] = []

    @property
    def body(self) -> bytes:
        """What has been unpacked so far."""
        return b"".join(self._pieces)

    def feed(self, piece: bytes) -> None:
        """Unpack a piece of the body."""
        self._came += len(piece)
        if self._came > self._most:
            raise self._too_large()
        if self._engine is None:
            self._keep(piece)
            return
        try:
            self._unpack(piece)
        except zlib.error as fault:
            raise FetchFault(f"damaged packed data ({fault})", "", "It is tried again at the next poll.") from None

    def end(self) -> None:
        """The body is over. FetchFault where packed data stops in the middle."""
        if self._engine is not None and self._came and not self._engine.eof:
            raise FetchFault("packed data that stops in the middle", "", "It is tried again at the next poll.")

    def _unpack(self, piece: bytes) -> None:
        engine, rest = self._engine, piece
        while rest and engine is not None:
            if engine.eof:  # gzip may come in several members
                if self._bits != PACKED["gzip"] or not rest.startswith(b"\x1f\x8b"):
                    return  # what stands behind the end is no part of it
                engine = self._engine = zlib.decompressobj(PACKED["gzip"])
            try:
                self._keep(engine.decompress(rest, STEP))
            except zlib.error:
                if self._bits != PACKED["deflate"] or self._size:
                    raise
                self._bits = -15  # some servers send deflate without its frame
                engine = self._engine = zlib.decompressobj(-15)
                continue
            rest = engine.unused_data if engine.eof else engine.unconsumed_tail

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        if self._size > self._most:
            raise self._too_large()
        if self._engine is not None and self._size > max(RATIO_FROM, self._ratio * self._came):
            what = f"unpacks to more than {self._ratio} times its size"
            raise FetchFault(what, "", "Leave it out unless you trust it (RECOUNT_MAX_UNPACKED_RATIO).", lasting=True)
        self._pieces.append(piece)

    def _too_large(self) -> FetchFault:
        what = f"larger than {self._most:,} bytes"
        return FetchFault(what, "", "Raise the limit if you want it (RECOUNT_MAX_FETCH_BYTES).", lasting=True)
