"""Linking what a ledger holds: a report or two by their neighbourhood alone, everything when there is no index for that.

A full linking leaves an index and the rarity of words behind. As long as the ledger has not doubled since, what is
added or judged later is linked by looking at what the index draws to it; the rest of the ledger is not read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from recount.records import EventReport, Incident, Judgement, Link, Record, Report
from recount.store.contract import Ledger
from recount.store.decisions import active

Linker = Callable[
    [Sequence[EventReport], Mapping[str, Report], Sequence[Judgement], Sequence[Incident]],
    tuple[Sequence[Incident], Sequence[Link]],
]
Progress = Callable[[Literal["reports", "linking"], int], None]
"""Called with the phase and its amount: inputs handled so far, or event reports about to be linked."""


def relink_if_behind(
    ledger: Ledger, *, link: Linker | None = None, progress: Progress | None = None, pack: str | None = None
) -> bool:
    """Link what was coded or judged since the last time; whether anything had to be.

    `link` replaces the linker, which then links everything. `pack` names the rules that are in force.
    """
    with ledger.linking():
        with ledger.writing():  # nothing is added between reading the mark and reading what it stands for
            mark = f"{ledger.state()} {_pack() if pack is None else pack}"
            if ledger.linked() == mark or ledger.state() == NOTHING:
                return False
            if link is None and _link_part(ledger, mark):
                return True
            ground = _everything(ledger, progress)
        if link is not None:
            ledger.relink(*link(ground.events, ground.reports, ground.judgements, ground.current), mark)
        else:
            _link_everything(ledger, ground, mark)
        return True


NOTHING = "0.0"  # the state of a ledger without extractions and judgements


class Everything(Record, frozen=True):
    """All that a full linking rests on, from one moment; `seen` are the last extraction and judgement of then."""

    events: Sequence[EventReport]
    reports: Mapping[str, Report]
    judgements: Sequence[Judgement]
    carried: Sequence[Judgement]
    named: Sequence[Incident]
    current: Sequence[Incident]
    seen: tuple[int, int]


def link_everything(ledger: Ledger, mark: str, progress: Progress | None = None) -> None:
    """Link all event reports and make the index anew."""
    with ledger.linking():
        with ledger.writing():
            ground = _everything(ledger, progress)
        _link_everything(ledger, ground, mark)


def _link_everything(ledger: Ledger, ground: Everything, mark: str) -> None:
    """Others may write while this computes: what they add is linked by the next linking."""
    from recount.engine.indexing import fill
    from recount.link import linked

    found = linked(ground.events, ground.reports, judgements=ground.carried, current=[*ground.named, *ground.current])
    with ledger.neighbours() as index:  # both or neither, wherever the run is stopped
        index.relink_all(found.incidents, found.links, mark)
        fill(index, found, ground.seen)


def _link_part(ledger: Ledger, mark: str) -> bool:
    """Link what is new by its neighbourhood; False where everything has to be linked."""
    from recount.engine.indexing import link_part

    judgements = active(ledger.judgements())
    with ledger.neighbours() as index:
        return link_part(index, judgements, mark)


def _everything(ledger: Ledger, progress: Progress | None) -> Everything:
    from recount.store.restated import restated

    events = list(ledger.event_reports())
    if progress:
        progress("linking", len(events))
    reports = {report.id: report for report in ledger.reports()}
    judgements, current = active(ledger.judgements()), list(ledger.incidents())
    with ledger.neighbours() as index:
        carried, named = restated(index, judgements)
        seen = index.seen()
    return Everything(
        events=events, reports=reports, judgements=judgements, carried=carried, named=named, current=current, seen=seen
    )


def _pack() -> str:
    from recount.rules import pack_hash

    return pack_hash()
