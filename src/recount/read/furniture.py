"""Lines that a site puts around a report, as the rule folder names them."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from recount.errors import BadRule
from recount.rules import read_table

FILE = "lexicons/en/furniture.toml"
LONGEST = 240  # characters; a longer line is never furniture
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PLACES = ("line", "first", "tail")
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


class Form(NamedTuple):
    """One compiled form of a furniture rule."""

    rule: str
    where: str
    tells: str | None
    shape: re.Pattern[str]


class Furniture:
    """All forms of one file, ready to match folded lines."""

    def __init__(self, table: dict[str, Any]) -> None:
        self.phrases: dict[str, dict[str, str]] = {place: {} for place in PLACES}
        self.shapes: list[Form] = []
        for row in table["furniture"]:
            self._add(row)
        joined = "|".join(_plain(form.shape.pattern) for form in self.shapes)
        self._any = re.compile(joined)

    def _add(self, row: dict[str, Any]) -> None:
        unknown, where = set(row) - KEYS, row.get("where", "line")
        if unknown:
            raise BadRule(f"unknown key {min(unknown)!r}", FILE, f"Use one of {', '.join(sorted(KEYS))}.")
        if where not in PLACES:
            raise BadRule(f"unknown place {where!r} in {row['name']!r}", FILE, f"Use one of {', '.join(PLACES)}.")
        for form in row["forms"]:
            if "{" in form:
                self.shapes.append(Form(row["name"], where, row.get("tells"), re.compile(compile_form(form))))
            else:
                self.phrases[where][form] = row["name"]

    def rule_of(self, line: str, *, first: bool = False) -> str | None:
        """The name of the rule that marks a whole line as furniture, or None. `first`: nothing stands before it."""
        folded = fold_line(line)
        if len(folded) > LONGEST:
            return None
        places = PLACES if first else ("line", "tail")
        for place in places:
            if folded in self.phrases[place]:
                return self.phrases[place][folded]
        if not self._any.fullmatch(folded):
            return None
        return next((f.rule for f in self.shapes if f.where in places and f.shape.fullmatch(folded)), None)

    def tail_start(self, text: str) -> int | None:
        """Where a closing notice begins at the very end of the text, or None."""
        end = text.rstrip()
        window = max(0, len(end) - LONGEST)
        folded = end[window:].lower()
        if len(folded) != len(end) - window:  # a letter whose lower case is longer: offsets would not hold
            return None
        for form in self.shapes:
            if form.where != "tail":
                continue
            for found in re.finditer(_first_word(form.shape.pattern), folded):
                if form.shape.fullmatch(folded, found.start()):
                    return window + found.start()
        return None

    def published(self, line: str) -> date | None:
        """The publication day that a furniture line names, or None."""
        folded = fold_line(line)
        for form in self.shapes:
            found = form.shape.fullmatch(folded) if form.tells == "published" else None
            if found:
                return _day(found.groupdict())
        return None


def fold_line(line: str) -> str:
    """Lower case, straight apostrophes, single spaces."""
    return " ".join(line.lower().replace("’", "'").split())


def compile_form(form: str) -> str:
    """The regular expression of a form; BadRule for an unknown {slot}."""
    parts = re.split(r"\{(\w+)\}", form)
    for slot in parts[1::2]:
        if slot not in SLOTS:
            raise BadRule(f"unknown slot {{{slot}}} in {form!r}", FILE, f"Use one of {', '.join(SLOTS)}.")
    return "".join(SLOTS[part] if i % 2 else re.escape(part) for i, part in enumerate(parts))


@cache
def furniture() -> Furniture:
    """The furniture of the rule folder; read once."""
    return Furniture(read_table(FILE))


def _plain(pattern: str) -> str:
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


def _first_word(pattern: str) -> str:
    return r"\b" + pattern.split("\\ ")[0]


def _day(found: dict[str, str]) -> date | None:
    month = int(found["monthnumber"]) if "monthnumber" in found else MONTHS.index(found["month"][:3]) + 1
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:  # 31 February: the line names no day
        return None
