"""Published sets of time expressions and the coded reports: the shares that must not fall."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from recount.resolve.dates import find, publication_day, read, read_all

pytestmark = pytest.mark.shared
SHARED = Path(__file__).parents[3] / "shared"
needs = pytest.mark.skipif(not (SHARED / "data" / "dates").is_dir(), reason="the measuring data is not here")

# What news does not write, or the field's rules read otherwise. The keys are the reasons.
LEFT_OUT = {
    "an order of numbers alone, or a US order": r"^\d[\d\s./,-]*$|\d{1,2}/\d{1,2} to|^3-7",
    "year and month in numbers": r"^\d{4}\s?[-./]\s?\d{1,2}$",
    "month and day joined or pointed": r"[a-z]+\.\s?\d|^\d+\. |^\d{4}[-/][a-z]|from 2019[-/]aug",
    "a number alone for a day": r"^the (?:\d+|second|thirty|twenty second)$|^\d+$|the fifteen$|twenty one$",
    "the writer's own calendar": r"\bmy\b|^the (?:day|week)$|^(?:the )?last day$|^this day$|^next day$|^the next day$",
    "what lies ahead": r"\brest\b|from now|^in \d|next week between|from Tue to|until Tuesday the|4-23 in next",
    "what lies ahead, until a day": r"between now",
    "the weekend ahead: in news it is the last one": r"^(?:the |this |on )?weekend$",
    "an ordinal weekday without its month": r"^(?:first|second|third|fifth) \w+day$",
    "an exact day of months, years or a few": r"months? ago|years ago|^a few days ago|few days|past day|last \d?year",
    "the running week to its end: the field ends it with the report": r"(?:this|current) week",
    "early and late as halves: the field takes thirds": r"^(?:early|late) (?:this|last|next) (?:week|month|year)",
    "a weekday that contradicts its date": r"Wed, 22 of Jan",
    "numbered weeks, quarters without a year": r"^week \d|^Q\d$|^w/c|2016 the|2016H",
    "last September as that of the year before last": r"last sept",
    "a month's first week from its first Monday: the field takes its first seven days": r"first week of",
}


def cases() -> Iterator[tuple[date, str, tuple[str | None, str | None]]]:
    for name in ("DateParser", "DatePeriodParser"):
        for row in json.loads((SHARED / "data" / "dates" / f"{name}.json").read_text("utf-8-sig")):
            if "python" in row.get("NotSupported", "") or "Context" not in row:
                continue
            anchor = date.fromisoformat(row["Context"]["ReferenceDateTime"][:10])
            for result in row["Results"]:
                past = (result.get("Value") or {}).get("PastResolution") or {}
                if "date" in past:
                    yield anchor, result["Text"], (past["date"], past["date"])
                elif "startDate" in past and "endDate" in past:
                    yield anchor, result["Text"], (past["startDate"], past["endDate"])


def agrees(said: str, anchor: date, expected: tuple[str | None, str | None]) -> bool:
    days = read(said, anchor)
    if expected[0] is not None and expected[0].startswith("0001"):
        return days.first is None
    ends = {str(days.last), str(days.last + timedelta(days=1)) if days.last else None}
    return str(days.first) == expected[0] and expected[1] in ends


@needs
def test_published_cases_that_news_uses() -> None:
    kept: Counter[bool] = Counter()
    for anchor, said, expected in cases():
        if not any(re.search(pattern, said, re.IGNORECASE) for pattern in LEFT_OUT.values()):
            kept[agrees(said, anchor, expected)] += 1
    assert kept.total() >= 100, kept
    assert kept[True] / kept.total() >= 0.9


@needs
def test_newswire_expressions() -> None:
    """60 of 60, but for "earlier this week", which the codebook ends with the day before the report."""
    wrong = []
    for anchor, said, first, last in json.loads((SHARED / "data" / "dates" / "newswire60.json").read_text()):
        days = read(said, date.fromisoformat(anchor))
        ends = last if isinstance(last, list) else [last or first]
        if str(days.first) != first or str(days.last) not in ends:
            wrong.append(said)
    assert wrong == ["earlier this week"]


def reports(name: str) -> dict[str, dict[str, Any]]:
    lines = (SHARED / "dev" / "train" / name).read_text().strip().split("\n")
    return {row["id"]: row for row in map(json.loads, lines)}


def full_text(report: dict[str, Any]) -> str:
    return f"{report.get('headline') or ''}\n\n{report['text']}"


def coded_days() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    coded, texts = reports("gold.jsonl"), reports("reports.jsonl")
    for name, coding in coded.items():
        for incident in coding["incidents"]:
            said = incident["date_text"]
            if said and incident["date_from"] and texts[name].get("pub_date") and said in full_text(texts[name]):
                yield texts[name], incident


@needs
def test_coded_days_are_read_in_their_report() -> None:
    right: Counter[bool] = Counter()
    read_before: dict[str, Any] = {}
    for report, incident in coded_days():
        text, said = full_text(report), incident["date_text"]
        anchor = date.fromisoformat(report["pub_date"])
        if report["id"] not in read_before:
            read_before[report["id"]] = read_all(text, anchor)
        at = text.find(said)
        told = [d.days for d in read_before[report["id"]] if d.mention.start < at + len(said) and at < d.mention.end]
        days = told[0] if told else read(said, anchor)
        if days.first is not None:
            right[str(days.first) == incident["date_from"]] += 1
    assert right.total() >= 690
    assert right[True] / right.total() >= 0.945


@needs
def test_a_report_day_found_in_the_text_is_right() -> None:
    found: Counter[str] = Counter()
    for report in reports("reports.jsonl").values():
        day = publication_day(full_text(report)).first
        if day is not None and report.get("pub_date"):
            found["right" if str(day) == report["pub_date"] else "wrong"] += 1
    assert found["right"] >= 175
    assert found["wrong"] == 0


@needs
def test_the_seeds_show_their_days() -> None:
    days = {
        path.name[:3]: publication_day(path.read_text()).first for path in sorted((SHARED / "seeds").glob("00*.txt"))
    }
    assert days == {"000": None, "001": None, "002": None, "003": date(2026, 2, 4), "004": date(2026, 2, 1)}


@needs
def test_find_reads_no_number_of_people_as_a_year() -> None:
    assert find("2025 people and 1990 goats were counted.") == []
