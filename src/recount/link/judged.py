"""People's judgements as pairs that must, or must never, share an incident."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from recount.records import Incident, Judgement, Record

Pair = tuple[str, str]


class Judged(Record, frozen=True):
    """Pairs of event report ids (smaller first), each with the judgement that says so."""

    same: Mapping[Pair, str]
    different: Mapping[Pair, str]


def standing(judgements: Sequence[Judgement]) -> list[Judgement]:
    """The judgements that stand, in the order in which they were made: neither undone nor themselves an undoing.

    An undoing that was itself undone counts no longer, so what it took back stands again. `judgements` come oldest first.
    """
    undone: set[str] = set()
    found = []
    for judgement in reversed(judgements):
        if judgement.id in undone:
            continue
        if judgement.undoes is not None:
            undone.add(judgement.undoes)
        if judgement.decision != "undo":
            found.append(judgement)
    return found[::-1]


def judged_pairs(judgements: Sequence[Judgement], event_ids: set[str], current: Sequence[Incident]) -> Judged:
    """The pairs that people decided on; the later decision on a pair wins, "unsure" takes an earlier one back.

    A subject is an event report, or an incident, which stands for all its event reports. Unknown subjects are left out.
    """
    members = {incident.id: incident.event_reports for incident in current}
    same: dict[Pair, str] = {}
    different: dict[Pair, str] = {}
    for judgement in standing(judgements):
        if judgement.decision not in ("same", "different", "unsure"):
            continue
        for pair in _pairs(judgement, members, event_ids):
            same.pop(pair, None)
            different.pop(pair, None)
            if judgement.decision == "same":
                same[pair] = judgement.id
            elif judgement.decision == "different":
                different[pair] = judgement.id
    return Judged(same=same, different=different)


def _pairs(judgement: Judgement, members: Mapping[str, tuple[str, ...]], known: set[str]) -> list[Pair]:
    groups = [[e for e in members.get(s, (s,)) if e in known] for s in judgement.subjects]
    found = set()
    for one, other in combinations(groups, 2):
        found |= {(min(a, b), max(a, b)) for a in one for b in other if a != b}
    return sorted(found)
