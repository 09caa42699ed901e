"""A desk as a process of its own and a real Chromium that looks at it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextmanager
def served(ledger: Path) -> Iterator[str]:
    """The desk on this ledger; gives its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = "from recount.cli.main import main; main()"
    arguments = ["serve", "--ledger", str(ledger), "--port", str(port)]
    environment = {**os.environ, "RECOUNT_CODER": "Mira"}
    process = subprocess.Popen([sys.executable, "-c", command, *arguments], env=environment, stdout=subprocess.DEVNULL)
    try:
        yield _ready(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _ready(address: str, process: subprocess.Popen[bytes]) -> str:
    for _ in range(600):
        try:
            with urlopen(f"{address}/api/incidents") as answer:
                if b'"incidents":[{' in answer.read():
                    return address
        except OSError:
            if process.poll() is not None:
                break
        time.sleep(0.1)
    raise RuntimeError("the desk did not open")


@contextmanager
def browser() -> Iterator[Any]:
    """Chromium with a fresh profile."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()
