"""Feeds: their entries, and what is passed over or refused."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import UnreadableInput
from recount.read import read
from recount.read.feed import MOST_ENTRIES, parse, thinned
from recount.records import Report, SetAside
from recount.settings import Settings

pytest.importorskip("feedparser")
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Made Wire</title><link>https://wire.example/</link>
<item><title>Blast near Tank</title><link>https://wire.example/1</link><guid>w1</guid>
<pubDate>Tue, 04 Nov 2031 21:30:00 +0500</pubDate><description>short</description>
<content:encoded><![CDATA[<p>Two constables were wounded in a <b>blast</b>.</p><p>Nobody claimed it.</p>]]>
</content:encoded></item>
<item><title>Only a title</title><link>https://wire.example/2</link></item>
<item><title>Blast near Tank</title><link>https://wire.example/1</link><guid>w1</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Made Atom</title><entry><id>urn:1</id><title>A</title>
<link href="https://atom.example/1"/><published>2031-11-04T23:30:00-02:00</published><updated>2031-11-06T00:00:00Z</updated>
<summary>One died.</summary></entry></feed>"""


def test_entries_of_a_feed() -> None:
    feed = parse(RSS.encode(), "x")
    first, second = feed.entries
    assert feed.title == "Made Wire"
    assert first.key == "w1"
    assert first.address == "https://wire.example/1"
    assert first.published == datetime(2031, 11, 4, 16, 30, tzinfo=UTC)
    assert first.text.split("\n") == ["Two constables were wounded in a blast.", "", "Nobody claimed it."]
    assert second.text == ""
    assert feed.notes == ("1 repeated entries passed over",)


def test_entries_of_an_atom_feed() -> None:
    (entry,) = parse(ATOM.encode(), "x").entries
    assert entry.published == datetime(2031, 11, 5, 1, 30, tzinfo=UTC)
    assert entry.updated == datetime(2031, 11, 6, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
def test_a_feed_in_other_encodings(encoding: str) -> None:
    text = RSS.replace("utf-8", encoding).replace("Blast", "Café")
    assert parse(text.encode(encoding), "x").entries[0].title == "Café near Tank"


def test_a_saved_feed_gives_reports_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "wire.rss"
    path.write_text(RSS, encoding="utf-8")
    report, bare = read(path, Settings())
    assert isinstance(report, Report)
    assert (report.headline, report.outlet, report.url) == ("Blast near Tank", "Made Wire", "https://wire.example/1")
    assert isinstance(bare, SetAside)
    assert bare.reason == "an entry without text"


def test_a_long_feed_is_cut_to_its_first_different_entries() -> None:
    rows = [f"<item><title>{n}</title><link>https://a.example/{n}</link></item>" for n in range(MOST_ENTRIES + 500)]
    body = f'<rss version="2.0"><channel><title>T</title>{"".join(rows[:10] * 50 + rows)}</channel></rss>'
    data, notes = thinned(body.encode())
    assert notes == ["500 repeated entries passed over", "500 entries behind the first 2,000 passed over"]
    feed = parse(data, "x")
    assert len(feed.entries) == MOST_ENTRIES
    assert feed.title == "T"
    assert feed.entries[-1].address == f"https://a.example/{MOST_ENTRIES - 1}"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body><p>a page</p></body></html>",
        b"{}",
        b"\x00" * 50,
        b'<!DOCTYPE x [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>',
        '<!DOCTYPE x [<!ENTITY a "b">]><rss/>'.encode("utf-16"),
        b"\xff\xfe" + b"x" * 3,
    ],
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(UnreadableInput) as fault:
        parse(body, "x")
    assert fault.value.do


@pytest.mark.parametrize("tags", [b"<a>", b"<a></b>", b"<a><b/>", b"<A><a>", b"<x:y><![CDATA[</x:y>]]>"])
def test_deep_tags_are_refused_however_they_are_mixed_up(tags: bytes) -> None:
    begun = time.process_time()
    with pytest.raises(UnreadableInput, match="nested more than 300 deep"):
        parse(b"<rss version='2.0'><channel><item><title>" + tags * 50_000, "x")
    assert time.process_time() - begun < 3.0


def test_pages_that_are_quoted_count_for_nothing() -> None:
    assert len(parse(RSS.replace("<b>", "<b>" * 500).encode(), "x").entries) == 2


def test_far_too_many_tags_are_refused() -> None:
    with pytest.raises(UnreadableInput, match="more than 200,000 tags"):
        parse(b"<rss version='2.0'><channel><item>" + b"<a></a>" * 150_000, "x")


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_damage_brings_more_than_a_reason(data: st.DataObject) -> None:
    body = bytearray(RSS.encode())
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=20)):
        body[at] = data.draw(st.integers(0, 255))
    with suppress(UnreadableInput):
        parse(bytes(body), "x")
