"""`recount export FORMAT`: the ledger in the formats of the field, each with a report of what it cannot hold."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from recount.cli.options import chosen_settings, ledger_option, opened
from recount.cli.outputs import out_option, output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from recount.export.formats import Asked
    from recount.export.losses import Losses


WHATS = (
    "claims",
    "incidents",
    "event-reports",
    "codings",
    "ged",
    "acled",
    "gtd",
    "plover",
    "ftm",
    "ftm-statements",
    "workbook",
    "database",
)


@click.command(short_help="Write claims, incidents and the field's own tables.")
@click.argument("what", metavar="FORMAT", type=click.Choice(WHATS), help="What to write; see above.")
@click.option("--as", "form", metavar="FORM", help="The kind of file; the first is the default.")
@click.option("--rules", metavar="NAME", help="The rule set of the figures; each codebook has its own.")
@out_option
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), default=1, metavar="N", help="How many processes share the work."
)
@ledger_option
@click.pass_context
def export(
    ctx: click.Context,
    what: str,
    form: str | None,
    rules: str | None,
    out: Path | None,
    jobs: int,
    ledger: str | None,
) -> None:
    """Write the ledger in one of these formats, in the form named by --as.

    \b
      claims         jsonl csv parquet   each claim with its words
      incidents      jsonl csv geojson   each incident with its figures
                     hxl parquet
      event-reports  csv parquet         claimant, target, loss, window, value
      codings        jsonl               what `recount code` prints
      ged acled gtd  csv                 UCDP GED, ACLED, GTD, all columns
      plover         jsonl               PLOVER records
      ftm            jsonl               FollowTheMoney entities
      ftm-statements csv                 FollowTheMoney statements
      workbook       xlsx                an Excel workbook with a codebook
      database       sqlite              plain tables in one SQLite file

    With --out, FILE.losses.json says what the format cannot hold and how often,
    and FILE.claims.csv says of every claim whether it is in the file.

    Rule sets: ucdp, acled, gtd, ibc, conservative, representative, informative, latest, highest, lowest. Each file
    names the one that made its figures.

    \b
    Examples:
      recount export claims --as csv --out claims.csv
      recount export ged --out ged.csv
      recount export incidents --as geojson --rules latest --out map.geojson
    """
    from recount.cli import screen
    from recount.export import formats

    asked = formats.known(what, form, rules, jobs)
    bar = screen.Bar(f"writing {what}", wanted=screen.apart(out))
    with opened(chosen_settings(ctx, ledger)) as book, _losses(asked, out) as losses, bar, _place(asked, out) as place:
        formats.write(book, asked, place, losses, lambda done: bar("incidents", done))
    if out is not None and losses.lossy:
        click.echo(f"{out}: {losses.short()} Why: {out.name}.losses.json", err=True)


@contextmanager
def _losses(asked: Asked, out: Path | None) -> Iterator[Losses]:
    """Where losses are counted: beside the file, or nowhere in particular."""
    from recount.export.formats import accounted, held_facets
    from recount.export.losses import Losses

    if out is None:
        yield Losses(held_facets(asked.what))
        return
    with accounted(asked, out) as losses:
        yield losses


@contextmanager
def _place(asked: Asked, out: Path | None) -> Iterator[Any]:
    """The stream, or for a binary form the path, to write to; moved into its place when it is whole."""
    from recount.errors import WrongUse
    from recount.export.formats import FORMATS

    if asked.form not in FORMATS[asked.what].binary:
        with output(out) as stream:
            yield stream
        return
    if out is None:
        raise WrongUse(f"{asked.form} is no text", "", "Name a file with --out.")
    if out.is_dir() or not out.parent.is_dir():
        raise WrongUse("this is a folder" if out.is_dir() else "its folder does not exist", str(out), "Name a file.")
    part = out.with_name(out.name + ".part")
    try:
        yield part
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
