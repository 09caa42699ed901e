"""How soon Chromium shows the desk's pages on a ledger of a million claims, and the queue's next item after a key.

`python scripts/bench_paint.py [--claims N] [--folder DIR]` uses the ledger that `bench_web.py` makes. First paint is the
browser's own first contentful paint, from an empty cache; needs Chromium and the developers' Playwright.
"""

from __future__ import annotations

import shutil
import sys
from statistics import median
from typing import Any

from bench_web import asked, serve

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
TIMES = 5
PRESSED = 40
FIRST_PAINT, NEXT_ITEM = 1000.0, 100.0  # milliseconds allowed


def painted(browser: Any, address: str, path: str) -> float:
    """Milliseconds to the first contentful paint, the median of a few visits with an empty cache each."""
    took = []
    for _ in range(TIMES):
        context = browser.new_context(viewport={"width": 1400, "height": 900}, bypass_csp=True)
        page = context.new_page()
        page.goto(address + path, wait_until="load")
        page.wait_for_function(PAINT)
        took.append(float(page.evaluate(PAINT)))
        context.close()
    return median(took)


def pressed(browser: Any, address: str) -> list[float]:
    """Milliseconds from a key to the next item of the queue, for a coder who looks at each for half a second."""
    page = browser.new_page(bypass_csp=True)
    page.goto(address + "/queue", wait_until="load")
    took = []
    for _ in range(PRESSED):
        page.wait_for_timeout(500)
        before = page.locator("[data-item]").first.get_attribute("data-item")
        page.keyboard.press("n")
        page.wait_for_function(f"document.querySelector('[data-item]')?.dataset.item !== '{before}'")
        page.wait_for_function("document.getElementById('queue').dataset.took")
        took.append(float(page.evaluate("document.getElementById('queue').dataset.took")))
    page.close()
    return sorted(took)


def pages(browser: Any, address: str) -> list[str]:
    """The pages looked at: the overview, one incident, one of its reports, the queue, a search."""
    page = browser.new_page(bypass_csp=True)
    page.goto(address)
    incident = page.locator("#incidents tbody th a").first.get_attribute("href")
    page.goto(address + incident)
    report = page.locator("ul.tellers a").first.get_attribute("href")
    page.close()
    return ["/", incident, report, "/queue", "/search?q=hospital", "/pictures"]


def main() -> int:
    """See the module's docstring."""
    path = asked(__doc__)
    from playwright.sync_api import sync_playwright

    process, address = serve(path)
    fine = True
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS.split())
            for one in pages(browser, address):
                took = painted(browser, address, one)
                fine = fine and took <= FIRST_PAINT
                print(f"first paint of {one:<32} {took:6.0f} ms")
            took_each = pressed(browser, address)
            p95 = took_each[int(0.95 * len(took_each))]
            fine = fine and p95 <= NEXT_ITEM
            print(f"next item of the queue after a key: median {median(took_each):.0f} ms, p95 {p95:.0f} ms")
            browser.close()
    finally:
        process.terminate()
        process.wait()
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
