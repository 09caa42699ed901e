"""One vote a source: the tellings of one harm and side, made ready for a rule set to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from recount.reconcile.items import merged
from recount.reconcile.rule_sets import Choice, RuleSet
from recount.reconcile.sources import origins
from recount.reconcile.tellings import Telling
from recount.reconcile.timeline import restated
from recount.records import Record, Report
from recount.values.texts import fold

Dropped = tuple[tuple[str, str], ...]


class Vote(Record, frozen=True):
    """One source's figure: `number` as the rule set reads it, `high` where the words give a higher bound."""

    number: int
    high: int
    published: date | None
    claims: tuple[str, ...]


class Votes(Record, frozen=True):
    """The votes that a rule set admits, and the claims that it does not, each with the reason."""

    admitted: tuple[Vote, ...]
    dropped: Dropped


def votes(told: Sequence[Telling], rules: RuleSet, reports: Mapping[str, Report]) -> Votes:
    """The votes of one harm and side under a rule set; every claim is in a vote, or dropped with a reason."""
    dropped = [(t.claim, _no_vote(t)) for t in told if not t.counts]
    admitted = []
    ready = merged(told)
    kept = {c for t in ready for c in t.all_claims}
    dropped += [(t.claim, "adds up to a total that its report gives") for t in told if t.counts and t.claim not in kept]
    independent = [t.number for t in ready if t.party in ("third", "media", "unknown") and t.number is not None]
    revised = restated(ready) if rules.running else {}
    for telling in ready:
        reason = revised.get(telling.claim) or _barred(telling, rules, independent)
        if reason:
            dropped += [(c, reason) for c in telling.all_claims]
        else:
            admitted.append(telling)
    unique, copies = _one_per_origin(admitted, reports)
    return Votes(admitted=tuple(_vote(t, rules) for t in unique), dropped=tuple(dropped + copies))


def _no_vote(telling: Telling) -> str:
    if telling.number is None:
        return "gives no number"
    if telling.subset:
        return "is already inside another figure"
    if telling.superseded:
        return "is corrected by its own report"
    return "is of a part, and already inside the whole"


def _barred(telling: Telling, rules: RuleSet, independent: Sequence[int]) -> str | None:
    if "perpetrator" in rules.drop and telling.party == "armed_group":
        return f"is claimed by a party that fights ({telling.by})"
    about_enemy = (telling.party, telling.toll.side) in (("state", "armed_group"), ("armed_group", "state_forces"))
    if (
        "enemy_above_independent" in rules.drop
        and about_enemy
        and independent
        and (telling.number or 0) > max(independent)
    ):
        return f"is a party's claim about its enemy, above every independent figure ({telling.by})"
    return None


def _one_per_origin(
    told: Sequence[Telling], reports: Mapping[str, Report]
) -> tuple[list[Telling], list[tuple[str, str]]]:
    """Copies of one text vote once; the first keeps the vote."""
    home = {r: (o.reports[0], o.reason) for o in origins((t.report for t in told), reports) for r in o.reports}
    seen: set[tuple[str, int | None]] = set()
    unique, copies = [], []
    for telling in told:
        origin, reason = home[telling.report]
        key = (origin, telling.number)
        if key in seen and telling.report != origin:
            copies += [(c, f"repeats another report of the same origin: {reason}") for c in telling.all_claims]
        else:
            seen.add(key)
            unique.append(telling)
    return unique, copies


def _vote(telling: Telling, rules: RuleSet) -> Vote:
    number = telling.number or 0
    if telling.toll.count.high is None:
        quote = fold(telling.quote)
        number = next((n for word, n in rules.vague if word in quote), number)
    high = telling.toll.count.high if telling.toll.count.high is not None else number
    return Vote(number=number, high=max(high, number), published=telling.published, claims=telling.all_claims)


def choose(choice: Choice, found: Sequence[Vote]) -> tuple[int | None, tuple[str, ...], str]:
    """The number that a choice makes of the votes, the claims that carry it, and the step that decided."""
    if choice == "none" or not found:
        return None, (), "not given"
    number, step = CHOICES[choice](found)
    return number, tuple(c for v in found if v.number == number for c in v.claims), step


def _lowest(found: Sequence[Vote]) -> tuple[int, str]:
    return min(v.number for v in found), "lowest"


def _highest(found: Sequence[Vote]) -> tuple[int, str]:
    return max(v.high for v in found), "highest"


def _recent(found: Sequence[Vote]) -> list[Vote]:
    last = max((v.published for v in found if v.published), default=None)
    return [v for v in found if v.published == last]


def _latest(found: Sequence[Vote]) -> tuple[int, str]:
    return _recent(found)[-1].number, "latest"


def _majority(found: Sequence[Vote]) -> tuple[int, str]:
    counted = Counter(v.number for v in found)
    most = max(counted.values())
    return min(n for n in counted if counted[n] == most), "most frequent"


def _majority_else_lowest(found: Sequence[Vote]) -> tuple[int, str]:
    counted = Counter(v.number for v in found)
    top, votes_for = counted.most_common(1)[0]
    if votes_for * 2 > len(found):
        return top, f"majority, {votes_for} of {len(found)}"
    return _lowest(found)[0], "no majority, so the lowest"


def _latest_else_majority(found: Sequence[Vote]) -> tuple[int, str]:
    recent = _recent(found)
    if len({v.number for v in recent}) == 1:
        return recent[0].number, "latest"
    number, step = _majority_else_lowest(recent)
    return number, f"several are latest; {step}"


CHOICES = {
    "lowest": _lowest,
    "highest": _highest,
    "latest": _latest,
    "majority": _majority,
    "majority_else_lowest": _majority_else_lowest,
    "latest_else_majority": _latest_else_majority,
}
