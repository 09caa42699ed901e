"""Quantities at the head of a phrase: hedges, number words, ranges and vague words."""

from __future__ import annotations

from typing import NamedTuple, cast

from recount.extract.lexicon import BETWEEN, Lexicon
from recount.extract.tokens import Token
from recount.records import Count, Hedge
from recount.values.numerals import is_number_word, read_number, read_small

_RANGE = frozenset({"to", "-", "–", "—"})


class Quantity(NamedTuple):
    """`size` tokens that say how many. `plain`: digits or words without any hedge."""

    size: int
    count: Count  # type: ignore[assignment]  # the field, not the method of tuples
    hedge: Hedge | None
    plain: bool


def read_quantity(tokens: list[Token], words: list[str], i: int, lexicon: Lexicon) -> Quantity | None:
    """The quantity that begins at token `i`, if any; money, measures, ages and dates are none."""
    first = words[i]
    if first in BETWEEN and i + 1 < len(words):
        return _between(tokens, words, i, lexicon)
    if first not in lexicon.quantity_starts and not first[0].isdigit() and "-" not in first:
        return None
    j, hedges = i, []
    while (found := lexicon.hedges.match(words, j) if j < len(words) else None) is not None:
        if lexicon.vague.match(words, j):
            break
        hedges.append(found[1][0])
        j += found[0]
    if j >= len(words):
        return None
    vague = lexicon.vague.match(words, j)
    if vague is not None:
        size, bounds = vague
        size += _of(words, j + size) if j + size < len(words) and words[j].endswith("s") else 0
        low, high = bounds[0]
        count, hedge = _bound(low, high, hedges)
        return Quantity(j + size - i, count, "vague" if high is None else hedge, False)
    return _number(tokens, words, i, j, hedges, lexicon)


def _between(tokens: list[Token], words: list[str], i: int, lexicon: Lexicon) -> Quantity | None:
    """ "Between 12 and 19": a range; the words alone are no quantity."""
    low = _number(tokens, words, i + 1, i + 1, [], lexicon)
    if low is None:
        return None
    if low.hedge == "range":
        return low._replace(size=low.size + 1, plain=False)
    k = i + 1 + low.size
    if k + 1 >= len(words) or words[k] not in {"and", "to"}:
        return None
    high = _number(tokens, words, k + 1, k + 1, [], lexicon)
    if high is None or low.count.low is None or high.count.high is None or high.count.high <= low.count.low:
        return None
    count = Count(low=low.count.low, high=high.count.high)
    return Quantity(k + 1 + high.size - i, count, "range", False)


def _of(words: list[str], k: int) -> int:
    """One where "of" follows a vague noun that stands before people: "dozens of soldiers"."""
    return int(
        words[k] == "of" and k + 1 < len(words) and words[k + 1] not in {"them", "whom", "the", "those", "its", "their"}
    )


def _number(
    tokens: list[Token], words: list[str], i: int, j: int, hedges: list[str], lexicon: Lexicon
) -> Quantity | None:
    end = j
    while end < len(words) and (
        is_number_word(words[end])
        or (
            words[end] == "and"
            and end > j
            and words[end - 1] in {"hundred", "thousand"}
            and end + 1 < len(words)
            and is_number_word(words[end + 1])
        )
    ):
        if (
            end > j
            and read_small(words[end]) is not None
            and read_small(words[end - 1]) is not None
            and words[end][0].isdigit()
        ):
            break
        end += 1
    value = read_number(words[j:end]) if end > j else None
    if value is None or _is_measure(tokens, words, (i, j, end), lexicon):
        return None
    if end < len(words) and words[end] == "dozen":
        value, end = value * 12, end + 1
    high: int | None = value
    ranged = False
    if end + 1 < len(words) and words[end] in _RANGE and is_number_word(words[end + 1]):
        upper = read_number([words[end + 1]])
        if upper is not None and upper > value:
            high, end, ranged = upper, end + 2, True
    behind = lexicon.hedges_behind.match(words, end) if end < len(words) else None
    if behind is not None:
        hedges, end = [*hedges, behind[1][0]], end + behind[0]
    count, hedge = _bound(value, high, hedges)
    return Quantity(end - i, count, "range" if ranged and hedge is None else hedge, not hedges)


def _is_measure(tokens: list[Token], words: list[str], at: tuple[int, int, int], lexicon: Lexicon) -> bool:
    i, j, end = at
    if i > 0 and (
        words[i - 1] in lexicon.money or (words[i - 1] in {"-", "/"} and tokens[i - 1].end == tokens[i].start)
    ):
        return True
    if j > 0 and words[j - 1] in lexicon.money:
        return True
    if end < len(words):
        if words[end] in lexicon.units and not (
            words[end] == "-" and end + 1 < len(words) and is_number_word(words[end + 1])
        ):
            return True
        glued = tokens[end].start == tokens[end - 1].end
        if glued and words[end][0].isalpha() and words[end] not in {"'s"}:
            return True  # "5th", "9mm", "F16"
        if glued and words[end] == ":":
            return True
    return False


def _bound(low: int, high: int | None, hedges: list[str]) -> tuple[Count, Hedge | None]:
    for name in ("at_least", "more_than"):
        if name in hedges:
            return Count(low=low, high=None), cast(Hedge, name)
    if "up_to" in hedges:
        return Count(low=None, high=high or low), "up_to"
    if "about" in hedges:
        return Count(low=low, high=high, approx=True), "about"
    return Count(low=low, high=high), None
