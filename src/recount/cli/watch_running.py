"""A watch that runs: started, stopped calmly, its harvest kept in the ledger."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import ModuleType
from typing import TYPE_CHECKING

from recount.cli.options import opened
from recount.errors import MissingExtra

if TYPE_CHECKING:
    from recount.settings import Settings
    from recount.sources.plan import Plan
    from recount.sources.watching import Polled, Watch


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
    from recount.cli.watch_lines import report, told

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
            from recount.cli.watch_lines import stamp

            screen.console().print(f"{stamp()}  {sentence(now)}")
            screen.print_asides(now.aside, screen.console())


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
