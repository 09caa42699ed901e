"""`text[start:end] == quote` for every claim of every report at hand. Failures name reports, never their words."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from recount.engine.local import code_all
from recount.records import Coding, SetAside
from recount.settings import Settings

SHARED = Path(__file__).parents[2] / "shared"
NEWS = SHARED / "data" / "news" / "unlabelled.jsonl"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not SHARED.is_dir(), reason="no shared measuring data here")]


def faults(results: Iterator[Coding | SetAside]) -> list[str]:
    """Reports that were set aside, or that have a claim whose words do not stand where it says."""
    found = [r.source if isinstance(r, SetAside) else r.report.name for r in results if not _sound(r)]
    return found[:20]


def _sound(result: Coding | SetAside) -> bool:
    if isinstance(result, SetAside):
        return False
    text, passages = result.report.text, {p.index: p for p in result.passages}
    return all(
        text[c.start : c.end] == c.quote
        and c.quote
        and passages[c.passage].start <= c.start < passages[c.passage].end
        and all(text[s.start : s.end] for s in c.speakers)
        for c in result.claims
    )


@pytest.mark.parametrize(
    "where",
    [
        pytest.param("dev/train/reports.jsonl", id="train"),
        pytest.param("dev/check/reports.jsonl", id="check"),
        pytest.param("seeds", id="seeds"),
    ],
)
def test_quotes_of_the_coded_reports_stand_where_they_say(where: str) -> None:
    assert faults(code_all([SHARED / where], Settings())) == []


def test_quotes_of_every_fifth_report_of_the_news_stand_where_they_say(tmp_path: Path) -> None:
    some = tmp_path / "some.jsonl"
    with NEWS.open(encoding="utf-8") as lines:
        some.write_text("".join(islice(lines, 0, None, 5)), encoding="utf-8")
    assert faults(code_all([some], Settings())) == []


@pytest.mark.slow
def test_quotes_of_all_the_news_stand_where_they_say(tmp_path: Path) -> None:
    """Packed, so that the way through gzip is gone as well."""
    packed = tmp_path / "news.jsonl.gz"
    packed.write_bytes(gzip.compress(NEWS.read_bytes(), 1))
    assert faults(code_all([packed], Settings())) == []
