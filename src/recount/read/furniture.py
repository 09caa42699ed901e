"""Lines that a site puts around a report, as the rule folder names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.rules import read_table

FILE = "lexicons/en/furniture.toml"
LONGEST = 240  # characters; a longer line is never furniture
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PLACES = ("line", "first", "tail")
ANYWHERE = ("line", "tail")
KEYS = {"name", "forms", "where", "tells", "examples", "counter_examples"}
SLOTS = {
    "words": r".{1,80}?",
    "number": r"\d[\d,.]*",
    "year": r"(?P<year>(?:19|20)\d\d)",
    "month": r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?",
    "monthnumber": r"(?P<monthnumber>\d\d)",
    "day": r"(?P<day>\d{1,2})(?:st|nd|rd|th)?",
    "weekday": r"(?:mon|tue|tues|wed|wednes|thu|thurs|fri|sat|satur|sun)(?:day)?",
    "time": r"\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?",
    "code": r"[a-z]{2}",
}


SLOT = re.compile(r"\{(\w+)\}")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DIGIT = "0"
OPENINGS = {"words": ("",), "code": ("",), "month": MONTHS, "weekday": WEEKDAYS}
"""The first three letters of what a slot at the start of a line says; any other slot starts with a digit."""


class Form(NamedTuple):
    """One form of a furniture rule: `begins` is what stands before its first slot, `holds` the longest word outside."""

    rule: str
    where: str
    tells: str | None
    begins: str
    holds: str
    pattern: str

    def match(self, folded: str, at: int = 0) -> re.Match[str] | None:
        """The match of a folded line from `at` to its end; most lines never come to the regular expression."""
        return _compiled(self.pattern).fullmatch(folded, at) if self.holds in folded else None


class Furniture:
    """All forms of one file, ready to match folded lines: by whole line, by first word, or by how the line opens."""

    def __init__(self, table: dict[str, Any]) -> None:
        self._phrases: dict[tuple[str, str], str] = {}
        self._by_word: dict[str, list[Form]] = {}
        self._open: dict[str, list[Form]] = {opening: [] for opening in ("", DIGIT, *MONTHS, *WEEKDAYS)}
        self._tails: list[Form] = []
        for row in table["furniture"]:
            self._add(row)

    def _add(self, row: dict[str, Any]) -> None:
        unknown, where = set(row) - KEYS, row.get("where", "line")
        if unknown:
            raise BadRule(f"unknown key {min(unknown)!r}", FILE, f"Use one of {', '.join(sorted(KEYS))}.")
        if where not in PLACES:
            raise BadRule(f"unknown place {where!r} in {row['name']!r}", FILE, f"Use one of {', '.join(PLACES)}.")
        for text in row["forms"]:
            if "{" not in text:
                self._phrases[where, text] = row["name"]
                continue
            parts = SLOT.split(text)
            form = Form(row["name"], where, row.get("tells"), parts[0], max(parts[::2], key=len), compile_form(text))
            if " " in form.begins:
                self._by_word.setdefault(form.begins.split()[0], []).append(form)
            else:
                self._add_open(form, OPENINGS.get(parts[1], (DIGIT,)) if not form.begins else ("",))
            if where == "tail":
                self._tails.append(form)

    def _add_open(self, form: Form, openings: Sequence[str]) -> None:
        for opening in self._open if "" in openings else openings:
            self._open[opening].append(form)

    def rule_of(self, line: str, *, first: bool = False) -> str | None:
        """The name of the rule that marks a whole line as furniture, or None. `first`: no text stands before it."""
        if len(line) > LONGEST:
            return None
        folded = fold_line(line)
        for place in PLACES if first else ANYWHERE:
            if (place, folded) in self._phrases:
                return self._phrases[place, folded]
        return next((f.rule for f in self._fitting(folded) if first or f.where in ANYWHERE), None)

    def tail_start(self, text: str) -> int | None:
        """Where a closing notice begins at the very end of the text, or None."""
        end = text.rstrip()
        window = max(0, len(end) - LONGEST)
        folded = end[window:].lower()
        if len(folded) != len(end) - window:  # a letter whose lower case is longer: offsets would not hold
            return None
        for form in self._tails:
            at = folded.rfind(form.begins)
            if at >= 0 and not folded[at - 1 : at].isalnum() and form.match(folded, at):
                return window + at
        return None

    def published(self, line: str) -> date | None:
        """The publication day that a furniture line names, or None."""
        folded = fold_line(line)
        for form in self._fitting(folded):
            if form.tells == "published" and (found := form.match(folded)):
                return _day(found.groupdict())
        return None

    def _fitting(self, folded: str) -> Iterator[Form]:
        opening = DIGIT if folded[:1].isdecimal() else folded[:3]
        candidates = (*self._by_word.get(folded.partition(" ")[0], ()), *self._open.get(opening, self._open[""]))
        return (form for form in candidates if form.match(folded))


def fold_line(line: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(line.lower().replace("’", "'").split())


def compile_form(form: str) -> str:
    """The regular expression of a form; BadRule for an unknown {slot}."""
    parts = SLOT.split(form)
    for slot in parts[1::2]:
        if slot not in SLOTS:
            raise BadRule(f"unknown slot {{{slot}}} in {form!r}", FILE, f"Use one of {', '.join(SLOTS)}.")
    return "".join(SLOTS[part] if i % 2 else re.escape(part) for i, part in enumerate(parts))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@cache
def furniture() -> Furniture:
    """The furniture of the rule folder; read once."""
    return Furniture(read_table(FILE))


def _day(found: dict[str, str]) -> date | None:
    month = int(found["monthnumber"]) if "monthnumber" in found else MONTHS.index(found["month"][:3]) + 1
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:  # 31 February: the line names no day
        return None
