"""The tables of `recount show` for an incident."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from recount.cli import words
from recount.cli.dossier import Dossier
from recount.records import HARMS, SIDES, Claim, EventReport, Figure, TollPoint

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


def summary_table(summary: Sequence[Any]) -> list[Any]:
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


def summary_cell(row: Any) -> str:
    """ "92–197 ≠ (2 sources)"."""
    if row is None:
        return ""
    return f"{words.count_text(row.low, row.high)}{' ≠' if row.disputed else ''} ({words.many(row.sources, 'source')})"


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
        words.line(point.by) if point.by else "the outlet",
        point.change,
    )


def figures_table(figures: Sequence[Figure]) -> list[Any]:
    """One row for each rule set, one column for each harm and side that any of them decides."""
    columns = sorted({(f.harm, f.side or "all") for f in figures}, key=lambda c: (HARMS.index(c[0]), c[1]))
    if not columns:
        return []
    grid = plain_table("rule set", *(f"{h}, {words.SIDE_NAMES.get(s, 'all sides')}" for h, s in columns))
    for name, version in dict.fromkeys((f.rule_set, f.version) for f in figures):
        told = {(f.harm, f.side or "all"): figure_cell(f) for f in figures if f.rule_set == name}
        grid.add_row(*cells(f"{name} {version}", *(told.get(column, "") for column in columns)))
    return [grid]


def figure_cell(figure: Figure) -> str:
    """The best figure with its bounds: "22 (15–22)"."""
    if figure.best is None:
        return words.count_text(figure.low, figure.high)
    bounds = words.count_text(figure.low, figure.high)
    return bounds if bounds == f"{figure.best:,}" else f"{figure.best:,} ({bounds})"


def claim_lines(found: Dossier) -> list[Text]:
    """Every claim under its report, tolls first: value as read, the words, who says it."""
    return [line for event in found.event_reports for line in event_lines(event, found)]


def event_lines(event: EventReport, found: Dossier) -> Iterator[Text]:
    """One event report: its report, why its claims belong together, and the claims."""
    report = found.reports.get(event.report)
    head = words.report_text(report) if report else event.report
    yield Text.assemble("  ", (words.clean(head), "underline"), (f"  {event.id[:8]}", "dim"))
    if event.reason:
        yield Text(words.clean(f"    {event.reason}"), style="dim")
    told = [found.claims[c] for c in event.claims if c in found.claims]
    for claim in sorted(told, key=lambda c: (c.property != "toll", c.start, c.id)):
        yield claim_line(claim, report.outlet if report else None)


def claim_line(claim: Claim, outlet: str | None) -> Text:
    """A claim in a line."""
    notes = [words.HEDGES[claim.hedge]] if claim.hedge else []
    notes += [claim.modality] if claim.modality != "asserted" else []
    tail = f" ({', '.join(notes)})" if notes else ""
    speaker = words.speaker_text(claim.speakers, outlet)
    return Text.assemble(
        "    ",
        (claim.id[:8], "dim"),
        " ",
        (words.clean(words.value_text(claim.value)), "bold" if claim.property == "toll" else ""),
        f": {words.quoted(claim.quote)} — {speaker}{tail}",
    )
