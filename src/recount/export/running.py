"""One export of entered incidents from beginning to end: piece by piece, with the fate of every claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING, TextIO

from recount.export import tables
from recount.export.fates import fates
from recount.export.ground import Ground, ground_from
from recount.export.losses import Fate, Losses, better
from recount.export.pieces import Plan, ground_for, planned
from recount.export.shapes import Shape, shape
from recount.reconcile import rule_set
from recount.records import Record
from recount.store.left import left

if TYPE_CHECKING:
    from recount.store.contract import Ledger

ALONE = ("gtd", "ftm", "ftm-statements")
"""Formats that remember what they wrote before: numbers that are given, entities that stand already."""
Progress = Callable[[int], None]


class Done(Record, frozen=True):
    """One piece, ready to write: its rows as text (or as values), their number, the fates of its claims, and notes."""

    text: str
    values: tuple[tables.Row, ...]
    rows: int
    fates: tuple[Fate, ...]
    notes: tuple[str, ...]


@cache
def stamp(rules: str) -> str:
    """The rule set and its version as files name it: "Recount 0.1.0, rule set ucdp (GED 23.1)"."""
    from importlib.metadata import version

    ruled = rule_set(rules)
    return f"Recount {version('recount')}, rule set {ruled.name} ({ruled.version})"


def write_entered(
    ledger: Ledger,
    out: TextIO,
    losses: Losses,
    name: str,
    rules: str,
    *,
    jobs: int = 1,
    progress: Progress | None = None,
) -> None:
    """Write a format of `shapes.shape`, and note what became of every claim.

    The ledger is read piece by piece, so that its size does not bound its export; `jobs` processes share the work.
    `progress` hears how many incidents are written.
    """
    made = shape(name, rules)
    out.write(made.head)
    for done, written in _noted(ledger, losses, name, rules, jobs):
        out.write((made.between if losses.rows and done.text else "") + done.text)
        losses.rows += done.rows
        if progress:
            progress(written)
    out.write(made.tail)


def fates_and_rows(ledger: Ledger, losses: Losses, name: str, rules: str) -> Iterator[tables.Row]:
    """The rows of a format as Python values, noting in `losses` what became of every claim."""
    for done, _ in _noted(ledger, losses, name, rules, 1):
        losses.rows += done.rows
        yield from done.values


def _noted(ledger: Ledger, losses: Losses, name: str, rules: str, jobs: int) -> Iterator[tuple[Done, int]]:
    """The pieces with how many incidents are done; at the end the claims that several pieces or none tell of."""
    plan = planned(ledger)
    waiting: dict[str, Fate] = {}
    written = 0
    for piece, done in zip(plan.pieces, _worked(ledger, plan, name, rules, jobs), strict=True):
        written += len(piece.incidents)
        yield done, written
        losses.notes.update(done.notes)
        for fate in done.fates:
            if fate.report in plan.shared:
                waiting[fate.claim] = better(waiting[fate.claim], fate) if fate.claim in waiting else fate
            else:
                losses.add(fate)
    for fate in waiting.values():
        losses.add(fate)
    for fate in _untold(ledger, plan, shape(name, rules), rules):
        losses.add(fate)


def _worked(ledger: Ledger, plan: Plan, name: str, rules: str, jobs: int) -> Iterator[Done]:
    if jobs == 1 or len(plan.pieces) < 2 * jobs or name in ALONE:
        made = shape(name, rules)
        for piece in plan.pieces:
            yield worked(ground_for(ledger, piece), made, rules)
        return
    from recount.export.sharing import entered

    yield from entered(ledger.door, plan.pieces, name, rules, jobs)


def worked(ground: Ground, made: Shape, rules: str, *, values: bool = True) -> Done:
    """One piece in this format; without `values` as text only, which is what another process hands over."""
    entries = made.enter(ground)
    rows = [row for entry in entries.values() for row in entry.rows]
    return Done(
        text=made.render(rows) if rows else "",
        values=tuple(rows) if values else (),
        rows=len(rows),
        fates=tuple(fates(ground, entries, made.form, rule_set(rules))),
        notes=tuple(note for entry in entries.values() for note in entry.notes),
    )


def _untold(ledger: Ledger, plan: Plan, made: Shape, rules: str) -> Iterator[Fate]:
    """The claims of reports that tell of no incident."""
    for one in left(ledger, plan.alone):
        yield from fates(ground_from([one], ()), {}, made.form, rule_set(rules))
