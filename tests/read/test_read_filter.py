"""The first filter: cheap, on bytes, and it loses no report that tells of an incident."""

from __future__ import annotations

import json
import time
from html import escape
from pathlib import Path

import made_warc
import pytest

from recount.errors import BadRule
from recount.read import faults
from recount.read.archive import draft_of, worth_parsing
from recount.read.filter import bare_text, may_tell, tells
from recount.read.pages import Page
from recount.settings import Settings

SHARED = Path(__file__).resolve().parents[3] / "shared"
PAGE = '<html><head><title>{title}</title></head><body><nav><a href="/">Home</a></nav>{text}</body></html>'


def test_pages_of_attacks_pass_and_others_do_not() -> None:
    assert may_tell(made_warc.page(1))
    assert not may_tell(made_warc.page(1, telling=False))


@pytest.mark.parametrize(
    "page",
    [
        b"<script>'militants killed two soldiers'</script><p>Bread is sold here.</p>",
        b"<style>.killed{} .militant{}</style><!-- gunmen killed -->",
        b'<a href="/militants-killed-soldiers" class="attack killed">Bread</a>',
        b"<p>The army won the cup; the other side lost.</p>",
        b"<p>Skilled workers of the militaria fair.</p>",
    ],
)
def test_words_in_scripts_tags_and_inside_other_words_do_not_count(page: bytes) -> None:
    assert not may_tell(page)


@pytest.mark.parametrize(
    "page",
    [
        b"<p>Two soldiers were\n   <b>killed</b> &mdash; officials said</p>",
        "<p>Militants“killed”two guards</p>".encode(),
        "<p>Militants\u00a0killed\u00a0two guards</p>".encode(),
        b"<P>MILITANTS KILLED TWO GUARDS</P>",
        b"<script>never closed <p>militants killed two guards",
        "militants killed two guards".encode("utf-16"),
        b"<p>a car&nbsp;bomb went off</p>",
    ],
)
def test_markup_and_encodings_hide_no_word(page: bytes) -> None:
    assert may_tell(page)


def test_harm_far_from_armed_violence_does_not_pass() -> None:
    assert not tells("the army marched. " + "bread is sold. " * 60 + "two people were injured by hail")


def test_crime_passes_only_where_any_violence_counts() -> None:
    page = b"<p>A man with a knife injured two guests of the inn.</p>"
    assert not may_tell(page)
    assert may_tell(page, inclusion="any")


def test_bare_text_keeps_words_apart() -> None:
    assert bare_text(b"<p>One</p><p>two&nbsp;three</p><script>x</script> FOUR") == "one two three four"


def test_a_page_made_to_be_slow_is_not() -> None:
    begin = time.process_time()
    for hostile in (b"<script" * 300_000, b"<" * 3_000_000, b"<!--" * 500_000, b"< >" * 700_000):
        may_tell(hostile)
    assert time.process_time() - begin < 10


def test_faults_of_the_list_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    good = faults.read_table("cues/en/filter.toml")["weak"]
    assert not list(faults.filter_faults())

    def table(name: str) -> object:
        return {"weak": {**good, "words": [*good["words"], "losst"], "examples": ["<p>Bread</p>"]}}

    monkeypatch.setattr(faults, "read_table", table)
    found = [str(f) for f in faults.filter_faults()]
    assert all(isinstance(f, BadRule) for f in faults.filter_faults())
    assert any("losst" in f and "lost" in f for f in found)
    assert any("is passed over" in f for f in found)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared measuring data are not here")
def test_recall_on_coded_reports_is_at_least_0995() -> None:
    train = SHARED / "dev" / "train"
    with (train / "gold.jsonl").open() as lines:
        coded = [json.loads(line) for line in lines]
    telling = {c["id"] for c in coded if any(i["role"] != "background" for i in c["incidents"])}
    settings = Settings()
    passed = drafted = 0
    with (train / "reports.jsonl").open() as lines:
        for found in map(json.loads, lines):
            if found["id"] not in telling:
                continue
            title = escape(found.get("headline") or "")
            text = "".join(f"<p>{escape(part)}</p>\n" for part in found["text"].split("\n"))
            data = PAGE.format(title=title, text=f"<article><h1>{title}</h1>{text}</article>").encode()
            page = Page(name=found["id"], source="made", data=data)
            if worth_parsing(page, settings):
                passed += 1
                drafted += draft_of(page).tells(settings)
    assert len(telling) > 300
    assert passed / len(telling) >= 0.995
    assert drafted / len(telling) >= 0.995
