"""The rules of attributions, read from the rule folder, checked, and compiled for one look at a text."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple, cast, get_args

import ahocorasick_rs

from recount.errors import BadRule
from recount.records import Passage, Stance
from recount.rules import read_table
from recount.rules.expressions import Expression

_KEYS = frozenset(
    {"name", "stance", "shape", "says", "stems", "words", "not_before", "not_behind", "needs", "topic", "never"}
    | {"needs_actor", "examples", "counter_examples"}
)
SHAPE_NAMES = frozenset(
    {"accuse", "passive", "mutual", "claim", "claimed", "deed", "deny", "nobody", "voiced", "behind", "label"}
    | {"blamed", "did", "noun"}
)


class Rule(NamedTuple):
    """One rule; `words` finds it, `not_before` and `not_behind` take it back, `needs` and `topic` must be near."""

    name: str
    stance: Stance
    shape: str
    says: str
    stems: tuple[str, ...]
    words: Expression
    not_before: Expression | None
    not_behind: Expression | None
    needs: Expression | None
    topic: Expression | None
    never: Expression | None
    needs_actor: bool
    examples: tuple[tuple[str, str, str], ...]
    counter_examples: tuple[str, ...]

    def hits(self, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Where in `text[start:end]` the words stand and nothing takes them back."""
        for match in self.words.pattern.finditer(text, start, end):
            before = text[max(0, match.start() - 40) : match.start()]
            if self.not_before and self.not_before.pattern.search(before):
                continue
            if self.not_behind and self.not_behind.pattern.match(text, match.end()):
                continue
            if self.never and self.never.pattern.search(text, match.start(), min(end, match.end() + 80)):
                continue
            yield match.span()


class RuleSet:
    """All rules of a language, with one scan that says which of them to try in which passage."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = tuple(r for r in rules if r.shape != "deed")
        self.deeds = tuple(r for r in rules if r.shape == "deed")
        self._owners = [rule for rule in self.rules for _ in rule.stems]
        stems = [stem for rule in self.rules for stem in rule.stems]
        self._scanner = ahocorasick_rs.AhoCorasick(stems, matchkind=ahocorasick_rs.MatchKind.Standard)

    def hits(self, text: str, passages: Sequence[Passage]) -> Iterator[tuple[Rule, Passage, int, int]]:
        """Every rule's places in the passages of a text; furniture is passed over."""
        starts = [p.start for p in passages]
        lowered = text if len(text) != len(text.lower()) else text.lower()
        tried: dict[tuple[int, str], tuple[Rule, Passage]] = {}
        for index, start, _ in self._scanner.find_matches_as_indexes(lowered, overlapping=True):
            at = bisect_right(starts, start) - 1
            if at >= 0 and passages[at].kind != "furniture":
                tried.setdefault((at, self._owners[index].name), (self._owners[index], passages[at]))
        for rule, passage in tried.values():
            for start, end in rule.hits(text, passage.start, passage.end):
                yield rule, passage, start, end


@cache
def attribution_rules(language: str = "en") -> RuleSet:
    """The rules of a language; BadRule names an unknown key, shape or stance."""
    where = f"cues/{language}/attributions.toml"
    return RuleSet(tuple(_rule(row, where) for row in read_table(where)["rule"]))


def _rule(row: Mapping[str, Any], file: str) -> Rule:
    where = f"{file}, rule {row.get('name', '?')!r}"
    for key in row:
        _known(key, _KEYS, "key", where)
    return Rule(
        name=row["name"],
        stance=cast(Stance, _known(row["stance"], frozenset(get_args(Stance)), "stance", where)),
        shape=_known(row["shape"], SHAPE_NAMES, "shape", where),
        says=row["says"],
        stems=tuple(row.get("stems", ())),
        words=_framed(row["words"], r"\b(?:{})\b", where),
        not_before=_framed(row["not_before"], r"\b(?:{})\s*$", where) if "not_before" in row else None,
        not_behind=_framed(row["not_behind"], r"\s+(?:{})\b", where) if "not_behind" in row else None,
        needs=_framed([row["needs"]], "{}", where) if "needs" in row else None,
        topic=_framed([row["topic"]], "{}", where) if "topic" in row else None,
        never=_framed([row["never"]], "{}", where) if "never" in row else None,
        needs_actor=row.get("needs_actor", False),
        examples=tuple(tuple(e) for e in row.get("examples", ())),
        counter_examples=tuple(row.get("counter_examples", ())),
    )


def _known(name: str, names: frozenset[str], what: str, where: str) -> str:
    if name in names:
        return name
    near = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(sorted(names))}."
    raise BadRule(f"unknown {what} {name!r}", where, hint)


def _framed(words: list[str], frame: str, where: str) -> Expression:
    return Expression(frame.replace("{}", "|".join(words)), where)
