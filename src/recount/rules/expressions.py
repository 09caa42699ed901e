"""Regular expressions of the rule folder that are compiled when a text first needs them.

Most texts need few, and compiling all would be a third of a cold start. The package's own rules are tested; those of
another folder are compiled at once, so that a fault still stops the load.
"""

from __future__ import annotations

import re
from functools import cached_property

from recount.errors import BadRule
from recount.rules import FOLDER, OWN


class Expression:
    """A regular expression in any case; BadRule with `where` names a fault in it."""

    def __init__(self, source: str, where: str, *, trusted: bool = FOLDER == OWN) -> None:
        self._source, self._where = source, where
        if not trusted:
            self.pattern  # noqa: B018 (asked for its fault)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled expression."""
        try:
            return re.compile(self._source, re.IGNORECASE)
        except re.error as fault:
            raise BadRule(f"not a regular expression: {fault}", self._where, "Mend the words of the rule.") from None
