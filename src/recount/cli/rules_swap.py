"""What `recount rules swap` finds: sentences and reports whose coding changes by more than names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from recount.records import Report
    from recount.review.fairness import SwapReport

Named = tuple[str, "SwapReport"]
"""A text's name (the sentence itself, or the report's name) and what the swap changed."""
DAY = date(2026, 2, 5)
"""The day that our own sentences are read from."""


def swapped(pair: str | None, paths: list[str], *, use_judge: bool) -> list[Named]:
    """The swap test of one pair, or of all, on reports or on the pair's own sentences."""
    from recount.review.fairness import pair_named, pairs, swap_report, swap_reports

    chosen = [pair_named(pair)] if pair and pair != "all" else list(pairs().values())
    if not paths:
        return [(s, swap_report(s, p, published=DAY, use_judge=use_judge)) for p in chosen for s in p.sentences]
    found = [(r.name, swap_reports(r, p, use_judge=use_judge)) for r in _reports(paths) for p in chosen]
    return [(name, report) for name, report in found if report.touched]


def _reports(paths: list[str]) -> Iterator[Report]:
    from recount.engine import local
    from recount.records import Report
    from recount.settings import load_settings

    return (item for item in local.read_all(paths, load_settings()) if isinstance(item, Report))


def lines(found: Sequence[Named]) -> Iterator[str]:
    """What changed, text by text, then how many texts of each pair kept all but the names."""
    from recount.cli.words import line

    for name, report in found:
        if not report.fair:
            yield f"{report.pair}: {line(name)}"
            yield from (f"  - {told}" for told in report.missing)
            yield from (f"  + {told}" for told in report.added)
    for pair in dict.fromkeys(report.pair for _, report in found):
        own = [report for _, report in found if report.pair == pair]
        full = [report for report in own if not report.empty]
        empty = f"; {len(own) - len(full)} more tell nothing" if len(full) < len(own) else ""
        yield f"{pair}: {sum(r.fair for r in full)} of {len(full)} texts change by nothing but names{empty}"
    if not found:
        yield "No text names either side."
