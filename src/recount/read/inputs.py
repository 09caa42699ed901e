"""Which files there are to read, and a reason for each that cannot be."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from recount.records import SetAside

ENDINGS = (".txt", ".html", ".htm", ".json", ".jsonl", ".pdf", ".eml", ".mbox", ".rss", ".atom", ".xml", ".warc")
MAILDIR = ("cur", "new", "tmp")
PACKED = ".gz"
ADVICE_ENDING = f"Give a file that ends in {', '.join(ENDINGS)}, or one of these packed as {PACKED}."


def kind_of(path: Path) -> str | None:
    """The ending that says how to read a file (".jsonl" for "news.jsonl.gz"), or None for an unknown one."""
    ending = Path(path.name.lower().removesuffix(PACKED)).suffix
    return ending if ending in ENDINGS else ".eml" if _in_maildir(path) else None


def _in_maildir(path: Path) -> bool:
    """Whether a file is a mail of a Maildir, whose names end in no ending of ours."""
    box = path.parent.parent
    return path.parent.name in MAILDIR[:2] and all((box / part).is_dir() for part in MAILDIR)


def bare_name(path: Path) -> str:
    """A file's name without the ending that `kind_of` goes by: "a" for "a.txt.gz"."""
    name = path.name[: -len(PACKED)] if path.name.lower().endswith(PACKED) else path.name
    return Path(name).stem


def inputs(paths: Iterable[Path]) -> Iterator[Path | SetAside]:
    """The files to read in files and folders, folders recursively and sorted by name.

    A folder's hidden files and files with other endings are passed over. What was named itself and has another ending,
    and whatever is missing, no plain file or not to be listed, comes out as a SetAside. Links to folders are followed,
    and each folder is entered once.
    """
    entered: set[tuple[int, int]] = set()
    for path in paths:
        yield from _named(Path(path), entered)


def _named(path: Path, entered: set[tuple[int, int]]) -> Iterator[Path | SetAside]:
    try:
        status = path.stat()
    except OSError as fault:
        yield _unreachable(path, fault)
        return
    if stat.S_ISDIR(status.st_mode):
        yield from _folder(path, entered)
    elif not stat.S_ISREG(status.st_mode):
        yield _not_plain(path)
    elif kind_of(path) is None:
        yield SetAside(source=str(path), reason="unknown kind of file", advice=ADVICE_ENDING)
    else:
        yield path


def _folder(top: Path, entered: set[tuple[int, int]]) -> Iterator[Path | SetAside]:
    """Depth first with a stack of its own, so that no depth of folders is too deep."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                yield path if stat.S_ISREG(status.st_mode) else _not_plain(path)
                continue
            if (status.st_dev, status.st_ino) in entered:  # a link leads back to it
                continue
            entered.add((status.st_dev, status.st_ino))
            waiting.extend(_children(path))
        except OSError as fault:
            yield _unreachable(path, fault)


def _children(folder: Path) -> list[Path]:
    """Folders and readable files of a folder, last one first, as a stack wants them."""
    with os.scandir(folder) as entries:
        names = [e.name for e in entries if not e.name.startswith(".") and (kind_of(folder / e.name) or e.is_dir())]
    return [folder / name for name in sorted(names, reverse=True)]


def _not_plain(path: Path) -> SetAside:
    advice = "Save what it gives as a file first, then add that file."
    return SetAside(source=str(path), reason="not a plain file (a pipe, socket or device)", advice=advice)


def _unreachable(path: Path, fault: OSError) -> SetAside:
    reasons = {
        FileNotFoundError: ("no such file or folder", "Check the spelling, and that a link still leads somewhere."),
        PermissionError: (
            "no permission to read it",
            "Ask its owner for the right to read it, or run as a user who has it.",
        ),
        NotADirectoryError: ("no such file or folder", "A part of this path is a file, not a folder."),
    }
    reason, advice = reasons.get(type(fault), (f"cannot be opened ({fault.strerror})", "Check the path and the disk."))
    return SetAside(source=str(path), reason=reason, advice=advice)
