"""Which of the kept judgements stand."""

from __future__ import annotations

from collections.abc import Iterable

from recount.records import Judgement


def active(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that stand, in their order: neither undone nor themselves an undoing.

    `judgements` come oldest first; an undoing that was itself undone counts no longer.
    """
    undone: set[str] = set()
    standing = []
    for judgement in reversed(list(judgements)):
        if judgement.id in undone:
            continue
        if judgement.undoes is not None:
            undone.add(judgement.undoes)
        if judgement.decision != "undo":
            standing.append(judgement)
    return standing[::-1]
