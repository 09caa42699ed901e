"""How a rule set chooses one number among the votes, and the step that decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from recount.reconcile.rule_sets import Choice
from recount.reconcile.votes import Vote, Votes

Chosen = tuple[int, str]


def choose(choice: Choice, found: Votes) -> tuple[int | None, tuple[str, ...], str]:
    """The number that a choice makes of the votes, the claims that carry it, and the step that decided."""
    if choice == "none" or not found.admitted:
        return None, (), "not given"
    if choice == "latest_else_majority" and found.newest_barred:
        number, step = _majority_else_lowest(found.admitted)
        step = f"the latest is in doubt; {step}"
    else:
        number, step = CHOICES[choice](found.admitted)
    carriers = [v for v in found.admitted if number in (v.number, v.high)]
    exact = [v for v in carriers if v.number == number] if choice != "highest" else carriers
    return number, tuple(c for v in exact or carriers for c in v.claims), step


def _lowest(found: Sequence[Vote]) -> Chosen:
    return min(v.number for v in found), "lowest"


def _highest(found: Sequence[Vote]) -> Chosen:
    return max(v.high for v in found), "highest"


def _recent(found: Sequence[Vote]) -> list[Vote]:
    last = max((v.published for v in found if v.published), default=None)
    return [v for v in found if v.published == last]


def _latest(found: Sequence[Vote]) -> Chosen:
    return _recent(found)[-1].number, "latest"


def _majority(found: Sequence[Vote]) -> Chosen:
    counted = Counter(v.number for v in found)
    most = max(counted.values())
    return min(n for n in counted if counted[n] == most), "most frequent"


def _majority_else_lowest(found: Sequence[Vote]) -> Chosen:
    counted = Counter(v.number for v in found)
    top, votes_for = counted.most_common(1)[0]
    if len(found) == 1:
        return top, "the only vote"
    if votes_for * 2 > len(found):
        return top, f"majority, {votes_for} of {len(found)}"
    return _lowest(found)[0], "no majority, so the lowest"


def _latest_else_majority(found: Sequence[Vote]) -> Chosen:
    recent = _recent(found)
    if len({v.number for v in recent}) == 1:
        return recent[0].number, "latest"
    number, step = _majority_else_lowest(found)
    return number, f"several are latest; {step}"


def _lowest_until_corroborated(found: Sequence[Vote]) -> Chosen:
    """The number that most origins give, if two or more do (the lowest of equals); else the lowest of all."""
    counted = Counter(number for number, _ in {(v.number, v.origin) for v in found})
    most = max(counted.values())
    if most < 2:
        return _lowest(found)[0], "lowest, none is corroborated"
    number = min(n for n in counted if counted[n] == most)
    return number, f"corroborated by {most} sources"


CHOICES: dict[Choice, Callable[[Sequence[Vote]], Chosen]] = {
    "lowest": _lowest,
    "highest": _highest,
    "latest": _latest,
    "majority": _majority,
    "majority_else_lowest": _majority_else_lowest,
    "latest_else_majority": _latest_else_majority,
    "lowest_until_corroborated": _lowest_until_corroborated,
}
