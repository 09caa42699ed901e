"""An HTTP answer as an archive keeps it → its status, its type and its body, unpacked within limits."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from recount.read.members import FAULTS, Damaged, packing

CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
HTML = ("text/html", "application/xhtml+xml")
OTHERS: dict[str, Literal["text", "pdf", "mail"]] = {
    "text/plain": "text",
    "application/pdf": "pdf",
    "message/rfc822": "mail",
}
CHUNK = re.compile(rb"\s*([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n")
TOO_LARGE = "Raise the limit if you trust it (RECOUNT_MAX_REPORT_BYTES)."


class Answer(NamedTuple):
    """Status, declared content type, and the body as it is to be read."""

    status: int
    declared: str
    body: bytes

    @property
    def kind(self) -> Literal["html", "text", "pdf", "mail"] | None:
        """What kind of page it is; None for anything that holds no report. An undeclared one is told by its bytes."""
        said = self.declared.partition(";")[0].strip().lower()
        if said in HTML or (not said and b"<html" in self.body[:2048].lower()):
            return "html"
        return OTHERS.get(said)

    @property
    def charset(self) -> str | None:
        """The encoding that the server declared."""
        found = CHARSET.search(self.declared)
        return found[1].lower() if found else None


def answer_of(data: bytes, most: int) -> Answer:
    """The answer in an `application/http` record. Damaged where its body unpacks to more than `most` bytes."""
    end = data.find(b"\r\n\r\n")
    gap = 4
    if end < 0:
        end, gap = data.find(b"\n\n"), 2
    if end < 0 or not data.startswith(b"HTTP/"):
        raise Damaged("no HTTP answer in the record")
    first, *lines = data[:end].decode("latin-1").splitlines()
    status = first.split(None, 2)[1:2]
    head = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    code = int(status[0]) if status and status[0].isdecimal() else 0
    answer = Answer(code, head.get("content-type", ""), data[end + gap :])
    if code != 200 or (answer.declared and answer.kind is None):
        return answer  # nothing to unpack: it holds no page
    body = answer.body
    if "chunked" in head.get("transfer-encoding", "").lower():
        body = _joined(body)
    return answer._replace(body=_unpacked(body, head.get("content-encoding", "").lower(), most))


def _joined(body: bytes) -> bytes:
    """The body without the lengths between its chunks; as it came where it holds none, as crawlers often keep it."""
    pieces: list[bytes] = []
    at = 0
    while found := CHUNK.match(body, at):
        size = int(found[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(body[found.end() : found.end() + size])
        at = found.end() + size
    return b"".join(pieces) if pieces else body


def _unpacked(body: bytes, coding: str, most: int) -> bytes:
    """The body unpacked; as it came where it is not packed, whatever its head says."""
    if "gzip" in coding and body.startswith(b"\x1f\x8b"):
        return _inflated(body, 31, most)
    if "deflate" in coding and body[:1] == b"\x78":
        return _inflated(body, 15, most)
    if coding == "br":
        return _unbrotlied(body, most)
    return body


def _inflated(body: bytes, form: int, most: int) -> bytes:
    unpack = packing.decompressobj(form)
    try:
        found: bytes = unpack.decompress(body, most + 1)
    except FAULTS as fault:
        raise Damaged(f"a damaged packed page ({fault})") from None
    if len(found) > most:
        raise Damaged(f"a page that unpacks to more than {most:,} bytes", TOO_LARGE)
    return found


def _unbrotlied(body: bytes, most: int) -> bytes:
    import brotli

    unpack, pieces, size = brotli.Decompressor(), [], 0
    try:
        piece = unpack.process(body, output_buffer_limit=1 << 20)
        while piece or not unpack.can_accept_more_data():
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise Damaged(f"a page that unpacks to more than {most:,} bytes", TOO_LARGE)
            piece = unpack.process(b"", output_buffer_limit=1 << 20)
    except brotli.error as fault:
        raise Damaged(f"a damaged packed page ({fault})") from None
    return b"".join(pieces)
