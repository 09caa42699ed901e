"""From the archive into the ledger: what a report is told, and what happens when a run is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from made_site import Asked, Site, Watching, article

from recount.engine import local
from recount.engine.local import Added
from recount.records import Report
from recount.settings import Settings
from recount.sources.keeping import keep_pending
from recount.sources.plan import Source
from recount.sources.reading import Reader
from recount.sources.state import State
from recount.sources.watching import Watch
from recount.store import open_ledger

TODAY = datetime.now(UTC).date()


def keep(watch: Watch, tmp_path: Path) -> tuple[Added, list[Report]]:
    """Bring all that waits into a ledger; what came of it, and all reports that the ledger then holds."""
    assert watch.kit.archive is not None
    settings = Settings(ledger=str(tmp_path / "recount.db"))
    with open_ledger(settings.ledger, settings=settings, create=True) as book:
        added = keep_pending(book, watch.plan, watch.kit.state, watch.kit.archive, settings)
        return added, list(book.reports())


def asides(tmp_path: Path) -> dict[str, str]:
    """What the ledger holds as set aside: reason by source."""
    with open_ledger(str(tmp_path / "recount.db"), settings=Settings(), readonly=True) as book:
        return {aside.source: aside.reason for aside in book.asides()}


def test_a_page_becomes_a_report_that_says_where_it_came_from(site: Site, watching: Watching, tmp_path: Path) -> None:
    site.pages["/news/clash.html"] = article("Clash near Bannu", day="2026-11-14")
    watch = watching(site.source("list", "/news/clash.html"))
    watch.once()
    (item,) = watch.kit.state.pending(9)
    added, (report,) = keep(watch, tmp_path)
    assert added.new == 1
    assert report.url == site.at("/news/clash.html")
    assert report.outlet == "The Made Herald"
    assert report.headline == "Clash near Bannu"
    assert report.published == date(2026, 11, 14)
    assert report.name == "clash"
    assert report.source == str(item.place)
    assert report.sha256 == item.sha256
    assert report.fetched is not None
    assert report.fetched.date() in (TODAY, datetime.now(UTC).date())
    assert watch.kit.state.pending(9) == []
    assert keep(watch, tmp_path)[0].read == 0


def test_the_source_names_the_outlet_and_the_listing_the_day(site: Site, watching: Watching, tmp_path: Path) -> None:
    said = "<pubDate>Fri, 13 Nov 2026 10:00:00 GMT</pubDate>"
    site.feed(entries=f"<item><title>Clash</title><link>{site.at('/1')}</link>{said}</item>")
    site.pages["/1"] = article("Clash", day="not told")
    watch = watching(site.source("feed", "/feed", outlet="Office of the Spokesperson"))
    watch.once()
    _, (report,) = keep(watch, tmp_path)
    assert report.outlet == "Office of the Spokesperson"
    assert report.published == date(2026, 11, 13)


def test_the_encoding_that_the_server_declares_holds(site: Site, watching: Watching, tmp_path: Path) -> None:
    page = article("Clash in Кабул").decode().encode("koi8-r")
    site.pages["/1"] = lambda asked: asked.send(page, "text/html; charset=KOI8-R")
    watch = watching(site.source("list", "/1"))
    watch.once()
    _, (report,) = keep(watch, tmp_path)
    assert report.headline == "Clash in Кабул"


def test_a_day_that_had_not_come_is_left_out(site: Site, watching: Watching, tmp_path: Path) -> None:
    site.feed(
        entries=f"<item><link>{site.at('/1')}</link><pubDate>Fri, 13 Nov 2099 10:00:00 GMT</pubDate></item>",
    )
    site.pages["/1"] = article("Clash", day="2098-01-01")
    watch = watching(site.source("feed", "/feed"))
    watch.once()
    _, (report,) = keep(watch, tmp_path)
    assert report.published is None


def test_a_page_cannot_speak_for_another_host(site: Site, watching: Watching, tmp_path: Path) -> None:
    page = article("Clash").replace(b"<head>", b'<head><link rel="canonical" href="https://herald.example/true">')
    site.pages["/1"] = page
    watch = watching(site.source("list", "/1"))
    watch.once()
    _, (report,) = keep(watch, tmp_path)
    assert report.url == site.at("/1")


def test_entries_of_a_feed_are_reports_where_it_is_not_followed(site: Site, watching: Watching, tmp_path: Path) -> None:
    words = "Five soldiers and two militants were killed in a clash near Bannu on Friday, police said."
    rows = "".join(
        f"<item><title>Clash {n}</title><link>{site.at(f'/{n}')}</link><description>{words}</description></item>"
        for n in range(3)
    )
    site.feed(entries=rows)
    watch = watching(site.source("feed", "/feed", follow=False))
    watch.once()
    added, reports = keep(watch, tmp_path)
    assert added.new == 3
    assert {report.headline for report in reports} == {"Clash 0", "Clash 1", "Clash 2"}
    assert {report.url for report in reports} == {site.at(f"/{n}") for n in range(3)}
    watching(site.source("feed", "/feed", follow=False)).once()


def test_what_cannot_be_read_is_set_aside_by_its_address_and_solved_later(
    site: Site, watching: Watching, tmp_path: Path
) -> None:
    site.pages |= {
        "/empty": b"<html><body><p>Not found</p></body></html>",
        "/data": lambda asked: asked.send(b"\x00\x01\x02", "application/octet-stream"),
    }
    source = site.source("list", "/empty", "/data", "/gone")
    watch = watching(source)
    watch.once()
    added, reports = keep(watch, tmp_path)
    assert reports == []
    assert len(added.aside) == 3
    told = asides(tmp_path)
    assert told[site.at("/empty")] == "no article in the page"
    assert "application/octet-stream" in told[site.at("/data")]
    assert told[site.at("/gone")] == "not there (status 404)"
    site.pages["/empty"] = article("It is here now")
    again = watching(source)
    again.once()
    _, reports = keep(again, tmp_path)
    assert [report.headline for report in reports] == ["It is here now"]
    assert site.at("/empty") not in asides(tmp_path)


def test_pdfs_and_plain_texts_are_read_for_what_they_are(site: Site, watching: Watching, tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "read"))
    from made_pdf import pdf

    words = "Five soldiers and two militants were killed in a clash near Bannu on Friday, police said."
    site.pages |= {
        "/release": lambda asked: asked.send(pdf([words]), "application/octet-stream"),
        "/text": lambda asked: asked.send(f"{words} Nobody else was hurt.".encode(), "text/plain"),
    }
    watch = watching(site.source("list", "/release", "/text"))
    watch.once()
    added, _ = keep(watch, tmp_path)
    assert (added.new, added.aside) == (2, ())


def test_a_damaged_archive_sets_its_reports_aside(site: Site, watching: Watching, tmp_path: Path) -> None:
    site.pages["/1"] = article("One")
    watch = watching(site.source("list", "/1"))
    watch.once()
    (path,) = (tmp_path / "archive").glob("*.warc.gz")
    path.write_bytes(b"x" * path.stat().st_size)
    added, _ = keep(watch, tmp_path)
    assert "holds no record there" in added.aside[0].reason


def test_mails_of_a_mailbox_and_files_of_a_folder(watching: Watching, tmp_path: Path) -> None:
    words = "Two constables were wounded in a blast near Tank on Tuesday, the district police office said."
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = "Press <p@x.example>", "Blast near Tank", "<1@x.example>"
    mail.set_content(words)
    box = tmp_path / "press.mbox"
    box.write_bytes(b"From p\n" + mail.as_bytes())
    (tmp_path / "inbox" / "deep").mkdir(parents=True)
    (tmp_path / "inbox" / "deep" / "a.txt").write_text(f"{words} It was loud.", encoding="utf-8")
    (tmp_path / "inbox" / "b.csv").write_text("1,2", encoding="utf-8")
    sources = (
        Source(name="mail", kind="mailbox", path=box),
        Source(name="inbox", kind="folder", path=tmp_path / "inbox"),
    )
    watch = watching(*sources)
    watch.once()
    added, reports = keep(watch, tmp_path)
    assert added.new == 2
    assert {report.name for report in reports} == {"1@x.example", "a"}
    with box.open("ab") as stream:
        del mail["Message-ID"]
        mail["Message-ID"] = "<2@x.example>"
        mail.replace_header("Subject", "Second blast near Tank")
        stream.write(b"\nFrom p\n" + mail.as_bytes())
    (tmp_path / "inbox" / "deep" / "a.txt").write_text(f"{words} Now corrected.", encoding="utf-8")
    again = watching(*sources)
    again.once()
    added, reports = keep(again, tmp_path)
    assert added.new == 2
    assert len(reports) == 4


# ---------------------------------------------------------------------------------------------------- killed

RUN = """
import sys
from recount.cli.main import main
sys.argv = ["recount", "watch", sys.argv[1], "--once", "--ledger", sys.argv[2]]
main()
"""


def start(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", RUN, str(folder / "sources.toml"), str(folder / "recount.db")]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=folder)


def slow_site(site: Site, pages: int) -> None:
    """A feed of pages that each take a moment."""

    def page(asked: Asked) -> None:
        time.sleep(0.03)
        asked.send(article(f"Clash number {asked.path[1:]} near Bannu"))

    site.feed(*(f"/{n}" for n in range(pages)))
    site.pages |= {f"/{n}": page for n in range(pages)}


def sources_toml(site: Site, folder: Path) -> None:
    (folder / "sources.toml").write_text(
        f'[[source]]\nname = "made"\nkind = "feed"\nurl = "{site.at("/feed")}"\npause = "0.5 s"\nallow_private = true\n',
        encoding="utf-8",
    )


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize(
    ("owner", "name", "calls"),
    [
        (State, "grown", 3),  # a page is in the archive, and nothing says so
        (State, "answered", 2),  # its place is not remembered yet
        (State, "found", 1),  # nothing that the feed announced is remembered
        (Reader, "read", 2),  # reading had begun
        (local, "add", 1),  # before the ledger
        (State, "changed", 5),  # behind the ledger, before the mark
    ],
)
def test_whatever_step_is_cut_short_nothing_is_lost_or_doubled(
    site: Site, watching: Watching, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, calls: int
) -> None:
    site.feed("/0", "/1", "/2")
    site.pages |= {f"/{n}": article(f"Clash number {n} near Bannu") for n in range(3)}
    step, count = getattr(owner, name), [0]

    def cut(*args: Any, **more: Any) -> Any:
        count[0] += 1
        if count[0] == calls:
            raise Killed
        return step(*args, **more)

    monkeypatch.setattr(owner, name, cut)
    watch = watching(site.source("feed", "/feed"))
    with suppress(Killed):
        watch.once()
        keep(watch, tmp_path)
    assert count[0] >= calls
    again = watching(site.source("feed", "/feed"))
    again.once()
    _, reports = keep(again, tmp_path)
    assert sorted(str(report.headline) for report in reports) == [f"Clash number {n} near Bannu" for n in range(3)]
    twice = [path for path in set(site.paths()) - {"/feed"} if site.paths().count(path) > 1]
    assert len(twice) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("number", range(8))
def test_a_watch_that_is_killed_loses_and_doubles_nothing(site: Site, tmp_path: Path, number: int) -> None:
    slow_site(site, 4)
    sources_toml(site, tmp_path)
    process = start(tmp_path)
    while len(site.paths()) < 2 + number // 2 and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.13 * number)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    before = len(site.paths())
    done = start(tmp_path)
    assert done.wait(timeout=60) == 0, done.stderr.read() if done.stderr else ""
    with open_ledger(str(tmp_path / "recount.db"), settings=Settings(), readonly=True) as book:
        headlines = sorted(str(report.headline) for report in book.reports())
    assert headlines == [f"Clash number {n} near Bannu" for n in range(4)]
    twice = [path for path in set(site.paths()) - {"/feed"} if site.paths().count(path) > 1]
    assert len(twice) <= 1, (twice, before)  # the one that was on its way


@pytest.mark.slow
def test_asked_to_stop_it_finishes_what_is_on_its_way_and_keeps_it(site: Site, tmp_path: Path) -> None:
    slow_site(site, 30)
    sources_toml(site, tmp_path)
    process = start(tmp_path)
    while len(site.paths()) < 3 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=30) == 0
    assert process.stderr is not None
    assert b"Stopping" in process.stderr.read()
    fetched = len(site.paths()) - 1
    assert fetched < 10
    with open_ledger(str(tmp_path / "recount.db"), settings=Settings(), readonly=True) as book:
        assert book.counts()["reports"] == fetched


def test_two_watches_of_one_archive_do_not_run_at_once(site: Site, watching: Watching, tmp_path: Path) -> None:
    from recount.errors import RecountError
    from recount.sources.watching import opened

    watch = watching(site.source("list", "/1"))
    with pytest.raises(RecountError, match="another recount is watching"), opened(watch.plan, Settings()):
        pass
