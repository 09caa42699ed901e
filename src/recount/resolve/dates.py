"""Time expressions: where they stand in a text, and which days they allow.

`find` marks every time expression of a text, `read` says what one allows as seen from the report's day, `read_all`
reads a whole report, `publication_day` looks for the report's own day in its text. The words and the grammar are data
(`rules/cues/en/dates.toml`, `rules/patterns/en/dates.toml`); the arithmetic of each rule is named there by `build`.
"""

from __future__ import annotations

from recount.resolve.dates_find import DayMention, find
from recount.resolve.dates_read import read
from recount.resolve.dates_report import publication_day
from recount.resolve.dates_story import DatedMention, read_all, telling_day

__all__ = ["DatedMention", "DayMention", "find", "publication_day", "read", "read_all", "telling_day"]
