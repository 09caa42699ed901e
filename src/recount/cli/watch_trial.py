"""`recount watch SOURCES --dry-run`: what would be fetched, with nothing fetched and nothing kept."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Event
from typing import TYPE_CHECKING

from recount.cli.watch_running import network, stopping

if TYPE_CHECKING:
    from recount.errors import RecountError
    from recount.settings import Settings
    from recount.sources.plan import Plan

SHOWN = 20


def try_out(plan: Plan, settings: Settings, as_json: bool) -> int:
    """Ask what the sources announce, and show what would be fetched; the exit status."""
    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    watching, stop = network(), Event()
    with (
        watching.opened(plan, settings, trial=True) as (state, _),
        screen.Bar("sources are asked"),
        stopping(stop),
    ):
        polled = watching.Watch(plan, settings, state, None, stop=stop).once()
        rows = [
            (source.name, [item.address for item in state.unread(source.name, source.most)]) for source in plan.sources
        ]
    faults = {ended.source: ended.fault for ended in polled if ended.fault}
    if as_json:
        screen.print_json({"would_fetch": dict(rows), "failed": {name: str(fault) for name, fault in faults.items()}})
    else:
        _print(rows, faults)
    return SOME_SET_ASIDE if faults else DONE


def _print(rows: Sequence[tuple[str, list[str]]], faults: dict[str, RecountError]) -> None:
    from recount.cli import screen
    from recount.cli.words import line

    console = screen.console()
    for name, addresses in rows:
        console.print(f"{line(name)}: {len(addresses):,} would be fetched", style="bold")
        for address in addresses[:SHOWN]:
            console.print(f"  {line(address)}", soft_wrap=True)
        if len(addresses) > SHOWN:
            console.print(f"  … and {len(addresses) - SHOWN:,} more")
        if name in faults:
            console.print(f"  failed: {line(str(faults[name]))}", soft_wrap=True)
    console.print("Nothing was fetched but what the sources announce, and nothing kept.")
