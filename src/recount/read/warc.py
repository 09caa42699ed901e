"""WARC files → their pages, in order; records that cannot be read are set aside and the rest is read.

A range of a packed file can be read alone: a record belongs to the range that its first byte lies in, so that ranges which
cover a file give each of its records once. The format is WARC 1.0 and 1.1 (ISO 28500), packed record by record as gzip,
packed as a whole, or not packed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, NamedTuple

from recount.errors import UnreadableInput
from recount.read.http import Answer, answer_of
from recount.read.inputs import bare_name
from recount.read.members import BEGINS, Damaged, Member, Plain, Run, is_packed, member_starts
from recount.read.pages import Page
from recount.records import SetAside
from recount.settings import Settings

HEAD = 1 << 16  # bytes of a record's head; a longer one is damaged
END = b"\r\n\r\n"
NEXT = b"\r\n" + BEGINS + b"1."
PAGES = ("response", "resource", "conversion")


class Passed(NamedTuple):
    """A record that holds no page, so that records can be counted: a request, a picture, an error message."""

    source: str


class Record(NamedTuple):
    """One WARC record: its head (names in lower case) and its bytes; `cut` where only the first of too many are held."""

    head: dict[str, str]
    body: bytes
    cut: bool = False


def pages(
    path: Path, settings: Settings, *, start: int = 0, stop: int | None = None
) -> Iterator[Page | SetAside | Passed]:
    """The pages of a file, or of the part of a packed file between two offsets; memory is bounded by the largest page.

    UnreadableInput where the file cannot be opened or is no WARC at all.
    """
    try:
        with path.open("rb") as raw:
            size = raw.seek(0, 2)
            packed = is_packed(raw)
            if start == 0:
                _check_begin(raw, path, packed, settings)
            read = _packed(raw, start, size if stop is None else stop, settings) if packed else _plain(raw, settings)
            for offset, found in read:
                where, name = f"{path}:{offset}", f"{bare_name(path)}:{offset}"
                yield _aside(found, where) if isinstance(found, Damaged) else _page(found, where, name, settings)
    except FileNotFoundError:
        raise UnreadableInput("no such file", str(path), "Check the spelling.") from None
    except OSError as fault:
        raise UnreadableInput(f"cannot be read ({fault.strerror or fault})", str(path), "Check the disk.") from None


Found = Iterator[tuple[int, Record | Damaged]]


def _packed(raw: IO[bytes], start: int, stop: int, settings: Settings) -> Found:
    """The records of the gzip members that begin between two offsets."""
    at = start if start == 0 else next(member_starts(raw, start, stop), stop)
    while at < stop:
        member, begun = Member(raw, at, settings.max_unpacked_ratio), False
        for offset, found in _records(Run(member), settings):
            begun = True
            # Records of one member share its offset; those behind the first add how far in they stand.
            yield at + offset if offset else at, found
        if not begun:
            yield at, Damaged("no WARC record in it")
        at = member.end if member.end is not None else next(member_starts(raw, at + 1, stop), stop)
        if at < stop and not _more_behind(raw, at):
            return
        if member.end is not None and at < stop and not _is_magic(raw, at):
            yield at, Damaged("bytes between the records that are no record")
            at = next(member_starts(raw, at + 1, stop), stop)


def _more_behind(raw: IO[bytes], at: int) -> bool:
    raw.seek(at)
    return bool(raw.read(1))


def _is_magic(raw: IO[bytes], at: int) -> bool:
    raw.seek(at)
    return raw.read(2) == b"\x1f\x8b"


def _plain(raw: IO[bytes], settings: Settings) -> Found:
    return _records(Run(Plain(raw, 0)), settings)


def _records(run: Run, settings: Settings) -> Found:
    """The records of a run of bytes, one behind the other; after a damaged one it goes on at the next beginning."""
    while True:
        at = run.at
        try:
            if not run.peek(1):
                return
            yield at, _record(run, settings)
        except Damaged as fault:
            yield at, fault
            run.back_to(at + len(BEGINS))
            try:
                if not _to_next(run, settings.max_report_bytes):
                    return
            except Damaged:
                return  # the same damage again, met while looking for the next record


def _record(run: Run, settings: Settings) -> Record:
    head = _head(run)
    length = head.get("content-length", "")
    if not length.isdecimal() or len(length) > 15:
        raise Damaged("a record without a length")
    size = int(length)
    if size > settings.max_report_bytes:
        return _large(run, head, size)
    body = run.take(size)
    if len(body) < size:
        run.give_back(body)
        raise Damaged(f"a record that says {size:,} bytes and holds {len(body):,}")
    end = run.peek(len(END))
    if end.strip(b"\r\n"):
        run.give_back(body)
        raise Damaged(f"a record that does not end where it says, after {size:,} bytes")
    run.take(min(len(END), len(end)))
    return Record(head, body)


def _large(run: Run, head: dict[str, str], size: int) -> Record:
    """A record of more bytes than a report may have: enough of it to tell what it is."""
    body = run.take(HEAD)
    held = len(body) + run.skip(size - len(body))
    if held < size or run.take(len(END)).strip(b"\r\n"):
        raise Damaged(f"a record that says {size:,} bytes and holds {held:,}")
    return Record(head, body, cut=True)


def _head(run: Run) -> dict[str, str]:
    block = run.until(END, HEAD)
    if block is None or not block.startswith(BEGINS):
        raise Damaged("no beginning of a WARC record")
    lines = block.decode("utf-8", "replace").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return {name.strip().lower(): value.strip() for name, mark, value in pairs if mark}


def _to_next(run: Run, most: int) -> bool:
    """Go to where the next record seems to begin; False where none does, in a packed member within `most` bytes."""
    passed, overlap = 0, len(NEXT) - 1
    while passed <= most or not run.packed:
        held = run.peek(1 << 18)
        found = held.find(NEXT)
        if found >= 0:
            run.take(found + 2)
            return True
        if len(held) <= overlap:
            return False
        passed += len(run.take(len(held) - overlap))
    return False


def _page(record: Record, where: str, name: str, settings: Settings) -> Page | SetAside | Passed:
    """The page that a record holds, if it holds one."""
    kind = record.head.get("warc-type", "")
    if kind not in PAGES:
        return Passed(where)
    url = record.head.get("warc-target-uri", "").strip("<>") or None
    said = record.head.get("content-type", "")
    try:
        http = said.startswith("application/http")
        answer = answer_of(record.body, settings.max_report_bytes) if http else Answer(200, said, record.body)
    except Damaged as fault:
        return _aside(fault, where)
    if answer.status != 200 or answer.kind is None or not answer.body.strip():
        return Passed(where)
    if record.cut:
        most = settings.max_report_bytes
        return _aside(Damaged(f"larger than {most:,} bytes", "Raise the limit (RECOUNT_MAX_REPORT_BYTES)."), where)
    return Page(
        name=name,
        source=where,
        data=answer.body,
        kind=answer.kind,
        url=url,
        charset=answer.charset,
        fetched=_moment(record.head.get("warc-date", "")),
    )


def _moment(said: str) -> datetime | None:
    """The moment of a WARC-Date, UTC; None where it is no date."""
    try:
        found = datetime.fromisoformat(said.replace("Z", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _aside(fault: Damaged, where: str) -> SetAside:
    return SetAside(source=where, reason=fault.what, advice=fault.do)


def _check_begin(raw: IO[bytes], path: Path, packed: bool, settings: Settings) -> None:
    """UnreadableInput where a file does not begin as a WARC does and no record of it can be found."""
    try:
        run = Run(Member(raw, 0, settings.max_unpacked_ratio) if packed else Plain(raw, 0))
        begins = run.peek(len(BEGINS)) == BEGINS
    except Damaged:
        begins = False
    if not begins and (not packed or next(member_starts(raw, 0, raw.seek(0, 2)), None) is None):
        what = "empty" if not raw.seek(0, 2) else "no WARC file"
        raise UnreadableInput(what, str(path), "Give a file of WARC records, packed as gzip or not packed.")
