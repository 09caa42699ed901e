"""`recount site DIR`: the ledger as pages that open from disk."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened


@click.command(short_help="Write pages to open from disk or put on a web server.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path), help="The folder of the site.")
@click.option("--title", metavar="TEXT", default="", help="The title; the ledger's name by default.")
@click.option("--with-texts", "texts", is_flag=True, help="Repeat the texts of reports, where you may.")
@ledger_option
@click.pass_context
def site(ctx: click.Context, folder: Path, title: str, texts: bool, ledger: str | None) -> None:
    """Write a site: incidents with how their tolls evolved, a map, sources, method and downloads.

    Open DIR/index.html; no server is needed and nothing is asked of the network. The words of claims are quoted; the
    texts of reports stay out unless --with-texts allows them.

    \b
    Examples:
      recount site public/
      recount site public/ --title "Claims on armed incidents, 2026"
    """
    from recount.export.site import write_site

    with opened(chosen_settings(ctx, ledger)) as book:
        number = write_site(book, folder, title=title, texts=texts)
    click.echo(f"Wrote {number:,} pages. Open {folder / 'index.html'}")
