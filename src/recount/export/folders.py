"""A folder that is written beside its place and moved there whole, so that no reader ever sees half of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from recount.errors import RecountError


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """An empty folder to write to, which takes the place of `folder` at the end; after a fault `folder` stays as it was.

    RecountError where it cannot be written.
    """
    part = folder.with_name(folder.name + ".part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        yield part
        if folder.exists():
            shutil.rmtree(folder)
        part.replace(folder)
    except OSError as fault:
        told = f"it cannot be written ({fault.strerror or fault})"
        raise RecountError(told, str(folder), "Name another folder.") from fault
    finally:
        shutil.rmtree(part, ignore_errors=True)
