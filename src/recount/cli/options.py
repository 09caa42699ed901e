"""Options that several verbs share, and the ledger that they name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from recount.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.store.contract import Ledger

LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="FILE",
        help="The ledger to use; RECOUNT_LEDGER names it too. [default: ./recount.db]",
        show_default=False,
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
PathsArgument = Annotated[
    list[str], typer.Argument(metavar="PATH", help="Files or folders; - reads one report from standard input.")
]

JobsOption = Annotated[
    int, typer.Option("--jobs", "-j", min=1, metavar="N", help="How many reports to code at once.", show_default=True)
]


def chosen_settings(ctx: typer.Context, ledger: str | None) -> Settings:
    """The settings, with the ledger named after the verb, before the verb, or in the environment, in this order."""
    from msgspec.structs import replace

    settings = load_settings()
    named = ledger or (ctx.obj or {}).get("ledger")
    return replace(settings, ledger=named) if named else settings


@contextmanager
def opened(settings: Settings, *, write: bool = False) -> Iterator[Ledger]:
    """The ledger that the settings name, closed afterwards; made if missing only where it is to be written."""
    from recount.store import open_ledger

    ledger = open_ledger(settings.ledger, settings=settings, create=write, readonly=not write)
    try:
        yield ledger
    finally:
        ledger.close()
