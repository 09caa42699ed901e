"""The `recount` command: the verbs, the options in front of them, and the way out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from recount.cli import add, code, export, incidents, report, rules, show, status
from recount.cli.faults import DONE, STOPPED, STOPPED_TEXT, guarded, say
from recount.cli.options import LedgerOption

app = typer.Typer(
    name="recount",
    add_completion=False,
    # Plain help: the decorated one costs a further 80 ms at every start.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"], "max_content_width": 88},
)


def print_version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        from importlib.metadata import version

        print(f"recount {version('recount')}")
        raise typer.Exit


@app.callback()
def front(
    ctx: typer.Context,
    ledger: LedgerOption = None,
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=print_version, is_eager=True)
    ] = False,
) -> None:
    """Keep every claim about an armed incident: who said it, the exact words, and what contradicts it.

    \b
    Start with:
      recount add REPORTS/        read reports and keep what they claim
      recount incidents           what happened, as the reports tell it
      recount show ID             one incident, report or claim, down to the words
      recount report page.html    the same as one page to open in a browser

    Settings come from the environment as RECOUNT_LEDGER, RECOUNT_LANGUAGE, RECOUNT_JUDGE, RECOUNT_DEBUG,
    RECOUNT_RULES, RECOUNT_BATCH, RECOUNT_WAIT_SECONDS, RECOUNT_MAX_REPORT_BYTES,
    RECOUNT_MAX_LINE_BYTES and RECOUNT_MAX_UNPACKED_RATIO.

    Exit status: 0 done, 1 some input was set aside, 2 wrong use, 3 a fault in recount.
    """
    ctx.obj = {"ledger": ledger}


app.command("add", short_help="Read reports and keep what they claim.")(add.add)
app.command("incidents", short_help="List incidents, one line each.")(incidents.incidents)
app.command("show", short_help="Show one incident, report or claim.")(show.show)
app.command("code", short_help="Code reports without keeping them.")(code.code)
app.command("export", short_help="Write claims and incidents as data.")(export.export)
app.command("report", short_help="Write one page to open in a browser.")(report.report)
app.command("status", short_help="Say what the ledger holds.")(status.status)
app.add_typer(rules.app, name="rules", short_help="Try, check and compare the rules that coding follows.")


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments; returns the exit status and raises nothing."""

    def work() -> int:
        result = app(list(arguments), prog_name="recount", standalone_mode=False)
        sys.stdout.flush()
        return int(result or DONE)

    status = guarded(work)
    if status == STOPPED:
        say(STOPPED_TEXT)
    return status


def main() -> None:
    """The entry point of the `recount` command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter gets a question mark in its place instead of a traceback.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    raise SystemExit(run(sys.argv[1:]))
