"""What the checks of the rule folder share: a fault is a BadRule that is handed over instead of raised."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from recount.errors import BadRule


def unknown(names: Iterable[str], known: Collection[str], what: str, where: str) -> Iterator[BadRule]:
    """A fault for each name that is not known, with the nearest one that is."""
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(str(name), [str(k) for k in known], n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(sorted(map(str, known)))}."
            yield BadRule(f"unknown {what} {name!r}", where, hint)


def keys(row: Mapping[str, Any], needed: Collection[str], further: Collection[str], where: str) -> Iterator[BadRule]:
    """Faults of a row's keys: unknown ones, and needed ones that are not there."""
    yield from unknown(row, {*needed, *further}, "key", where)
    for key in sorted(set(needed) - set(row)):
        yield BadRule(f"no {key!r}", where, "Add it; docs/writing-rules.md says what it holds.")


def sentence(row: Mapping[str, Any], where: str) -> Iterator[BadRule]:
    """A fault where a row explains itself by no sentence."""
    said = str(row.get("says", ".")).strip()
    if not said or not said.endswith("."):
        yield BadRule("'says' is no sentence", where, "Write one that ends with a full stop.")


def doubles(placed: Iterable[tuple[str, str]], file: str) -> Iterator[BadRule]:
    """A fault for each word that stands in two places, or twice in one; `placed` are words and their places."""
    first: dict[str, str] = {}
    for word, place in placed:
        if word in first:
            held = f"in {first[word]} and in {place}" if first[word] != place else f"twice in {place}"
            yield BadRule(f"{word!r} stands {held}", file, "Keep it in one place only.")
        first.setdefault(word, place)


def caught(load: Callable[[], object], where: str) -> Iterator[BadRule]:
    """The fault that loading something ends with, if any."""
    try:
        load()
    except BadRule as fault:
        yield fault
    except KeyError as missing:
        yield BadRule(f"no {missing}", where, "Add it; docs/writing-rules.md says what it holds.")
    except (TypeError, ValueError, AttributeError, IndexError) as fault:
        yield BadRule(f"cannot be read: {fault}", where, "Compare it with its neighbours in the file.")


def whole(tables: Mapping[str, Any], name: str, file: str) -> Iterator[BadRule]:
    """A fault where a file holds no table or list of this name."""
    if name not in tables:
        yield BadRule(f"no {name!r}", file, "Add it; every file of this kind has one.")
