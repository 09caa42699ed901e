"""The local engine: reads inputs, codes them on this machine's processors, keeps them in batches, links what is kept.

Everything is done in the order of the inputs. A batch is kept whole or not at all, and linking leaves a mark of what it
saw, so a run that was stopped at any point is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from recount.engine.linking import Linker, Progress
from recount.engine.linking import relink_if_behind as relink_if_behind
from recount.engine.workers import Coder, coded
from recount.errors import UnreadableInput
from recount.records import Coding, Record, Report, SetAside
from recount.settings import Settings
from recount.store.contract import Ledger

T = TypeVar("T")
Items = Iterable[Report | SetAside]


NO_LANGUAGE = "zxx"
"""The language of a report that is a row of a table (ISO 639-2: no linguistic content)."""


class Added(Record, frozen=True, kw_only=True):
    """What one run of `add` did. Every input read is one of: new, recoded (by other rules), known, or set aside."""

    new: int = 0
    recoded: int = 0
    known: int = 0
    aside: tuple[SetAside, ...] = ()
    relinked: bool = False

    @property
    def read(self) -> int:
        """How many inputs were met."""
        return self.new + self.recoded + self.known + len(self.aside)


class Known(Record, frozen=True, kw_only=True):
    """A report that these rules have already coded."""

    report: Report


def read_all(paths: Iterable[Path | str], settings: Settings) -> Iterator[Report | SetAside]:
    """All reports of files and folders, in order; what cannot be read comes as a SetAside in its place."""
    from recount.read import inputs, read

    for found in inputs([Path(p) for p in paths]):
        if isinstance(found, SetAside):
            yield found
            continue
        try:
            yield from read(found, settings)
        except UnreadableInput as fault:
            yield SetAside(source=fault.where or str(found), reason=fault.what, advice=fault.do)
        except OSError as fault:
            reason = f"it could not be read to its end ({fault.strerror or fault})"
            yield SetAside(source=str(found), reason=reason, advice="Check the file and its disk, and add it again.")


def code_all(
    paths: Iterable[Path | str],
    settings: Settings,
    *,
    on_done: Callable[[int], None] | None = None,
    workers: int = 1,
    code: Coder | None = None,
    items: Items | None = None,
) -> Iterator[Coding | SetAside]:
    """Code all reports of the inputs, in their order, holding only a few in memory.

    What cannot be read, and a report that the coder fails on, comes as a SetAside in its place. `on_done` hears how
    many are done. With `workers` > 1 that many processes code at once. `code` and `items` replace the coder and what is
    read, for tests and other sources.
    """
    source = read_all(paths, settings) if items is None else items
    for done, result in enumerate(coded(source, code or _coder(settings), workers=workers), 1):
        yield result
        if on_done:
            on_done(done)


def add(
    ledger: Ledger,
    paths: Iterable[Path | str],
    settings: Settings,
    *,
    progress: Progress | None = None,
    workers: int = 1,
    code: Coder | None = None,
    link: Linker | None = None,
    items: Items | None = None,
    pack: str | None = None,
) -> Added:
    """Read, code, keep and link. Reports that these rules (`pack`) have coded are not coded again.

    LedgerBusy when another process is writing, or, after all is kept, linking. Running it again finishes what a stopped run
    began, and otherwise changes nothing. `code`, `link` and `items` replace the river's own and what is read.
    """
    pack = _pack(settings) if pack is None else pack
    source = read_all(paths, settings) if items is None else items
    added = Added()
    with ledger.adding():
        fresh = _look_up(ledger, source, pack, settings.batch)
        results: Iterator[Coding | Known | SetAside] = coded(fresh, code or _coder(settings), workers=workers)
        for batch in _batches(results, settings.batch):
            added = _sum(added, _keep(ledger, batch))
            if progress:
                progress("reports", added.read)
    relinked = relink_if_behind(ledger, link=link, progress=progress, pack=pack)
    return Added(new=added.new, recoded=added.recoded, known=added.known, aside=added.aside, relinked=relinked)


def keep_coded(
    ledger: Ledger, items: Iterable[Coding | SetAside], settings: Settings, *, progress: Progress | None = None
) -> Added:
    """Keep codings that were made elsewhere (tables of other projects), and link again; as `add`."""
    added = Added()
    with ledger.adding():
        for batch in _batches(items, settings.batch):
            added = _sum(added, _keep(ledger, batch))
            if progress:
                progress("reports", added.read)
    relinked = relink_if_behind(ledger, progress=progress, pack=_pack(settings))
    return Added(new=added.new, recoded=added.recoded, known=added.known, aside=added.aside, relinked=relinked)


def recode(
    ledger: Ledger, settings: Settings, *, progress: Progress | None = None, workers: int = 1, code: Coder | None = None
) -> Added:
    """Code the reports that the ledger holds by the present rules, and link again; as `add`, from the kept texts.

    Reports that are rows of tables hold no language, and stay as they were read.
    """
    texts = (report for report in ledger.reports() if report.language != NO_LANGUAGE)
    return add(ledger, (), settings, progress=progress, workers=workers, code=code, items=texts)


def _look_up(ledger: Ledger, items: Items, pack: str, size: int) -> Iterator[Report | Known | SetAside]:
    """The items, with the reports that these rules have coded marked as known."""
    for batch in _batches(items, size):
        there = ledger.known([item.id for item in batch if isinstance(item, Report)], pack)
        for item in batch:
            yield Known(report=item) if isinstance(item, Report) and item.id in there else item


def _keep(ledger: Ledger, batch: Sequence[Coding | Known | SetAside]) -> Added:
    codings = [item for item in batch if isinstance(item, Coding)]
    known = [item.report for item in batch if isinstance(item, Known)]
    aside = tuple(item for item in batch if isinstance(item, SetAside))
    fresh = {(c.report.id, c.pack) for c in codings}
    with ledger.writing():  # so that no other writer keeps one of them between looking and keeping
        for pack in {c.pack for c in codings}:
            fresh -= {(report, pack) for report in ledger.known([c.report.id for c in codings], pack)}
        new = ledger.keep(codings) if codings else 0
        if known:
            ledger.seen(known)
        if aside:
            ledger.set_aside(aside)
    again = len(codings) - len(fresh)
    return Added(new=new, recoded=len(fresh) - new, known=len(known) + again, aside=aside)


def _sum(one: Added, other: Added) -> Added:
    return Added(
        new=one.new + other.new,
        recoded=one.recoded + other.recoded,
        known=one.known + other.known,
        aside=one.aside + other.aside,
    )


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, max(size, 1))):
        yield batch


def _pack(settings: Settings | None) -> str:
    from recount.rules import pack_hash

    settings = settings or Settings()
    return pack_hash(judged=settings.judge, inclusion=settings.inclusion)


def _coder(settings: Settings) -> Coder:
    from functools import partial

    from recount.river import code

    return partial(code, use_judge=settings.judge, inclusion=settings.inclusion)
