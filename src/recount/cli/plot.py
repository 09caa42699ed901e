"""`recount plot KIND [INCIDENT] --out FILE`: pictures worth printing."""

from __future__ import annotations

from pathlib import Path

import click

from recount.cli.options import chosen_settings, ledger_option, opened
from recount.cli.outputs import output
from recount.errors import WrongUse

KINDS = ("toll", "disagreement", "months", "map", "sources")


@click.command(short_help="Draw how tolls evolved, who disagrees, months, a map, sources.")
@click.argument("kind", metavar="KIND", type=click.Choice(KINDS), help="What to draw; see above.")
@click.argument("incident", metavar="[INCIDENT]", required=False, help="The incident, or the beginning of its id.")
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), metavar="FILE", required=True, help="FILE.svg, .png or .json."
)
@click.option("--rules", metavar="NAME", default="representative", show_default=True, help="The rule set of months.")
@ledger_option
@click.pass_context
def plot(ctx: click.Context, kind: str, incident: str | None, out: Path, rules: str, ledger: str | None) -> None:
    """Draw a picture, with words for readers who cannot see it, in colours that colour-blind readers tell apart.

    \b
      toll INCIDENT          how its toll evolved, one mark a claim
      disagreement INCIDENT  who claims which figure
      months                 people killed by month and side, by a rule set
      map                    where incidents are told of
      sources                how many reports are of independent origin

    \b
    Examples:
      recount plot toll i_5be4 --out toll.svg
      recount plot months --rules ucdp --out months.png
    """
    from recount.export import plots
    from recount.export.plots.drawing import png, svg

    if out.suffix not in (".svg", ".png", ".json"):
        raise WrongUse(f"{out.suffix or 'no ending'} is no kind of picture", str(out), "Name it .svg, .png or .json.")
    with opened(chosen_settings(ctx, ledger)) as book:
        found = book.find(incident) if incident else None
        drawn = plots.plot(book, kind, found, rules)
    if out.suffix == ".png":
        image = png(drawn)
        if not out.parent.is_dir():
            raise WrongUse("its folder does not exist", str(out), "Name a file.")
        out.write_bytes(image)
    else:
        import msgspec

        text = svg(drawn) if out.suffix == ".svg" else msgspec.json.encode(drawn.spec).decode()
        with output(out) as stream:
            stream.write(text)
    click.echo(
        f"Wrote {out}. It shows: {drawn.alt}" if len(drawn.alt) < 600 else f"Wrote {out}. It shows: {drawn.alt[:600]}…"
    )
