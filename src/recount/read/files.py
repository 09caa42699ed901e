"""A file → its reports, or why there are none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recount.errors import MissingExtra, RecountError, UnreadableInput
from recount.read.inputs import ADVICE_ENDING, kind_of
from recount.read.jsonl import read_json, read_lines
from recount.read.text import read_text
from recount.records import Report, SetAside
from recount.settings import Settings


def read(path: Path, settings: Settings) -> Iterator[Report | SetAside]:
    """The reports of one file, one at a time, in the file's order; what cannot be read comes out as a SetAside.

    Never raises for what a file holds. Memory is bounded by the largest report (JSON Lines: by the longest line).
    """
    path = Path(path)
    try:
        for found in _reports(path, settings):
            yield _aside(found, str(path)) if isinstance(found, UnreadableInput) else found
    except (UnreadableInput, MissingExtra) as fault:
        yield _aside(fault, str(path))


def _reports(path: Path, settings: Settings) -> Iterator[Report | SetAside | UnreadableInput]:
    kind = kind_of(path)
    if kind == ".jsonl":
        yield from read_lines(path, settings)
    elif kind == ".json":
        yield from read_json(path, settings)
    elif kind == ".txt":
        yield read_text(path, settings)
    elif kind in (".html", ".htm"):
        from recount.read.html import read_html

        yield read_html(path, settings)
    elif kind == ".pdf":
        from recount.read.pdf import read_pdf

        yield read_pdf(path, settings)
    elif kind in (".eml", ".mbox"):
        from recount.read.mail import read_mail, read_mailbox

        yield from (read_mail if kind == ".eml" else read_mailbox)(path, settings)
    elif kind in (".xml", ".rss", ".atom"):
        from recount.read.feed import read_feed

        yield from read_feed(path, settings)
    elif kind == ".warc":
        from recount.read.archive import read_warc

        yield from read_warc(path, settings)
    else:
        raise UnreadableInput("unknown kind of file", str(path), ADVICE_ENDING)


def _aside(fault: RecountError, path: str) -> SetAside:
    return SetAside(source=fault.where or path, reason=fault.what, advice=fault.do)
