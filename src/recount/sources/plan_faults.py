"""Every fault of a file of sources at once, each with its line and the nearest known name."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urlsplit

from recount.errors import BadSources
from recount.sources.durations import seconds
from recount.sources.plan import Kind

LEAST_EVERY = 60.0
LEAST_PAUSE, MOST_PAUSE = 0.5, 3600.0
Check = Callable[[Any], str | None]
"""What is wrong with a value, in words that follow the key's name; None where nothing is."""


def faults(path: Path) -> list[BadSources]:
    """All faults of a file, by line. BadSources is raised where it cannot be read at all."""
    told, lines = table(path)
    found = list(_top(told, lines, path))
    rows = [r for r in told.get("source", ()) if isinstance(r, dict)] if isinstance(told.get("source"), list) else []
    for number, row in enumerate(rows):
        found.extend(_row(row, _Place(path, lines, number)))
    found.extend(_doubles(rows, path, lines))
    return sorted(found, key=_line)


def table(path: Path) -> tuple[dict[str, Any], list[str]]:
    """The file as TOML and as lines. BadSources where it is missing or no TOML."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise BadSources("no such file", str(path), "Check the spelling; docs/sources.md shows one.") from None
    except (OSError, UnicodeDecodeError) as fault:
        raise BadSources(f"cannot be read ({fault})", str(path), "Save it as UTF-8, where you may read it.") from None
    try:
        return tomllib.loads(text), text.splitlines()
    except tomllib.TOMLDecodeError as fault:
        line = re.search(r"at line (\d+)", str(fault))
        where = f"{path}:{line[1]}" if line else str(path)
        raise BadSources(f"no TOML ({fault})", where, "Texts stand in quotes, each source under [[source]].") from None


class _Place:
    """Where the keys of one source stand in the file."""

    def __init__(self, path: Path, lines: list[str], number: int) -> None:
        self.path = path
        heads = [n for n, line in enumerate(lines, 1) if re.match(r"\s*\[\[\s*source\s*\]\]", line)]
        self.first = heads[number] if number < len(heads) else 1
        end = next((h for h in heads if h > self.first), len(lines) + 1)
        self._lines = {n: lines[n - 1] for n in range(self.first, end)}

    def of(self, key: str | None = None) -> str:
        """`file:line` of a key, or of the source's head where it has no line of its own."""
        written = re.compile(rf"\s*[\"']?{re.escape(key or '')}[\"']?\s*=")
        line = next((n for n, text in self._lines.items() if key and written.match(text)), self.first)
        return f"{self.path}:{line}"


def _line(fault: BadSources) -> int:
    return int(fault.where.rpartition(":")[2])


def _top(told: dict[str, Any], lines: list[str], path: Path) -> Iterator[BadSources]:
    for key, value in told.items():
        line = next((n for n, text in enumerate(lines, 1) if re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}\b", text)), 1)
        where = f"{path}:{line}"
        if key not in ("archive", "contact", "source"):
            yield _unknown(key, ("archive", "contact", "source"), "key", where)
        elif key != "source" and (wrong := _text(value)):
            yield BadSources(f"{key} {wrong}", where, "Write it in quotes.")
    if not isinstance(told.get("source"), list) or not told["source"]:
        yield BadSources(
            "names no source", f"{path}:1", "Begin each with a line [[source]]; docs/sources.md shows one."
        )


def _row(row: dict[str, Any], place: _Place) -> Iterator[BadSources]:
    for key in ("name", "kind"):
        if key not in row:
            yield BadSources(f"a source without {key!r}", place.of(), "Add it under [[source]].")
    for key, value in row.items():
        if key not in CHECKS:
            yield _unknown(key, CHECKS, "key", place.of(key))
        elif wrong := CHECKS[key][0](value):
            yield BadSources(f"{key} {wrong}", place.of(key), CHECKS[key][1])
    kind = row.get("kind")
    if kind in get_args(Kind):
        yield from _fitting(row, str(kind), place)
    elif isinstance(kind, str):
        yield _unknown(kind, get_args(Kind), "kind", place.of("kind"))


def _fitting(row: dict[str, Any], kind: str, place: _Place) -> Iterator[BadSources]:
    """Whether the source says where it is, in the way of its kind."""
    given: list[str] = [key for key in ("url", "urls", "path") if key in row]
    allowed = {"list": ("urls", "path"), "feed": ("url",), "sitemap": ("url",)}.get(kind, ("path",))
    choice = " or ".join(repr(key) for key in allowed)
    if len([key for key in given if key in allowed]) != 1:
        yield BadSources(f"a {kind} needs {choice}", place.of("kind"), f"Give one {choice}.")
    for key in given:
        if key not in allowed:
            yield BadSources(f"a {kind} takes no {key!r}", place.of(key), f"Give {choice} instead.")
    if kind in ("folder", "mailbox"):
        for key in ("pause", "allow_private", "match", "follow"):
            if key in row:
                yield BadSources(f"a {kind} takes no {key!r}", place.of(key), "Take it out: nothing is fetched.")


def _doubles(rows: list[dict[str, Any]], path: Path, lines: list[str]) -> Iterator[BadSources]:
    names = [row.get("name") for row in rows]
    for number, name in enumerate(names):
        if isinstance(name, str) and name in names[:number]:
            place = _Place(path, lines, number)
            yield BadSources(f"the name {name!r} stands twice", place.of("name"), "Give each source a name of its own.")


def _unknown(name: str, known: Collection[str], what: str, where: str) -> BadSources:
    near = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"Use one of {', '.join(known)}."
    return BadSources(f"unknown {what} {name!r}", where, hint)


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "is no text"


def _name(value: Any) -> str | None:
    if _text(value):
        return "is no text"
    return "is longer than 60 letters" if len(value) > 60 or "\n" in value else None


def _truth(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is neither true nor false"


def _address(value: Any) -> str | None:
    if _text(value):
        return "is no text"
    try:
        parts = urlsplit(value)
        sound = bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if sound and parts.username is not None:
        return "holds a user name"
    return None if sound and parts.scheme in ("http", "https") else f"is no address on the web: {value[:60]!r}"


def _addresses(value: Any) -> str | None:
    if not isinstance(value, list) or not value:
        return "is no list of addresses"
    return next((wrong for one in value if (wrong := _address(one))), None)


def _span(least: float, most: float) -> Check:
    def check(value: Any) -> str | None:
        span = seconds(value) if isinstance(value, str) else None
        if span is None:
            return "is no span of time"
        return None if least <= span <= most else f"is not between {least:g} seconds and {most / 86400:.3g} days"

    return check


def _expect(value: Any) -> str | None:
    if _is_number(value):
        return None if value > 0 else "is not above zero"
    if not isinstance(value, list) or len(value) != 2 or not all(map(_is_number, value)):
        return "is neither a number nor two"
    return None if 0 <= value[0] <= value[1] and value[1] > 0 else "is no range from low to high"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _match(value: Any) -> str | None:
    sound = isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    return None if sound else "is no pattern"


def _hosts(value: Any) -> str | None:
    sound = isinstance(value, bool) or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    return None if sound else "is neither true, false nor a list of hosts"


def _day(value: Any) -> str | None:
    return None if type(value) is date else "is no day"


def _number(value: Any) -> str | None:
    sound = isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 50_000
    return None if sound else "is no whole number from 1 to 50,000"


CHECKS: dict[str, tuple[Check, str]] = {
    "name": (_name, "Give a short name in quotes."),
    "kind": (_text, f"Write one of {', '.join(get_args(Kind))}."),
    "url": (_address, "Write an address that begins with https:// or http://, without a user name."),
    "urls": (_addresses, 'Write a list such as ["https://…", "https://…"].'),
    "path": (_text, "Write the file or folder in quotes, as seen from this file."),
    "outlet": (_text, "Write the publisher's name in quotes."),
    "every": (_span(LEAST_EVERY, 366 * 86400), 'Write a span such as "30 minutes" or "6 h".'),
    "pause": (_span(LEAST_PAUSE, MOST_PAUSE), 'Write a span such as "5 seconds".'),
    "expect": (_expect, "Write how many reports a week you expect: 10, or at least and at most: [5, 40]."),
    "follow": (_truth, "Write true to fetch the pages that a feed links to, false to take its own words."),
    "match": (_match, 'Write a pattern such as "*/news/*", or a list of them.'),
    "since": (_day, "Write a day without quotes: 2026-01-31."),
    "most": (_number, "Write how many new addresses one poll may fetch."),
    "allow_private": (_hosts, 'Write true, or the hosts that may be private: ["cms.local"].'),
    "off": (_truth, "Write true to leave this source out for now."),
}
