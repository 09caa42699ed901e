"""A publisher's site on loopback, made up by each test: what it answers, and what it was asked."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from recount.sources.plan import Kind, Source
from recount.sources.watching import Watch

Told = dict[str, str]
Answer = Callable[["Asked"], None]
Watching = Callable[..., Watch]
"""Opens a watch on sources; see the fixture `watching`."""
ARTICLE = """<html><head><title>{title}</title><meta property="article:published_time" content="{day}T09:00:00Z">
<meta property="og:site_name" content="The Made Herald"></head><body><nav><a href="/">Home</a></nav><article>
<h1>{title}</h1><p>{count} soldiers and two militants were killed in a clash near Bannu on Friday, police said. The
exchange of fire went on for three hours, officials added on condition of anonymity.</p><p>A spokesman of the group
denied the figures and said that only one of its fighters had died in the fighting there.</p></article></body></html>"""


def article(title: str, day: str = "2026-11-14", count: str = "Five") -> bytes:
    """A page with an invented report."""
    return ARTICLE.format(title=title, day=day, count=count).encode()


class Asked(BaseHTTPRequestHandler):
    """One request to the site, and the ways to answer it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer as the test told the site to."""
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.requests.append((self.path, dict(self.headers), time.monotonic()))
        answer = site.pages.get(self.path)
        if answer is None:
            self.send(b"not here", status=404)
        elif callable(answer):
            answer(self)
        else:
            self.send(answer)

    def send(self, body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> None:
        """A whole response; `_` in the name of a header stands for a hyphen."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def raw(self, data: bytes) -> None:
        """Bytes as they are, and no more."""
        self.wfile.write(data)
        self.wfile.flush()
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Quiet(ThreadingHTTPServer):
    """A server that does not mind clients who hang up."""

    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


class Site:
    """A site at a port of its own. `pages` are bodies, or functions of the request, by path and query."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Answer] = {"/robots.txt": b"User-agent: *\nAllow: /\n"}
        self.requests: list[tuple[str, Told, float]] = []
        self._server: socketserver.TCPServer = Quiet(("127.0.0.1", 0), Asked)
        self._server.site = self  # type: ignore[attr-defined]
        self.port = int(self._server.server_address[1])
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def host(self) -> str:
        """Host and port, as a source allows them."""
        return f"127.0.0.1:{self.port}"

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://{self.host}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order, without robots.txt."""
        return [path for path, _, _ in self.requests if path != "/robots.txt"]

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        """Make a path lead elsewhere."""
        self.pages[path] = lambda asked: asked.send(b"", status=status, Location=to)

    def feed(self, *links: str, path: str = "/feed", entries: str = "") -> None:
        """Make a feed that announces paths of this site."""
        rows = "".join(f"<item><title>On {p}</title><link>{self.at(p)}</link></item>" for p in links)
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Made</title>{rows}{entries}</channel></rss>'
        self.pages[path] = lambda asked: asked.send(body.encode(), "application/rss+xml")

    def source(self, kind: Kind = "list", *paths: str, name: str = "made", **more: Any) -> Source:
        """A source at this site, whose private address the test allows."""
        told = {"private": frozenset({self.host}), "pause": 0.0} | more
        return Source(name=name, kind=kind, urls=tuple(self.at(path) for path in paths), **told)

    def close(self) -> None:
        """End it."""
        self._server.shutdown()
        self._server.server_close()
