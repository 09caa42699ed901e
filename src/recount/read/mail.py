"""A mail, or a mailbox of mails, → Reports: the mail's own words, and the PDFs that hang on it.

A press release by mail is its plain text, or its HTML where it has no other. The sender's name is the outlet, the subject
the headline, the day of its `Date` the publication day. Mails are split off a mailbox one at a time, so that its size does
not matter.
"""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import date
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime
from pathlib import Path
from typing import IO, Protocol

from recount.errors import UnreadableInput
from recount.read.encoding import decode
from recount.read.feed import plausible
from recount.read.fragments import plain_text
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import STEP, opened, whole
from recount.records import Report
from recount.settings import Settings

MOST_PARTS = 200
MOST_NESTED = 50  # each line is held against every open part
FROM = b"From "
QUOTED_FROM = re.compile(rb"^>+From ")
ADVICE = "Save the mail anew from its mail program, or its text as .txt."
Read = Iterator[Report | UnreadableInput]


class Lines(Protocol):
    """What a mailbox is read from, a line at a time."""

    def readline(self, size: int, /) -> bytes:
        """A line with its end, or its first `size` bytes; empty at the end."""
        ...


def read_mail(path: Path, settings: Settings) -> Read:
    """The reports in a file of one mail."""
    yield from reports_from_mail(whole(path, settings), name=bare_name(path), source=str(path))


def read_mailbox(path: Path, settings: Settings) -> Read:
    """The reports in an mbox file, mail by mail; one that cannot be read gives its fault."""
    number = 0
    with opened(path, settings) as stream:
        for number, found in enumerate(mails(stream, str(path), settings.max_report_bytes), 1):
            if isinstance(found, UnreadableInput):
                yield found
            else:
                yield from reports_from_mail(found, name=f"{bare_name(path)}:{number}", source=f"{path}:{number}")
    if not number:
        raise UnreadableInput(
            "no mail in it", str(path), "Give a mailbox in mbox form, whose mails begin with “From ”."
        )


def mails(stream: Lines | IO[bytes], where: str, most: int) -> Iterator[bytes | UnreadableInput]:
    """The mails of an mbox stream, one in memory at a time; one of more than `most` bytes gives its fault."""
    held: list[bytes] | None = None
    size, number, blank = 0, 0, True
    while line := stream.readline(STEP):
        if blank and line.startswith(FROM):
            if held is not None:
                yield _mail(held, size, most, f"{where}:{number}")
            held, size, number = [], 0, number + 1
        elif held is not None:
            size += len(line)
            if size <= most:
                held.append(QUOTED_FROM.sub(lambda quoted: quoted[0][1:], line))
            else:
                held.clear()
        blank = not line.strip()
    if held is not None:
        yield _mail(held, size, most, f"{where}:{number}")


def _mail(lines: list[bytes], size: int, most: int, where: str) -> bytes | UnreadableInput:
    if size > most:
        return UnreadableInput(
            f"a mail of more than {most:,} bytes",
            where,
            "Save its text or its PDF by itself (RECOUNT_MAX_REPORT_BYTES).",
        )
    return b"".join(lines)


def reports_from_mail(raw: bytes, *, name: str, source: str | None = None, outlet: str | None = None) -> Read:
    """The reports in a mail's bytes: its words, then its PDFs; each that cannot be read gives its fault."""
    where = source or name
    if raw.lower().count(b"multipart/") > MOST_NESTED:
        yield UnreadableInput(f"a mail with more than {MOST_NESTED} parts of parts", where, ADVICE)
        return
    try:
        message = email.message_from_bytes(raw)
        parts = list(message.walk())
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError) as fault:
        yield UnreadableInput(f"a mail that cannot be read ({type(fault).__name__})", where, ADVICE)
        return
    if len(parts) > MOST_PARTS:
        yield UnreadableInput(f"a mail of more than {MOST_PARTS} parts", where, ADVICE)
        return
    if not any(header(message, key) for key in ("From", "Subject", "Date", "Message-ID")):
        yield UnreadableInput("no mail in it", where, ADVICE)
        return
    told = _Told(message, name, source, outlet)
    pdfs = [part for part in parts if part.get_content_type() == "application/pdf"]
    body = told.body(parts, raw)
    if isinstance(body, Report) or not pdfs:
        yield body
    for number, part in enumerate(pdfs, 1):
        yield told.attached(part, number)


class _Told:
    """What a mail's head tells of all reports in it."""

    def __init__(self, message: Message, name: str, source: str | None, outlet: str | None) -> None:
        self._name = message_id(message) or name
        self._source, self._where = source, source or name
        self._subject = header(message, "Subject")
        self._outlet = outlet or sender(message)
        self._published = sent(message)

    def body(self, parts: list[Message], raw: bytes) -> Report | UnreadableInput:
        """The report in the mail's own words, or why there is none."""
        try:
            return report_from_text(
                words(parts, self._where),
                name=self._name,
                headline=self._subject,
                published=self._published,
                outlet=self._outlet,
                source=self._source,
                raw=raw,
            )
        except UnreadableInput as fault:
            return fault

    def attached(self, part: Message, number: int) -> Report | UnreadableInput:
        """The report in a PDF that hangs on the mail, or why there is none."""
        from recount.read.pdf import report_from_pdf

        where = f"{self._where}, attachment {number}"
        try:
            return report_from_pdf(
                payload(part, where),
                name=f"{self._name}, attachment {number}",
                source=where if self._source else None,
                published=self._published,
                outlet=self._outlet,
            )
        except UnreadableInput as fault:
            return fault


def words(parts: list[Message], where: str) -> str:
    """The words of a mail: its first plain text, or its first HTML as text. UnreadableInput where there are none."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
                continue
            text = decode(payload(part, where), where, declared=_charset(part))
            text = plain_text(text) if kind == "text/html" else text
            if text.strip():
                return text
    raise UnreadableInput("a mail without words", where, "Save what hangs on it by itself, then add that.")


def payload(part: Message, where: str) -> bytes:
    """The bytes of a part, out of base64 or quoted-printable. UnreadableInput where they are damaged."""
    try:
        found = part.get_payload(decode=True)
    except (ValueError, LookupError, TypeError, AttributeError) as fault:
        raise UnreadableInput(f"a damaged part ({type(fault).__name__})", where, ADVICE) from None
    if not isinstance(found, bytes):
        raise UnreadableInput("a damaged part", where, ADVICE)
    return found


def _charset(part: Message) -> str | None:
    try:
        charset = part.get_content_charset()
    except (ValueError, LookupError, UnicodeError):
        return None
    return charset if charset and charset.isprintable() else None


def header(message: Message, key: str) -> str | None:
    """A header's words, decoded and on one line; as they stand where they are wrongly encoded."""
    try:
        raw = message[key]
    except (ValueError, LookupError, TypeError, AttributeError):  # what the parser makes of a broken head
        return None
    if raw is None:
        return None
    try:
        said = str(make_header(decode_header(raw)))
    except (MessageError, LookupError, ValueError):
        said = str(raw)
    return " ".join(said.encode("utf-8", "replace").decode().split()) or None


def message_id(message: Message) -> str | None:
    """The mail's own id, without its brackets."""
    found = header(message, "Message-ID")
    return found.strip("<> ") or None if found else None


def sender(message: Message) -> str | None:
    """Who sent it: the name, or the domain of the address."""
    name, address = parseaddr(header(message, "From") or "")
    return name.strip() or address.rpartition("@")[2] or None


def sent(message: Message) -> date | None:
    """The day on which it says that it was sent, in the sender's own time; None where that cannot be."""
    try:
        return plausible(parsedate_to_datetime(header(message, "Date") or "").date())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
