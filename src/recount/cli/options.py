"""Options that several verbs share, and the ledger that they name."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from recount.settings import Settings, load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.store.contract import Ledger


class Verbs(click.Group):
    """A group whose help lists its verbs in the order in which they were added, the first to use first."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs."""
        return list(self.commands)


ledger_option = click.option(
    "--ledger",
    metavar="FILE",
    help="The ledger to use, a file or postgresql://USER@HOST/NAME; RECOUNT_LEDGER names it too. [default: ./recount.db]",
)
"""`ledger: str | None`"""
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
"""`as_json: bool`"""
paths_argument = click.argument(
    "paths",
    metavar="PATH...",
    nargs=-1,
    required=True,
    help="Files or folders; - reads one report from standard input.",
)
"""`paths: tuple[str, ...]`"""
jobs_option = click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    show_default=True,
    help="How many reports to code at once.",
)
"""`jobs: int`"""


def chosen_settings(ctx: click.Context, ledger: str | None) -> Settings:
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
