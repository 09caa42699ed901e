"""`recount watch SOURCES`: poll sources politely, keep what they bring as evidence, and code it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING

import click

from recount.cli.options import chosen_settings, jobs_option, json_option, ledger_option, opened
from recount.errors import MissingExtra

if TYPE_CHECKING:
    from recount.engine.local import Added
    from recount.settings import Settings
    from recount.sources.plan import Plan
    from recount.sources.watching import Polled, Watch

SHOWN = 20
file_argument = click.argument(
    "file", metavar="SOURCES", type=click.Path(path_type=Path), help="The file of sources; see docs/sources.md."
)


@click.command(short_help="Poll feeds, sites, folders and mailboxes.")
@file_argument
@click.option("--once", is_flag=True, help="Poll each source once and leave, instead of watching on.")
@click.option("--dry-run", is_flag=True, help="Ask only what the sources announce; fetch and keep nothing.")
@click.option("--health", is_flag=True, help="Show how the sources do, as `recount sources health` does.")
@jobs_option
@json_option
@ledger_option
@click.pass_context
def watch(
    ctx: click.Context,
    file: Path,
    once: bool,
    dry_run: bool,
    health: bool,
    jobs: int,
    as_json: bool,
    ledger: str | None,
) -> int:
    """Poll the sources of a file politely, keep what they bring as evidence, code and link it.

    Every response is kept in a WARC file before it is read. robots.txt is obeyed, each host is asked one request at a
    time with a pause, and left alone when it asks for that. A watch that was stopped goes on where it was. The exit
    status is 1 where a source failed or something was set aside.

    \b
    Examples:
      recount watch sources.toml --once
      recount watch sources.toml --dry-run
      recount watch sources.toml --ledger balochistan.db
    """
    from recount.sources.plan import load

    if health:
        from recount.cli.sources import show_health

        return show_health(file, as_json)
    plan, settings = load(file), chosen_settings(ctx, ledger)
    if dry_run:
        return try_out(plan, settings, as_json)
    return run(plan, settings, once=once, jobs=jobs, as_json=as_json)


def network() -> ModuleType:
    """The part that watches. MissingExtra where the libraries that it needs are not installed."""
    try:
        from recount.sources import watching
    except ModuleNotFoundError as fault:
        if (fault.name or "").startswith("recount"):
            raise
        raise MissingExtra("Watching sources", "sources") from None
    return watching


def run(plan: Plan, settings: Settings, *, once: bool, jobs: int, as_json: bool) -> int:
    """Watch, showing what is done; the exit status."""
    from recount.cli import screen

    watching = network()
    stop = Event()
    with (
        watching.opened(plan, settings) as (state, archive),
        screen.Bar("sources are asked", wanted=once) as bar,
        stopping(stop),
    ):
        watch = watching.Watch(plan, settings, state, archive, stop=stop, tell=lambda n: bar("responses", n))
        keeper = Keeper(watch, settings, jobs, talks=not once)
        polled: list[Polled] = []
        for ended in watch.once(keeper.keep) if once else watch.forever(keeper.keep):
            polled = [*polled[-len(plan.sources) :], ended]
            if not once:
                screen.console().print(told(ended, now=True), soft_wrap=True)
    return report(plan, polled, keeper.added, once=once, as_json=as_json)


class Keeper:
    """Brings what was fetched into the ledger, and adds up what came of it. `talks` says each time what was done."""

    def __init__(self, watch: Watch, settings: Settings, jobs: int, *, talks: bool) -> None:
        from recount.engine.local import Added

        self._watch, self._settings, self._jobs, self._talks = watch, settings, jobs, talks
        self.added = Added()

    def keep(self) -> None:
        """Keep what waits; where another process writes to the ledger it waits on, and nothing is lost."""
        from recount.cli.faults import explained, say
        from recount.errors import LedgerBusy
        from recount.sources.keeping import keep_pending, summed

        kit = self._watch.kit
        if kit.archive is None or not kit.state.pending(1):
            return
        try:
            with opened(self._settings, write=True) as book:
                now = keep_pending(book, self._watch.plan, kit.state, kit.archive, self._settings, workers=self._jobs)
        except LedgerBusy as fault:
            say(f"{explained(fault)}\nWhat was fetched is in the archive, and is kept later.")
            return
        self.added = summed(self.added, now)
        if self._talks:
            from recount.cli import screen
            from recount.cli.add import sentence

            screen.console().print(f"{stamp()}  {sentence(now)}")
            screen.print_asides(now.aside, screen.console())


def report(plan: Plan, polled: Sequence[Polled], added: Added, *, once: bool, as_json: bool) -> int:
    """Say what came of it all; the exit status."""
    from recount.cli import screen
    from recount.cli.add import sentence
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    failed = any(ended.fault for ended in polled)
    if as_json:
        screen.print_json({"sources": [as_row(ended) for ended in polled], "reports": added})
    elif once:
        console = screen.console()
        order = {source.name: n for n, source in enumerate(plan.sources)}
        for ended in sorted(polled, key=lambda ended: order[ended.source]):
            console.print(told(ended), soft_wrap=True)
        console.print(sentence(added) if added.read else "No new reports.")
        screen.print_asides(added.aside, console)
    return SOME_SET_ASIDE if failed or added.aside else DONE


WORDS = {
    "fetched": "fetched",
    "unchanged": "unchanged",
    "copy": "known from another address",
    "failed": "to be tried again",
    "refused": "given up",
}


def told(ended: Polled, *, now: bool = False) -> str:
    """How a poll ended, in a line; with the time where lines come over hours."""
    from recount.cli.words import line

    parts = [f"{ended.done[key]:,} {words}" for key, words in WORDS.items() if ended.done.get(key)]
    head = f"{stamp()}  {line(ended.source)}" if now else line(ended.source)
    said = f"{head}: {', '.join(parts) or ('nothing new' if ended.fault is None else 'nothing')}"
    if ended.fault is None:
        return said
    where = f"{line(ended.fault.where)}: " if ended.fault.where else ""
    return f"{said}; failed: {where}{line(ended.fault.what)}. {line(ended.fault.do)}".rstrip()


def as_row(ended: Polled) -> dict[str, object]:
    """How a poll ended, for JSON."""
    fault = ended.fault
    error = None if fault is None else {"what": fault.what, "where": fault.where, "do": fault.do}
    return {"source": ended.source, "done": ended.done, "error": error}


def stamp() -> str:
    """The time of day, for lines that come over hours."""
    from datetime import datetime

    return datetime.now().strftime("%m-%d %H:%M")


def try_out(plan: Plan, settings: Settings, as_json: bool) -> int:
    """Ask what the sources announce, and show what would be fetched; the exit status."""
    from recount.cli import screen
    from recount.cli.faults import DONE, SOME_SET_ASIDE

    watching = network()
    stop = Event()
    with (
        watching.opened(plan, settings, trial=True) as (state, _),
        screen.Bar("sources are asked"),
        stopping(stop),
    ):
        polled = list(watching.Watch(plan, settings, state, None, stop=stop).once())
        rows = [(s.name, [i.address for i in state.unread(s.name, s.most)]) for s in plan.sources]
    faults = {ended.source: ended.fault for ended in polled if ended.fault}
    if as_json:
        screen.print_json({"would_fetch": dict(rows), "failed": {n: str(f) for n, f in faults.items()}})
        return SOME_SET_ASIDE if faults else DONE
    console = screen.console()
    for name, addresses in rows:
        console.print(f"{name}: {len(addresses):,} would be fetched", style="bold")
        for address in addresses[:SHOWN]:
            console.print(f"  {address}", soft_wrap=True)
        if len(addresses) > SHOWN:
            console.print(f"  … and {len(addresses) - SHOWN:,} more")
        if name in faults:
            console.print(f"  failed: {faults[name]}", soft_wrap=True)
    console.print("Nothing was fetched but what the sources announce, and nothing kept.")
    return SOME_SET_ASIDE if faults else DONE


@contextmanager
def stopping(stop: Event) -> Iterator[None]:
    """Turn the first Ctrl-C, and a request to end (SIGTERM), into a calm end; the second Ctrl-C ends at once."""

    def ask(_number: int, _frame: object) -> None:
        from recount.cli.faults import say

        if stop.is_set():
            raise KeyboardInterrupt
        say("Stopping: what is on its way is finished first. Ctrl-C again stops at once; nothing is lost.")
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
