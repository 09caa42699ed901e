"""`recount report OUT.html`: the ledger as one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from recount.cli.options import LedgerOption, chosen_settings, opened


def report(
    ctx: typer.Context,
    out: Annotated[Path, typer.Argument(metavar="OUT.html", help="The page to write.", show_default=False)],
    ledger: LedgerOption = None,
) -> None:
    """Write one self-contained page: incidents, how tolls evolved, a map, and every figure down to its words.

    The page needs nothing else: it opens from disk in any browser and can be sent as one file.

    \b
    Example:
      recount report page.html
    """
    from recount.cli import screen
    from recount.export.page import write_page

    with opened(chosen_settings(ctx, ledger)) as book, screen.Bar("writing the page"):
        write_page(book, out)
    print(f"Wrote {out}")
