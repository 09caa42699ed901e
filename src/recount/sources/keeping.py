"""What was fetched → the ledger: read out of the archive, coded, kept and linked, then marked as done.

The mark comes last. Stopped in between, the next run reads the same evidence again, and the ledger knows the reports.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from recount.engine import local
from recount.records import Report, SetAside
from recount.sources.plan import Plan, Source
from recount.sources.reading import Reader
from recount.sources.state import Item, State

if TYPE_CHECKING:
    from recount.settings import Settings
    from recount.sources.archive import Archive
    from recount.store.contract import Ledger

AT_ONCE = 500
"""Items that are read, kept and marked together."""


def keep_pending(
    book: Ledger,
    plan: Plan,
    state: State,
    archive: Archive,
    settings: Settings,
    *,
    workers: int = 1,
    progress: Callable[[str, int], None] | None = None,
) -> local.Added:
    """Bring all that is in the archive and not in the ledger yet into it. LedgerBusy while another process writes."""
    total = local.Added()
    while items := state.pending(AT_ONCE):
        total = summed(total, _keep(book, items, _Named(plan), Reader(archive), settings, workers, progress, state))
    return total


def summed(one: local.Added, other: local.Added) -> local.Added:
    """What two runs did together."""
    return local.Added(
        new=one.new + other.new,
        recoded=one.recoded + other.recoded,
        known=one.known + other.known,
        aside=one.aside + other.aside,
        relinked=one.relinked or other.relinked,
    )


class _Named:
    """The sources of a plan by name; one that was taken out of the file since is known by its name alone."""

    def __init__(self, plan: Plan) -> None:
        self._sources = {source.name: source for source in plan.sources}

    def of(self, item: Item) -> Source:
        """The source that an item is of."""
        return self._sources.get(item.source) or Source(name=item.source, kind="list")


def _keep(
    book: Ledger,
    items: Sequence[Item],
    named: _Named,
    reader: Reader,
    settings: Settings,
    workers: int,
    progress: Callable[[str, int], None] | None,
    state: State,
) -> local.Added:
    found: list[tuple[Item, list[Report | SetAside]]] = []

    def read() -> Iterator[Report | SetAside]:
        for item in items:
            results = list(reader.read(item, named.of(item)))
            found.append((item, results))
            yield from results

    added = local.add(book, (), settings, items=read(), workers=workers, progress=progress)
    failed = {aside.source for aside in added.aside}
    _seen_at(book, found, failed)
    with state.changing():
        for item, results in found:
            _mark(state, item, results)
    return added


def _seen_at(book: Ledger, found: Sequence[tuple[Item, list[Report | SetAside]]], failed: set[str]) -> None:
    """Remember the address of each report beside its place in the archive; it solves what was set aside under it."""
    reports = [
        replace(result, source=item.address)
        for item, results in found
        for result in results
        if isinstance(result, Report) and result.source not in failed
    ]
    if reports:
        book.seen(reports)


def _mark(state: State, item: Item, results: Sequence[Report | SetAside]) -> None:
    asides = [result for result in results if isinstance(result, SetAside)]
    if len(asides) == len(results) and asides:
        state.changed(item, standing="aside", note=asides[0].reason, advice=asides[0].advice)
    else:
        state.changed(item, standing="kept", note=asides[0].reason if asides else None)
