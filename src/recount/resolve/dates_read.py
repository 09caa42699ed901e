"""Which days a time expression allows: its parse, read by the arithmetic that each rule names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from recount.records import Days
from recount.resolve import dates_counted, dates_feasts, dates_periods, dates_ranges, dates_single
from recount.resolve.dates_context import Context, Convention, Parts
from recount.resolve.dates_grammar import Node, parse, rules
from recount.resolve.dates_words import Token, tokenise
from recount.values.dates import common, union
from recount.values.soft_hyphens import SOFT

Build = Callable[[Parts, Context], Days]

BUILDS: Mapping[str, Build] = MappingProxyType(
    {
        "after_day": dates_ranges.after_day,
        "ago": dates_counted.ago,
        "around": dates_ranges.around,
        "calendar_unit": dates_periods.calendar_unit,
        "coming": dates_counted.coming,
        "day_of": dates_single.day_of,
        "days_of_month": dates_periods.days_of_month,
        "decade": dates_periods.decade,
        "earlier_unit": dates_periods.earlier_unit,
        "first_of_period": dates_ranges.first_of_period,
        "fraction_of_year": dates_periods.fraction_of_year,
        "from_now": dates_counted.from_now,
        "hijri": dates_feasts.hijri,
        "hijri_month": dates_feasts.hijri_month,
        "holiday": dates_feasts.holiday,
        "hours_from": dates_counted.hours_from,
        "iso": dates_single.iso,
        "later_unit": dates_periods.later_unit,
        "month": dates_periods.month,
        "month_day": dates_single.month_day,
        "month_days": dates_periods.month_days,
        "month_of": dates_periods.month_of,
        "next_day": dates_single.next_day,
        "next_weekday": dates_single.next_weekday,
        "night_into": dates_ranges.night_into,
        "nth": dates_single.nth,
        "nth_weekday": dates_single.nth_weekday,
        "numeric": dates_single.numeric,
        "overnight": dates_ranges.overnight,
        "part_of_period": dates_ranges.part_of_period,
        "past_unit": dates_counted.past_unit,
        "prolonged": dates_counted.prolonged,
        "range": dates_ranges.range_of,
        "range_in_month": dates_ranges.range_in_month,
        "relative_month": dates_periods.relative_month,
        "relative_year": dates_periods.relative_year,
        "rolling": dates_counted.rolling,
        "rolling_hours": dates_counted.rolling_hours,
        "running_day": dates_single.running_day,
        "same_as": dates_periods.same_as,
        "same_day": dates_counted.same_day,
        "season": dates_periods.season,
        "shifted": dates_counted.shifted,
        "shifted_from": dates_counted.shifted_from,
        "shifted_report": dates_single.shifted_report,
        "since": dates_ranges.since,
        "so_far": dates_periods.so_far,
        "some_ago": dates_counted.some_ago,
        "start_of_unit": dates_ranges.start_of_unit,
        "today": dates_single.today,
        "unit_of": dates_ranges.unit_of,
        "until": dates_ranges.until,
        "vague": dates_periods.vague,
        "week_from": dates_ranges.week_from,
        "weekday": dates_single.weekday,
        "weekday_and_date": dates_single.weekday_and_date,
        "weekday_of_week": dates_single.weekday_of_week,
        "weekend": dates_periods.weekend,
        "year": dates_periods.year,
        "year_of_context": dates_periods.year_of_context,
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

    `after` is the day that the report has just named, for "a day earlier" or "overnight". `tense_hint` "future" makes
    bare weekdays and dates look ahead. `convention` "ged" gives vague words the bounds of UCDP GED. Words that allow no
    day within these come back unknown, with the reason.
    """
    context = Context(anchor, after, tense_hint == "future", convention)
    said = said.replace(SOFT, "")
    tokens = tokenise(said, 0, len(said))
    found = list(_in_turn(_top(tokens), tokens, context))
    known = [days for days in found if days.first is not None]
    if not known:
        return found[0] if found else Days(reason="no time expression")
    return _combined(known)


def _top(tokens: list[Token]) -> list[Node]:
    return [item for item in parse("".join(t.symbol for t in tokens)) if isinstance(item, Node)]


def _in_turn(top: list[Node], tokens: list[Token], context: Context) -> Iterator[Days]:
    """Each expression of a phrase; what one names, the next counts from."""
    for node in top:
        days = _read_node(node, tokens, context)
        yield days
        if days.first is not None:
            context = context._replace(after=days)


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
            result = min(
                (result, days, shared),
                key=lambda d: (d.first != shared.first or d.last != shared.last, _RANK[d.precision]),
            )
    return result


def build_names() -> frozenset[str]:
    """The arithmetic that rules may name."""
    unknown = {rule.build for rule in rules()} - set(BUILDS)
    if unknown:
        raise KeyError(sorted(unknown)[0])
    return frozenset(BUILDS)
