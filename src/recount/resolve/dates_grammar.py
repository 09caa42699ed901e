"""The grammar of days: rules as rows of slots, applied in stages to a run of tokens.

A pattern is words separated by spaces: a token class, a set, a macro, or a symbol that an earlier stage gives; `( | )`
for alternatives, `?`, `*`, `+`, `{m,n}` behind any of them, `name:` in front of what the arithmetic needs, `~CLASS` for
what must not follow. Parsing works on the classes alone, so that a run's shape is parsed once and remembered.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.resolve.dates_words import vocabulary
from recount.rules import read_table

RULES = "patterns/en/dates.toml"
GIVES = ("MD", "WD", "D", "H", "W", "OVN", "P", "M", "Y", "RY", "SH", "U")
STAGES = (1, 2, 3, 4, 5)
_KEYS = frozenset({"name", "stage", "says", "pattern", "gives", "build", "bare", "examples", "counter_examples"})
_ARGUMENTS = frozenset({"by", "n", "unit", "weeks", "strictly"})
_WORD = re.compile(r"(?P<name>[a-z]+\d?:)?(?P<not>~)?(?P<slot>[A-Z_]+|\()(?P<often>[?*+]|\{\d+,\d+\})?$")
_NAMED = re.compile(r"\?P<[a-z]+\d?>|\?:")
_OFTEN = re.compile(r"[?*+]|\{(\d+),\d+\}")


class Rule(NamedTuple):
    """One rule: what it says, its stage, its pattern over symbols, the symbol it gives, arithmetic and arguments."""

    name: str
    says: str
    stage: int
    pattern: str
    symbol: str
    build: str
    bare: bool
    arguments: dict[str, Any]


class Node(NamedTuple):
    """What a rule matched: tokens `start` to `end`; by name, the token places or nodes for the arithmetic."""

    rule: Rule
    start: int
    end: int
    parts: dict[str, tuple[int | Node, ...]]


@cache
def symbols() -> dict[str, str]:
    """Every slot that a pattern can name, as the characters that stand for it."""
    table = read_table(RULES)
    known = dict(vocabulary().symbols)
    known.update({name: chr(0xF000 + i) for i, name in enumerate(GIVES)})
    for name, members in table["sets"].items():
        known[name] = "".join(_known(member, known, f"set {name}") for member in members)
    return known


@cache
def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the file. BadRule for an unknown key, slot or symbol."""
    table = read_table(RULES)
    return tuple(read_rule(row, table["macros"]) for row in table["rule"])


def read_rule(row: dict[str, Any], macros: dict[str, str]) -> Rule:
    """One row of the rule file as a rule. BadRule for an unknown key, slot or symbol."""
    where = f"{RULES}, rule {row.get('name', '?')!r}"
    unknown = set(row) - _KEYS - _ARGUMENTS
    if unknown:
        key = sorted(unknown)[0]
        near = difflib.get_close_matches(key, sorted(_KEYS | _ARGUMENTS), n=1)
        raise BadRule(f"unknown key {key!r}", where, f"Did you mean {near[0]}?" if near else "Take it out.")
    if row["gives"] not in GIVES:
        raise BadRule(f"unknown symbol {row['gives']!r}", where, f"Use one of {', '.join(GIVES)}.")
    pattern = compile_pattern(row["pattern"], macros, where)
    arguments = {key: row[key] for key in _ARGUMENTS & set(row)}
    symbol = symbols()[row["gives"]]
    return Rule(
        row["name"], row["says"], row["stage"], pattern, symbol, row["build"], row.get("bare", False), arguments
    )


def compile_pattern(pattern: str, macros: dict[str, str], where: str) -> str:
    """The notation as a regular expression over symbols; BadRule names an unknown slot and the nearest known one."""
    return _expand(pattern, macros, where)


def _expand(pattern: str, macros: dict[str, str], where: str) -> str:
    return "".join(_piece(word, macros, where) for word in pattern.split())


def _piece(word: str, macros: dict[str, str], where: str) -> str:
    if word[0] in ")|":
        return word
    found = _WORD.match(word)
    if found is None:
        raise BadRule(f"cannot read {word!r} in a pattern", where, "See the notes at the head of the file.")
    opening = f"(?P<{found['name'][:-1]}>" if found["name"] else "(?:"
    if found["slot"] == "(":
        return "(?!" if found["not"] else opening
    body = _expand(macros[found["slot"]], macros, where) if found["slot"] in macros else _slot(found["slot"], where)
    if found["not"]:
        return f"(?!{body})"
    often = found["often"] or ""
    return f"{opening}{body}{often})" if found["name"] else f"(?:{body}){often}"


def _slot(name: str, where: str) -> str:
    return f"[{_known(name, symbols(), where)}]"


def _known(name: str, known: dict[str, str], where: str) -> str:
    if name in known:
        return known[name]
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else "See cues/en/dates.toml for the classes."
    raise BadRule(f"unknown slot {name!r}", where, hint)


@cache
def starters() -> dict[int, dict[str, tuple[Rule, ...]]]:
    """For each stage: the rules that can start with a symbol."""
    singles = [s for s in symbols().values() if len(s) == 1]
    starts: dict[int, dict[str, tuple[Rule, ...]]] = {stage: {} for stage in STAGES}
    for symbol in singles:
        for stage in STAGES:
            fitting = tuple(r for r in rules() if r.stage == stage and symbol in _first(r.pattern))
            if fitting:
                starts[stage][symbol] = fitting
    return starts


@cache
def _first(pattern: str) -> frozenset[str]:
    """The symbols that a match can begin with, told from the pattern's text."""
    found, _ = _first_of(_NAMED.sub("", pattern), 0)
    return frozenset(found)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A rule's pattern, compiled when it is first tried."""
    return re.compile(pattern)


def _first_of(text: str, at: int) -> tuple[set[str], int]:
    """First symbols of the alternatives from `at` to the closing bracket, and its place; "" = can be empty."""
    all_first: set[str] = set()
    row: set[str] = set()
    still_open = True
    while at < len(text):
        char = text[at]
        if char == ")":
            break
        if char == "|":
            all_first |= row | ({""} if still_open else set())
            row, still_open, at = set(), True, at + 1
            continue
        piece, at = _piece_first(text, at)
        if still_open:
            row |= piece - {""}
            still_open = "" in piece
    return all_first | row | ({""} if still_open else set()), at


def _piece_first(text: str, at: int) -> tuple[set[str], int]:
    if text.startswith("(?!", at):
        return {""}, _first_of(text, at + 3)[1] + 1
    if text[at] == "[":
        close = text.index("]", at)
        piece, at = set(text[at + 1 : close]), close + 1
    else:
        piece, at = _first_of(text, at + 1)
        at += 1
    often = _OFTEN.match(text, at)
    if often:
        at = often.end()
        if often.group() in "?*" or often[1] == "0":
            piece = piece | {""}
    return piece, at


@lru_cache(maxsize=20_000)
def parse(run: str) -> tuple[int | Node, ...]:
    """A run of token symbols as nodes and left-over token places, all stages applied. Each stage: leftmost, longest."""
    items: list[int | Node] = list(range(len(run)))
    signs = run
    for stage in STAGES:
        items, signs = _stage(items, signs, starters()[stage])
    return tuple(items)


def _stage(items: list[int | Node], signs: str, starts: dict[str, tuple[Rule, ...]]) -> tuple[list[int | Node], str]:
    if not any(sign in starts for sign in signs):
        return items, signs
    done: list[int | Node] = []
    told: list[str] = []
    at = 0
    while at < len(items):
        best = _longest(starts.get(signs[at], ()), signs, at)
        if best is None:
            done.append(items[at])
            told.append(signs[at])
            at += 1
            continue
        rule, match = best
        done.append(_node(rule, match, items))
        told.append(rule.symbol)
        at = match.end()
    return done, "".join(told)


def _longest(fitting: tuple[Rule, ...], signs: str, at: int) -> tuple[Rule, re.Match[str]] | None:
    best: tuple[Rule, re.Match[str]] | None = None
    for rule in fitting:
        match = compiled(rule.pattern).match(signs, at)
        if match is not None and match.end() > (best[1].end() if best else at):
            best = rule, match
    return best


def _node(rule: Rule, match: re.Match[str], items: list[int | Node]) -> Node:
    covered = items[match.start() : match.end()]
    parts = {
        name.rstrip("0123456789"): tuple(items[match.start(name) : match.end(name)])
        for name in match.re.groupindex
        if match.start(name) >= 0
    }
    return Node(rule, _start(covered[0]), _end(covered[-1]), parts)


def _start(item: int | Node) -> int:
    return item if isinstance(item, int) else item.start


def _end(item: int | Node) -> int:
    return item + 1 if isinstance(item, int) else item.end


def nodes(run: str) -> Iterator[Node]:
    """The nodes of a parsed run, from the left."""
    return (item for item in parse(run) if isinstance(item, Node))
