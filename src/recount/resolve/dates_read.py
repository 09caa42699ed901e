"""Which days a time expression allows: its parse, read by the arithmetic that each rule names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from recount.records import Days
from recount.resolve import dates_single, dates_windows
from recount.resolve.dates_context import Context, Convention, Parts
from recount.resolve.dates_grammar import Node, parse, rules
from recount.resolve.dates_words import Token, tokenise
from recount.values.dates import common, union

Build = Callable[[Parts, Context], Days]

BUILDS: Mapping[str, Build] = MappingProxyType(
    {
        "after_day": dates_windows.after_day,
        "ago": dates_windows.ago,
        "around": dates_windows.around,
        "calendar_unit": dates_windows.calendar_unit,
        "day_of": dates_single.day_of,
        "days_of_month": dates_windows.days_of_month,
        "decade": dates_windows.decade,
        "earlier_unit": dates_windows.earlier_unit,
        "first_of_period": dates_windows.first_of_period,
        "fraction_of_year": dates_windows.fraction_of_year,
        "from_now": dates_windows.from_now,
        "hijri": dates_single.hijri,
        "hijri_month": dates_single.hijri_month,
        "holiday": dates_single.holiday,
        "hours_from": dates_windows.hours_from,
        "iso": dates_single.iso,
        "later_unit": dates_windows.later_unit,
        "month": dates_windows.month,
        "month_day": dates_single.month_day,
        "month_days": dates_windows.month_days,
        "month_of": dates_windows.month_of,
        "next_day": dates_single.next_day,
        "next_weekday": dates_single.next_weekday,
        "night_into": dates_windows.night_into,
        "nth": dates_single.nth,
        "nth_weekday": dates_single.nth_weekday,
        "numeric": dates_single.numeric,
        "overnight": dates_windows.overnight,
        "part_of_period": dates_windows.part_of_period,
        "past_unit": dates_windows.past_unit,
        "prolonged": dates_windows.prolonged,
        "range": dates_windows.range_of,
        "range_in_month": dates_windows.range_in_month,
        "relative_month": dates_windows.relative_month,
        "relative_year": dates_windows.relative_year,
        "rolling": dates_windows.rolling,
        "rolling_hours": dates_windows.rolling_hours,
        "running_day": dates_single.running_day,
        "same_as": dates_windows.same_as,
        "same_day": dates_windows.same_day,
        "season": dates_windows.season,
        "shifted": dates_windows.shifted,
        "shifted_from": dates_windows.shifted_from,
        "shifted_report": dates_single.shifted_report,
        "since": dates_windows.since,
        "so_far": dates_windows.so_far,
        "some_ago": dates_windows.some_ago,
        "start_of_unit": dates_windows.start_of_unit,
        "today": dates_single.today,
        "unit_of": dates_windows.unit_of,
        "unknown": dates_windows.no_bounds,
        "until": dates_windows.until,
        "weekday": dates_single.weekday,
        "weekday_and_date": dates_single.weekday_and_date,
        "weekday_of_week": dates_single.weekday_of_week,
        "weekend": dates_windows.weekend,
        "year": dates_windows.year,
        "year_of_context": dates_windows.year_of_context,
    }
)

_RANK = {"day": 0, "days": 1, "week": 2, "month": 3, "year": 4, "unknown": 5}


@lru_cache(maxsize=50_000)
def read(
    said: str,
    anchor: date | None,
    *,
    after: Days | None = None,
    tense_hint: str | None = None,
    convention: Convention = "codebook",
) -> Days:
    """The days that the words allow, as seen from the report's day `anchor`.

    `after` is the day that the report has just named, for "a day earlier" or "overnight". `tense_hint` "future" makes bare
    weekdays and dates look ahead. `convention` "ged" gives vague words the bounds of UCDP GED. Words that allow no day
    within these come back unknown, with the reason.
    """
    context = Context(anchor, after, tense_hint == "future", convention)
    tokens = tokenise(said, 0, len(said))
    found = [_read_node(node, tokens, context) for node in _top(tokens)]
    known = [days for days in found if days.first is not None]
    if not known:
        return found[0] if found else Days(reason="no time expression")
    return _combined(known)


def _top(tokens: list[Token]) -> list[Node]:
    return [item for item in parse("".join(t.symbol for t in tokens)) if isinstance(item, Node)]


def _read_node(node: Node, tokens: list[Token], context: Context) -> Days:
    days = evaluate(node, tokens, context)
    reason = f"{_innermost(node).rule.name}: {days.reason}"
    return Days(first=days.first, last=days.last, precision=days.precision, reason=reason)


def _innermost(node: Node) -> Node:
    """The node whose arithmetic gave the days: rules that only dress another ("Friday night") hand on to it."""
    inner = [item for part in node.parts.values() for item in part if isinstance(item, Node)]
    return _innermost(inner[-1]) if node.rule.build == "same_as" and inner else node


def evaluate(item: int | Node, tokens: list[Token], context: Context) -> Days:
    """A node of a parse, read by the arithmetic that its rule names."""
    if isinstance(item, int):
        return Days(reason=f"{tokens[item].text!r} is no time expression")
    return BUILDS[item.rule.build](Parts(item.rule, item.parts, tokens, evaluate), context)


def _combined(found: list[Days]) -> Days:
    """Several expressions in one phrase: what they share where they overlap, else the window that holds them."""
    result = found[0]
    for days in found[1:]:
        shared = common(result, days)
        if shared is None:
            result = union((result, days))
        else:
            result = min((result, days, shared), key=lambda d: (d.first != shared.first or d.last != shared.last, _RANK[d.precision]))
    return result


def build_names() -> frozenset[str]:
    """The arithmetic that rules may name."""
    unknown = {rule.build for rule in rules()} - set(BUILDS)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    return frozenset(BUILDS)
