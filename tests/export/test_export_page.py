"""The report page: whole, linked, hostile text as text, nothing from elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from recount.errors import RecountError
from recount.export.page import asset, digest, write_page
from recount.store import Ledger, open_ledger

VOID = {"meta", "input", "br", "link", "img", "hr"}
DRAWN = {"rect", "path", "circle", "line", "polyline"}
LOADING = {"src", "srcset", "poster", "data", "action", "style", "background"}


class Reader(HTMLParser):
    """What a browser would find: ids, links, tags, text by element, and whether every element is closed in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.crossed: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if told.get("href"):
            self.links.append(str(told["href"]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID | DRAWN:
            self.crossed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.crossed.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "script"):
            self.text.append(data)


@pytest.fixture
def page(ledger: Ledger, tmp_path: Path) -> str:
    write_page(ledger, tmp_path / "page.html")
    return (tmp_path / "page.html").read_text(encoding="utf-8")


@pytest.fixture
def read(page: str) -> Reader:
    return Reader(page)


def test_every_link_inside_the_page_leads_somewhere(read: Reader) -> None:
    inside = {link[1:] for link in read.links if link.startswith("#")}
    assert inside
    assert inside <= set(read.ids)


def test_no_id_stands_twice_and_elements_nest(read: Reader) -> None:
    assert len(read.ids) == len(set(read.ids))
    assert read.crossed == []
    assert read.open == []


def test_every_claim_can_be_reached_in_its_report(read: Reader, ledger: Ledger) -> None:
    assert {claim.id for claim in ledger.claims()} <= set(read.ids)


def test_every_figure_of_the_table_leads_to_its_words(page: str) -> None:
    table = page[page.index("<table id=") : page.index("</table>")]
    anchors = re.findall(r'<a href="#(i_\w+-killed-\w+)"', table)
    assert len(anchors) == 3
    for anchor in anchors:
        section = page[page.index(f'id="{anchor}"') :]
        assert "claimed by" in section[: section.index("</ul>")]


def test_a_report_cannot_run_or_load_anything(page: str, read: Reader) -> None:
    assert "document.title='owned'" not in page.replace("&#39;", "")
    assert [tag for tag, _ in read.tags].count("script") == 1
    assert not any(link.startswith("javascript:") for link in read.links)
    assert not [(tag, told) for tag, told in read.tags if LOADING & set(told)]
    assert not [told for _, told in read.tags if any(name.startswith("on") for name in told)]


def test_the_policy_allows_this_style_and_script_only(read: Reader) -> None:
    policy = next(t["content"] for tag, t in read.tags if tag == "meta" and t.get("http-equiv")) or ""
    assert policy.startswith("default-src 'none'")
    assert f"style-src '{digest(asset('style.css'))}'" in policy
    assert f"script-src '{digest(asset('page.js'))}'" in policy
    assert "unsafe" not in policy


def test_the_embedded_style_and_script_are_the_hashed_ones(page: str) -> None:
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    script = page[page.index("<script>") + 8 : page.index("</script>")]
    assert (digest(style), digest(script)) == (digest(asset("style.css")), digest(asset("page.js")))


def test_a_statistic_stands_apart_from_incidents(page: str) -> None:
    words = page.index("80 people were killed")
    assert page.index('id="statistics"') < words < page.index('id="reports"')
    assert "80" not in re.sub(r"<[^>]+>", "", page[page.index("<tbody>") : page.index("</table>")])


def test_parts_stand_under_their_operation(page: str) -> None:
    body = page[page.index("<tbody>") : page.index("</tbody>")]
    assert body.index("i_operation") < body.index("i_part")
    assert 'class="part"' in body


def test_right_to_left_text_is_shown_right(page: str) -> None:
    assert '<div class="text" dir="auto" lang="ur">' in page
    assert "تربت میں دھماکہ" in page


def test_headings_go_down_one_step_at_a_time(read: Reader) -> None:
    levels = [int(tag[1]) for tag, _ in read.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - level <= 1 for level, later in pairwise(levels))


def test_furniture_is_dimmed(page: str) -> None:
    assert re.search(r'<span class="furniture">We value your privacy', page)


def test_the_same_ledger_gives_the_same_page(ledger: Ledger, page: str, tmp_path: Path) -> None:
    write_page(ledger, tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


def test_an_empty_ledger_gives_a_page_that_says_so(tmp_path: Path) -> None:
    book = open_ledger(tmp_path / "empty.db")
    write_page(book, tmp_path / "empty.html")
    text = (tmp_path / "empty.html").read_text(encoding="utf-8")
    assert "No incident is in this ledger yet" in text
    assert 'id="map"' not in text
    book.close()


def test_a_page_that_cannot_be_written_says_where(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(RecountError, match=r"nowhere.*Choose a folder"):
        write_page(ledger, tmp_path / "nowhere" / "page.html")


def test_a_failed_page_leaves_the_old_one(ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "page.html"
    target.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("recount.export.page.os.replace", full)
    with pytest.raises(RecountError, match="No space left"):
        write_page(ledger, target)
    assert target.read_text() == "old"
    assert list(tmp_path.glob("*.part")) == []
