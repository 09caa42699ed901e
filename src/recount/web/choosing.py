"""Filters from an address, and back into one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from datetime import date
from typing import get_args

from recount.errors import WrongUse
from recount.reconcile import RULE_SETS
from recount.records import HARMS, SIDES, Kind
from recount.web.index.listing import ORDERS, Chosen, Sort

KINDS: tuple[Kind, ...] = get_args(Kind)
LONGEST = 200
"""Characters of a filter that are looked at."""


def chosen_of(asked: Mapping[str, str]) -> Chosen:
    """The filters that an address names. WrongUse for a value that none can have."""
    text = {name: asked.get(name, "").strip()[:LONGEST] for name in ("place", "actor", "speaker", "q", "at")}
    return Chosen(
        since=first_day(asked.get("since", "")),
        until=last_day(asked.get("until", "")),
        kind=_one_of(asked.get("kind", ""), KINDS),
        side=_one_of(asked.get("side", ""), SIDES),
        harm=_one_of(asked.get("harm", ""), HARMS),
        disputed=asked.get("disputed", "") in ("1", "true", "on"),
        unreviewed=asked.get("unreviewed", "") in ("1", "true", "on"),
        **text,
    )


def as_asked(chosen: Chosen) -> dict[str, object]:
    """The filters as an address names them."""
    return {name: getattr(chosen, name) for name in Chosen.__struct_fields__ if getattr(chosen, name)}


def rules_of(asked: Mapping[str, str]) -> str:
    """The rule set that an address names; the first one where it names none. WrongUse for an unknown one."""
    name = asked.get("rules", "") or next(iter(RULE_SETS))
    return _one_of(name, tuple(RULE_SETS))


def sort_of(asked: Mapping[str, str]) -> Sort:
    """The order that an address names."""
    return next((sort for sort in ORDERS if sort == asked.get("sort")), "day")


def page_of(asked: Mapping[str, str]) -> int:
    """The page number that an address names, from 1."""
    text = asked.get("page", "1")
    return min(max(int(text), 1), 100_000) if re.fullmatch(r"\d{1,7}", text, re.ASCII) else 1


def first_day(text: str) -> date | None:
    """The first day of 2026, 2026-02 or 2026-02-04; None for nothing."""
    return _window(text)[0] if text.strip() else None


def last_day(text: str) -> date | None:
    """The last day of 2026, 2026-02 or 2026-02-04; None for nothing."""
    return _window(text)[1] if text.strip() else None


def _window(text: str) -> tuple[date, date]:
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text.strip(), re.ASCII)
    try:
        if found is None:
            raise ValueError(text)
        year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise WrongUse("this is not a day", text[:40], "Write it as 2026-02-04, 2026-02 or 2026.") from None
    if day:
        return first, first
    return first, date(year, month or 12, calendar.monthrange(year, month or 12)[1])


def _one_of(value: str, known: tuple[str, ...]) -> str:
    if value and value not in known:
        raise WrongUse("this is not one of the choices", value[:40], f"There are: {', '.join(known)}.")
    return value
