"""One vote a source: the tellings of one harm and side, made ready for a rule set to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from recount.reconcile.items import merged
from recount.reconcile.rule_sets import RuleSet
from recount.reconcile.sources import origins
from recount.reconcile.tellings import Telling
from recount.reconcile.timeline import restated
from recount.records import Count, Kind, Record, Report
from recount.values.texts import fold, folded_words

Dropped = tuple[tuple[str, str], ...]


class Vote(Record, frozen=True):
    """One source's figure: `number` as the rule set reads it, `high` where the words give a higher bound."""

    number: int
    high: int
    published: date | None
    origin: str
    claims: tuple[str, ...]


class Votes(Record, frozen=True):
    """The votes that a rule set admits, and the claims that it does not, each with the reason.

    `newest_barred` says that the latest figure of all is one of those that got no vote.
    """

    admitted: tuple[Vote, ...]
    dropped: Dropped
    newest_barred: bool = False

    @property
    def reports(self) -> int:
        """How many independent origins the votes come from."""
        return len({v.origin for v in self.admitted})


def votes(told: Sequence[Telling], rules: RuleSet, reports: Mapping[str, Report], kind: Kind = "other") -> Votes:
    """The votes of one harm and side under a rule set; every claim is in a vote, or dropped with a reason.

    `kind` of the incident decides how its size makes vague words be read.
    """
    read = [_in_words(t, rules, kind) for t in told]
    dropped = [(t.claim, _no_vote(t)) for t in read if not t.counts]
    ready = merged(read)
    kept = {c for t in ready for c in t.all_claims}
    dropped += [(t.claim, "adds up to a total that its report gives") for t in read if t.counts and t.claim not in kept]
    independent = [t.number for t in ready if t.party in ("third", "media", "unknown") and t.number is not None]
    revised = restated(ready) if rules.running else {}
    admitted, barred = [], []
    for telling in ready:
        doubt = _barred(telling, rules, independent)
        reason = revised.get(telling.claim) or doubt
        if reason:
            dropped += [(c, reason) for c in telling.all_claims]
            barred += [telling] if doubt else []
        else:
            admitted.append(telling)
    unique, again = _one_each(admitted, rules, reports)
    return Votes(
        admitted=tuple(unique), dropped=tuple(dropped + again), newest_barred=_newest(barred) > _newest(admitted)
    )


def _newest(told: Sequence[Telling]) -> date:
    return max((t.published for t in told if t.published), default=date.min)


def _no_vote(telling: Telling) -> str:
    if telling.number is None:
        return "gives no number"
    if telling.subset:
        return "is already inside another figure"
    if telling.superseded:
        return "is corrected by its own report"
    return "is of a part, and already inside the whole"


def _in_words(telling: Telling, rules: RuleSet, kind: Kind) -> Telling:
    """The telling with a vague word read as the rule set reads it."""
    if telling.hedge != "vague" and telling.number is not None:
        return telling
    words = set(folded_words(telling.said))
    found = next(((small, large) for word, small, large in rules.vague if word in words), None)
    if found is None:
        return telling
    number = found[1] if kind in rules.large else found[0]
    toll = msgspec.structs.replace(telling.toll, count=Count(low=number, high=number))
    return msgspec.structs.replace(telling, toll=toll)


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


def _one_each(
    told: Sequence[Telling], rules: RuleSet, reports: Mapping[str, Report]
) -> tuple[list[Vote], list[tuple[str, str]]]:
    """One vote for each origin and number; the first telling keeps it.

    Copies of one text are one origin; under `one_voice` so are all reports of what one party's named speaker says.
    """
    home = {r: (o.reports[0], o.reason) for o in origins((t.report for t in told), reports) for r in o.reports}
    seen: dict[tuple[str, int | None], str] = {}
    unique, again = [], []
    for telling in told:
        origin, reason = _origin(telling, rules, home)
        first = seen.setdefault((origin, telling.number), telling.report)
        if first == telling.report:
            unique.append(_vote(telling, origin))
        else:
            again += [(c, f"repeats another report of the same origin: {reason}") for c in telling.all_claims]
    return unique, again


def _origin(telling: Telling, rules: RuleSet, home: Mapping[str, tuple[str, str]]) -> tuple[str, str]:
    if rules.one_voice and telling.by and telling.party in ("state", "armed_group"):
        return f"voice of {fold(telling.by)}", f"both quote {telling.by}"
    return home[telling.report]


def _vote(telling: Telling, origin: str) -> Vote:
    number = telling.number or 0
    high = telling.toll.count.high if telling.toll.count.high is not None else number
    return Vote(
        number=number, high=max(high, number), published=telling.published, origin=origin, claims=telling.all_claims
    )
