"""`recount code PATH...`: code reports without keeping them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recount.cli.options import jobs_option, paths_argument
from recount.cli.outputs import out_option, output

if TYPE_CHECKING:
    from recount.records import SetAside
    from recount.settings import Settings


@click.command(short_help="Code reports without keeping them.")
@paths_argument
@out_option
@jobs_option
def code(paths: tuple[str, ...], out: Path | None, jobs: int) -> int:
    """Code reports and print one JSON object for each, without keeping anything.

    The objects come in the order of the input and have the shape of the codebook: incidents with their figures, who is
    said to have done what, statistics kept apart. What cannot be read is named on standard error; the exit status is
    then 1.

    \b
    Examples:
      recount code report.txt
      recount code reports/ --out codings.jsonl
      curl -s https://example.org/statement.html | recount code -
    """
    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE
    from recount.settings import load_settings

    done, asides, seconds = code_all(paths, out, jobs, load_settings())
    if asides or (out is not None or seconds > screen.Bar.patience):
        from recount.cli.faults import say
        from recount.cli.words import many

        tail = f", {len(asides):,} set aside" if asides else ""
        say(f"{many(done, 'report')} coded{tail}{f' into {out}' if out else ''}.")
        for aside in asides:
            say(screen.aside_text(aside))
    return SOME_SET_ASIDE if asides else DONE


def code_all(
    paths: Sequence[str], out: Path | None, jobs: int, settings: Settings
) -> tuple[int, list[SetAside], float]:
    """Write the codings; returns how many, what was set aside, and the seconds it took."""
    import time

    import msgspec

    from recount.cli import screen, stdin
    from recount.engine import local
    from recount.export.codings import coding_to_dict
    from recount.records import SetAside

    asides: list[SetAside] = []
    done, start = 0, time.monotonic()
    # A bar and JSON lines on one terminal would overwrite each other.
    with (
        stdin.items_of(paths, settings) as items,
        output(out) as stream,
        screen.Bar("reports coded", wanted=screen.apart(out)) as bar,
    ):
        for item in local.code_all(paths, settings, workers=jobs, items=items):
            if isinstance(item, SetAside):
                asides.append(item)
            else:
                stream.write(msgspec.json.encode(coding_to_dict(item)).decode() + "\n")
                done += 1
            bar("reports coded", done + len(asides))
    return done, asides, time.monotonic() - start
