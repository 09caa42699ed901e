"""People's decisions as records, and which of them stand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from recount.errors import WrongUse
from recount.records import Claim, Judgement, Value, content_id
from recount.store.decisions import active

__all__ = ["Decision", "active", "make_judgement"]

Decision = Literal["same", "different", "unsure", "right", "wrong", "corrected", "missed", "undo"]


def make_judgement(
    decision: Decision,
    subjects: Sequence[str],
    by: str,
    at: str,
    why: str = "",
    value: Value | None = None,
    undoes: str | None = None,
    claim: Claim | None = None,
) -> Judgement:
    """A judgement whose id is a hash of all that it says.

    `subjects` are ids of claims, event reports or incidents, in any order; `at` is when, as ISO 8601; `undoes` is the
    id of the judgement that an "undo" takes back, or that this one replaces; `claim` is what was "missed". WrongUse where
    the decision lacks what it needs.
    """
    _check(decision, subjects, by, value, undoes)
    if (decision == "missed") != (claim is not None):
        raise WrongUse('"missed", and nothing else, brings a claim', "", "Give the claim with its words.")
    named = tuple(sorted(set(subjects)))
    judgement_id = content_id("j", decision, *named, by, at, why, value, undoes)
    return Judgement(
        id=judgement_id,
        decision=decision,
        subjects=named,
        by=by,
        at=at,
        why=why,
        value=value,
        undoes=undoes,
        claim=claim,
    )


def _check(decision: Decision, subjects: Sequence[str], by: str, value: Value | None, undoes: str | None) -> None:
    if not by.strip():
        raise WrongUse("a judgement needs the name of who made it", "", "Say who decides.")
    if decision in ("same", "different", "unsure") and len(set(subjects)) < 2:
        raise WrongUse(f'"{decision}" compares at least two records', "", "Name both.")
    if decision != "undo" and not subjects:
        raise WrongUse("a judgement needs something to judge", "", "Name the record.")
    if decision == "corrected" and value is None:
        raise WrongUse('"corrected" needs the right value', "", "Give the value.")
    if decision == "undo" and undoes is None:
        raise WrongUse('"undo" needs the judgement to take back', "", "Name it.")
