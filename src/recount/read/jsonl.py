"""JSON and JSON Lines → Reports.

A report is an object with `text` and any of `id`, `headline`, `pub_date` (YYYY-MM-DD, a time behind it is left out),
`outlet` and `url`. `title` is taken for `headline`, and `published` or `date` for `pub_date`, where the first name is
missing. Other keys are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from recount.errors import UnreadableInput
from recount.read.encoding import decode, refuse_binary
from recount.read.inputs import bare_name
from recount.read.report import report_from_text
from recount.read.streams import lines, whole
from recount.records import Report
from recount.settings import Settings

ISO_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ]\d\d:.*)?\s*")
ADVICE_JSON = 'Give one object with "text" on it, such as {"id": "1", "text": "…"}.'


class Entry(msgspec.Struct, frozen=True):
    """One report as JSON gives it; see the module's docstring."""

    text: str | None = None
    id: str | int | None = None
    headline: str | None = None
    title: str | None = None
    pub_date: str | None = None
    published: str | None = None
    date: str | None = None
    outlet: str | None = None
    url: str | None = None


ONE = msgspec.json.Decoder(Entry)
RAW_MANY = msgspec.json.Decoder(list[msgspec.Raw])
Read = Iterator[Report | UnreadableInput]


def read_lines(path: Path, settings: Settings) -> Read:
    """The reports of a JSON Lines file, one line in memory at a time; a bad line gives its fault."""
    for number, line in lines(path, settings):
        if isinstance(line, UnreadableInput):
            yield line
            continue
        if number == 1:
            refuse_binary(line, str(path))
        yield _one(line.strip(), f"{path}:{number}", f"{bare_name(path)}:{number}")


def read_json(path: Path, settings: Settings) -> Read:
    """The reports of a JSON file: one object, or an array of objects."""
    data = decode(whole(path, settings), str(path)).lstrip("\ufeff").encode().strip()
    if not data.startswith(b"["):
        yield _one(data, str(path), bare_name(path))
        return
    try:
        parts = RAW_MANY.decode(data)
    except (msgspec.DecodeError, RecursionError) as fault:
        yield UnreadableInput(f"not readable as JSON ({fault})", str(path), ADVICE_JSON)
        return
    if not parts:
        yield UnreadableInput("an empty list", str(path), ADVICE_JSON)
    for number, part in enumerate(parts, 1):
        yield _one(bytes(part), f"{path}:{number}", f"{bare_name(path)}:{number}")


def _one(data: bytes, where: str, name: str) -> Report | UnreadableInput:
    try:
        return _report(_entry(data, where), data, where, name)
    except UnreadableInput as fault:
        return fault


def _entry(data: bytes, where: str) -> Entry:
    try:
        return ONE.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.ValidationError, RecursionError) as fault:
        raise UnreadableInput(f"not a report ({fault})", where, ADVICE_JSON) from None
    except (msgspec.DecodeError, UnicodeDecodeError) as fault:
        raise UnreadableInput(f"not readable as JSON ({fault})", where, ADVICE_JSON) from None


def _report(entry: Entry, data: bytes, where: str, name: str) -> Report:
    if entry.text is None or not entry.text.strip():
        raise UnreadableInput("no text in it", where, 'Give the report\'s words in "text".')
    return report_from_text(
        entry.text,
        name=str(entry.id) if entry.id not in (None, "") else name,
        headline=entry.headline or entry.title,
        published=_day(entry.pub_date or entry.published or entry.date, where),
        outlet=entry.outlet,
        url=entry.url,
        source=where,
        raw=data,
    )


def _day(said: str | None, where: str) -> date | None:
    """The day of a `pub_date`. A day that cannot be read keeps the report out, since every date in it hangs on it."""
    if said is None or not said.strip():
        return None
    match = ISO_DAY.fullmatch(said)
    try:
        if match:
            return date.fromisoformat(match[1])
    except ValueError:
        pass
    raise UnreadableInput(
        f"no such publication day: {said[:40]!r}", where, 'Write "pub_date" as YYYY-MM-DD, or leave it out.'
    )
