"""Numbers as reports write them: digits, words, vague quantities and the hedges before them.

Conventions are the codebook's (`rules/codebook/counts.toml`): "dozens" is at least 24, "several" at least 3, and so on. The
words themselves are kept beside every reading, so that a counting rule can bound them in its own way.
"""

from __future__ import annotations

import re

UNITS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "lakh": 100_000, "crore": 10_000_000}

_DIGITS = re.compile(r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def is_number_word(word: str) -> bool:
    """Whether a lower-case token is (part of) a written number: "34", "2,500", "twenty-two", "hundred"."""
    return read_small(word) is not None or word in SCALES


def read_small(word: str) -> float | None:
    """The value of one lower-case token without scales ("34", "2,500", "twenty-two"); None where it is no number."""
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", ""))
    if word in UNITS:
        return UNITS[word]
    if word in TENS:
        return TENS[word]
    tens, dash, unit = word.replace("‑", "-").partition("-")
    if dash and tens in TENS and UNITS.get(unit, 99) < 10:
        return TENS[tens] + UNITS[unit]
    return None


def read_number(words: list[str]) -> int | None:
    """The whole number that lower-case tokens spell ("two", "thousand", "five", "hundred" → 2500).

    None where they spell none, or a fraction.
    """
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word == "and" and seen:
            continue
        scale = SCALES.get(word)
        if scale is not None:
            current = (current or 1) * scale
            if scale > 100:
                total, current = total + current, 0.0
            seen = True
            continue
        value = read_small(word)
        if value is None:
            return None
        current, seen = current + value, True
    whole = total + current
    return int(whole) if seen and whole == int(whole) else None
