"""The real command as a process: ended in order, behind a proxy, and telling what it does in JSON."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

SLOW = """
import sys, time
from recount.store import acts
told = acts.acts
def slowly(*given, **named):
    time.sleep(1.5)
    return told(*given, **named)
acts.acts = slowly
from recount.cli.main import main
sys.argv[1:] = {arguments!r}
main()
"""


class Served:
    """A desk in a process of its own; the log of changes takes it a second and a half."""

    def __init__(self, ledger: Path, *options: str) -> None:
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            port = asked.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        arguments = ["serve", "--ledger", str(ledger), "--port", str(port), "--log", "json", *options]
        self.process = subprocess.Popen(
            [sys.executable, "-c", SLOW.format(arguments=arguments)], stderr=subprocess.PIPE, text=True, env=os.environ
        )
        until = time.monotonic() + 60
        while True:
            try:
                if httpx.get(f"{self.url}/health").status_code == 200:
                    return
            except httpx.TransportError:
                assert self.process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)

    def ended(self) -> tuple[int, list[dict[str, Any]]]:
        """Tell it to end: its exit status and the lines of its log."""
        self.process.send_signal(signal.SIGTERM)
        _, told = self.process.communicate(timeout=60)
        return self.process.returncode, [json.loads(line) for line in told.splitlines()]


@pytest.fixture
def served(coded: Path, tmp_path: Path) -> Iterator[Served]:
    ledger = tmp_path / "served.db"
    ledger.write_bytes(coded.read_bytes())
    made = Served(ledger, "--proxy", "127.0.0.1", "--root", "/recount")
    yield made
    made.process.kill()


def test_what_was_asked_before_the_end_is_answered(served: Served) -> None:
    answers: list[httpx.Response] = []
    asking = threading.Thread(target=lambda: answers.append(httpx.get(f"{served.url}/api/acts", timeout=30)))
    asking.start()
    time.sleep(0.5)
    status, lines = served.ended()
    asking.join()
    assert [a.status_code for a in answers] == [200]
    assert status == 0
    told = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in told] == [("/api/acts", 200)]
    assert told[0]["ms"] >= 1500
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{served.url}/health")


def test_a_trusted_proxy_says_who_asks_and_by_what(served: Served) -> None:
    said = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https", "X-Request-Id": "trace-0001"}
    found = httpx.get(f"{served.url}/recount/search?q=gwoza", headers=said)
    assert found.status_code == 200
    assert "secure" in found.headers["set-cookie"].lower()
    status, lines = served.ended()
    told = [line for line in lines if line["event"] == "request"]
    assert status == 0
    assert [(line["client"], line["id"], line["path"]) for line in told] == [("203.0.113.7", "trace-0001", "/search")]
    assert "gwoza" not in json.dumps(lines)
