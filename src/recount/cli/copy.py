"""`recount copy`: a whole ledger into an empty one, on whatever engine."""

from __future__ import annotations

import click

from recount.cli.options import json_option


@click.command(short_help="Copy a whole ledger into a new one.")
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
@json_option
def copy(source: str, target: str, as_json: bool) -> int:
    """Copy everything that the ledger FROM holds into the new ledger TO, and compare the two.

    Each is a file or postgresql://USER@HOST/DATABASE. FROM may be in use: the copy is of the moment when it began. TO
    must be empty or not be there yet; it holds all of FROM in the end or, where the copying was stopped, nothing.

    \b
    Examples:
      recount copy recount.db backup.db
      recount copy recount.db postgresql://recount@db.example.org/recount
    """
    from recount.cli import screen
    from recount.cli.faults import DONE, say
    from recount.settings import load_settings
    from recount.store import open_ledger
    from recount.store.copying import copy as copy_all

    settings = load_settings()
    with (
        open_ledger(source, settings=settings, readonly=True) as book,
        open_ledger(target, settings=settings) as new,
        screen.Bar("rows copied") as bar,
    ):
        try:
            done = copy_all(book, new, lambda table, rows: bar(f"rows of {table} copied", rows))
        except KeyboardInterrupt:
            bar.stop()
            say(f"{new.address} holds nothing yet. Run the same command again.")
            raise
        told = {"from": book.address, "to": new.address, "tables": done}
    if as_json:
        screen.print_json(told)
        return DONE
    console = screen.console()
    for table in (t for t in done if t.rows):
        console.print(f"{table.rows:>11,}  {table.table:<20} {table.checksum}", highlight=False)
    total = sum(table.rows for table in done)
    console.print(
        f"{told['to']} now holds what {told['from']} holds: {total:,} rows, the same in every table.", soft_wrap=True
    )
    return DONE
