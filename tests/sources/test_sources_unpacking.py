"""Bodies unpacked in pieces come out as they went in, whole or not at all."""

from __future__ import annotations

import gzip
import zlib
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import FetchFault
from recount.sources.unpacking import Unpacker


def unpacked(data: bytes, encoding: str, cuts: list[int], *, most: int = 10_000_000, ratio: int = 10_000) -> bytes:
    unpacker = Unpacker(encoding, most=most, ratio=ratio)
    edges = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    for start, end in pairwise(edges):
        unpacker.feed(data[start:end])
    unpacker.end()
    return unpacker.body


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=3000), st.lists(st.integers(0, 5000), max_size=12))
def test_pieces_of_any_size_come_out_whole(body: bytes, cuts: list[int]) -> None:
    assert unpacked(gzip.compress(body), "gzip", cuts) == body
    assert unpacked(zlib.compress(body), "deflate", cuts) == body
    assert unpacked(body, "", cuts) == body


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=500), st.integers(0, 500), st.integers(0, 255))
def test_damage_is_a_fault_or_none_of_the_bytes(body: bytes, at: int, byte: int) -> None:
    packed = bytearray(gzip.compress(body, mtime=0))
    packed[at % len(packed)] = byte
    try:
        found = unpacked(bytes(packed), "gzip", [])
    except FetchFault as fault:
        assert "packed data" in fault.what  # noqa: PT017 - either of the two is right
    else:
        assert found == body  # a byte of the head that says nothing of the content


@pytest.mark.parametrize(("size", "fits"), [(1000, True), (1001, False)])
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "identity"])
def test_the_limit_is_exact(size: int, fits: bool, encoding: str) -> None:
    pack = {"gzip": gzip.compress, "deflate": zlib.compress}.get(encoding, bytes)
    data = pack(b"\0" * size)
    if fits:
        assert len(unpacked(data, encoding, [], most=1000)) == size
        return
    with pytest.raises(FetchFault, match="larger than 1,000 bytes"):
        unpacked(data, encoding, [], most=1000)


def test_a_bomb_costs_no_more_memory_than_the_limit() -> None:
    import tracemalloc

    data = gzip.compress(b"\0" * 300_000_000, compresslevel=1)
    tracemalloc.start()
    with pytest.raises(FetchFault, match="larger than"):
        unpacked(data, "gzip", [], most=2_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8_000_000
