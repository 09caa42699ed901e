"""Which reports are of one origin: near copies of a text, and texts of one news agency, count once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import combinations

from recount.records import Record, Report
from recount.values.texts import copied, sketch

COPY = 0.4  # share of wording from which two texts are one origin
AGENCIES = (
    "Reuters",
    "AFP",
    "AP",
    "Associated Press",
    "ANI",
    "PTI",
    "APP",
    "Xinhua",
    "Anadolu",
    "IANS",
    "DPA",
    "EFE",
    "TASS",
)
TAG = re.compile(r"[(\[–—-]\s*(" + "|".join(AGENCIES) + r")\s*[)\]]")
HEAD = 400  # characters at either end of a text where an agency is named


class Origin(Record, frozen=True):
    """Reports that count as one source, and why."""

    reports: tuple[str, ...]
    reason: str


def agency(report: Report) -> str | None:
    """The news agency that a report names in its head or tail as its origin, if any."""
    return _agency(report.text, report.headline_end)


@lru_cache(maxsize=1024)
def _agency(text: str, headline_end: int) -> str | None:
    """The agency, looked for once: an incident's figures ask for it again and again."""
    found = TAG.search(text[: headline_end + HEAD]) or TAG.search(text[-HEAD:])
    return found.group(1) if found else None


def origins(report_ids: Iterable[str], reports: Mapping[str, Report]) -> list[Origin]:
    """The independent origins of these reports, each with the reports in it, in order of their first report."""
    ids = sorted(set(report_ids))
    home = {i: i for i in ids}
    why: dict[str, str] = {}
    known = [i for i in ids if i in reports]
    sketches = {i: _sketch(reports[i].text) for i in known} if len(known) > 1 else {}
    for one, other in combinations(sorted(sketches), 2):
        reason = _one_origin(reports[one], reports[other], copied(sketches[one], sketches[other]))
        if reason:
            keep, gone = sorted((home[one], home[other]))
            home = {i: keep if h == gone else h for i, h in home.items()}
            why[keep] = reason
    return [
        Origin(reports=tuple(i for i in ids if home[i] == top), reason=why.get(top, "a text of its own"))
        for top in ids
        if home[top] == top
    ]


_sketch = lru_cache(maxsize=1024)(sketch)
"""A text's sketch, made once: an incident's figures ask for it again and again."""


def _one_origin(one: Report, other: Report, share: float) -> str | None:
    if share >= COPY:
        return f"the texts share {share:.0%} of their wording"
    wire = agency(one)
    if wire and wire == agency(other):
        return f"both carry {wire}"
    return None
