"""Adding reports from the desk: typed in, or uploaded as files. They go the same way as those of the command."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from recount.errors import WrongUse
from recount.records import Report, SetAside
from recount.web import deciding
from recount.web.deciding import By

if TYPE_CHECKING:
    from recount.web.desk import Desk

MOST_FILES = 200
ENDINGS = (".txt", ".html", ".htm", ".json", ".jsonl", ".ndjson")
WAIT = 20.0


def typed(text: str, headline: str | None, outlet: str | None, url: str | None, published: date | None) -> Report:
    """A report from a form. UnreadableInput where the text holds no words."""
    from recount.read import report_from_text

    return report_from_text(
        text, name="typed in", headline=headline or None, published=published, outlet=outlet or None, url=url or None
    )


def uploaded(files: Sequence[tuple[str, bytes]], settings: Any) -> list[Report | SetAside]:
    """What uploaded files hold; their names are kept as names and never used as paths."""
    from msgspec.structs import replace

    from recount.engine.local import read_all

    if len(files) > MOST_FILES:
        raise WrongUse(f"{len(files)} files at once", "", f"Add at most {MOST_FILES} at a time.")
    found: list[Report | SetAside] = []
    with TemporaryDirectory(prefix="recount-") as folder:
        for n, (name, body) in enumerate(files):
            path = Path(folder) / f"{n}{ending(name)}"
            path.write_bytes(body)
            for item in read_all([path], settings):
                source = (item.source or "").replace(str(path), name)
                found.append(_named(replace(item, source=source), path, name))
    return found


def _named(item: Report | SetAside, path: Path, name: str) -> Report | SetAside:
    """The report under its file's own name where it took the name of the stand-in."""
    from msgspec.structs import replace

    if isinstance(item, Report) and item.name == path.name.split(".")[0]:
        return replace(item, name=Path(name.replace("\\", "/")).name.rsplit(".", 1)[0] or name)
    return item


def ending(name: str) -> str:
    """The ending that tells how to read a file; plain text for any other."""
    lower = name.lower()
    packed = ".gz" if lower.endswith(".gz") else ""
    bare = lower.removesuffix(".gz")
    return next((e for e in ENDINGS if bare.endswith(e)), ".txt") + packed


def add(desk: Desk, by: By, items: Sequence[Report | SetAside]) -> dict[str, Any]:
    """Code, link and keep; what was done, as `AddedReports` has it."""
    from recount.engine import local

    done = local.add(desk.ledger, (), desk.settings, items=items)
    reports = [item for item in items if isinstance(item, Report)]
    detail = f"{done.new} new, {done.known} known, {len(done.aside)} set aside"
    deciding.note(desk, by, "add", reports[0].id if reports else "", detail)
    desk.changed(wait=WAIT)
    return {
        "new": done.new,
        "known": done.known + done.recoded,
        "aside": done.aside,
        "reports": tuple(dict.fromkeys(r.id for r in reports)),
    }
