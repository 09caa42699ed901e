"""What a report says around the claims of one event report: the sentences of its figures, and the names in them.

Labels made by rules are alike ("attack in Dorval"); the sentences tell one attack from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from recount.link.words import BOILERPLATE, telling_words
from recount.records import EventReport, Record, Report
from recount.values.texts import fold

BREAK = re.compile(r"[.!?]['\"”’)]*\s|\n")
FURTHEST = 300  # characters on either side of a figure within which its sentence lies
OPENING = 1500  # characters of a report that tell of its one incident
NAME = re.compile(r"(?<![.!?”\"\n] )(?<!^)\b[A-Z][a-zà-ÿ]{2,}\b(?:['’-][A-Z]?[a-z]+)?", re.MULTILINE)


class Wording(Record, frozen=True):
    """Folded telling words, and folded capitalised words that stand inside a sentence."""

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def wordings(events: Iterable[EventReport], reports: Mapping[str, Report]) -> dict[str, Wording]:
    """The wording of each event report, by its id; empty where its report is not at hand."""
    by_report: dict[str, list[EventReport]] = {}
    for event in events:
        by_report.setdefault(event.report, []).append(event)
    found: dict[str, Wording] = {}
    for name, told in by_report.items():
        for event in told:
            report = reports.get(name)
            found[event.id] = _wording(report, event, told) if report else Wording()
    return found


def _wording(report: Report, event: EventReport, told: Sequence[EventReport]) -> Wording:
    pieces = [sentence(report.text, line.quote) for line in event.tolls]
    if len(told) == 1:
        pieces.append(report.text[:OPENING])
    elif event.role == "main" and sum(e.role == "main" for e in told) == 1:
        pieces.append(report.headline or "")
    text = "\n".join(p for p in pieces if p)
    return Wording(words=telling_words(text), names=frozenset(map(fold, NAME.findall(text))) - BOILERPLATE)


def sentence(text: str, quote: str) -> str:
    """The sentence that holds a quote's first occurrence; empty where the text does not hold it."""
    at = text.find(quote) if quote else -1
    if at < 0:
        return ""
    end = at + len(quote)
    before = [m.end() for m in BREAK.finditer(text, max(0, at - FURTHEST), at)]
    after = BREAK.search(text, end, end + FURTHEST)
    start = before[-1] if before else max(0, at - FURTHEST)
    return text[start : after.start() if after else end + FURTHEST]
