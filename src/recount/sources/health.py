"""How the sources do: what each brought, against what was expected of it, and what to do where something is wrong."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from recount.records import Record
from recount.sources.durations import said
from recount.sources.plan import Source
from recount.sources.state import State, iso, moment

Sign = Literal["ok", "new", "failing", "late", "silent", "flood"]
WEEK = timedelta(days=7)
LATE = 3
"""Polls that may fall out before nobody seems to be watching."""
SETTLING = timedelta(days=1)
"""What a new source lists without a day in its first day may be years old, and counts for no week."""


class Health(Record, frozen=True, kw_only=True):
    """How one source does. `week` is how many reports it announced in the last seven days; times are UTC."""

    source: str
    kind: str
    sign: Sign
    says: str
    do: str = ""
    week: int = 0
    expect: tuple[float, float] | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    error: str | None = None
    error_at: datetime | None = None
    waiting: int = 0
    """Addresses known of and not fetched yet."""
    kept: int = 0
    copies: int = 0
    aside: int = 0
    notes: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing needs a look."""
        return self.sign in ("ok", "new")


def health(source: Source, state: State, now: datetime) -> Health:
    """How a source does at a moment."""
    known, counts = state.source(source.name), state.counts(source.name)
    week = announced(state, source.name, now - WEEK, now)
    sign, says, do = _sign(source, state, now, week)
    return Health(
        source=source.name,
        kind=source.kind,
        sign=sign,
        says=says,
        do=do,
        week=week,
        expect=source.expect,
        last_success=moment(known.get("last_success")),
        last_new=moment(known.get("last_new")),
        error=known.get("error"),
        error_at=moment(known.get("error_at")),
        waiting=counts.get("new", 0),
        kept=counts.get("kept", 0) + counts.get("fetched", 0),
        copies=counts.get("copy", 0),
        aside=counts.get("aside", 0) + counts.get("refused", 0),
        notes=known.get("notes") or "",
    )


def announced(state: State, source: str, since: datetime, until: datetime) -> int:
    """How many reports a source announced in a span: by their own day, or when they were found where they have none."""
    ask = """
        SELECT COUNT(*) FROM items JOIN sources ON sources.name = items.source
        WHERE items.source = ? AND standing IN ('new', 'fetched', 'kept') AND CASE
            WHEN published IS NOT NULL AND published <= ? THEN published BETWEEN ? AND ?
            ELSE found_at BETWEEN ? AND ? AND found_at > strftime('%Y-%m-%dT%H:%M:%fZ', first_try, ?) END
    """
    tomorrow = iso(until + timedelta(days=1))
    settled = f"+{SETTLING.days} days"
    return int(state.rows(ask, source, tomorrow, iso(since), tomorrow, iso(since), iso(until), settled)[0][0])


def _sign(source: Source, state: State, now: datetime, week: int) -> tuple[Sign, str, str]:
    """The sign of a source's health, in a word and a sentence, and what to do."""
    known = state.source(source.name)
    tried, succeeded = moment(known.get("last_try")), moment(known.get("last_success"))
    if tried is None:
        return "new", "never asked yet", ""
    if known["failures"]:
        times = "once" if known["failures"] == 1 else f"{known['failures']} times in a row"
        return "failing", f"failed {times}: {known['error']}", known["advice"] or ""
    if succeeded is None:
        return "late", "its first poll was not finished", "Let recount watch run."
    if now - succeeded > timedelta(seconds=LATE * source.every + 600):
        return "late", f"not asked for {said((now - succeeded).total_seconds())}", "Let recount watch run."
    return _volume(source, state, now, week)


def _volume(source: Source, state: State, now: datetime, week: int) -> tuple[Sign, str, str]:
    """Whether a source brings as much as was expected of it."""
    if source.expect is None:
        return "ok", "no volume declared", ""
    least, most = source.expect
    if week > most:
        return "flood", f"{week} reports in a week, {most:g} at most expected", "Look at what came, or raise `expect`."
    if least > 0:
        span = WEEK * max(1.0, 1.0 / least)
        first = moment(state.source(source.name).get("first_try"))
        if first is None or now - first < span:
            return "ok", f"watched for less than {said(span.total_seconds())}: no silence is told yet", ""
        if announced(state, source.name, now - span, now) < least * (span / WEEK):
            says = f"{week} reports in a week, {least:g} at least expected"
            return "silent", says, "See whether the publisher still posts there, or lower `expect`."
    return "ok", "as much as expected", ""
