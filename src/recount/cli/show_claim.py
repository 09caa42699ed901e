"""One claim: its words in their sentence, the value as said and as read, and how it was derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from recount.cli import screen, words
from recount.errors import NotFound
from recount.records import Claim, Coding, Judgement, Place, Report
from recount.store.around import claims_named
from recount.store.left import left_of

if TYPE_CHECKING:
    from rich.console import Console

    from recount.store.contract import Ledger


def show(book: Ledger, claim_id: str, console: Console | None) -> None:
    """Show the claim with this full id. NotFound when there is none."""
    with book.connected() as connection:
        read = next(iter(claims_named(connection, [claim_id])), None)
    if read is None:
        raise NotFound("no claim has this id", claim_id, "List incidents with: recount incidents")
    one = left_of(book, read.report)
    coding = one.coding
    claim = next((c for c in (*coding.claims, *one.rejected) if c.id == claim_id), None)
    claim = claim or next(iter(book.claims([claim_id])), read)  # found by rules that no longer find it
    judgements = [j for j in book.judgements() if claim.id in j.subjects]
    if console is None:
        screen.print_json(as_dict(claim, coding, judgements))
        return
    console.print(Text(f"Claim {claim.id}", style="bold"))
    console.print()
    console.print(sentence(claim, coding))
    console.print()
    console.print(facts(claim, coding, judgements))


def bounds(claim: Claim, coding: Coding) -> tuple[int, int]:
    """The offsets of the passage that holds the claim; its own span where the passages do not tell."""
    for passage in coding.passages:
        if passage.start <= claim.start and claim.end <= passage.end:
            return passage.start, passage.end
    return claim.start, claim.end


def sentence(claim: Claim, coding: Coding) -> Text:
    """The passage with the claim's words marked; marked by brackets as well, for a screen without colour."""
    start, end = bounds(claim, coding)
    text = words.clean(coding.report.text)
    before, inside, after = text[start : claim.start], text[claim.start : claim.end], text[claim.end : end]
    return Text.assemble(before, "[", (inside, "bold reverse"), "]", after)


def facts(claim: Claim, coding: Coding, judgements: list[Judgement]) -> Table:
    """Name and value pairs: everything that the ledger knows of the claim."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in rows(claim, coding.report):
        grid.add_row(name, Text(words.clean(value)))
    for event_report in coding.event_reports:
        if claim.id in event_report.claims or any(claim.id == t.claim for t in event_report.tolls):
            grid.add_row("tells of", Text(words.clean(event_report.label)))
    for judgement in judgements:
        grid.add_row("judged", Text(words.clean(judged(judgement))))
    return grid


def rows(claim: Claim, report: Report) -> list[tuple[str, str]]:
    """The lines of `facts` that come from the claim itself."""
    found = [
        ("says", f"{claim.property}: {words.value_text(claim.value)}"),
        ("as said", words.quoted(claim.said)),
        ("claimed by", words.speaker_text(claim.speakers, report.outlet)),
        ("standing", claim.modality),
        ("hedge", words.HEDGES[claim.hedge] if claim.hedge else "none"),
        ("report", words.report_text(report)),
        ("characters", f"{claim.start}–{claim.end} of {report.id}"),
        ("rule", claim.rule or "not told"),
        ("why", claim.reason or getattr(claim.value, "reason", "") or "not told"),
        *[("or else", text) for text in other_readings(claim)],
        ("rule pack", claim.pack or "not told"),
    ]
    return found


def other_readings(claim: Claim) -> list[str]:
    """The places that the name might also mean, best first, each with its score in bits."""
    if not isinstance(claim.value, Place):
        return []
    return [
        f"{c.name} ({c.level}), {', '.join(p for p in (c.admin2, c.admin1, c.country) if p)}: {c.score:+.1f} bits"
        f" against {claim.value.candidates[0].score:+.1f}"
        for c in claim.value.candidates[1:]
    ]


def judged(judgement: Judgement) -> str:
    """A person's decision in a line."""
    why = f": {judgement.why}" if judgement.why else ""
    value = f" to {words.value_text(judgement.value)}" if judgement.value is not None else ""
    return f"{judgement.decision}{value}, by {judgement.by}, {judgement.at}{why}"


def as_dict(claim: Claim, coding: Coding, judgements: list[Judgement]) -> dict[str, Any]:
    """The claim for `--json`."""
    start, end = bounds(claim, coding)
    return {
        "type": "claim",
        "claim": claim,
        "sentence": {"start": start, "end": end, "text": coding.report.text[start:end]},
        "report": report_dict(coding.report),
        "event_reports": [e.id for e in coding.event_reports if claim.id in e.claims],
        "judgements": judgements,
    }


def report_dict(report: Report) -> dict[str, Any]:
    """What names a report, without its text."""
    return {
        "id": report.id,
        "name": report.name,
        "headline": report.headline,
        "outlet": report.outlet,
        "published": report.published,
        "url": report.url,
    }
