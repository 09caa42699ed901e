"""Words that tell what kind of incident a passage speaks of and how far its figures reach."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple, cast

from recount.records import Kind
from recount.rules import read_table


class KindCue(NamedTuple):
    """A word for a kind of incident, with its offsets and weight (3 surely, 1 hardly)."""

    start: int
    end: int
    kind: Kind
    weight: int


class Cue(NamedTuple):
    """A cue word and its class: statistic_strong, statistic_weak, separate, same, background, other, accident, armed."""

    start: int
    end: int
    name: str


def _alternation(words: Iterable[str]) -> str:
    rows = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(w).replace(r"\*", r"[\w\-]*").replace(r"\ ", r"[\s\u00a0]+") for w in rows)


@cache
def _kinds(language: str) -> tuple[re.Pattern[str], dict[str, tuple[Kind, int]]]:
    table = read_table(f"cues/{language}/kinds.toml")
    names: dict[str, tuple[Kind, int]] = {}
    parts = []
    for row in table["kind"]:
        for weight, words in row["words"].items():
            name = f"{row['kind']}_{weight}"
            names[name] = (cast(Kind, row["kind"]), int(weight))
            parts.append((int(weight), f"(?P<{name}>{_alternation(words)})"))
    parts.sort(key=lambda part: -part[0])
    return re.compile(rf"\b(?:{'|'.join(p for _, p in parts)})\b", re.IGNORECASE), names


@cache
def _scopes(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = read_table(f"cues/{language}/scope.toml")
    rows = []
    for name, row in table.items():
        for key in ("strong", "weak", "words"):
            if key in row:
                label = name if key == "words" else f"{name}_{key}"
                rows.append((label, re.compile(rf"\b(?:{_alternation(row[key])})\b", re.IGNORECASE)))
    return tuple(rows)


def kind_cues(text: str, start: int, end: int, language: str = "en") -> list[KindCue]:
    """The kind words of `text[start:end]`, in order."""
    pattern, names = _kinds(language)
    return [KindCue(m.start(), m.end(), *names[cast(str, m.lastgroup)]) for m in pattern.finditer(text, start, end)]


def scope_cues(text: str, start: int, end: int, language: str = "en") -> list[Cue]:
    """The cues of scope and standing of `text[start:end]`, by class, then in order."""
    return [
        Cue(m.start(), m.end(), name) for name, pattern in _scopes(language) for m in pattern.finditer(text, start, end)
    ]
