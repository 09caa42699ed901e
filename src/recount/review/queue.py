"""What most needs a person: uncertain links, contradictions, figures that move a total, readings of low confidence.

Pure: an incident with what is derived from it goes in, items with a rank come out. The higher the rank, the sooner a
person should look; the bands of the kinds overlap on purpose, so that a large doubtful figure comes before a small
contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import log2
from typing import Literal

from recount.records import Claim, Disagreement, EventReport, Link, Record, Toll, TollPoint, content_id
from recount.values.counts import point

ItemKind = Literal["link", "contradiction", "mover", "doubt"]
KINDS: tuple[ItemKind, ...] = ("link", "contradiction", "mover", "doubt")
CONTRADICTS = frozenset({"conflict", "interest"})
WEIGHED = re.compile(r"weighed (0\.\d+|1\.0+)")
SURE_LINK = 0.9  # links scored above this are left to the linker
SURE_CLAIM = 0.8  # readings weighed above this are left to the rules
LARGE = 10  # people from which a figure that nobody else gives is worth a look


class Item(Record, frozen=True):
    """One thing to decide. `claims` are looked at together, the first is the one that is decided on.

    A link item asks whether `event_report` tells of the same incident as `others`. `amount` is what is at stake: people
    for figures, a probability for links and doubts.
    """

    id: str
    kind: ItemKind
    rank: float
    incident: str
    report: str
    claims: tuple[str, ...] = ()
    event_report: str | None = None
    others: tuple[str, ...] = ()
    amount: float = 0.0
    sentence: str = ""


def items_of(
    incident: str,
    event_reports: Sequence[EventReport],
    claims: Mapping[str, Claim],
    links: Iterable[Link],
    disagreements: Iterable[Disagreement],
    points: Sequence[TollPoint],
) -> list[Item]:
    """The items of one incident, the most urgent first; a claim is asked about once."""
    found = [
        *_of_links(incident, event_reports, links),
        *_of_disagreements(incident, claims, disagreements),
        *_movers(incident, points),
        *_doubts(incident, claims, points),
    ]
    asked: set[str] = set()
    kept = []
    for item in sorted(found, key=lambda i: (-i.rank, i.id)):
        if item.kind == "link" or item.claims[0] not in asked:
            kept.append(item)
            asked.update(item.claims[:1])
    return kept


def confidence(claim: Claim) -> float | None:
    """How sure the reading of a figure is, between 0 and 1, where the rule weighed it."""
    found = WEIGHED.search(claim.reason)
    return float(found[1]) if found else None


def _of_links(incident: str, event_reports: Sequence[EventReport], links: Iterable[Link]) -> Iterable[Item]:
    reports = {e.id: e.report for e in event_reports}
    for link in links:
        others = tuple(e for e in reports if e != link.event_report)
        if link.made_by != "linker" or not others or link.score > SURE_LINK or link.event_report not in reports:
            continue
        yield Item(
            id=content_id("q", "link", incident, link.event_report),
            kind="link",
            rank=round(55 + 45 * (1 - abs(2 * link.score - 1)), 2),
            incident=incident,
            report=reports[link.event_report],
            event_report=link.event_report,
            others=others,
            amount=link.score,
            sentence=link.sentence,
        )


def _of_disagreements(
    incident: str, claims: Mapping[str, Claim], disagreements: Iterable[Disagreement]
) -> Iterable[Item]:
    for found in disagreements:
        told = [claims[c] for c in found.claims if c in claims]
        if found.kind not in CONTRADICTS or not told:
            continue
        numbers = [n for c in told if isinstance(c.value, Toll) and (n := point(c.value.count)) is not None]
        gap = max(numbers) - min(numbers) if numbers else 0
        yield Item(
            id=content_id("q", "contradiction", *sorted(found.claims)),
            kind="contradiction",
            rank=round(50 + 8 * log2(1 + gap), 2),
            incident=incident,
            report=told[-1].report,
            claims=tuple(c.id for c in reversed(told)),
            amount=gap,
            sentence=found.sentence,
        )


def _movers(incident: str, points: Sequence[TollPoint]) -> Iterable[Item]:
    """Figures without which the range of a cell would be another one."""
    cells: dict[tuple[str, str], list[tuple[int, TollPoint]]] = {}
    for told in points:
        number = point(told.toll.count)
        if number is not None and not told.change.startswith(("part", "of a part")):
            cells.setdefault((told.toll.harm, told.toll.side), []).append((number, told))
    for cell in cells.values():
        cell.sort(key=lambda c: (c[0], c[1].claim))
        moved = cell[-1][0] - cell[-2][0] if len(cell) > 1 else cell[-1][0]
        if moved >= (LARGE if len(cell) == 1 else 1):
            yield _mover(incident, moved, cell[-1][1], alone=len(cell) == 1)


def _mover(incident: str, moved: int, told: TollPoint, *, alone: bool) -> Item:
    return Item(
        id=content_id("q", "mover", told.claim),
        kind="mover",
        rank=round((30 if alone else 42) + 6 * log2(1 + moved), 2),
        incident=incident,
        report=told.report,
        claims=(told.claim,),
        amount=moved,
        sentence="alone" if alone else "highest",
    )


def _doubts(incident: str, claims: Mapping[str, Claim], points: Sequence[TollPoint]) -> Iterable[Item]:
    for told in points:
        claim = claims.get(told.claim)
        sure = confidence(claim) if claim else None
        if claim is not None and sure is not None and sure < SURE_CLAIM:
            yield Item(
                id=content_id("q", "doubt", claim.id),
                kind="doubt",
                rank=round(30 + 70 * (1 - sure), 2),
                incident=incident,
                report=claim.report,
                claims=(claim.id,),
                amount=sure,
                sentence=claim.reason,
            )
