"""Polls: what is fetched, what is not fetched again, and the manners of both."""

from __future__ import annotations

import gzip
import time
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from made_site import Asked, Site, Watching, article

from recount.sources.plan import Source
from recount.sources.state import Item, iso, moment
from recount.sources.watching import Watch


def items(watch: Watch, source: str = "made") -> list[Item]:
    """All items of a source, in the order found."""
    rows = watch.kit.state.rows("SELECT key FROM items WHERE source = ? ORDER BY seq", source)
    found = [watch.kit.state.item(source, row["key"]) for row in rows]
    return [item for item in found if item is not None]


def standings(watch: Watch) -> list[str]:
    """How the items of a source stand."""
    return [item.standing for item in items(watch)]


def kept(watch: Watch) -> None:
    """Do as if a ledger had read all that waits for one."""
    for item in watch.kit.state.pending(1000):
        watch.kit.state.changed(item, standing="kept" if item.standing == "fetched" else "aside")


def asked(site: Site, path: str) -> list[dict[str, str]]:
    """The headers of each request for a path."""
    return [headers for at, headers, _ in site.requests if at == path]


# ---------------------------------------------------------------------------------------------------- what is fetched


def test_pages_of_a_feed_are_fetched_once(site: Site, watching: Watching) -> None:
    site.feed("/1", "/2")
    site.pages |= {"/1": article("One"), "/2": article("Two")}
    watch = watching(site.source("feed", "/feed"))
    (polled,) = watch.once()
    assert dict(polled.done) == {"fetched": 2}
    assert standings(watch) == ["fetched", "fetched"]
    again = watching(site.source("feed", "/feed"))
    again.once()
    assert site.paths() == ["/feed", "/1", "/2", "/feed"]


def test_an_address_is_one_whatever_counts_its_clicks(site: Site, watching: Watching) -> None:
    site.feed("/1?utm_source=rss&id=3", "/1?id=3#top", "/1?id=3&fbclid=xyz")
    site.pages["/1?utm_source=rss&id=3"] = article("One")
    watch = watching(site.source("feed", "/feed"))
    watch.once()
    assert standings(watch) == ["fetched"]


def test_the_words_of_a_feed_itself_where_it_is_not_followed(site: Site, watching: Watching) -> None:
    site.feed(entries="<item><title>t</title><guid>g1</guid><description>Two died near Tank.</description></item>")
    watch = watching(site.source("feed", "/feed", follow=False))
    watch.once()
    (item,) = items(watch)
    assert (item.standing, item.part, item.key) == ("fetched", "g1", "g1")
    assert item.place is not None
    assert site.paths() == ["/feed"]


def test_a_sitemap_and_those_that_it_names(site: Site, watching: Watching) -> None:
    inner = f"<urlset><url><loc>{site.at('/1')}</loc></url><url><loc>{site.at('/skip/2')}</loc></url></urlset>"
    site.pages |= {
        "/map": f"<sitemapindex><sitemap><loc>{site.at('/s.xml.gz')}</loc></sitemap></sitemapindex>".encode(),
        "/s.xml.gz": gzip.compress(inner.encode()),
        "/1": article("One"),
    }
    watch = watching(site.source("sitemap", "/map", match=("*/1",)))
    watch.once()
    assert standings(watch) == ["fetched"]
    assert site.paths() == ["/map", "/s.xml.gz", "/1"]


def test_one_bad_map_of_an_index_does_not_stop_the_others(site: Site, watching: Watching) -> None:
    children = "".join(f"<sitemap><loc>{site.at(path)}</loc></sitemap>" for path in ("/gone", "/page", "/good"))
    site.pages |= {
        "/map": f"<sitemapindex>{children}</sitemapindex>".encode(),
        "/page": article("No map"),
        "/good": f"<urlset><url><loc>{site.at('/1')}</loc></url></urlset>".encode(),
        "/1": article("One"),
    }
    watch = watching(site.source("sitemap", "/map"))
    (polled,) = watch.once()
    assert polled.fault is None
    assert standings(watch) == ["fetched"]
    notes = watch.kit.state.source("made")["notes"]
    assert "/gone: not there (status 404)" in notes
    assert "/page: no sitemap in it" in notes


def test_days_before_since_are_left_out(site: Site, watching: Watching) -> None:
    rows = "".join(
        f"<url><loc>{site.at(path)}</loc>{said}</url>"
        for path, said in (
            ("/old", "<lastmod>2024-05-01</lastmod>"),
            ("/new", "<lastmod>2026-05-01</lastmod>"),
            ("/any", ""),
        )
    )
    site.pages |= {"/map": f"<urlset>{rows}</urlset>".encode(), "/new": article("New"), "/any": article("Any")}
    watch = watching(site.source("sitemap", "/map", since=date(2026, 1, 1)))
    watch.once()
    assert sorted(site.paths()) == ["/any", "/map", "/new"]


def test_no_more_than_most_in_a_poll_and_the_rest_in_the_next(site: Site, watching: Watching) -> None:
    site.feed(*(f"/{n}" for n in range(5)))
    site.pages |= {f"/{n}": article(f"Number {n}") for n in range(5)}
    watch = watching(site.source("feed", "/feed", most=3))
    watch.once()
    assert standings(watch).count("fetched") == 3
    watch = watching(site.source("feed", "/feed", most=3))
    watch.once()
    assert standings(watch).count("fetched") == 5


def test_the_same_bytes_from_another_address_are_not_read_again(site: Site, watching: Watching) -> None:
    site.pages |= {"/1": article("Same"), "/2": article("Same")}
    watch = watching(site.source("list", "/1", "/2"))
    watch.once()
    first, second = items(watch)
    assert (first.standing, second.standing) == ("fetched", "copy")
    assert second.note == f"the same bytes as {site.at('/1')}"


# ---------------------------------------------------------------------------------------------------- and not again


def test_what_did_not_change_is_asked_for_with_its_own_words(site: Site, watching: Watching) -> None:
    def page(request: Asked) -> None:
        if request.headers.get("If-None-Match") == '"v1"':
            request.send(b"", status=304)
        else:
            request.send(article("One"), ETag='"v1"', Last_Modified="Fri, 14 Nov 2025 10:00:00 GMT")

    site.pages["/1"] = page
    watch = watching(site.source("list", "/1"))
    watch.once()
    kept(watch)
    (polled,) = watching(site.source("list", "/1")).once()
    assert dict(polled.done) == {"unchanged": 1}
    first, second = asked(site, "/1")
    assert "If-None-Match" not in first
    assert second["If-None-Match"] == '"v1"'
    assert second["If-Modified-Since"] == "Fri, 14 Nov 2025 10:00:00 GMT"


def test_the_same_bytes_again_are_unchanged_too(site: Site, watching: Watching) -> None:
    site.pages["/1"] = article("One")
    watch = watching(site.source("list", "/1"))
    watch.once()
    kept(watch)
    again = watching(site.source("list", "/1"))
    assert dict(again.once()[0].done) == {"unchanged": 1}
    assert standings(again) == ["kept"]


def test_a_page_of_a_list_that_changed_is_read_again(site: Site, watching: Watching) -> None:
    site.pages["/1"] = article("One")
    watch = watching(site.source("list", "/1"))
    watch.once()
    kept(watch)
    (before,) = items(watch)
    site.pages["/1"] = article("One, corrected")
    again = watching(site.source("list", "/1"))
    again.once()
    (after,) = items(again)
    assert after.standing == "fetched"
    assert after.place != before.place


def test_a_page_of_a_list_that_is_gone_stays_as_it_was_read(site: Site, watching: Watching) -> None:
    site.pages["/1"] = article("One")
    watch = watching(site.source("list", "/1", "/never"))
    watch.once()
    kept(watch)
    del site.pages["/1"]
    for _ in range(3):
        again = watching(site.source("list", "/1", "/never"))
        again.once()
    assert [item.standing for item in items(again)] == ["kept", "aside"]
    assert site.paths().count("/1") == 2  # and not again before tomorrow
    assert site.paths().count("/never") == 2


@pytest.mark.parametrize(("days", "again"), [(-30, False), (0, True), (3650, False)])
def test_a_page_is_fetched_again_when_its_map_says_that_it_changed(
    site: Site, watching: Watching, days: int, again: bool
) -> None:
    """Before the fetch nothing changed since; a time that has not come is a wrong clock's."""

    def sitemap(said: str) -> bytes:
        return f"<urlset><url><loc>{site.at('/1')}</loc><lastmod>{said}</lastmod></url></urlset>".encode()

    site.pages |= {"/map": sitemap("2026-01-01"), "/1": article("One")}
    watch = watching(site.source("sitemap", "/map"))
    watch.once()
    kept(watch)
    site.pages |= {"/map": sitemap(iso(datetime.now(UTC) + timedelta(days=days))), "/1": article("Two")}
    later = watching(site.source("sitemap", "/map"))
    later.once()
    assert site.paths().count("/1") == 1 + again
    assert standings(later) == ["fetched" if again else "kept"]


# ---------------------------------------------------------------------------------------------------- manners


def test_robots_are_obeyed_and_asked_once(site: Site, watching: Watching) -> None:
    site.pages |= {
        "/robots.txt": b"User-agent: *\nDisallow: /inside\n\nUser-agent: Recount\nDisallow: /*secret\nAllow: /inside\n",
        "/inside": article("Inside"),
    }
    watch = watching(site.source("list", "/inside", "/a/secret"))
    watch.once()
    allowed, forbidden = items(watch)
    assert allowed.standing == "fetched"
    assert forbidden.standing == "refused"
    assert forbidden.note == "the robots.txt of 127.0.0.1 does not allow it"
    assert site.paths() == ["/inside"]
    watching(site.source("list", "/inside")).once()
    assert len(asked(site, "/robots.txt")) == 1


@pytest.mark.parametrize(("status", "fetched"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_without_robots_all_is_allowed_and_with_broken_ones_nothing(
    site: Site, watching: Watching, status: int, fetched: bool
) -> None:
    site.pages |= {"/robots.txt": lambda request: request.send(b"", status=status), "/1": article("One")}
    watch = watching(site.source("list", "/1"))
    watch.once()
    assert (site.paths() == ["/1"]) is fetched
    assert standings(watch) == ["fetched" if fetched else "new"]


def test_robots_may_be_redirected(site: Site, watching: Watching) -> None:
    site.redirect("/robots.txt", "/other.txt")
    site.pages |= {"/other.txt": b"User-agent: *\nDisallow: /1\n", "/1": article("One")}
    watch = watching(site.source("list", "/1"))
    watch.once()
    assert standings(watch) == ["refused"]


def test_rules_that_would_take_ages_to_match_are_passed_over(site: Site, watching: Watching) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nDisallow: /" + b"*a" * 500 + b"$\n", "/" + "a" * 500: article("One")}
    begun = time.process_time()
    watching(site.source("list", "/" + "a" * 500)).once()
    assert time.process_time() - begun < 5.0
    assert len(site.paths()) == 1


def test_one_request_at_a_time_with_a_pause_over_all_sources_of_a_host(site: Site, watching: Watching) -> None:
    busy: list[int] = []
    together: list[int] = []

    def slow(request: Asked) -> None:
        busy.append(1)
        together.append(len(busy))
        time.sleep(0.05)
        busy.pop()
        request.send(article(request.path))

    site.pages |= {f"/{n}": slow for n in range(6)}
    sources = [site.source("list", f"/{n}", f"/{n + 1}", name=f"s{n}", pause=0.1) for n in (0, 2, 4)]
    watching(*sources).once()
    assert together == [1] * 6
    starts = [at for _, _, at in site.requests]
    assert all(later - earlier >= 0.1 for earlier, later in pairwise(starts))


def test_a_longer_crawl_delay_holds(site: Site, watching: Watching) -> None:
    site.pages |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 0.3\n", "/1": article("1"), "/2": article("2")}
    watching(site.source("list", "/1", "/2")).once()
    starts = [at for path, _, at in site.requests if path != "/robots.txt"]
    assert starts[1] - starts[0] >= 0.3


def test_hosts_are_asked_side_by_side(site: Site, other: Site, watching: Watching) -> None:
    for one in (site, other):
        one.pages |= {f"/{n}": article(f"{one.port} {n}") for n in range(3)}
    paths = [f"/{n}" for n in range(3)]
    watching(site.source("list", *paths, pause=0.4), other.source("list", *paths, name="two", pause=0.4)).once()
    assert other.requests[0][2] < site.requests[-1][2]
    assert site.requests[0][2] < other.requests[-1][2]


@pytest.mark.parametrize("said", ["3600", "Fri, 31 Dec 2399 23:59:59 GMT", None])
def test_a_server_that_asks_for_it_is_left_alone_also_after_a_restart(
    site: Site, watching: Watching, said: str | None
) -> None:
    told: dict[str, Any] = {"Retry_After": said} if said else {}
    site.pages |= {"/1": lambda request: request.send(b"", status=503, **told), "/2": article("Two")}
    watch = watching(site.source("list", "/1", "/2"))
    (polled,) = watch.once()
    assert "left alone" in str(polled.fault)
    due = moment(watch.kit.state.source("made")["due"])
    assert due is not None
    wait = (due - datetime.now(UTC)).total_seconds()
    assert 3500 < wait <= 7 * 86400 + 1
    again = watching(site.source("list", "/2", name="two"))
    (polled,) = again.once()
    assert "asked to be left alone until" in str(polled.fault)
    assert site.paths() == ["/1"]


def test_a_short_wait_is_waited_out(site: Site, watching: Watching) -> None:
    answers = iter([503, 200])

    def page(request: Asked) -> None:
        status = next(answers)
        request.send(article("One") if status == 200 else b"", status=status, Retry_After="1")

    site.pages |= {"/1": page, "/2": article("Two")}
    watching(site.source("list", "/1")).once()
    begun = time.monotonic()
    watching(site.source("list", "/2", name="two")).once()
    assert time.monotonic() - begun > 0.3
    assert site.paths() == ["/1", "/2"]


def test_failures_make_the_next_poll_later_and_later(site: Site, watching: Watching) -> None:
    site.pages["/feed"] = lambda request: request.send(b"", status=500)
    waits = []
    for _ in range(6):
        watch = watching(site.source("feed", "/feed", every=3600.0))
        watch.kit.state.told("made", due=None)
        (polled,) = watch.once()
        assert "status 500" in str(polled.fault)
        due = moment(watch.kit.state.source("made")["due"])
        assert due is not None
        waits.append(round((due - datetime.now(UTC)).total_seconds() / 3600))
    assert waits == [1, 2, 4, 8, 16, 24]


def test_a_failed_source_is_not_asked_before_its_time(site: Site, watching: Watching) -> None:
    site.pages["/feed"] = lambda request: request.send(b"", status=500)
    watching(site.source("feed", "/feed")).once()
    assert watching(site.source("feed", "/feed")).once() == []
    assert site.paths() == ["/feed"]


def test_a_success_forgets_the_failures(site: Site, watching: Watching) -> None:
    site.pages["/feed"] = lambda request: request.send(b"", status=500)
    watching(site.source("feed", "/feed")).once()
    site.feed()
    watch = watching(site.source("feed", "/feed"))
    watch.kit.state.told("made", due=None)
    watch.once()
    known = watch.kit.state.source("made")
    assert (known["failures"], known["error"]) == (0, None)


def test_a_page_that_fails_again_and_again_is_given_up(site: Site, watching: Watching) -> None:
    site.feed("/1")
    site.pages["/1"] = lambda request: request.send(b"", status=500)
    for attempt in range(1, 6):
        watch = watching(site.source("feed", "/feed"))
        watch.kit.state.told("made", due=None)
        (item,) = items(watch) or [None]
        if item is not None:
            watch.kit.state.changed(item, not_before=None)
        watch.once()
        (item,) = items(watch)
        assert item is not None
        assert item.attempts == attempt
        assert item.standing == ("refused" if attempt == 5 else "new")


def test_a_failed_page_waits_before_it_is_tried_again(site: Site, watching: Watching) -> None:
    site.feed("/1")
    site.pages["/1"] = lambda request: request.send(b"", status=500)
    for _ in range(3):
        watching(site.source("feed", "/feed")).once()
    assert site.paths().count("/1") == 1


def test_a_host_that_keeps_failing_is_left_for_the_next_poll(site: Site, other: Site, watching: Watching) -> None:
    other.pages["/good"] = article("Good")
    links = [site.at(f"/{n}") for n in range(10)]
    rows = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in [*links, other.at("/good")])
    site.feed(entries=rows)
    site.pages |= {f"/{n}": lambda request: request.send(b"", status=500) for n in range(10)}
    source = site.source("feed", "/feed", private=frozenset({site.host, other.host}))
    (polled,) = watching(source).once()
    assert len(site.paths()) == 1 + 4
    assert other.paths() == ["/good"]
    assert polled.fault is not None


def test_it_says_who_it_is(site: Site, watching: Watching) -> None:
    site.pages["/1"] = article("One")
    watching(site.source("list", "/1")).once()
    assert asked(site, "/1")[0]["User-Agent"].startswith("Recount/")
    assert "Cookie" not in asked(site, "/1")[0]


def test_a_fault_of_ours_in_one_source_does_not_end_the_watch(
    site: Site, watching: Watching, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recount.sources import polling

    def broken(*_: object) -> None:
        raise KeyError("what nobody thought of")

    monkeypatch.setitem(polling.LISTINGS, "feed", broken)  # type: ignore[arg-type]
    site.pages["/1"] = article("One")
    watch = watching(site.source("feed", "/feed", name="bad"), site.source("list", "/1"))
    by_name = {polled.source: polled for polled in watch.once()}
    assert "inside recount (KeyError" in str(by_name["bad"].fault)
    assert by_name["made"].fault is None
    assert watch.kit.state.source("bad")["failures"] == 1


def test_nobody_there_is_told(site: Site, watching: Watching) -> None:
    source = Source(name="made", kind="feed", urls=(f"http://127.0.0.1:{site.port}/feed",), pause=0.0)
    gone = site.source("feed", "/feed")
    site.close()
    (polled,) = watching(gone).once()
    assert "its robots.txt: no connection" in str(polled.fault)
    (polled,) = watching(Source(name="b", kind="feed", urls=source.urls, pause=0.0)).once()
    assert "public internet" in str(polled.fault)
