"""The table of `recount incidents`, made to be read at 80 columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from recount.cli import words
from recount.cli.listing import Cell, Line, Listing
from recount.records import HARMS, Harm, Side

if TYPE_CHECKING:
    from rich.console import Console

ROOMY = 104  # columns from which the table also tells the other harms
HEADS: dict[Side, str] = {"armed_group": "armed", "state_forces": "state", "civilians": "civil", "unspecified": "other"}
MARKS: dict[Harm, str] = {"killed": "", "wounded": "w", "captured": "c", "abducted": "a", "missing": "m"}
PAST = {"killed": "killed", "wounded": "wounded", "captured": "captured", "abducted": "abducted", "missing": "missing"}


def show(found: Listing, console: Console) -> None:
    """Print the listing and, below it, what its figures mean and what it leaves out."""
    if found.lines:
        console.print(table(found.lines, console.width))
    for sentence in notes(found, roomy=console.width >= ROOMY):
        console.print(sentence, style="dim")


def table(lines: Sequence[Line], width: int) -> Table:
    """One row for each incident, parts indented below their whole."""
    sides: list[Side] = [s for s in HEADS if s != "unspecified" or any(c.side == s for x in lines for c in x.cells)]
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 0), show_edge=False, pad_edge=False, header_style="bold")
    grid.add_column("id", no_wrap=True, style="dim")
    grid.add_column("day", no_wrap=True)
    grid.add_column("place", no_wrap=True, overflow="ellipsis", ratio=3, min_width=11)
    grid.add_column("kind", no_wrap=True)
    grid.add_column("by", no_wrap=True, overflow="ellipsis", ratio=2, min_width=6)
    for side in sides:
        grid.add_column(HEADS[side], no_wrap=True, justify="right")
    if width >= ROOMY:
        grid.add_column("also", no_wrap=True, overflow="ellipsis", ratio=2)
    grid.add_column("src", no_wrap=True, justify="right")
    grid.add_column("", no_wrap=True, style="bold yellow")
    grid.expand = True
    for line in lines:
        grid.add_row(*row(line, sides, roomy=width >= ROOMY))
    return grid


def row(line: Line, sides: Sequence[Side], *, roomy: bool) -> list[Text]:
    """The cells of one line."""
    incident = line.incident
    indent = "  " * (line.depth - 1) + "└ " if line.depth else ""
    place = indent + words.places_text(incident.places, incident.admin1 or incident.country)
    cells = [line.short, words.day_text(incident.days), place, incident.kind, words.actors_text(incident.actors)]
    cells += [side_cell(line.cells, side, roomy=roomy) for side in sides]
    if roomy:
        cells.append(also(line.cells))
    cells += [str(line.sources), "≠" if line.disputed else ""]
    return [Text(words.clean(cell)) for cell in cells]


def side_cell(cells: Sequence[Cell], side: Side, *, roomy: bool) -> str:
    """Killed on this side; in a narrow table, where nobody is said to be killed, the first other harm with its mark."""
    told = {c.harm: c for c in cells if c.side == side and (c.low, c.high) != (None, None)}
    for harm in ("killed",) if roomy or "killed" in told else HARMS:
        if harm in told:
            return cell_text(told[harm]) + MARKS[harm]
    return ""


def cell_text(cell: Cell) -> str:
    """The claims that stand, behind an arrow where a figure published first was revised: "92→197", "5–8"."""
    now = words.count_text(cell.low, cell.high)
    return now if cell.first is None else f"{cell.first:,}→{now}"


def also(cells: Sequence[Cell]) -> str:
    """The other harms in words: "12 wounded civil"."""
    rest = [c for c in cells if c.harm != "killed" and (c.low or c.high)]
    return ", ".join(f"{cell_text(c)} {PAST[c.harm]} {HEADS[c.side]}" for c in rest)


def notes(found: Listing, *, roomy: bool) -> list[str]:
    """The lines below the table."""
    said = []
    if not found.incidents:
        return ["No incidents yet. Add reports with: recount add PATH"]
    if not found.lines:
        said.append(f"None of the {words.many(found.incidents, 'incident')} in the ledger fits.")
    else:
        said.append(legend(found.lines, roomy=roomy))
        said.append(f"{words.many(len(found.lines), 'incident')} of {found.incidents:,}. Details: recount show ID")
    if found.statistics:
        said.append(
            f"{words.many(found.statistics, 'statistic')} (over a period, or of unnamed incidents) "
            f"{'is' if found.statistics == 1 else 'are'} kept apart: they are no incidents and are added to none."
        )
    return said


def legend(lines: Sequence[Line], *, roomy: bool) -> str:
    """What the figures and marks of these lines mean; only the marks that occur are told."""
    text = "Killed by side, lowest–highest claim; src: independent sources"
    shown = {side_cell(x.cells, s, roomy=roomy)[-1:] for x in lines for s in HEADS}
    marks = [f"{mark} {PAST[harm]}" for harm, mark in MARKS.items() if mark and mark in shown]
    if any(c.first is not None for x in lines for c in x.cells):
        marks.append("→ revised since")
    if any(x.disputed for x in lines):
        marks.append("≠ sources disagree")
    return "; ".join([text, *marks]) + "."
