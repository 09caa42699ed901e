"""The evidence: every response as it was fetched, in WARC files, before anything is read from it.

A response and its request stand side by side, each with the SHA-256 of what it holds. Bodies are kept unpacked, as the
large web archives do it, so that a record's payload digest is the `sha256` of the report made from it; the headers that
told of the packing stay under `X-Crawl-` names. A body that was known already is a `revisit` of the record that holds it.
Files only grow; one that does not end where the last record ended (the machine stopped in the middle) is left as it is,
and the next begins.
"""

from __future__ import annotations

import hashlib
import os
import re
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

from recount.errors import MissingExtra, RecountError
from recount.records import Record
from recount.sources.exchanging import Exchange, Headers

LARGEST = 1_000_000_000
"""Bytes after which the next file begins, as archives usually have them."""
UNWRAPPED = (b"content-encoding", b"content-length", b"transfer-encoding")
CHARSET = re.compile(r"(?i)charset\s*=\s*[\"']?([\w.:-]{2,40})")


class Place(Record, frozen=True, kw_only=True):
    """Where a record stands: the file's name in the archive, and the byte at which it begins."""

    file: str
    offset: int

    def __str__(self) -> str:
        return f"{self.file}:{self.offset}"


class Fetched(Record, frozen=True, kw_only=True):
    """A record read back: what was fetched, from where and when."""

    address: str
    at: datetime
    kind: str
    """Its media type as declared, without parameters."""
    body: bytes
    charset: str | None = None
    """The encoding that the server declared."""


class Archive:
    """The WARC files of a folder. One process at a time writes; its threads take turns."""

    def __init__(self, folder: Path, software: str) -> None:
        self._folder, self._software = folder, software
        self._lock = Lock()
        self._end: tuple[str, int] | None = None

    def resume(self, file: str | None, size: int) -> None:
        """Go on in a file that was left whole at this size; a file that is longer or shorter is left alone."""
        path = self._folder / file if file else None
        if file and path and path.exists() and path.stat().st_size == size < LARGEST:
            self._end = (file, size)

    def keep(self, exchange: Exchange, same_as: tuple[str, str] | None = None) -> tuple[Place, int]:
        """Write a response and its request; where it stands, and where the file now ends.

        `same_as` is the address and time (as in WARC-Date) of an earlier record with the same body.
        """
        with self._lock:
            file, begin = self._room()
            packed = BytesIO()
            for record in self._pair(_writer(packed), exchange, same_as):
                _writer(packed).write_record(record)
            return self._append(file, begin, packed.getvalue())

    def keep_file(self, address: str, kind: str, body: bytes, at: datetime) -> tuple[Place, int]:
        """Write what came from this machine's disk or a mailbox, as a `resource` record."""
        with self._lock:
            file, begin = self._room()
            packed = BytesIO()
            told = {"WARC-Date": _date(at), "Content-Type": kind, "WARC-Payload-Digest": _digest(body)}
            told["WARC-Block-Digest"] = told["WARC-Payload-Digest"]
            writer = _writer(packed)
            writer.write_record(
                writer.create_warc_record(
                    address, "resource", payload=BytesIO(body), length=len(body), warc_headers_dict=told
                )
            )
            return self._append(file, begin, packed.getvalue())

    def read(self, place: Place) -> Fetched:
        """The record at a place. RecountError where the archive has none there, or its bytes are not what they were."""
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed

        path, mend = self._folder / place.file, "Bring the file back from a backup."
        try:
            with path.open("rb") as stream:
                stream.seek(place.offset)
                record = next(iter(ArchiveIterator(stream)))
                body = record.raw_stream.read()
        except (OSError, ArchiveLoadFailed, StopIteration, zlib.error) as fault:
            what = f"the archive holds no record there ({type(fault).__name__})"
            raise RecountError(what, f"{path}:{place.offset}", mend) from None
        headers = record.rec_headers
        if headers["WARC-Payload-Digest"] != _digest(body):
            raise RecountError("the archive holds no sound record there", f"{path}:{place.offset}", mend)
        kind = record.http_headers.get_header("Content-Type") if record.http_headers else headers["Content-Type"]
        return Fetched(
            address=headers["WARC-Target-URI"],
            at=datetime.fromisoformat(headers["WARC-Date"].replace("Z", "+00:00")),
            kind=(kind or "").partition(";")[0].strip().lower(),
            body=body,
            charset=found[1].lower() if (found := CHARSET.search(kind or "")) else None,
        )

    def _pair(self, writer: Any, exchange: Exchange, same_as: tuple[str, str] | None) -> Iterable[Any]:
        response = _revisit(writer, exchange, same_as) if same_as else _response(writer, exchange)
        told = {"WARC-Date": _date(exchange.at), "WARC-Concurrent-To": response.rec_headers["WARC-Record-ID"]}
        line = f"GET {_target(exchange.address)} HTTP/1.1"
        head = _head(line.partition(" ")[2], exchange.request, "GET")
        yield response
        yield _sealed(
            writer.create_warc_record(exchange.address, "request", http_headers=head, warc_headers_dict=told), b""
        )

    def _room(self) -> tuple[str, int]:
        """The file to append to, and its size; a new one where there is none with room."""
        if self._end is None or self._end[1] >= LARGEST:
            self._end = (self._new(), 0)
            file, size = self._end
            packed = BytesIO()
            writer = _writer(packed)
            about = {"software": self._software, "format": "WARC File Format 1.1"}
            writer.write_record(writer.create_warcinfo_record(file, about))
            self._append(file, size, packed.getvalue())
        return self._end

    def _new(self) -> str:
        self._folder.mkdir(parents=True, exist_ok=True)
        day = datetime.now(UTC).strftime("%Y%m%d")
        number = 1
        while (self._folder / (name := f"recount-{day}-{number:05d}.warc.gz")).exists():
            number += 1
        return name

    def _append(self, file: str, begin: int, data: bytes) -> tuple[Place, int]:
        """Write to the end of a file, and onto the disk itself, before anything is said of it."""
        with (self._folder / file).open("ab") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        self._end = (file, begin + len(data))
        return Place(file=file, offset=begin), begin + len(data)


def _writer(to: BytesIO) -> Any:
    try:
        from warcio.warcwriter import WARCWriter
    except ImportError:
        raise MissingExtra("Keeping what is fetched", "sources") from None
    return WARCWriter(to, gzip=True, warc_version="1.1")


def _response(writer: Any, exchange: Exchange) -> Any:
    told = {"WARC-Date": _date(exchange.at), "WARC-Payload-Digest": _digest(exchange.body)}
    if exchange.ip:
        told["WARC-IP-Address"] = exchange.ip
    if exchange.broken:
        told["WARC-Truncated"] = "length" if exchange.broken.lasting else "disconnect"
    record = writer.create_warc_record(
        exchange.address,
        "response",
        payload=BytesIO(exchange.body),
        length=len(exchange.body),
        http_headers=_head(f"{exchange.status} {exchange.reason}", _unwrapped(exchange), exchange.version),
        warc_headers_dict=told,
    )
    return _sealed(record, exchange.body)


def _revisit(writer: Any, exchange: Exchange, same_as: tuple[str, str]) -> Any:
    address, at = same_as
    head = _head(f"{exchange.status} {exchange.reason}", _unwrapped(exchange), exchange.version)
    told = {"WARC-Date": _date(exchange.at)} | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {})
    record = writer.create_revisit_record(
        exchange.address, _digest(exchange.body), address, at, http_headers=head, warc_headers_dict=told
    )
    return _sealed(record, b"")


def _sealed(record: Any, body: bytes) -> Any:
    """The record with the digest of its whole block, in the same form as that of the payload."""
    record.http_headers.compute_headers_buffer()
    record.rec_headers.replace_header("WARC-Block-Digest", _digest(record.http_headers.headers_buff + body))
    return record


def _head(line: str, headers: Headers, version: str) -> Any:
    from warcio.statusandheaders import StatusAndHeaders

    rows = [(key.decode("latin-1"), value.decode("latin-1")) for key, value in headers]
    return StatusAndHeaders(line.strip(), rows, protocol=version)


def _unwrapped(exchange: Exchange) -> Headers:
    """The response's headers, with those that told of packing under other names, and the length as it is kept."""
    kept = tuple((b"X-Crawl-" + key if key.lower() in UNWRAPPED else key, value) for key, value in exchange.headers)
    return (*kept, (b"Content-Length", str(len(exchange.body)).encode()))


def _target(address: str) -> str:
    from httpx import URL

    return URL(address).raw_path.decode("ascii")


def _digest(body: bytes) -> str:
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _date(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
