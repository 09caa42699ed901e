"""Evidence that a report says is offered, or not offered: photographs, names, weapons, somebody who checked."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick, MatchKind

from recount.errors import BadRule
from recount.extract.events import fold
from recount.extract.reading import Item
from recount.records import Evidence, Passage
from recount.rules import read_table
from recount.rules.expressions import Expression
from recount.rules.forms import any_form

_KEYS = frozenset({"item", "says", "offered", "absent", "needs", "never", "examples", "counter_examples"})
_WORD = re.compile(r"[\w’'-]+")


class EvidenceRule(NamedTuple):
    """One kind of evidence and the words by which it is there or missing."""

    item: str
    says: str
    offered: Expression
    absent: Expression | None
    needs: Expression | None
    never: Expression | None
    stems: tuple[str, ...]
    """Of each form a word that is to be found first; a passage without any of them is not looked at closely."""

    def hits(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Where in `text[start:end]` the evidence is told of: start, end, and whether it is offered."""
        if self.needs and not self.needs.pattern.search(text, start, end):
            return
        if self.never and self.never.pattern.search(text, start, end):
            return
        missing = [m.span() for m in self.absent.pattern.finditer(text, start, end)] if self.absent else []
        yield from ((a, b, False) for a, b in missing)
        for match in self.offered.pattern.finditer(text, start, end):
            a, b = match.span()
            if not any(a < y and x < b for x, y in missing):
                yield a, b, True


class EvidenceRules:
    """All rules of a language with one scan that says which of them to try in which passage."""

    def __init__(self, rules: Sequence[EvidenceRule]) -> None:
        self.rules = tuple(rules)
        owned = [(stem, rule) for rule in self.rules for stem in rule.stems]
        self._owners = [rule for _, rule in owned]
        self._scanner = AhoCorasick([stem for stem, _ in owned], matchkind=MatchKind.Standard)

    def worth_trying(self, folded: str, passages: Sequence[Passage]) -> Iterator[tuple[EvidenceRule, Passage]]:
        """Each rule with the passages, in order, that hold one of its words; furniture is passed over."""
        at, tried = 0, set()
        for number, start, _ in sorted(
            self._scanner.find_matches_as_indexes(folded, overlapping=True), key=lambda hit: hit[1]
        ):
            while at < len(passages) and passages[at].end <= start:
                at += 1
            if at < len(passages) and passages[at].start <= start and passages[at].kind != "furniture":
                rule = self._owners[number]
                if (at, rule.item) not in tried:
                    tried.add((at, rule.item))
                    yield rule, passages[at]


def evidence_items(text: str, passages: Sequence[Passage], language: str = "en") -> Iterator[Item]:
    """Every mention of evidence in the passages, one for each kind, standing and passage: the first."""
    for rule, passage in evidence_rules(language).worth_trying(fold(text), passages):
        seen: set[bool] = set()
        for start, end, offered in rule.hits(text, passage.start, passage.end):
            if offered not in seen:
                seen.add(offered)
                value = Evidence(item=rule.item, offered=offered)
                standing = "offered" if offered else "absent"
                reason = f"{text[start:end]!r}: {rule.item} {standing}"
                yield Item(start, end, text[start:end], "evidence", value, f"evidence.{rule.item}", reason)


@cache
def evidence_rules(language: str = "en") -> EvidenceRules:
    """The rules of a language; BadRule names an unknown key."""
    where = f"cues/{language}/evidence.toml"
    return EvidenceRules([read_rule(row, where) for row in read_table(where)["rule"]])


def read_rule(row: Mapping[str, Any], file: str) -> EvidenceRule:
    """One row of the rule file as a rule; BadRule names an unknown or missing key."""
    where = f"{file}, rule {row.get('item', '?')!r}"
    for key in row.keys() - _KEYS:
        near = difflib.get_close_matches(key, _KEYS, n=1)
        raise BadRule(f"unknown key {key!r}", where, f"Did you mean {near[0]!r}?" if near else "Take it out.")
    for key in ("item", "says", "offered"):
        if key not in row:
            raise BadRule(f"no {key!r}", where, "Add it; docs/writing-rules.md says what it holds.")
    forms = [*row["offered"], *row.get("absent", ())]
    offered = any_form(row["offered"])
    if offered is None:
        raise BadRule("no words under 'offered'", where, "Add at least one.")
    return EvidenceRule(
        item=row["item"],
        says=row["says"],
        offered=offered,
        absent=any_form(row.get("absent", ())),
        needs=any_form(row.get("needs", ())),
        never=any_form(row.get("never", ())),
        stems=_stems(forms),
    )


def _stems(forms: Sequence[str]) -> tuple[str, ...]:
    """One word of each form, without its star: the one that most forms share, since that is the topic ("video")."""
    words = {form: _WORD.findall(form.replace("_", " ").lower()) for form in forms}
    shared = Counter(word for row in words.values() for word in set(row))
    return tuple(sorted({max(row, key=lambda w: (len(w) > 3, shared[w], len(w))) for row in words.values()}))
