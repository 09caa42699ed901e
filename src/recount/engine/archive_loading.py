"""An archive's tables → a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from recount.engine.archive_folder import Folder
from recount.engine.linking import Progress
from recount.engine.local import Added, keep_coded
from recount.errors import WrongUse
from recount.records import Coding, SetAside
from recount.settings import Settings
from recount.store.contract import Ledger


def load_archive(ledger: Ledger, path: Path, settings: Settings, *, progress: Progress | None = None) -> Added:
    """Keep the codings of a finished folder, remember what was set aside, and link. WrongUse for any other folder."""
    folder = Folder(path)
    manifest = folder.manifest()
    if manifest is None:
        raise WrongUse("no folder that `recount archive` made", str(path), "Name the folder of its --out.")
    if not manifest.finished:
        raise WrongUse("it is not finished", str(path), "Run the same `recount archive` again first.")

    def items() -> Iterator[Coding | SetAside]:
        yield from manifest.asides
        yield from folder.codings(manifest.parts)
        yield from folder.asides(manifest.parts)

    return keep_coded(ledger, items(), settings, progress=progress)
