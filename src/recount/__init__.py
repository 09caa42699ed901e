"""Recount keeps every claim of published incident reports: who said it, the exact words, and what contradicts it.

The Python door: `code` reads one text, `open_ledger` opens a ledger, `records` holds the types of all they return.
Nothing is loaded before it is used, so that `import recount` costs next to nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # true for type checkers, which know this name; `typing` itself would be most of the cost
if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import Any

    from recount import records
    from recount.records import Coding
    from recount.store.contract import Ledger

    __version__: str

__all__ = ["__version__", "code", "open_ledger", "records"]


def code(
    text: str,
    *,
    published: date | None = None,
    headline: str | None = None,
    outlet: str | None = None,
    url: str | None = None,
    name: str | None = None,
) -> Coding:
    """What one report says: its claims, event reports, statistics, attributions and checks.

    `published` is the day that "Friday" is read from; without it (and without a day printed in the text) relative days
    stay open, and a warning says so. `name` is the id in exports. UnreadableInput where `text` holds no words.
    """
    from recount.read import report_from_text
    from recount.river import code as code_report

    report = report_from_text(
        text, name=name or "text", headline=headline, published=published, outlet=outlet, url=url
    )  # fmt: skip
    return code_report(report)


def open_ledger(address: str | Path, *, create: bool = True, readonly: bool = False) -> Ledger:
    """The ledger at `address`, a file's path; close it when done.

    With `create` a missing one is made; `readonly` opens it beside any writer. LedgerError says what is wrong with the
    file, LedgerTooNew that a newer version wrote it.
    """
    from recount.store import open_ledger as open_store

    return open_store(address, create=create, readonly=readonly)


def __getattr__(name: str) -> Any:
    """`records` and `__version__`, when they are first asked for."""
    if name == "records":
        from importlib import import_module

        return import_module("recount.records")
    if name == "__version__":
        from importlib.metadata import version

        return version("recount")
    raise AttributeError(f"module 'recount' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
