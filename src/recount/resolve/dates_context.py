"""What a time expression is read against, and what its rule hands to the arithmetic."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Literal, NamedTuple

from recount.records import DayPrecision, Days
from recount.resolve.dates_grammar import Node, Rule, symbols
from recount.resolve.dates_words import Token
from recount.values.dates import precision_of

Convention = Literal["codebook", "ged"]
"""Whose bounds vague words get: the project's codebook, or UCDP GED's Appendix 2."""


class Context(NamedTuple):
    """`anchor` is the report's day, `after` the day that it has just named, `future`: what is told lies ahead."""

    anchor: date | None
    after: Days | None = None
    future: bool = False
    convention: Convention = "codebook"

    @property
    def base(self) -> Days | None:
        """The day just named, where it is known at both ends."""
        known = self.after is not None and self.after.first is not None and self.after.last is not None
        return self.after if known else None


class Parts(NamedTuple):
    """The named parts of one match, over the tokens they stand in."""

    rule: Rule
    named: dict[str, tuple[int | Node, ...]]
    tokens: list[Token]
    evaluate: Callable[[int | Node, list[Token], Context], Days]

    def has(self, name: str) -> bool:
        """Whether the match has such a part."""
        return name in self.named

    def items(self, name: str) -> list[Token]:
        """The tokens of a part."""
        return [self.tokens[item] for item in self.named.get(name, ()) if isinstance(item, int)]

    def value(self, name: str, default: Any = None) -> Any:
        """The value of a part's last token: a number of a month, a unit, a sign."""
        tokens = self.items(name)
        return tokens[-1].value if tokens else default

    def numbers(self, name: str) -> list[int]:
        """The whole numbers of a part, in order."""
        wanted = symbols()["DAYN"] + symbols()["ORDINAL"]
        return [token.value for token in self.items(name) if token.symbol in wanted]

    def days(self, name: str, context: Context) -> Days:
        """A part that is a time expression itself, read."""
        return self.evaluate(self.named[name][-1], self.tokens, context)

    def node(self, name: str) -> Node | None:
        """A part that an earlier rule matched."""
        item = self.named[name][-1]
        return item if isinstance(item, Node) else None

    def parts_of(self, name: str) -> Parts | None:
        """The named parts inside a part."""
        node = self.node(name)
        return self._replace(rule=node.rule, named=node.parts) if node else None

    def argument(self, name: str, default: Any = None) -> Any:
        """A fixed argument of the rule."""
        return self.rule.arguments.get(name, default)

    def says_year(self, name: str) -> bool:
        """Whether a year stands inside a part."""
        node = self.node(name)
        years = symbols()["YEAR"]
        return node is not None and any(token.symbol in years for token in self.tokens[node.start : node.end])


def window(first: date, last: date, reason: str, precision: DayPrecision | None = None) -> Days:
    """The days from first to last; `precision` where the words are looser than their length."""
    return Days(first=first, last=last, precision=precision or precision_of(first, last), reason=reason)


def one_day(day: date, reason: str) -> Days:
    """One day."""
    return Days(first=day, last=day, precision="day", reason=reason)


def unknown(reason: str) -> Days:
    """Nothing known, and why."""
    return Days(reason=reason)


NO_ANCHOR = "the report's own day is unknown"
NO_BASE = "no day was named that it could be counted from"
