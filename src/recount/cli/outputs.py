"""Where data goes: standard output, or a file that appears under its name only when it is whole."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from recount.errors import WrongUse

out_option = click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="FILE", help="Write here instead of to standard output."
)
"""`out: Path | None`"""


@contextmanager
def output(out: Path | None) -> Iterator[TextIO]:
    """A UTF-8 text stream to `out`, or to standard output for None.

    A file is written beside its place under a name ending in `.part` and moved there at the end, so that a run that
    was stopped leaves no half file under the name asked for. Raises WrongUse where the place cannot be written.
    """
    if out is None:
        yield standard_output()
        return
    if out.is_dir() or not out.parent.is_dir():
        raise WrongUse("this is a folder" if out.is_dir() else "its folder does not exist", str(out), "Name a file.")
    if out.exists() and not out.is_file():  # a pipe or a device: nothing to move into place
        with out.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def standard_output() -> TextIO:
    """Standard output in UTF-8, whatever the terminal's encoding, with line ends as written."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8", newline="")
    return sys.stdout
