"""Report → Passages: headline, sentences and site furniture with exact offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from recount.read.furniture import LONGEST, fold_line, furniture
from recount.read.paragraphs import Span, paragraphs, strip
from recount.read.sentences import sentence_spans
from recount.records import Passage, Report

Kind = Literal["headline", "sentence", "furniture"]
TRUNCATED = re.compile(r"\s*(?:\.{3,}|…)$")
ONLY_MARKS = re.compile(r"[\W_]+")
LEAST_REPEAT = 20  # characters of a cut-off line that must be the headline's


def passages(report: Report) -> tuple[Passage, ...]:
    """The passages of a report, in order, without surrounding space; `report.text[start:end]` is one.

    The headline is one passage. A line break ends a passage unless the text is wrapped at a fixed width or goes on in
    lower case. Bullets of a summary are paragraphs of their own. Lines of the site, and repeats of the headline, are
    furniture. All characters but spaces and bullets are in exactly one passage.
    """
    text, head = report.text, headline_span(report)
    tail = furniture().tail_start(text)
    blocks = paragraphs(text, alone=head, tail=tail)
    title = fold_line(report.headline or "")
    found: list[Passage] = []
    before_text = True
    for number, (block, parts) in enumerate(_with_sentences(text, blocks)):
        kind = _kind(text, block, head, title, before_text)
        before_text = before_text and kind != "sentence"
        for start, end in parts if kind == "sentence" else [block]:
            found.append(Passage(index=len(found), start=start, end=end, kind=kind, paragraph=number))
    return tuple(found)


def headline_span(report: Report) -> Span | None:
    """Where the headline stands in the text, or None."""
    if report.headline is None:
        return None
    if report.headline_end:
        return 0, report.headline_end
    line = re.search(rf"^[^\S\n]*({re.escape(report.headline)})[^\S\n]*$", report.text, re.MULTILINE)
    return line.span(1) if line else None


def _kind(text: str, block: Span, head: Span | None, title: str, before_text: bool) -> Kind:
    if block == head:
        return "headline"
    if block[1] - block[0] > LONGEST:
        return "sentence"
    line = text[block[0] : block[1]]
    if title and _repeats(fold_line(line), title):
        return "furniture"
    return "furniture" if furniture().rule_of(line, first=before_text) else "sentence"


def _repeats(line: str, title: str) -> bool:
    """Whether a line says the headline again, whole or cut off ("News Two held in …")."""
    if line == title:
        return True
    cut = TRUNCATED.sub("", line)
    return (
        len(line) > len(cut) >= LEAST_REPEAT and len(cut) <= len(title) + LEAST_REPEAT and cut[-LEAST_REPEAT:] in title
    )


def _with_sentences(text: str, blocks: list[Span]) -> Iterator[tuple[Span, list[Span]]]:
    """Each paragraph with the sentences inside it."""
    sentences = sentence_spans(text)
    at = 0
    for block in blocks:
        while at < len(sentences) and sentences[at][1] <= block[0]:
            at += 1
        parts: list[Span] = []
        inside = at
        while inside < len(sentences) and sentences[inside][0] < block[1]:
            _append(text, parts, max(block[0], sentences[inside][0]), min(block[1], sentences[inside][1]))
            inside += 1
        yield block, parts


def _append(text: str, parts: list[Span], start: int, end: int) -> None:
    start, end = strip(text, start, end)
    if start == end:
        return
    if parts and end - start < 7 and ONLY_MARKS.fullmatch(text, start, end):
        parts[-1] = (parts[-1][0], end)  # a stray quotation mark belongs to the sentence before it
    else:
        parts.append((start, end))
