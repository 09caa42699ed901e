"""A report's text cut into pieces, so that claims whose words overlap can all be marked in one line of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from recount.export.page.wording import clean
from recount.records import Claim, Coding, Passage, Record


class Piece(Record, frozen=True):
    """A run of text with the same claims on it. `begins` are the claims whose first character is the run's first."""

    text: str
    claims: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    furniture: bool = False


class Words(Record, frozen=True):
    """A quote in its sentence."""

    before: str
    quote: str
    after: str


def pieces(coding: Coding) -> list[Piece]:
    """The whole text of a report, cut wherever a claim or a piece of furniture begins or ends."""
    text = coding.report.text
    furniture = [p for p in coding.passages if p.kind == "furniture"]
    cuts = {0, len(text), *_edges(coding.claims), *_edges(furniture)}
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    waiting = sorted(coding.claims, key=lambda c: (c.start, c.end, c.id), reverse=True)
    here: list[Claim] = []
    found = []
    for start, end in pairwise(edges):
        here = [claim for claim in here if claim.end > start]
        begun = []
        while waiting and waiting[-1].start <= start:
            begun.append(waiting.pop())
        here += begun
        found.append(_piece(text[start:end], here, begun, any(p.start <= start < p.end for p in furniture)))
    return found


def _edges(spans: Iterable[Claim | Passage]) -> set[int]:
    return {edge for span in spans for edge in (span.start, span.end)}


def _piece(text: str, here: Sequence[Claim], begun: Sequence[Claim], furniture: bool) -> Piece:
    return Piece(
        text=clean(text),
        claims=tuple(c.id for c in here),
        properties=tuple(dict.fromkeys(c.property for c in here)),
        begins=tuple(c.id for c in begun),
        furniture=furniture,
    )


def in_sentence(claim: Claim, coding: Coding, around: int = 280) -> Words:
    """The claim's quote with what stands before and after it in its sentence, at most `around` characters each."""
    text = coding.report.text
    start, end = claim.start, claim.end
    for passage in coding.passages:
        if passage.index == claim.passage and passage.start <= claim.start:
            start, end = passage.start, max(passage.end, claim.end)
    before, after = text[start : claim.start], text[claim.end : end]
    if len(before) > around:
        before = "… " + before[-around:].split(" ", 1)[-1]
    if len(after) > around:
        after = after[:around].rsplit(" ", 1)[0] + " …"
    return Words(before=clean(before).lstrip(), quote=clean(claim.quote), after=clean(after).rstrip())
