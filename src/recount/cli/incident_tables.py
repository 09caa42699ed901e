"""The tables of `recount show` for an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from recount.cli import words
from recount.cli.dossier import Dossier
from recount.cli.listing import Cell
from recount.cli.listing_table import cell_text
from recount.reconcile.standpoint import SHORT, standpoint
from recount.records import HARMS, SIDES, Claim, EventReport, Figure, Judgement, TollPoint
from recount.values.naming import decided_text

ORDER = {(harm, side): (i, j) for i, harm in enumerate(HARMS) for j, side in enumerate(SIDES)}


def plain_table(*heads: str, right: Iterable[str] = ()) -> Table:
    """A table with a rule under its heads and nothing else around it."""
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 2, 0, 0), show_edge=False, pad_edge=False, header_style="dim")
    for head in heads:
        grid.add_column(head, justify="right" if head in set(right) else "left", overflow="fold")
    return grid


def cells(*values: str) -> list[Text]:
    """Report text may hold anything: each cell cleaned, and never read as markup."""
    return [Text(words.clean(value)) for value in values]


def summary_table(summary: Sequence[Cell]) -> list[Any]:
    """One row for each harm, one column for each side; ≠ where sources disagree."""
    rows = {(r.harm, r.side): r for r in summary}
    sides = [s for s in SIDES if any(side == s for _, side in rows)]
    if not sides:
        return []
    grid = plain_table("", *(words.SIDE_NAMES[s] for s in sides))
    for harm in HARMS:
        if any(h == harm for h, _ in rows):
            grid.add_row(*cells(harm, *(summary_cell(rows.get((harm, s))) for s in sides)))
    return [grid]


def summary_cell(cell: Cell | None) -> str:
    """ "92→197 ≠ (2 sources)"."""
    if cell is None:
        return ""
    return f"{cell_text(cell)}{' ≠' if cell.disputed else ''} ({words.many(cell.sources, 'source')})"


def timeline_table(points: Sequence[TollPoint], found: Dossier) -> list[Any]:
    """One row for each mark, in groups by harm and side, each group in order of publication."""
    if not points:
        return []
    grid = plain_table("harm, side", "published", "outlet", "figure", "claimed by", "change", right=["figure"])
    groups: dict[tuple[str, str], list[TollPoint]] = {}
    for point in points:
        groups.setdefault((point.toll.harm, point.toll.side), []).append(point)
    for key in sorted(groups, key=lambda k: ORDER[k]):  # type: ignore[index]
        for index, point in enumerate(groups[key]):
            grid.add_row(*timeline_row(point, found, first=index == 0))
    return [grid]


def timeline_row(point: TollPoint, found: Dossier, *, first: bool) -> list[Text]:
    """The cells of one mark; harm and side only in the first row of a group."""
    toll, report = point.toll, found.reports.get(point.report)
    outlet = (report.outlet or report.name) if report else ""
    return cells(
        f"{toll.harm}, {words.SIDE_NAMES[toll.side]}" if first else "",
        point.published.isoformat() if point.published else words.NOTHING,
        words.line(outlet),
        words.count_text(toll.count.low, toll.count.high, toll.count.approx),
        _speaker(point),
        point.change,
    )


def _speaker(point: TollPoint) -> str:
    """Who says a figure and, on a line of its own, where that voice stands to those whom the figure counts."""
    stands = SHORT[standpoint(point.party, point.toll.side)]
    by = words.line(point.by) if point.by else "the outlet"
    return f"{by}\n({stands})" if stands and point.by else by


def figures_table(figures: Sequence[Figure]) -> list[Any]:
    """What the rule sets make of the claims: each outcome once, with the rule sets (and versions) that come to it."""
    outcomes: dict[str, list[str]] = {}
    for name, version in dict.fromkeys((f.rule_set, f.version) for f in figures):
        outcome = ruled([f for f in figures if f.rule_set == name])
        outcomes.setdefault(outcome, []).append(f"{name} {version}")
    return [piece for outcome, names in outcomes.items() for piece in outcome_lines(outcome, names)]


def outcome_lines(outcome: str, names: Sequence[str]) -> list[Padding]:
    """An outcome, and below it the rule sets, each wrapped within its indent."""
    return [
        Padding(Text(words.clean(outcome)), (0, 0, 0, 2)),
        Padding(Text(words.clean(", ".join(names)), style="dim"), (0, 0, 0, 4)),
    ]


def ruled(figures: Sequence[Figure]) -> str:
    """What one rule set decides: "killed 84: armed group 75, state forces 9"."""
    told = []
    for harm in HARMS:
        sides = [f"{words.SIDE_NAMES[f.side]} {figure_cell(f)}" for f in figures if f.harm == harm and f.side]
        total = next((figure_cell(f) for f in figures if f.harm == harm and f.side is None), "")
        if sides or total:
            told.append(" ".join(p for p in (harm, total) if p) + (f": {', '.join(sides)}" if sides else ""))
    return "; ".join(told)


def figure_cell(figure: Figure) -> str:
    """The best figure with its bounds: "22 (15–22)"."""
    bounds = words.count_text(figure.low, figure.high)
    if figure.best is None:
        return bounds
    best = f"{figure.best:,}"
    return best if bounds in (best, words.NOTHING) else f"{best} ({bounds})"


def lines_grid(columns: int) -> Table:
    """Columns without heads, indented, whose last one wraps within itself; the first one dimmed and never broken."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    for index in range(columns):
        grid.add_column(no_wrap=index == 0, style="dim" if index == 0 else "", overflow="fold")
    return grid


def pairs(rows: Iterable[tuple[str, str]]) -> list[Any]:
    """Lines of a dimmed word and a sentence that wraps beside it."""
    grid = lines_grid(2)
    for left, right in rows:
        grid.add_row("", *cells(left, right))
    return [grid] if grid.row_count else []


def claim_lines(found: Dossier) -> list[Any]:
    """Every claim under its report, tolls first: value as read, the words, who says it.

    An operation that no report tells as a whole shows the claims of its parts.
    """
    own = set(found.incident.event_reports)
    told = [e for e in found.event_reports if e.id in own] or found.event_reports
    return [piece for event in told for piece in event_lines(event, found)]


def event_lines(event: EventReport, found: Dossier) -> Iterator[Any]:
    """One event report: its report, why its claims belong together, and the claims."""
    report = found.reports.get(event.report)
    head = words.report_text(report) if report else event.report
    yield Text.assemble(" ", (words.clean(head), "underline"), (f" {event.id[:8]}", "dim"))
    if event.reason:
        yield Padding(Text(words.clean(shortened(event.reason)), style="dim"), (0, 0, 0, 1))
    grid = lines_grid(3)
    told = [found.claims[c] for c in event.claims if c in found.claims]
    for claim in sorted(told, key=lambda c: (c.property != "toll", c.start, c.id)):
        grid.add_row("", *claim_row(claim, report.outlet if report else None, found.ground.decisions.get(claim.id)))
    yield grid


def rejected_lines(found: Dossier) -> list[Any]:
    """The claims that people rejected, as they were read."""
    grid = lines_grid(3)
    for claim in found.ground.rejected.values():
        report = found.ground.reports.get(claim.report)
        grid.add_row("", *claim_row(claim, report.outlet if report else None, found.ground.decisions.get(claim.id)))
    return [grid] if found.ground.rejected else []


def shortened(reason: str, most: int = 200) -> str:
    """A reason on one line, cut where it is long; `--json` has the whole."""
    told = words.line(reason)
    return told if len(told) <= most else f"{told[:most].rsplit(' ', 1)[0]} … (all of it: --json)"


def claim_row(claim: Claim, outlet: str | None, judgement: Judgement | None = None) -> list[Text]:
    """A claim: short id, property and value as read, its words with who says them and what a person decided."""
    value = words.value_text(claim.value)
    read = (
        Text(words.clean(value), "bold")
        if claim.property == "toll"
        else Text(words.clean(f"{claim.property}: {value}"))
    )
    return [Text(claim.id[:8]), read, Text(words.clean(said_text(claim, outlet, judgement)))]


def said_text(claim: Claim, outlet: str | None, judgement: Judgement | None = None) -> str:
    """The words of a claim, who says them, hedge and standing where they matter, and what a person decided."""
    notes = [words.HEDGES[claim.hedge]] if claim.hedge else []
    notes += [claim.modality] if claim.modality != "asserted" else []
    notes += [words.line(decided_text(judgement))] if judgement else []
    tail = f" ({', '.join(notes)})" if notes else ""
    return f"{words.quoted(claim.quote)} — {words.speaker_text(claim.speakers, outlet)}{tail}"
