"""`recount archive IN... --out DIR`: an archive of the web into tables; `recount load DIR`: those tables into a ledger."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, json_option, ledger_option, opened

if TYPE_CHECKING:
    from recount.engine.archive import Outcome
    from recount.engine.passes import Tally
    from recount.records import SetAside
    from recount.settings import Settings


@click.command(short_help="Read an archive of the web (WARC, Parquet) into tables.")
@click.argument("paths", metavar="IN...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--out",
    "-o",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write tables into.",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), default=os.cpu_count() or 1, metavar="N",
    help="How many processes read. [default: one for each processor]",
)  # fmt: skip
@click.option(
    "--engine", type=click.Choice(["local", "spark"]), default="local", show_default=True,
    help="What drives it: this machine's processes, or Apache Spark (recount[spark]).",
)  # fmt: skip
@click.option("--master", metavar="URL", help="Spark's master. [default: local[N] with N of --jobs]")
@click.option(
    "--conf", metavar="KEY=VALUE", multiple=True, help="A setting of Spark's own; may be given several times."
)
@click.option(
    "--shard-mb", type=click.IntRange(min=1), default=64, show_default=True, metavar="N",
    help="Megabytes of a file that are read, kept and resumed as one.",
)  # fmt: skip
@click.option("--no-link", is_flag=True, help="Leave out linking; `recount load` links anyway.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing unless something is set aside.")
@json_option
def archive(
    paths: tuple[Path, ...], out: Path, jobs: int, engine: str, master: str | None, conf: tuple[str, ...],
    shard_mb: int, no_link: bool, quiet: bool, as_json: bool,
) -> int:  # fmt: skip
    """Read WARC files, or Parquet tables of pages, into tables of reports, claims, event reports, incidents and links.

    Most pages of an archive tell of no incident: they are passed over by a look at their bytes, most others by a quick
    parser, and only the rest is read with care. DIR gets Parquet tables in parts. A run that was stopped is finished by
    running it again. What cannot be read is set aside in the table `asides`; the exit status is then 1.

    \b
    Examples:
      recount archive CC-NEWS-20250301.warc.gz --out march/
      recount archive crawl/ --out tables/ --jobs 16
      recount archive pages.parquet --out tables/ --engine spark --master spark://host:7077
      recount load tables/ --ledger march.db
    """
    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE, say
    from recount.errors import WrongUse
    from recount.settings import load_settings

    if (master or conf) and engine == "local":
        raise WrongUse("--master and --conf are for Spark", "", "Add --engine spark, or leave them out.")
    if wrong := next((pair for pair in conf if "=" not in pair), None):
        raise WrongUse(f"{wrong!r} is no setting", "--conf", "Write it as KEY=VALUE.")
    size = shard_mb << 20
    with Share() as share:
        try:
            outcome = _read(
                list(paths),
                out,
                load_settings(),
                (engine, master or f"local[{jobs}]", conf, jobs),
                size,
                not no_link,
                share,
            )
        except KeyboardInterrupt:
            share.stop()
            say("What was read so far stays in the folder. Run the same command again to go on from there.")
            raise
    asides = _asides(outcome, out)
    if as_json:
        screen.print_json(outcome)
    elif asides or not quiet:
        _print(outcome, out, asides)
    return SOME_SET_ASIDE if asides else DONE


class Share:
    """A bar of how much of the input is read."""

    def __init__(self) -> None:
        from recount.cli.screen import Bar

        self._bar = Bar("bytes read")

    def __enter__(self) -> Share:
        self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def __call__(self, what: str, done: int, whole: int) -> None:
        """Show what is going on."""
        if what == "bytes read":
            self._bar(f"MB of {whole >> 20:,} read", done >> 20)
        else:
            self._bar(what, whole)

    def stop(self) -> None:
        """Take the bar away."""
        self._bar.stop()


def _read(
    paths: list[Path], out: Path, settings: Settings, how: tuple[str, str, tuple[str, ...], int], size: int, link: bool,
    share: Share,
) -> Outcome:  # fmt: skip
    engine, master, conf, jobs = how
    if engine == "spark":
        from recount.engine.spark import read_archive_on_spark

        return read_archive_on_spark(
            paths,
            out,
            settings,
            master=master,
            conf=dict(pair.split("=", 1) for pair in conf),
            shard_bytes=size,
            link=link,
            progress=share,
        )
    from recount.engine.archive import read_archive

    return read_archive(paths, out, settings, jobs=jobs, shard_bytes=size, link=link, progress=share)


def _asides(outcome: Outcome, out: Path) -> list[SetAside]:
    """The first of what was set aside; the whole is in the table."""
    from itertools import islice

    from recount.engine.archive_folder import Folder

    listed = Folder(out).asides(outcome.manifest.parts)
    return [*outcome.manifest.asides, *islice(listed, SHOWN)]


SHOWN = 20


def _print(outcome: Outcome, out: Path, asides: list[SetAside]) -> None:
    from recount.cli import screen
    from recount.cli.words import many

    console, tally = screen.console(), outcome.manifest.tally
    for text in sentences(tally):
        console.print(text, soft_wrap=True)
    twice = f" ({tally.kept - outcome.reports:,} more came twice)" if tally.kept > outcome.reports else ""
    incidents = f", {many(outcome.incidents, 'incident')}" if outcome.manifest.linked else ""
    console.print(f"{many(outcome.reports, 'report')}{twice}{incidents} in {out}.", soft_wrap=True)
    if outcome.resumed:
        console.print(f"{many(outcome.resumed, 'shard')} had been read before.")
    screen.print_asides(asides, console)
    if tally.aside > SHOWN:
        console.print(f"The first {SHOWN} of {tally.aside:,}; all are in {out / 'asides'}.")


def sentences(tally: Tally) -> list[str]:
    """What became of the records, in a few lines."""
    pages = tally.records - tally.no_page
    parsed = pages - tally.filtered - tally.copies
    return [
        f"{tally.records:,} records, {pages:,} of them pages ({tally.bytes / 1e6:,.0f} MB).",
        f"{tally.filtered:,} without words of an incident, {tally.copies:,} copies, {parsed:,} parsed: "
        f"{tally.dull + tally.silent:,} tell nothing, {tally.kept:,} make claims, {tally.aside:,} set aside.",
    ]


@click.command(short_help="Load an archive's tables into the ledger.")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@ledger_option
@click.pass_context
def load(ctx: click.Context, folder: Path, ledger: str | None) -> int:
    """Load the reports and claims of a folder that `recount archive` made into the ledger, and link them there.

    Loading the same folder again changes nothing.

    \b
    Example:
      recount load tables/ --ledger march.db
    """
    from recount.cli import screen
    from recount.cli.add import PHASES, held, sentence
    from recount.cli.faults import DONE, SOME_SET_ASIDE
    from recount.engine.archive_loading import load_archive

    settings = chosen_settings(ctx, ledger)
    with opened(settings, write=True) as book, screen.Bar("reports loaded") as bar:
        added = load_archive(book, folder, settings, progress=lambda phase, done: bar(PHASES[phase], done))
        incidents = book.counts()["incidents"]
    console = screen.console()
    console.print(sentence(added))
    console.print(held(incidents))
    screen.print_asides(added.aside[:SHOWN], console)
    return SOME_SET_ASIDE if added.aside else DONE
