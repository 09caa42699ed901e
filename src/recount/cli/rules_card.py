"""What `recount rules card` prints: the notation of rules on one page of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

WIDTH, HALF = 80, 40


def card() -> list[str]:
    """The lines of the page."""
    from recount.rules import read_table

    lines: list[str] = []
    for name, part in read_table("codebook/notation.toml").items():
        lines += ["", part["title"]] if lines else [part["title"]]
        lines += slots(part) if name == "slots" else rows(part["rows"])
    return lines


def rows(given: list[list[str]]) -> Iterator[str]:
    """Words and what they say, in two columns."""
    wide = max(len(left) for left, _ in given)
    return (f"  {left:<{wide}}  {right}" for left, right in given)


def slots(part: Mapping[str, Any]) -> Iterator[str]:
    """The slots in two columns, read downwards."""
    told = [f"  {name:<9} {says}" for name, says in part.items() if name != "title"]
    half = (len(told) + 1) // 2
    for left, right in zip(told[:half], [*told[half:], ""], strict=False):
        yield f"{left:<{HALF}}{right[1:]}".rstrip()
