"""The loss report: for every claim of a ledger whether it is in an export, and if not, why not.

A claim is `in_file` (its value can be read there), `collapsed` (it had a part in a value, but cannot be read there) or
`left_out`. The three add up to the claims of the ledger.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, NamedTuple, TextIO

import msgspec

from recount.records import Claim, Toll

Where = Literal["in_file", "collapsed", "left_out"]
RANK: dict[str, int] = {"in_file": 3, "collapsed": 2, "left_out": 1}
UNUSED = "no event report rests on it"
REJECTED = "a person rejected it"
MOST_SENTENCES = 1000
"""How many sentences on single incidents a report holds; the listing beside it holds every claim."""
LISTED = ("claim_id", "report_id", "claim", "where", "rows", "reason")


class Fate(NamedTuple):
    """What became of one claim. `what` is its property, with the harm of a toll; `facets` what else it says."""

    claim: str
    report: str
    what: str
    where: Where
    rows: str = ""
    reason: str = ""
    facets: tuple[str, ...] = ()
    incident: str = ""


def what_of(claim: Claim) -> str:
    """The claim's property, with the harm of a toll: "toll: killed"."""
    return f"toll: {claim.value.harm}" if isinstance(claim.value, Toll) else claim.property


def facets_of(claim: Claim) -> tuple[str, ...]:
    """What a claim says beside its value: words, speakers, hedge and standing, where it has them."""
    found = ["words"]
    if claim.speakers:
        found.append("speakers")
    if len(claim.speakers) > 1:
        found.append("chain of speakers")
    if claim.hedge:
        found.append("hedge")
    if claim.modality != "asserted":
        found.append("standing")
    return tuple(found)


def fate_of(claim: Claim, where: Where, reason: str = "", rows: str = "", incident: str = "") -> Fate:
    """The fate of a claim, with what the report needs to know of it."""
    return Fate(claim.id, claim.report, what_of(claim), where, rows, reason, facets_of(claim), incident)


def better(one: Fate, other: Fate) -> Fate:
    """Of two fates of one claim the one that keeps more; of equals the one that says more than `UNUSED`."""
    return max(one, other, key=lambda f: (RANK[f.where], f.reason != UNUSED))


class Losses:
    """Counts fates as they come, and lists each in `listing` where one is given."""

    def __init__(self, held: Iterable[str] = (), listing: TextIO | None = None) -> None:
        self.rows = 0
        self.notes: Counter[str] = Counter()
        self._held = frozenset(held)
        self._where: Counter[str] = Counter()
        self._lost: Counter[tuple[str, str, str]] = Counter()
        self._incidents: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
        self._facets: Counter[str] = Counter()
        self._collapsed: Counter[tuple[str, str]] = Counter()
        self._writer = csv.writer(listing, lineterminator="\r\n") if listing else None
        if self._writer:
            self._writer.writerow(LISTED)

    def whole(self, claims: int) -> None:
        """This many claims are in the file, each under its own id."""
        self._where["in_file"] += claims

    def add(self, fate: Fate) -> None:
        """Note what became of one claim. Each claim is to be added once."""
        self._where[fate.where] += 1
        if fate.where == "in_file":
            self._facets.update(f for f in fate.facets if f not in self._held)
        else:
            kind = fate.what, fate.where, _kind(fate.reason)
            self._lost[kind] += 1
            if fate.incident:
                self._incidents[kind].add(fate.incident)
                if fate.where == "collapsed":
                    self._collapsed[fate.incident, fate.what] += 1
        if self._writer:
            self._writer.writerow((fate.claim, fate.report, fate.what, fate.where, fate.rows, fate.reason))

    @property
    def claims(self) -> dict[str, int]:
        """How many claims the ledger holds and what became of them."""
        counted = {where: self._where[where] for where in RANK}
        return {"in_ledger": sum(counted.values()), **counted}

    @property
    def lossy(self) -> bool:
        """Whether any claim is not in the file."""
        return bool(self._where["collapsed"] or self._where["left_out"])

    def losses(self) -> list[dict[str, Any]]:
        """What was lost, the most frequent first: the claim, why, how often, in how many incidents."""
        return [
            {
                "claim": what,
                "where": where,
                "reason": reason,
                "claims": number,
                "incidents": len(self._incidents[what, where, reason]),
                "sentence": _sentence(what, where, reason, number, len(self._incidents[what, where, reason])),
            }
            for (what, where, reason), number in sorted(self._lost.items(), key=lambda item: (-item[1], item[0]))
        ]

    def report(self, **about: object) -> dict[str, Any]:
        """The whole report as JSON holds it; `about` says what was written: format, file, rule set."""
        collapsed = sorted(self._collapsed.items())
        return {
            **about,
            "rows": self.rows,
            "claims": self.claims,
            "losses": self.losses(),
            "not_said_of_claims_in_the_file": [
                {"facet": name, "claims": number, "sentence": f"{number} claims in the file lose their {name}."}
                for name, number in self._facets.most_common()
            ],
            "notes": [{"note": note, "rows": number} for note, number in sorted(self.notes.items())],
            "collapsed": [
                f"{number} claims on {what} collapsed in incident {incident}."
                for (incident, what), number in collapsed[:MOST_SENTENCES]
            ],
            "collapsed_not_shown": max(0, len(collapsed) - MOST_SENTENCES),
        }

    def short(self) -> str:
        """One sentence for the terminal."""
        n = self.claims
        kept = f"{self.rows:,} rows hold {n['in_file']:,} of {n['in_ledger']:,} claims"
        return f"{kept}; {n['collapsed']:,} are collapsed, {n['left_out']:,} left out."


def write_report(path: Path, report: dict[str, Any]) -> None:
    """Write the report as indented JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(report), indent=2) + b"\n")


def _kind(reason: str) -> str:
    """The reason without what differs from claim to claim: figures, days, names in brackets."""
    said, under, rules = reason.partition(" under ")
    return re.sub(r"\d[\d,.-]*\d|\d", "n", re.sub(r" \([^)]*\)", "", said)).rstrip(".") + under + rules


def _sentence(what: str, where: str, reason: str, number: int, incidents: int) -> str:
    many = f"{number:,} claim{'s' if number > 1 else ''} on {what}"
    among = f" in {incidents:,} incident{'s' if incidents > 1 else ''}" if incidents else ""
    return f"{many} {where.replace('_', ' ')}{among}: {reason}."
