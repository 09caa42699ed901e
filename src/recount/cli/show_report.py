"""One report: its text with the claims marked, then what was read from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from recount.cli import screen, words
from recount.cli.incident_tables import lines_grid, pairs, said_text
from recount.cli.show_claim import report_dict
from recount.records import Claim, Coding, EventReport, Judgement, Property, Statistic, TollLine
from recount.store.left import Left, left_of

if TYPE_CHECKING:
    from rich.console import Console

    from recount.store.contract import Ledger

STYLES: dict[Property, str] = {
    "toll": "bold red",
    "kind": "magenta",
    "day": "cyan",
    "place": "green",
    "actor": "yellow",
    "target": "yellow",
    "attribution": "blue",
    "incident_count": "bold red",
    "scope": "cyan",
    "evidence": "blue",
}


def show(book: Ledger, report_id: str, console: Console | None) -> None:
    """Show the report with this full id. NotFound when there is none."""
    one = left_of(book, report_id)
    if console is None:
        screen.print_json(as_dict(one, book.versions(report_id)))
        return
    coding = one.coding
    claims = sorted([*coding.claims, *one.rejected], key=lambda c: (c.start, c.end, c.id))
    console.print(Text(words.report_text(coding.report), style="bold"))
    for detail in details(coding, book.versions(report_id)):
        console.print(Text(words.clean(detail), style="dim"))
    console.print()
    console.print(marked(coding, claims, brackets=not screen.shows_colour(console)))
    for head, lines in sections(one, claims):
        if lines:
            console.print(Text(f"\n{head}", style="bold"))
        for line in lines:
            console.print(line)


def details(coding: Coding, versions: Sequence[str]) -> list[str]:
    """Where the report comes from and which versions of it there are."""
    report = coding.report
    found = [f"{report.id}; rule pack {coding.pack}" if coding.pack else report.id]
    found += [report.url] if report.url else []
    if report.fetched:
        found.append(f"fetched {report.fetched:%Y-%m-%d %H:%M} UTC, kept at {report.source}")
        found.append(f"sha256 {report.sha256}")
    if len(versions) > 1:
        place = versions.index(report.id) + 1 if report.id in versions else 1
        others = ", ".join(v for v in versions if v != report.id)
        found.append(f"version {place} of {len(versions)} at this address; the others: {others}")
    return found


def marked(coding: Coding, claims: Sequence[Claim], *, brackets: bool) -> Text:
    """The report's text: claims coloured by property, each followed by its number; furniture dimmed.

    With `brackets` a claim also stands in square brackets, for output without colour.
    """
    source = words.clean(coding.report.text)
    opens: dict[int, int] = {}
    closes: dict[int, list[int]] = {}
    for number, claim in enumerate(claims, 1):
        opens[claim.start] = opens.get(claim.start, 0) + 1
        closes.setdefault(claim.end, []).append(number)
    body = Text(source)
    for passage in coding.passages:
        if passage.kind != "sentence":
            body.stylize("dim" if passage.kind == "furniture" else "bold", passage.start, passage.end)
    for claim in sorted(claims, key=lambda c: c.start - c.end):  # the widest first, so that the narrow ones show
        body.stylize(STYLES[claim.property], claim.start, claim.end)
    cuts = sorted({0, len(source), *opens, *closes})
    whole = Text()
    for start, piece in zip(cuts, body.divide(cuts)[1:], strict=False):
        if start in closes:
            whole.append(("]" * len(closes[start]) if brackets else "") + ",".join(map(str, closes[start])), "dim")
        if brackets and start in opens:
            whole.append("[" * opens[start], "dim")
        whole.append_text(piece)
    return whole


def sections(one: Left, claims: Sequence[Claim]) -> Iterator[tuple[str, list[Any]]]:
    """The lists below the text: claims by number, incidents told, statistics, checks, warnings."""
    coding = one.coding
    yield "Claims", claim_table(claims, coding.report.outlet, one.decisions)
    yield "Incidents told", pairs((e.key, event_line(e)) for e in coding.event_reports)
    yield "Statistics (no incidents)", pairs((s.key, statistic_line(s)) for s in coding.statistics)
    yield "Checks", pairs((c.verdict, c.sentence) for c in coding.checks)
    yield "Warnings", pairs(("-", w) for w in coding.warnings)


def claim_table(claims: Sequence[Claim], outlet: str | None, decisions: Mapping[str, Judgement]) -> list[Any]:
    """A claim in a line: its number in the text, property, value, the words, who says it, what a person decided."""
    grid = lines_grid(5)
    for number, claim in enumerate(claims, 1):
        value = Text(words.clean(words.value_text(claim.value)))
        said = Text(words.clean(said_text(claim, outlet, decisions.get(claim.id))))
        grid.add_row(
            "", str(number), Text(claim.property, STYLES[claim.property]), value, said, Text(claim.id[:8], "dim")
        )
    return [grid] if claims else []


def event_line(event: EventReport) -> str:
    """An event report in a line."""
    places = ", ".join(words.place_text(p) for p in event.places) or words.NOTHING
    part = f"; part of {event.part_of[:8]}" if event.part_of else ""
    days, tolls = words.day_text(event.days), tolls_text(event.tolls) or "no figures"
    return f"{words.quoted(event.label)}: {event.kind}, {event.role}; {days}; {places}; {tolls}{part} ({event.id[:8]})"


def statistic_line(statistic: Statistic) -> str:
    """A statistic in a line."""
    number = f"{words.many(statistic.incidents, 'incident')}; " if statistic.incidents is not None else ""
    return f"{words.quoted(statistic.label)}: {words.day_text(statistic.days)}; {number}{tolls_text(statistic.tolls)}"


def tolls_text(tolls: Sequence[TollLine]) -> str:
    """Figures in a line; those that are inside another one say so."""
    return ", ".join(words.value_text(t.toll) + (" (inside another figure)" if t.subset else "") for t in tolls)


def as_dict(one: Left, versions: Sequence[str]) -> dict[str, Any]:
    """The report for `--json`: everything that was read from it as people left it, and its text."""
    coding = one.coding
    return {
        "type": "report",
        "report": {**report_dict(coding.report), "text": coding.report.text, "language": coding.report.language},
        "versions": list(versions),
        "passages": list(coding.passages),
        "claims": list(coding.claims),
        "rejected": list(one.rejected),
        "decisions": list({j.id: j for j in one.decisions.values()}.values()),
        "event_reports": list(coding.event_reports),
        "statistics": list(coding.statistics),
        "attributions": list(coding.attributions),
        "checks": list(coding.checks),
        "warnings": list(coding.warnings),
        "pack": coding.pack,
    }
