"""Forms: the wildcards of word lists in a rule file. A star is any ending of a word, `_` up to four words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from recount.rules.expressions import Expression

_GAP = r"(?:[\w’'-]+\s+){0,4}"


def compile_forms(forms: Iterable[str]) -> re.Pattern[str] | None:
    """One pattern, in any case, for all forms; None for no form."""
    found = any_form(forms)
    return found.pattern if found else None


def any_form(forms: Iterable[str]) -> Expression | None:
    """As `compile_forms`, compiled when a text first needs it: no form can be a faulty expression."""
    shapes = [shape_of(form) for form in forms]
    return Expression(rf"\b(?:{'|'.join(shapes)})(?!\w)", "", trusted=True) if shapes else None


def shape_of(form: str) -> str:
    """A form as a regular expression."""
    parts = [_GAP if word == "_" else re.escape(word).replace(r"\*", r"\w*") + r"\s+" for word in form.split()]
    return "".join(parts).removesuffix(r"\s+")
