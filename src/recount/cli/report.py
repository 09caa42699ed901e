"""`recount report OUT.html`: the ledger as one page."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened


@click.command(short_help="Write one page to open in a browser.")
@click.argument("out", metavar="OUT.html", type=click.Path(path_type=Path), help="The page to write.")
@ledger_option
@click.pass_context
def report(ctx: click.Context, out: Path, ledger: str | None) -> None:
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
