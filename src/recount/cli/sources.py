"""`recount sources VERB`: look into a file of sources, and at how they do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from recount.cli.options import Verbs, json_option
from recount.cli.watch import file_argument

if TYPE_CHECKING:
    from datetime import datetime

    from recount.sources.health import Health


@click.group(cls=Verbs, short_help="Check a file of sources, and how they do.")
def sources() -> None:
    """Check a file of sources for mistakes, and see how the sources do that `recount watch` polls."""


@sources.command("check", short_help="Find every mistake in a file of sources.")
@file_argument
def check(file: Path) -> int:
    """Find every mistake in a file of sources at once, each with its line and the nearest known name.

    \b
    Example:
      recount sources check sources.toml
    """
    from recount.cli.faults import DONE, WRONG_USE, explained, say
    from recount.cli.words import many
    from recount.sources.plan import load
    from recount.sources.plan_faults import faults

    found = faults(file)
    for fault in found:
        say(explained(fault).removeprefix("recount: "))
    if found:
        say(f"{many(len(found), 'mistake')} in {file}.")
        return WRONG_USE
    plan = load(file)
    print(f"{file} is sound: {many(len(plan.sources), 'source')}, kept in {plan.archive}")
    return DONE


@sources.command("health", short_help="How the sources do, and what to do.")
@file_argument
@json_option
def health(file: Path, as_json: bool) -> int:
    """Show of each source when it last answered, what it brought in a week against what is expected, and what is wrong.

    The exit status is 1 where a source fails, is silent, floods, or was not asked in time.

    \b
    Example:
      recount sources health sources.toml
    """
    return show_health(file, as_json)


def show_health(file: Path, as_json: bool) -> int:
    """Print how the sources do; the exit status."""
    from datetime import UTC, datetime

    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE
    from recount.cli.watch_running import network
    from recount.sources.health import health as health_of
    from recount.sources.plan import load

    plan, now = load(file), datetime.now(UTC)
    with network().looked_into(plan) as state:
        found = [health_of(source, state, now) for source in plan.sources]
    if as_json:
        screen.print_json(found)
    else:
        _print(found, now)
    return DONE if all(one.well for one in found) else SOME_SET_ASIDE


def _print(found: Sequence[Health], now: datetime) -> None:
    from rich import box
    from rich.table import Table

    from recount.cli import screen
    from recount.cli.words import line, many

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for head in ("source", "health", "answered", "new", "7 days", "kept", "waiting", "aside"):
        table.add_column(head, justify="left" if head in ("source", "health") else "right", no_wrap=head != "source")
    for one in found:
        table.add_row(
            line(one.source),
            one.sign if one.well else one.sign.upper(),
            _ago(one.last_success, now),
            _ago(one.last_new, now),
            _week(one),
            f"{one.kept:,}",
            f"{one.waiting:,}",
            f"{one.aside:,}",
        )
    console = screen.console()
    console.print(table)
    console.print("answered, new: how long ago; 7 days: reports announced, and expected\n", style="dim")
    for one in found:
        if not one.well:
            console.print(f"{line(one.source)}: {line(one.says)}. {line(one.do)}".rstrip(), soft_wrap=True)
        if one.copies:
            console.print(f"{line(one.source)}: {many(one.copies, 'page')} with the bytes of another", soft_wrap=True)
        if one.notes:
            console.print(f"{line(one.source)}: {line(one.notes)}", soft_wrap=True)


def _week(one: Health) -> str:
    return f"{one.week:,}" if one.expect is None else f"{one.week:,} of {one.expect[0]:.3g}–{one.expect[1]:.3g}"


def _ago(at: datetime | None, now: datetime) -> str:
    from recount.sources.durations import said

    return "never" if at is None else said(max((now - at).total_seconds(), 0.0))
