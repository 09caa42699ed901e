"""Every page of the desk as a picture: light, dark and at a phone's width.

`python scripts/screenshots.py [FOLDER]` codes the sample reports, opens the desk on them and writes PNG files.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "web"))

from browsing import browser, served

from recount import samples
from recount.engine import local
from recount.settings import Settings
from recount.store import open_ledger

MODES: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1400, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1400, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "color_scheme": "light", "device_scale_factor": 2},
}
PAGES = {
    "overview": "/",
    "filtered": "/?disputed=1",
    "search": "/search?q=farmers",
    "queue": "/queue?kind=contradiction",
    "queue-link": "/queue?kind=link",
    "samples": "/samples",
    "pictures": "/pictures",
    "add": "/add",
    "log": "/log",
    "people": "/people",
    "error": "/incidents/i_0",
}


def main(folder: Path) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as scratch:
        ledger = Path(scratch) / "desk.db"
        with open_ledger(ledger) as book:
            local.add(book, [samples.folder()], Settings())
        with served(ledger) as address, browser() as chromium:
            for mode, options in MODES.items():
                context = chromium.new_context(base_url=address, **options)
                page = context.new_page()
                page.goto("/?disputed=1")
                incident = page.locator("#incidents tbody th a").first.get_attribute("href")
                page.goto(incident)
                report = page.locator("ul.tellers a").first.get_attribute("href")
                beside = f"{report}?beside={page.locator('ul.tellers a').nth(1).get_attribute('href').split('/')[-1]}"
                for name, at in {**PAGES, "incident": incident, "report": report, "report-beside": beside}.items():
                    page.goto(at)
                    page.wait_for_load_state("networkidle")
                    page.wait_for_timeout(500)
                    page.screenshot(path=folder / f"{name}-{mode}.png", full_page=True)
                context.close()
    print(f"Wrote {len(list(folder.glob('*.png')))} pictures to {folder}")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/screenshots"))
