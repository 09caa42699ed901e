"""Where paragraphs begin and end: line breaks, wrapped lines, inline bullets, and a closing notice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

Span = tuple[int, int]
BULLETS = "•●▪■◆►"
BULLET = re.compile(rf"[{BULLETS}](?<!\S.)\s*")
# The dateline behind the last bullet of a summary: "… talks resume GAZA CITY: The …"
DATELINE_INSIDE = re.compile(r"\s(?=[A-Z][A-Z’'.]+(?:(?: ?/ ?| |-)[A-Z][A-Z’'.]+)*(?:, [^:.]{1,30})?: )")
LINE = re.compile(r"[^\n]+")
LINE_END = (".", "!", "?", ":", "”", '"', "…", "۔")
WRAPPED_AT = (40, 120)  # characters: a text wrapped at a fixed width has most lines in here
GOES_ON = re.compile(r"[a-z]{2,}[\s,.;’']")


def paragraphs(text: str, *, alone: Span | None = None, tail: int | None = None) -> list[Span]:
    """(start, end) of each paragraph, without surrounding space or bullet; none is empty.

    `alone` is a line that nothing is joined to (the headline); `tail` is where a closing notice begins.
    """
    found: list[Span] = []
    cut = _at_bullets if any(bullet in text for bullet in BULLETS) else _uncut
    for start, end in _joined(text, _lines(text), alone):
        if tail is not None and start < tail < end:
            found.extend(cut(text, *strip(text, start, tail)))
            start = tail
        found.extend(cut(text, start, end))
    return found


def strip(text: str, start: int, end: int) -> Span:
    """The span without white space at its ends; start == end where there is nothing else in it."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _lines(text: str) -> list[Span]:
    spans = (strip(text, line.start(), line.end()) for line in LINE.finditer(text))
    return [(start, end) for start, end in spans if start < end]


def _joined(text: str, lines: list[Span], alone: Span | None) -> list[Span]:
    """Lines, with those joined that one sentence runs through."""
    wrapped = _is_wrapped(text, lines)
    found: list[Span] = []
    for line in lines:
        if found and alone not in (found[-1], line) and _goes_on(text, found[-1], line, wrapped):
            found[-1] = (found[-1][0], line[1])
        else:
            found.append(line)
    return found


def _goes_on(text: str, before: Span, line: Span, wrapped: bool) -> bool:
    if text.count("\n", before[1], line[0]) != 1 or text[line[0]] in BULLETS:
        return False
    if wrapped:
        return True
    return GOES_ON.match(text, line[0]) is not None and not text.startswith(LINE_END, before[1] - 1)


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether lines break at a fixed width: most are near one length, and many go on in lower case."""
    if len(lines) < 4 or max(end - start for start, end in lines) > WRAPPED_AT[1]:
        return False
    full = sum(end - start >= WRAPPED_AT[0] for start, end in lines)
    lower = sum(text[start].islower() for start, _ in lines)
    return full * 2 >= len(lines) and lower * 4 >= len(lines)


def _uncut(_: str, start: int, end: int) -> Iterator[Span]:
    yield start, end


def _at_bullets(text: str, start: int, end: int) -> Iterator[Span]:
    """The parts of a paragraph between inline bullets; the dateline behind the last one starts a part too."""
    marks = list(BULLET.finditer(text, start, end))
    edges = [(start, start), *((mark.start(), mark.end()) for mark in marks)]
    for number, (_, begin) in enumerate(edges):
        stop = edges[number + 1][0] if number + 1 < len(edges) else end
        dateline = DATELINE_INSIDE.search(text, begin, stop) if marks and number == len(marks) else None
        cuts = [begin, dateline.end(), stop] if dateline else [begin, stop]
        for one, other in pairwise(cuts):
            part = strip(text, one, other)
            if part[0] < part[1]:
                yield part
