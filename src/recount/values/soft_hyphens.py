"""Texts without soft hyphens. Reports keep them, since every span points into the text as it came; names and words are
looked for without them, and what is found is moved back."""

from __future__ import annotations

from bisect import bisect_left
from typing import NamedTuple

SOFT = "\u00ad"


class Plain(NamedTuple):
    """A text without its soft hyphens. `kept` says where each of its characters, and its end, stands in the original."""

    text: str
    kept: list[int]

    def inside(self, at: int) -> int:
        """The place in `text` of an offset into the original."""
        return bisect_left(self.kept, at)

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original of a stretch of `text` that is not empty."""
        return self.kept[start], self.kept[end - 1] + 1


def plain(text: str) -> Plain | None:
    """The text without soft hyphens; None where it has none."""
    if SOFT not in text:
        return None
    kept = [i for i, c in enumerate(text) if c != SOFT]
    return Plain("".join([text[i] for i in kept]), [*kept, len(text)])
