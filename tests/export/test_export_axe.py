"""What axe says of the site and the report page, in a real browser: light, dark and on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_export_browser import CHROMIUM, QUIET

from recount.export.page import write_page
from recount.export.site import write_site
from recount.store import Ledger

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
SERIOUS = ("serious", "critical")


@pytest.fixture
def pages(ledger: Ledger, tmp_path: Path) -> list[Path]:
    """The report page and every page of the site."""
    write_page(ledger, tmp_path / "page.html")
    write_site(ledger, tmp_path / "site", texts=True)
    return [tmp_path / "page.html", *sorted((tmp_path / "site").rglob("*.html"))]


@pytest.fixture
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    pytest.importorskip("axe_playwright_python")
    arguments = [a for a in QUIET.split() if a not in ("--headless", "--dump-dom", "--enable-logging=stderr")]
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 390)])
def test_axe_finds_no_serious_fault_and_nothing_is_fetched(
    chromium: Any, pages: list[Path], scheme: str, width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    asked, complaints = list[str](), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    found: list[str] = []
    for path in pages:
        page.goto(path.as_uri())
        complaints_of_the_page = list(complaints)
        said = Axe().run(page).response
        assert said["passes"], "axe looked at nothing"
        for fault in said["violations"]:
            if fault["impact"] in SERIOUS:
                found += [f"{path.name} {fault['id']}: {node['html'][:200]}" for node in fault["nodes"][:3]]
        assert complaints_of_the_page == []
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert found == []
