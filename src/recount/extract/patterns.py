"""The pattern notation: rules as rows of slots, compiled to regular expressions over phrase symbols.

A pattern is words separated by spaces. A word is a slot (`COUNTED`, `BE`; see `phrases.SYMBOLS`), a macro of the rule file,
`(`, `)` and `|` for alternatives, any of them with `?`, `*`, `+` or `{m,n}` behind; `<` and `>` enclose the people who are
harmed, `[` and `]` the word of harm; `~SLOT` says that SLOT must not follow here, `^SLOT` that it must not stand before.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.extract.phrases import SYMBOLS
from recount.rules import read_table

_WORD = re.compile(r"(?P<mark>[~^]?)(?P<name>[A-Z_]+)(?P<often>[?*+]|\{\d+,\d+\}\??)?$")
_BRACKETS = {"(": "(?:", ")": ")", "|": "|", "<": "(?P<victims>", ">": ")", "[": "(?P<harm>", "]": ")"}
_WIDE = {"WORD": "[" + "".join(SYMBOLS[n] for n in ("WORD", "SURNAME", "PRONOUN", "SAY")) + "]", "START": r"(?<![^.])"}
"""Slots that are no single symbol: any word that is not a phrase of its own, and the beginning of a sentence."""
_CLOSING = re.compile(r"\)(?P<often>[?*+]|\{\d+,\d+\}\??)$")


class Rule(NamedTuple):
    """One rule: its name, the sentence that explains it, its strength against other rules, and its compiled pattern."""

    name: str
    says: str
    strength: int
    pattern: re.Pattern[str]
    effect: str
    judged: bool = False
    """Whether it only proposes: without a judge its figures do not stand."""
    lone: bool = False
    """Whether it takes people named by pronoun or surname alone."""


class Match(NamedTuple):
    """Where a rule fired, in phrase indices: the victims' phrases, the harm phrases."""

    rule: Rule
    start: int
    end: int
    victims: tuple[int, int]
    harm: tuple[int, int]


def compile_pattern(pattern: str, macros: Mapping[str, str], where: str) -> re.Pattern[str]:
    """The notation as a regular expression; BadRule names the unknown slot and the nearest known one."""
    for opening, closing in ("<>", "[]", "()"):
        if pattern.count(opening) != pattern.count(closing):
            raise BadRule(f"{opening!r} and {closing!r} do not pair", where, "Close every bracket that you open.")
    return re.compile(_expand(pattern, macros, where, 0))


def _expand(pattern: str, macros: Mapping[str, str], where: str, depth: int) -> str:
    if depth > 8:
        raise BadRule("macros call each other in a circle", where, "Write one of them out.")
    return "".join(_piece(word, macros, where, depth) for word in pattern.split())


def _piece(word: str, macros: Mapping[str, str], where: str, depth: int) -> str:
    if word in _BRACKETS:
        return _BRACKETS[word]
    closing = _CLOSING.match(word)
    if closing:
        return ")" + closing["often"]
    found = _WORD.match(word)
    if not found:
        raise BadRule(f"cannot read {word!r} in a pattern", where, "See docs/writing-rules.md for the notation.")
    body = _slot(found["name"], macros, where, depth)
    if found["mark"] == "~":
        return f"(?!{body})"
    if found["mark"] == "^":
        return f"(?<!{body})"
    return body + (found["often"] or "")


def _slot(name: str, macros: Mapping[str, str], where: str, depth: int) -> str:
    if name in macros:
        return f"(?:{_expand(macros[name], macros, where, depth + 1)})"
    if name in _WIDE:
        return _WIDE[name]
    if name in SYMBOLS:
        return re.escape(SYMBOLS[name])
    near = difflib.get_close_matches(name, [*SYMBOLS, *_WIDE, *macros], n=1)
    hint = f"Did you mean {near[0]}?" if near else "See docs/writing-rules.md for the slots."
    raise BadRule(f"unknown slot {name!r}", where, hint)


_KEYS = frozenset({"name", "says", "pattern", "strength", "effect", "judged", "examples", "counter_examples"})
EFFECTS = frozenset({"harm", "none", "inherit", "subset", "inside", "elided"})
_LONE = re.compile(r"<[^>]*\b(?:PRONOUN|SURNAME|LONE)\b")


def read_rules(relative: str) -> tuple[Rule, ...]:
    """The rules of one pattern file, checked: unknown keys, slots and effects stop the load."""
    table = read_table(relative)
    macros: Mapping[str, str] = table.get("macros", {})
    return tuple(read_rule(row, macros, relative) for row in table["rule"])


def read_rule(row: Mapping[str, Any], macros: Mapping[str, str], relative: str) -> Rule:
    """One rule from its row; `relative` is the file, for errors."""
    where = f"{relative}, rule {row.get('name', '?')!r}"
    missing = {"name", "says", "pattern"} - set(row)
    if missing:
        raise BadRule(f"the rule has no {sorted(missing)[0]!r}", where, "Give each rule a name, a sentence, a pattern.")
    unknown = set(row) - _KEYS
    if unknown:
        raise BadRule(f"unknown key {sorted(unknown)[0]!r}", where, f"Use {', '.join(sorted(_KEYS))}.")
    if "<" not in row["pattern"]:
        raise BadRule("the pattern has no victims", where, "Put the people who are harmed between < and >.")
    effect = row.get("effect", "harm")
    if effect not in EFFECTS:
        raise BadRule(f"unknown effect {effect!r}", where, f"Use one of {', '.join(sorted(EFFECTS))}.")
    pattern = compile_pattern(row["pattern"], macros, where)
    lone = _LONE.search(row["pattern"]) is not None
    return Rule(row["name"], row["says"], row.get("strength", 5), pattern, effect, row.get("judged", False), lone)


def matches(rule: Rule, symbols: str) -> Iterator[Match]:
    """Every place where the rule fires, overlapping ones included."""
    at = 0
    while (found := rule.pattern.search(symbols, at)) is not None:
        groups = found.re.groupindex
        harm = found.span("harm") if "harm" in groups else (-1, -1)
        yield Match(rule, found.start(), found.end(), found.span("victims"), harm)
        at = found.start() + 1


@cache
def toll_rules(language: str = "en") -> tuple[Rule, ...]:
    """The rules that bind figures to harms."""
    return read_rules(f"patterns/{language}/tolls.toml")
