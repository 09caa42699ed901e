"""Servers that mean harm: each is refused or set aside with a reason and what to do, and leads nowhere else."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from hypothesis import strategies as st
from made_site import Asked, Site, Watching, article

from recount.errors import FetchFault
from recount.settings import Settings
from recount.sources.connecting import is_public
from recount.sources.exchanging import Exchanger, checked
from recount.sources.plan import Source
from recount.sources.state import Item

SMALL = Settings(fetch_seconds=1.5, max_fetch_bytes=300_000)


def poll(watching: Watching, source: Source, **more: object) -> list[Item]:
    """What stands of a source's items after a poll."""
    watch = watching(source, **more)
    watch.once()
    rows = watch.kit.state.rows("SELECT key FROM items WHERE source = ? ORDER BY seq", source.name)
    found = [watch.kit.state.item(source.name, row["key"]) for row in rows]
    return [item for item in found if item is not None]


def refused(watching: Watching, site: Site, path: str = "/x", **more: object) -> Item:
    """The one page of a list, which must have been given up or left for later, with a reason and advice."""
    (item,) = poll(watching, site.source("list", path), **more)
    assert item.standing in ("refused", "new")
    assert item.note
    assert item.advice
    assert item.sha256 is None
    return item


# ---------------------------------------------------------------------------------------------------- where it leads


def test_an_endless_redirect_is_given_up_after_five(site: Site, watching: Watching) -> None:
    for number in range(50):
        site.redirect(f"/x{number}", f"/x{number + 1}")
    item = refused(watching, site, "/x0")
    assert item.note == "more than 5 redirects"
    assert item.standing == "refused"
    assert len(site.paths()) == 6


def test_a_redirect_in_a_circle_is_given_up(site: Site, watching: Watching) -> None:
    site.redirect("/x", "/y")
    site.redirect("/y", "/x")
    assert "circle" in str(refused(watching, site).note)
    assert len(site.paths()) == 2


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://files.example/report.pdf",
        "data:text/html,<p>Five+killed</p>",
        "gopher://127.0.0.1:70/",
        "javascript:alert(1)",
        "http://user:pass@news.example/",
        "https://" + "a" * 5000 + ".example/",
    ],
)
def test_a_redirect_off_the_web_is_refused(site: Site, watching: Watching, target: str) -> None:
    site.redirect("/x", target)
    item = refused(watching, site)
    assert str(item.note).startswith("redirects to ")
    assert item.standing == "refused"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_to_another_private_port_is_refused(
    site: Site, other: Site, watching: Watching, status: int
) -> None:
    other.pages["/"] = article("Inside")
    site.redirect("/x", other.at("/"), status)
    assert "not on the public internet" in str(refused(watching, site).note)
    assert other.requests == []


@pytest.mark.parametrize(
    "host",
    [
        "10.0.0.7",
        "169.254.169.254",
        "[::1]",
        "0x7f000001",
        "2130706433",
        "127.1",
        "0.0.0.0",
        "[::ffff:127.0.0.1]",
        "localhost",
        "localhost.",
    ],
)
def test_a_redirect_to_a_private_address_in_any_spelling_is_refused(site: Site, watching: Watching, host: str) -> None:
    site.redirect("/x", f"http://{host}:{site.port}/y")
    note = str(refused(watching, site).note)
    assert "not on the public internet" in note or "not known" in note
    assert site.paths() == ["/x"]


def test_a_name_that_means_a_private_address_is_refused(site: Site, watching: Watching) -> None:
    site.pages["/x"] = article("Inside")
    source = Source(name="made", kind="list", urls=(f"http://news.example:{site.port}/x",), pause=0.0)
    (item,) = poll(watching, source, resolver=lambda host, port: ["127.0.0.1"])
    assert "news.example" in str(item.note)
    assert "127.0.0.1" in str(item.note)
    assert site.requests == []


def test_one_private_address_among_public_ones_is_enough(site: Site, watching: Watching) -> None:
    source = Source(name="made", kind="list", urls=(f"http://news.example:{site.port}/x",), pause=0.0)
    (item,) = poll(watching, source, resolver=lambda host, port: ["93.184.216.34", "127.0.0.1"])
    assert "not on the public internet" in str(item.note)
    assert site.requests == []


def test_a_name_is_looked_up_once_so_that_rebinding_leads_nowhere(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name means a public address when it is checked and loopback a moment later; the connection goes to the first."""
    import httpcore

    answers, dialled = iter([["93.184.216.34"], ["127.0.0.1"]]), []

    def dial(self: object, host: str, *_: object, **__: object) -> httpcore.NetworkStream:
        dialled.append(host)
        raise httpcore.ConnectError("nobody there")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", dial)
    exchanger = Exchanger(SMALL, "Recount", resolver=lambda host, port: next(answers))
    with pytest.raises(FetchFault, match="no connection"):
        exchanger.exchange(checked(f"http://news.example:{site.port}/"))
    assert dialled == ["93.184.216.34"]


def test_robots_at_a_private_address_are_not_asked_either(site: Site, other: Site, watching: Watching) -> None:
    other.pages["/robots.txt"] = b"User-agent: *\nAllow: /\n"
    site.redirect("/robots.txt", other.at("/robots.txt"))
    site.pages["/x"] = article("Here")
    assert "not on the public internet" in str(refused(watching, site).note)
    assert other.requests == []


PRIVATE = """
10.1.2.3 172.16.0.1 192.168.1.1 127.0.0.1 0.0.0.0 169.254.169.254 100.64.0.1 224.0.0.1 240.0.0.1 255.255.255.255
192.0.2.1 198.18.0.1 ::1 :: fe80::1 fe80::1%eth0 fc00::1 ff02::1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1::
2001:db8::1 ::7f00:1 2001:0:4136:e378:8000:63bf:3fff:fdd2 nonsense
"""


@pytest.mark.parametrize("address", PRIVATE.split())
def test_no_private_address_counts_as_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_public_addresses_do(address: str) -> None:
    assert is_public(address)


def test_a_proxy_of_the_environment_is_not_used(
    site: Site, other: Site, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, other.at(""))
    site.pages["/x"] = article("Straight")
    assert [item.standing for item in poll(watching, site.source("list", "/x"))] == ["fetched"]
    assert other.requests == []


def test_links_of_a_feed_lead_to_no_private_host(site: Site, other: Site, watching: Watching) -> None:
    entries = "".join(
        f"<item><title>t</title><link>{link}</link></item>"
        for link in (other.at("/admin"), "file:///etc/passwd", "ftp://a.example/x", "javascript:x")
    )
    site.feed("/good", entries=entries)
    site.pages["/good"] = article("Good")
    items = poll(watching, site.source("feed", "/feed"))
    assert [item.standing for item in items] == ["fetched", "refused"]
    assert other.requests == []


# ---------------------------------------------------------------------------------------------------- what it sends


def bomb(depth: int = 60_000_000) -> bytes:
    """Bytes that unpack to a thousand times their size."""
    return gzip.compress(b"\0" * depth)


def test_a_gzip_bomb_is_broken_off_at_the_limit(site: Site, watching: Watching) -> None:
    packed = bomb()
    site.pages["/x"] = lambda asked: asked.send(packed, Content_Encoding="gzip")
    assert "larger than 300,000 bytes" in str(refused(watching, site, settings=SMALL).note)


def test_what_unpacks_to_too_many_times_its_size_is_broken_off(site: Site, watching: Watching) -> None:
    packed = bomb()
    site.pages["/x"] = lambda asked: asked.send(packed, Content_Encoding="gzip")
    item = refused(watching, site, settings=Settings(fetch_seconds=20.0, max_unpacked_ratio=100))
    assert item.note == "unpacks to more than 100 times its size"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x" * 3000])
def test_a_packing_that_was_not_asked_for_is_refused(site: Site, watching: Watching, encoding: str) -> None:
    site.pages["/x"] = lambda asked: asked.send(bomb(1000), Content_Encoding=encoding)
    assert "not asked for" in str(refused(watching, site).note)


@pytest.mark.parametrize("body", [b"no gzip at all", gzip.compress(b"<p>x</p>" * 1000)[:-20]])
def test_damaged_packing_is_told(site: Site, watching: Watching, body: bytes) -> None:
    site.pages["/x"] = lambda asked: asked.send(body, Content_Encoding="gzip")
    assert "packed data" in str(refused(watching, site).note)


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("gzip", lambda body: gzip.compress(body[:50]) + gzip.compress(body[50:]) + b"\0\0"),
        ("identity", bytes),
    ],
)
def test_sound_packing_in_every_form_is_read(
    site: Site, watching: Watching, encoding: str, pack: Callable[[bytes], bytes]
) -> None:
    body = article("Packed")
    site.pages["/x"] = lambda asked: asked.send(pack(body), Content_Encoding=encoding)
    watch = watching(site.source("list", "/x"))
    watch.once()
    (item,) = watch.kit.state.pending(9)
    assert item.place is not None
    assert watch.kit.archive is not None
    assert watch.kit.archive.read(item.place).body == body


def test_a_body_without_end_is_broken_off(site: Site, watching: Watching) -> None:
    def endless(asked: Asked) -> None:
        asked.raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(100_000):
            asked.raw(b"400\r\n" + b"x" * 1024 + b"\r\n")

    site.pages["/x"] = endless
    assert "larger than" in str(refused(watching, site, settings=SMALL).note)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_byte_now_and_then_does_not_hold_the_watch(site: Site, watching: Watching, head: bytes) -> None:
    def drip(asked: Asked) -> None:
        asked.raw(head)
        for letter in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
            asked.raw(bytes([letter]))
            time.sleep(0.1)

    site.pages["/x"] = drip
    begun = time.monotonic()
    item = refused(watching, site, settings=SMALL)
    assert "within 1.5 seconds" in str(item.note)
    assert time.monotonic() - begun < 15.0  # all of it would take 20 and more


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-H%d: %s\r\n" % (n, b"v" * 1000) for n in range(500)) + b"\r\nbody",
        b"HTTP/1.1 200 OK\r\nX-Long: " + b"v" * 1_000_000 + b"\r\n\r\nbody",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nbody",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"HTTP/1.1 999999 What\r\n\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"\x00\xff\xfe" * 100,
        b"",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZZ\r\n",
    ],
)
def test_what_is_no_proper_response_is_told(site: Site, watching: Watching, answer: bytes) -> None:
    site.pages["/x"] = lambda asked: asked.raw(answer)
    item = refused(watching, site)
    assert item.standing == "new"  # the server may be mended: it is tried again later
    assert item.attempts == 1


def test_whatever_bytes_a_server_sends_there_is_a_response_or_a_reason(site: Site) -> None:
    sent = [b""]
    site.pages["/x"] = lambda asked: asked.raw(sent[0])
    exchanger = Exchanger(SMALL, "Recount", private=[site.host])
    good = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 25\r\nX: y\r\n\r\n" + gzip.compress(b"hello")

    @hypothesis.settings(max_examples=150, deadline=None)
    @hypothesis.given(st.data())
    def run(data: st.DataObject) -> None:
        body = bytearray(good)
        for at in data.draw(st.lists(st.integers(0, len(body) - 1), max_size=6)):
            body[at] = data.draw(st.integers(0, 255))
        sent[0] = bytes(body[: data.draw(st.integers(0, len(body)))])
        try:
            found = exchanger.exchange(site.at("/x"))
        except FetchFault as fault:
            told = fault
        else:
            told = found.broken or FetchFault("none", "", "none")
        assert told.what
        assert told.do

    run()


@pytest.mark.parametrize("said", [b"caf\xe9 \xff", b"x" * 5000, "“” ‮".encode(), b"\x01\x02"])
def test_odd_validators_are_not_sent_back_broken(site: Site, watching: Watching, said: bytes) -> None:
    def answer(asked: Asked) -> None:
        body = article("Odd")
        asked.raw(b"HTTP/1.1 200 OK\r\nETag: %s\r\nContent-Length: %d\r\n\r\n%s" % (said, len(body), body))

    site.pages["/x"] = answer
    watch = watching(site.source("list", "/x"))
    watch.once()
    again = watching(site.source("list", "/x"))
    (polled,) = again.once()
    assert polled.fault is None
    assert len(site.paths()) <= 2


# ---------------------------------------------------------------------------------------------------- what it says


def test_a_feed_of_a_hundred_thousand_copies_brings_one(site: Site, watching: Watching) -> None:
    one = f"<item><title>Same</title><link>{site.at('/one')}</link><guid>1</guid></item>"
    site.feed(entries=one * 100_000)
    site.pages["/one"] = article("One")
    begun = time.process_time()
    items = poll(watching, site.source("feed", "/feed"), settings=Settings(fetch_seconds=60.0))
    assert [item.standing for item in items] == ["fetched"]
    assert time.process_time() - begun < 15.0


def test_a_feed_of_a_hundred_thousand_near_copies_is_cut(site: Site, watching: Watching) -> None:
    rows = (f"<item><title>{n}</title><link>{site.at('/one')}?utm_source={n}</link></item>" for n in range(100_000))
    site.feed(entries="".join(rows))
    site.pages["/one?utm_source=0"] = article("One")
    watch = watching(site.source("feed", "/feed"), settings=Settings(fetch_seconds=60.0))
    watch.once()
    assert site.paths() == ["/feed", "/one?utm_source=0"]
    assert "98,000 entries behind the first 2,000 passed over" in watch.kit.state.source("made")["notes"]


def test_a_sitemap_of_a_hundred_thousand_copies_brings_one(site: Site, watching: Watching) -> None:
    one = f"<url><loc>{site.at('/one')}</loc></url>"
    site.pages["/map"] = f"<urlset>{one * 100_000}</urlset>".encode()
    site.pages["/one"] = article("One")
    items = poll(watching, site.source("sitemap", "/map"), settings=Settings(fetch_seconds=60.0))
    assert [item.standing for item in items] == ["fetched"]


def test_a_sitemap_index_that_names_itself_ends(site: Site, watching: Watching) -> None:
    site.pages["/map"] = f"<sitemapindex><sitemap><loc>{site.at('/map')}</loc></sitemap></sitemapindex>".encode()
    assert poll(watching, site.source("sitemap", "/map")) == []
    assert site.paths() == ["/map"]


def test_an_index_of_indexes_without_end_ends(site: Site, watching: Watching) -> None:
    for number in range(20):
        children = "".join(f"<sitemap><loc>{site.at(f'/m{number + 1}?{n}')}</loc></sitemap>" for n in range(2))
        for query in ("", "?0", "?1"):
            site.pages[f"/m{number}{query}"] = f"<sitemapindex>{children}</sitemapindex>".encode()
    assert poll(watching, site.source("sitemap", "/m0")) == []
    assert len(site.paths()) <= 7


def test_a_mailbox_of_thousands_of_copies_brings_one(watching: Watching, tmp_path: Path) -> None:
    box = tmp_path / "press.mbox"
    box.write_bytes(b"From p\nFrom: P <p@x.example>\nMessage-ID: <1@x.example>\n\nTwo died near Tank.\n\n" * 5_000)
    items = poll(watching, Source(name="mail", kind="mailbox", path=box))
    assert [item.key for item in items] == ["1@x.example"]


def test_a_list_of_a_hundred_thousand_copies_brings_one(site: Site, watching: Watching, tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(f"{site.at('/one')}\n" * 100_000, encoding="utf-8")
    site.pages["/one"] = article("One")
    source = Source(name="made", kind="list", path=path, private=frozenset({site.host}), pause=0.0)
    assert [item.standing for item in poll(watching, source)] == ["fetched"]


@pytest.mark.parametrize(
    "said",
    ["Fri, 14 Nov 2199 10:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 99 Nov 99999 10:00 GMT", "yesterday"],
)
def test_a_wrong_clock_dates_no_report(site: Site, watching: Watching, said: str) -> None:
    site.feed(entries=f"<item><title>t</title><link>{site.at('/one')}</link><pubDate>{said}</pubDate></item>")
    site.pages["/one"] = article("One", day="2099-01-01")
    (item,) = poll(watching, site.source("feed", "/feed"))
    assert item.standing == "fetched"
    assert item.published is None or item.published.startswith("2")


FEEDS = {
    "entities": b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss>&b;</rss>',
    "outside": b'<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel><title>&x;</title></channel></rss>',
    "page": article("No feed"),
    "nothing": b"   ",
    "binary": b"\x00\x01\x02" * 100,
    "picture": b"\x89PNG\r\n\x1a\n" + b"\x00" * 100,
}


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_what_is_no_listing_is_told(site: Site, watching: Watching, name: str, kind: str) -> None:
    site.pages["/feed"] = FEEDS[name]
    watch = watching(site.source(kind, "/feed"))  # type: ignore[arg-type]
    (polled,) = watch.once()
    assert polled.fault is not None
    assert polled.fault.what
    assert polled.fault.do
    assert watch.kit.state.source("made")["failures"] == 1


def test_entities_hidden_in_utf16_are_refused_too(site: Site, watching: Watching) -> None:
    site.pages["/feed"] = FEEDS["entities"].decode().encode("utf-16")
    (polled,) = watching(site.source("feed", "/feed")).once()
    assert "entities" in str(polled.fault)


def test_a_feed_with_invalid_bytes_is_read_as_far_as_it_can_be(site: Site, watching: Watching) -> None:
    row = f"<item><title>caf\xe9 \xff</title><link>{site.at('/one')}</link></item>".encode("latin-1")
    site.pages["/feed"] = (
        b'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>' + row + b"</channel></rss>"
    )
    site.pages["/one"] = article("One")
    assert [item.standing for item in poll(watching, site.source("feed", "/feed"))] == ["fetched"]
