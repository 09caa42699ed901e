"""The standing of a claim: asserted, denied, planned or hypothetical, by the words before it in its clause."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from recount.records import Modality
from recount.rules import read_table

_CLAUSE_END = re.compile(r"[.;:!?]|, (?:and|but|while|after|when)\b|(?<!denied )(?<!denies )(?<!denying )\bthat\b|”|\"")


@cache
def _classes(language: str) -> tuple[tuple[Modality, int, re.Pattern[str]], ...]:
    rows = []
    for name, row in read_table(f"cues/{language}/standing.toml").items():
        words = "|".join(re.escape(w) for w in sorted(row["words"], key=len, reverse=True))
        rows.append((cast(Modality, name), int(row["reach"]), re.compile(rf"\b(?:{words})\b(?! \d)", re.IGNORECASE)))
    return tuple(rows)


def modality_of(
    text: str, passage_start: int, passage_end: int, start: int, harm: int, language: str = "en"
) -> Modality:
    """The standing of a claim whose span begins at `start` and whose word of harm stands at `harm`."""
    begin = min(start, harm)
    for name, reach, pattern in _classes(language):
        left = max(passage_start, begin - reach)
        before = text[left : max(start, harm)]
        cut = max((m.end() for m in _CLAUSE_END.finditer(before)), default=0)
        if pattern.search(before, cut):
            return name
    return "asserted"
