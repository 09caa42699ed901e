"""How polls ended, in lines for people and in rows for JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.engine.local import Added
    from recount.sources.plan import Plan
    from recount.sources.watching import Polled


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
