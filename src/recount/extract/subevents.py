"""Which sub-event type a few sentences tell of, by word groups of `rules/codebook/subevents.toml`."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.rules import read_table
from recount.rules.forms import compile_forms

FILE = "codebook/subevents.toml"
_TYPE_KEYS = frozenset({"code", "acled", "violent", "signs"})
_SIGN_KEYS = frozenset({"weight", "has", "lacks"})


class Sign(NamedTuple):
    """Word groups that must all be there, and groups of which none may be."""

    code: str
    weight: float
    has: tuple[str, ...]
    lacks: tuple[str, ...]


class SubEvent(NamedTuple):
    """A type with the reason for it: the sign's groups with the words that were found."""

    code: str
    acled: str | None
    violent: bool
    weight: float
    reason: str


class SubEvents:
    """The types of one file, strongest sign first; of equal ones the type that stands first in the file."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.types: dict[str, Mapping[str, Any]] = {row["code"]: row for row in table["type"]}
        self._groups = {name: compile_forms(words) for name, words in table["groups"].items()}
        signs = [sign for row in table["type"] for sign in self._signs(row)]
        self._signs_in_order = sorted(signs, key=lambda sign: -sign.weight)

    def _signs(self, row: Mapping[str, Any]) -> Iterator[Sign]:
        where = f"{FILE}, type {row.get('code', '?')!r}"
        self._known(row, _TYPE_KEYS, "key", where)
        for sign in row["signs"]:
            self._known(sign, _SIGN_KEYS, "key", where)
            self._known((*sign["has"], *sign.get("lacks", ())), self._groups, "group", where)
            yield Sign(row["code"], sign["weight"], tuple(sign["has"]), tuple(sign.get("lacks", ())))

    @staticmethod
    def _known(names: Any, known: Any, what: str, where: str) -> None:
        for name in names:
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                raise BadRule(f"unknown {what} {name!r}", where, f"Did you mean {near[0]}?" if near else "Take it out.")

    def read(self, text: str) -> SubEvent | None:
        """The type of a text by its strongest sign; None where no sign holds."""
        found: dict[str, re.Match[str] | None] = {}

        def hit(group: str) -> re.Match[str] | None:
            if group not in found:
                pattern = self._groups[group]
                found[group] = pattern.search(text) if pattern else None
            return found[group]

        for sign in self._signs_in_order:
            words = [hit(group) for group in sign.has]
            if all(words) and not any(hit(group) for group in sign.lacks):
                row = self.types[sign.code]
                said = ", ".join(f"{g.lower()} “{w[0]}”" for g, w in zip(sign.has, words, strict=True) if w)
                return SubEvent(sign.code, row.get("acled"), row["violent"], sign.weight, said)
        return None


@cache
def sub_events() -> SubEvents:
    """The types of the rule folder, read once."""
    return SubEvents(read_table(FILE))
