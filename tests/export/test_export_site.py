"""The site: complete, self-contained, every link leads somewhere, words one click away, texts only where allowed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

from recount.errors import WrongUse
from recount.export.site import PAGES, relinked, write_site
from recount.store import Ledger


class Reading(HTMLParser):
    """Ids, links, and what breaks rules for readers who listen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.headings: list[int] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        if given.get("src") or tag in ("link", "iframe", "img"):
            self.loads.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


@pytest.fixture
def site(ledger: Ledger, tmp_path: Path) -> Path:
    """The site of the sample ledger."""
    write_site(ledger, tmp_path / "site", title="Sample")
    return tmp_path / "site"


def test_every_link_leads_to_something_that_is_there(site: Path) -> None:
    pages = {p.resolve(): Reading(p.read_text(encoding="utf-8")) for p in site.rglob("*.html")}
    assert len(pages) == len(PAGES) + 1  # one operation with its part
    followed = 0
    for path, read in pages.items():
        for link in read.links:
            if re.match(r"https?:", link):
                continue
            file, _, anchor = link.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), (path.name, link)
            if anchor and target in pages:
                assert anchor in pages[target].ids, (path.name, link)
                followed += 1
    assert followed > 20


def test_pages_load_nothing_and_run_only_their_own_script(site: Path) -> None:
    for path in site.rglob("*.html"):
        html = path.read_text(encoding="utf-8")
        read = Reading(html)
        assert read.loads == []
        assert "default-src 'none'" in html
        assert "document.title='owned'" not in html.replace("&lt;script&gt;", "")[: html.index("<body>")]
        assert len(set(read.ids)) == len(read.ids), path.name
        assert read.headings[0] == 1
        assert read.headings.count(1) == 1
        assert all(after <= before + 1 for before, after in zip(read.headings, read.headings[1:], strict=False)), (
            path.name
        )


def test_texts_are_left_out_unless_allowed(ledger: Ledger, site: Path, tmp_path: Path) -> None:
    everything = "".join(p.read_text(encoding="utf-8") for p in site.rglob("*.html"))
    assert "We value your privacy" not in everything
    assert "12 militants" in everything
    write_site(ledger, tmp_path / "open", texts=True)
    assert "We value your privacy" in (tmp_path / "open" / "sources.html").read_text(encoding="utf-8")


def test_every_claim_is_quoted_on_the_page_of_sources(ledger: Ledger, site: Path) -> None:
    ids = Reading((site / "sources.html").read_text(encoding="utf-8")).ids
    assert {claim.id for claim in ledger.claims()} <= set(ids)


def test_downloads_lie_beside_their_losses(site: Path) -> None:
    for link in Reading((site / "downloads.html").read_text(encoding="utf-8")).links:
        if link.startswith("data/") and link.endswith(".losses.json"):
            report = json.loads((site / link).read_text(encoding="utf-8"))
            assert (site / "data" / report["file"]).is_file()


def test_an_earlier_site_is_replaced_and_nothing_else(ledger: Ledger, site: Path, tmp_path: Path) -> None:
    (site / "incidents" / "old.html").write_text("gone", encoding="utf-8")
    write_site(ledger, site)
    assert not (site / "incidents" / "old.html").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "index.html").write_text("my own", encoding="utf-8")
    with pytest.raises(WrongUse, match="holds other things"):
        write_site(ledger, tmp_path / "mine")


def test_links_to_nowhere_are_no_links() -> None:
    html = '<p id="x"><a href="#x">a</a><a href="#i_1">b</a><a href="#c_9">c</a><a href="#gone">d</a></p>'
    found = relinked(html, {"i_1": "incidents/i_1.html"}, "../")
    assert 'href="#x"' in found
    assert 'href="../incidents/i_1.html#i_1"' in found
    assert 'href="../sources.html#c_9"' in found
    assert "<a >d</a>" in found


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync --enable-logging=stderr --dump-dom"
)


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("page", ["index.html", "incidents/i_operation.html"])
def test_the_console_of_a_browser_is_silent(site: Path, tmp_path: Path, page: str) -> None:
    shown = subprocess.run(
        [str(CHROMIUM), *QUIET.split(), f"--user-data-dir={tmp_path / 'profile'}", (site / page).as_uri()],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert "<h1>" in shown.stdout
    assert [line for line in shown.stderr.splitlines() if "CONSOLE" in line] == []
    assert (page != "index.html") or shown.stdout.count("<button") >= 10
