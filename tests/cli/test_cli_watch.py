"""`recount watch` and `recount sources`, as a user runs them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_runs import Command

sys.path.insert(0, str(Path(__file__).parents[1] / "sources"))
from made_site import Site, article

pytest.importorskip("feedparser")


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with a feed of two pages, one of which is gone."""
    made = Site()
    made.feed("/1", "/2")
    made.pages["/1"] = article("Clash near Bannu")
    yield made
    made.close()


@pytest.fixture
def sources(site: Site, tmp_path: Path) -> Path:
    """A file of sources with that feed."""
    path = tmp_path / "sources.toml"
    path.write_text(
        f'[[source]]\nname = "Herald"\nkind = "feed"\nurl = "{site.at("/feed")}"\npause = "0.5 s"\n'
        "allow_private = true\nexpect = [1, 9]\n",
        encoding="utf-8",
    )
    return path


def test_a_watch_from_the_feed_to_the_incident(command: Command, sources: Path, tmp_path: Path) -> None:
    done = command("watch", sources, "--once")
    assert done.status == 1  # something was set aside
    assert "Herald: 1 fetched, 1 given up" in done.out
    assert "1 report: 1 new" in done.out
    assert "/2: not there (status 404). Check the address." in done.out
    assert "Bannu" in command("incidents").out
    shown = " ".join(command("show", "1").out.split())  # a report goes by the last part of its address too
    assert "fetched 20" in shown
    assert "kept at recount-" in shown
    again = command("watch", sources, "--once")
    assert (again.status, again.out) == (0, "Herald: nothing new\nNo new reports.\n")
    assert list((tmp_path / "archive").glob("recount-*.warc.gz"))


def test_a_dry_run_fetches_and_keeps_nothing(command: Command, sources: Path, site: Site, tmp_path: Path) -> None:
    done = command("watch", sources, "--dry-run")
    assert done.status == 0
    assert "Herald: 2 would be fetched" in done.out
    assert site.at("/1") in done.out
    assert site.paths() == ["/feed"]
    assert not (tmp_path / "archive").exists()
    assert not (tmp_path / "recount.db").exists()
    assert command("watch", sources, "--dry-run", "--json").json["would_fetch"]["Herald"] == [
        site.at("/1"),
        site.at("/2"),
    ]


def test_a_failing_source_shows_in_status_and_health(command: Command, sources: Path, site: Site) -> None:
    site.pages["/feed"] = lambda asked: asked.send(b"", status=500)
    done = command("watch", sources, "--once")
    assert done.status == 1
    assert "the server answers with status 500" in done.out
    looked = command("sources", "health", sources)
    assert looked.status == 1
    assert "FAILING" in looked.out
    assert "failed once" in looked.out
    assert "It is tried again" in looked.out
    (row,) = command("watch", sources, "--health", "--json").json
    assert row["sign"] == "failing"
    assert all(len(line) <= 80 for line in looked.out.splitlines()[:6])


def test_a_sound_source_is_well(command: Command, sources: Path) -> None:
    before = command("sources", "health", sources)
    assert before.status == 0
    assert "never" in before.out
    command("watch", sources, "--once", "--json")
    after = command("sources", "health", sources)
    assert after.status == 0
    assert "ok" in after.out


def test_mistakes_in_the_file_are_told_all_at_once(command: Command, sources: Path) -> None:
    assert "sources.toml is sound: 1 source" in command("sources", "check", sources).out
    sources.write_text(sources.read_text(encoding="utf-8") + "evry = '1 h'\nsince = 3\n", encoding="utf-8")
    done = command("sources", "check", sources)
    assert done.status == 2
    assert "sources.toml:8: unknown key 'evry'." in done.err
    assert "Did you mean 'every'?" in done.err
    assert "sources.toml:9: since is no day." in done.err
    assert "2 mistakes in" in done.err
    refused = command("watch", sources, "--once")
    assert refused.status == 2
    assert "1 more: recount sources check" in refused.err


def test_a_ledger_that_another_process_writes_to_costs_nothing(
    command: Command, sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from recount.store.locks import writers_place

    monkeypatch.setenv("RECOUNT_WAIT_SECONDS", "0.1")
    with writers_place(tmp_path / "recount.db", 0.0):
        done = command("watch", sources, "--once")
    assert "is kept later" in done.err
    assert "1 report: 1 new" in command("watch", sources, "--once").out


def test_without_the_optional_part_it_says_what_to_install(
    command: Command, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    for name in [name for name in sys.modules if name.startswith("recount.sources")]:
        monkeypatch.delitem(sys.modules, name)
    done = command("watch", sources, "--once")
    assert done.status == 2
    assert "recount[sources]" in done.err


def test_saved_mails_feeds_and_pdfs_are_added_like_other_files(command: Command, tmp_path: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "read"))
    from made_pdf import pdf

    words = "Five soldiers and two militants were killed in a clash near Bannu on Friday, police said."
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.pdf").write_bytes(pdf([words]))
    mail = f"From: Press <p@x.example>\nSubject: Clash\nMessage-ID: <1@x>\nDate: Sat, 15 Nov 2025 09:00:00 +0500\n\n{words}\n"
    (inbox / "b.eml").write_text(mail, encoding="utf-8")
    (inbox / "c.mbox").write_text(f"From p\n{mail.replace('1@x', '2@x').replace('Clash', 'Fight')}", encoding="utf-8")
    feed = (
        f"<rss version='2.0'><channel><title>W</title><item><title>t</title><description>{words}</description></item>"
    )
    (inbox / "d.rss").write_text(f"{feed}</channel></rss>", encoding="utf-8")
    (inbox / "e.pdf").write_bytes(pdf([""]))
    done = command("add", inbox)
    assert done.status == 1
    assert "4 reports: 4 new" in done.out
    assert "e.pdf: no text in it: pictures of pages" in done.out
