"""Sitemaps: pages, indexes, dates, and what is refused."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recount.errors import UnreadableInput
from recount.read.sitemap import MOST_ADDRESSES, moment, parse

NEWS = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc> https://a.example/1 </loc>
<lastmod>2031-11-04T21:30:00+05:00</lastmod><news:news><news:publication><news:name>A</news:name></news:publication>
<news:publication_date>2031-11-03</news:publication_date><news:title>Blast  near Tank</news:title></news:news></url>
<url><loc>https://a.example/1</loc></url><url><loc>javascript:x</loc></url><url><loc>https://a.example/2</loc></url></urlset>"""
INDEX = """<sitemapindex><sitemap><loc>https://a.example/s1.xml.gz</loc><lastmod>2031-11</lastmod></sitemap></sitemapindex>"""


def test_pages_with_what_the_map_tells_of_them() -> None:
    first, second = parse(NEWS.encode(), "x").pages
    assert first.address == "https://a.example/1"
    assert first.title == "Blast near Tank"
    assert first.published == date(2031, 11, 3)
    assert first.changed == datetime(2031, 11, 4, 16, 30, tzinfo=UTC)
    assert second.address == "https://a.example/2"


def test_an_index_names_further_maps() -> None:
    found = parse(INDEX.encode(), "x")
    assert found.pages == ()
    assert found.children[0].address == "https://a.example/s1.xml.gz"
    assert found.children[0].changed == datetime(2031, 11, 1, tzinfo=UTC)


def test_packed_maps_and_plain_lists() -> None:
    assert len(parse(gzip.compress(NEWS.encode()), "x").pages) == 2
    assert [p.address for p in parse(b"https://a.example/1\nhttps://a.example/2\n\nx\n", "x").pages] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


def test_an_empty_map_is_one_and_a_long_one_is_cut() -> None:
    assert parse(b"<urlset></urlset>", "x").pages == ()
    rows = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(MOST_ADDRESSES + 10))
    found = parse(f"<urlset>{rows}</urlset>".encode(), "x")
    assert len(found.pages) == MOST_ADDRESSES
    assert found.notes == ("addresses behind the first 50,000 passed over",)


def test_a_damaged_map_gives_what_stands_before_the_damage() -> None:
    found = parse(NEWS.encode()[:-40], "x")
    assert [page.address for page in found.pages] == ["https://a.example/1"]
    assert found.notes[0].startswith("damaged from there on")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"no address here",
        b"<html><body>x</body></html>",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"\x1f\x8b\x08broken",
        gzip.compress(b"x" * 2_000_000),
        b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>https://a.example/&a;</loc></url></urlset>',
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><urlset/>'.encode("utf-16"),
    ],
)
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    with pytest.raises(UnreadableInput) as fault:
        parse(body, "x", most_bytes=1_000_000)
    assert fault.value.do


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("2031", datetime(2031, 1, 1, tzinfo=UTC)),
        ("2031-11-04", datetime(2031, 11, 4, tzinfo=UTC)),
        ("2031-11-04T10:00Z", datetime(2031, 11, 4, 10, tzinfo=UTC)),
        ("2031-11-04T10:00:00.5+05:00", datetime(2031, 11, 4, 5, 0, 0, 500000, tzinfo=UTC)),
        ("1970-01-01", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("0001-01-01T00:00:00+12:00", None),
        ("2031-13-40", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_times(said: str | None, at: datetime | None) -> None:
    assert moment(said) == at


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_no_damage_brings_more_than_a_reason(data: st.DataObject) -> None:
    body = bytearray(NEWS.encode())
    for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=20)):
        body[at] = data.draw(st.integers(0, 255))
    with suppress(UnreadableInput):
        parse(bytes(body), "x")
