"""One file per format; each writes a whole ledger to an open text stream.

Streams should be opened with `newline=""` and UTF-8, so that CSV keeps the line ends of RFC 4180.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from recount.store.contract import Ledger

Exporter = Callable[["Ledger", TextIO], None]


def _later(module: str, function: str) -> Exporter:
    """The exporter, imported when it is first called: the list of formats must cost nothing."""

    def export(ledger: Ledger, out: TextIO) -> None:
        getattr(import_module(f"recount.export.{module}"), function)(ledger, out)

    return export


FORMATS: dict[str, Exporter] = {
    "claims.jsonl": _later("claims", "write_jsonl"),
    "claims.csv": _later("claims", "write_csv"),
    "incidents.jsonl": _later("incidents", "write_jsonl"),
    "incidents.csv": _later("incidents", "write_csv"),
    "codings.jsonl": _later("codings", "write_codings"),
}
"""Every export by the name of its file: what is in it, then its format."""
