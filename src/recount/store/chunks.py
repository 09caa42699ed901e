"""Long lists of keys in pieces that one statement can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

SIZE = 500
"""Far below SQLite's limit of 32,766 variables, also for pairs."""


def chunks(values: Iterable[T], size: int = SIZE) -> Iterator[list[T]]:
    """The values in lists of at most `size`, in order."""
    rest = iter(values)
    while piece := list(islice(rest, size)):
        yield piece
