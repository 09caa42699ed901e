"""A coder's whole day at the desk, in a real browser; and what axe says of every page."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import CHROMIUM, browser, served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine; `make test-browser` installs one"),
]

REPORT = """Troops and raiders trade fire near Hoshab

HOSHAB - Security forces killed 17 militants in a raid near Hoshab in Kech district on 13 March 2025, the military's
press office said. Residents spoke of nineteen bodies carried to the road.
"""


@pytest.fixture(scope="module")
def address(coded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The desk on a copy of the samples."""
    path = tmp_path_factory.mktemp("browsed") / "desk.db"
    shutil.copy(coded, path)
    with served(path) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with browser() as found:
        yield found


@pytest.fixture
def page(chromium: Any, address: str) -> Iterator[Any]:
    """A page whose console must stay silent and that asks nobody else for anything."""
    context = chromium.new_context(viewport={"width": 1400, "height": 900}, base_url=address, accept_downloads=True)
    found = context.new_page()
    found.set_default_timeout(30_000)
    complaints: list[str] = []
    found.on(
        "console",
        lambda m: (
            complaints.append(f"{found.url} {m.text}")
            if m.type in ("error", "warning") and "net::ERR_FAILED" not in m.text
            else None
        ),
    )
    found.on("pageerror", lambda e: complaints.append(str(e)))
    found.on(
        "request", lambda r: complaints.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None
    )
    yield found
    context.close()
    assert complaints == []


def keep(page: Any, button: Any) -> None:
    """Press a button that keeps something, and wait for the page that follows."""
    with page.expect_navigation(wait_until="networkidle"):
        button.click()
    page.wait_for_selector("#said.shown:not(.bad)")


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true in the page, whose rules forbid Playwright's own way of waiting for one."""
    for _ in range(300):
        if page.evaluate(f"() => Boolean({expression})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(expression)


def test_a_whole_day(page: Any, tmp_path: Path) -> None:
    # Add a report, and open it.
    page.goto("/add")
    page.get_by_label("Headline").fill("Troops and raiders trade fire near Hoshab")
    page.get_by_label("Outlet").fill("Kech Messenger")
    page.get_by_label("Publication day").fill("2025-03-14")
    page.get_by_label("Text").fill(REPORT)
    page.locator("main form button[type=submit]").click()
    page.get_by_text("1 new").wait_for()
    page.locator("main .notice a").first.click()
    page.wait_for_url("**/reports/**")
    added = page.url
    assert page.locator("#text mark.toll").count() >= 1

    # Point at a figure: the rule and the reading.
    page.locator("#text mark.toll").first.hover()
    page.locator("#hover:not([hidden])").wait_for()
    assert "tolls." in page.locator("#hover").inner_text()

    # Select words that were missed and add them.
    claims = page.locator("[data-claim]").count()
    page.evaluate(
        """() => { const walk = document.createTreeWalker(document.getElementById('text'), NodeFilter.SHOW_TEXT);
        for (let node; (node = walk.nextNode());) { const at = node.data.indexOf('Residents');
          if (at >= 0) { const range = document.createRange(); range.setStart(node, at); range.setEnd(node, at + 9);
            getSelection().removeAllRanges(); getSelection().addRange(range); } } }"""
    )
    page.locator("#text").dispatch_event("mouseup")
    page.locator("#adding:not([hidden])").wait_for()
    page.locator("#adding [name=low]").fill("19")
    page.locator("#adding [name=high]").fill("19")
    keep(page, page.locator("#adding button[type=submit]"))
    assert page.locator("[data-claim]").count() == claims + 1

    # Filter the overview; the address keeps the filter.
    page.goto("/")
    everything = int(page.locator(".summary strong").first.inner_text())
    page.locator("#map[data-ready]").wait_for()
    page.get_by_label("Kind", exact=True).select_option("airstrike")
    page.wait_for_url("**/?kind=airstrike*")
    page.locator(".chip").wait_for()
    assert 0 < int(page.locator(".summary strong").first.inner_text()) < everything
    page.get_by_role("link", name="Clear all").click()

    # Follow a number to its words, and from there into the report.
    page.locator("#incidents td.figure a.disputed").first.click()
    page.wait_for_url("**/incidents/**#cell-**")
    incident = page.url.split("#")[0]
    words = page.locator("ul.claims li").first.locator("mark").inner_text()
    page.locator("ul.claims li").first.locator("a[href^='/reports/']").first.click()
    page.wait_for_url("**/reports/**#c_**")
    assert words.split()[0] in page.locator("#text mark.chosen").first.inner_text()

    # Correct a toll.
    page.goto(incident)
    first = page.locator("ul.claims > li").first
    first.get_by_role("button", name="Correct").click()
    first.locator("[name=low]").fill("61")
    first.locator("[name=high]").fill("61")
    keep(page, first.get_by_role("button", name="Keep"))
    assert "61 killed" in page.locator("ul.claims > li").first.inner_text()
    assert "corrected by" in page.locator("ul.claims > li").first.inner_text()

    # Split off a report, merge it again, and take both back.
    boxes = page.locator("input[name=event]")
    told = boxes.count()
    assert told > 1
    boxes.last.check()
    keep(page, page.get_by_role("button", name="Split off"))
    assert page.locator("ul.tellers > li").count() == told - 1
    keep(page, page.locator("#history ~ ol").get_by_role("button", name="Undo").first)
    assert page.locator("ul.tellers > li").count() == told
    keep(page, page.locator("#history ~ ol").get_by_role("button", name="Undo").first)  # taking back the taking back
    assert page.locator("ul.tellers > li").count() == told - 1
    apart = page.locator("#joining ~ ul > li").filter(has=page.get_by_role("button", name="Merge"))
    keep(page, apart.first.get_by_role("button", name="Merge"))
    assert page.locator("ul.tellers > li").count() == told

    # The report that was added stands in the log, and all of it can be seen there.
    page.goto("/log")
    assert {"added reports", "added a claim", "corrected a claim", "split", "took back"} <= set(
        page.locator("tbody td:nth-child(3)").all_inner_texts()
    ) | {re.sub(r" ×\d+", "", text) for text in page.locator("tbody td:nth-child(3)").all_inner_texts()}

    # Pictures, with the data behind them.
    page.goto("/pictures")
    until(page, "document.querySelectorAll('figure[data-drawn]').length === 4")
    for kind in ("SVG", "PNG"):
        with page.expect_download() as download:
            page.locator("figure.picture").nth(1).get_by_role("button", name=kind).click()
        body = Path(download.value.path()).read_bytes()
        assert body.startswith(b"<svg" if kind == "SVG" else b"\x89PNG")
    with page.expect_download() as download:
        page.locator("figure.picture").nth(1).get_by_role("link", name="CSV").click()
    assert Path(download.value.path()).read_text().startswith("month,disputed,incidents")
    assert added.startswith("http://127.0.0.1")


def test_three_keys_decide_correct_and_go_on(page: Any) -> None:
    page.goto("/queue?kind=doubt")
    item = "document.querySelector('.task').dataset.item"
    seen = [page.evaluate(f"() => {item}")]

    def pressed(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
        until(page, f"{item} !== '{seen[-1]}'")
        seen.append(page.evaluate(f"() => {item}"))

    pressed("a")
    until(page, "document.getElementById('queue').dataset.ready")  # fetched meanwhile, as while a person reads
    page.keyboard.press("c")
    page.keyboard.type("4")
    pressed("Enter")
    until(page, "document.getElementById('queue').dataset.ready")
    pressed("n")
    assert len(set(seen)) == 4
    assert float(page.locator("#queue").get_attribute("data-took")) <= 100
    until(page, "document.getElementById('queue').dataset.pending === '0'")
    log = page.evaluate("fetch('/api/acts').then((answer) => answer.json())")
    assert [act["verb"] for act in log[:2]] == ["corrected", "right"]
    page.keyboard.press("u")
    until(page, f"{item} === '{seen[1]}'")


def test_decisions_wait_while_the_desk_does_not_answer(page: Any) -> None:
    page.goto("/queue?kind=mover")
    page.wait_for_load_state("networkidle")
    failing = True
    page.route("**/api/decisions", lambda route: route.abort() if failing else route.continue_())
    page.keyboard.press("a")
    page.wait_for_selector("#said.bad")
    waiting = json.loads(page.evaluate("localStorage.getItem('recount-pending')"))
    assert len(waiting) == 1
    failing = False
    until(page, "localStorage.getItem('recount-pending') === '[]'")
    log = page.evaluate("fetch('/api/acts').then((answer) => answer.json())")
    assert log[0]["target"] == waiting[0]["body"]["subjects"][0]


PAGES = [
    "/",
    "/?disputed=1",
    "/search?q=farmers",
    "/queue",
    "/queue?kind=link",
    "/samples",
    "/pictures",
    "/add",
    "/log",
    "/people",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(chromium: Any, address: str, scheme: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(base_url=address, color_scheme=scheme, viewport={"width": 1400, "height": 900})
    page = context.new_page()
    page.goto("/?disputed=1")
    incident = page.locator("#incidents tbody th a").first.get_attribute("href")
    page.goto(incident)
    report = page.locator("ul.tellers a").first.get_attribute("href")
    found: list[str] = []
    for address_of in [*PAGES, incident, report]:
        page.goto(address_of)
        page.wait_for_load_state("networkidle")
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found += [f"{address_of} {fault['id']}: {node['html'][:150]}" for node in fault["nodes"][:3]]
    context.close()
    assert found == []
