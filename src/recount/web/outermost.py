"""Around the application: each request is timed, counted and logged in one line, and stands behind a proxy as it should.

The line holds no text of a report and no secret: the route, the path where a route knows it, never what was asked for.
"""

from __future__ import annotations

import re
import secrets
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

    from recount.web.measuring import Metrics

NO_ROUTE = "none"
QUIET = frozenset({"/health", "/health/live", "/health/ready", "/metrics"})
"""Routes that monitors ask for all the time; they are counted, and logged only where they fail."""
GIVEN_ID = re.compile(rb"[A-Za-z0-9._-]{8,64}")


class Outermost:
    """An ASGI application around another one."""

    def __init__(self, inner: ASGIApp, metrics: Metrics, log: Any = None, root: str = "") -> None:
        """`log` takes the lines (None: nobody). `root` is the path under which a proxy serves the desk, or nothing."""
        self._inner, self._metrics, self._log = inner, metrics, log
        self._root = root.rstrip("/")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if str(scope["type"]) != "http":
            await self._inner(scope, receive, send)
            return
        self._strip_root(scope)
        named = _named(scope)
        answer = {"status": 500, "bytes": 0}

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer["status"] = message["status"]
                message["headers"] = [*self._headers(scope, message["headers"]), (b"x-request-id", named)]
            elif message["type"] == "http.response.body":
                answer["bytes"] += len(message.get("body", b""))
            await send(message)

        began = time.perf_counter()
        self._metrics.running.inc()
        try:
            await self._inner(scope, receive, sending)
        finally:
            self._metrics.running.dec()
            self._tell(scope, answer, time.perf_counter() - began, named)

    def _tell(self, scope: Any, answer: dict[str, int], seconds: float, named: bytes) -> None:
        route = scope.get("path_template") or NO_ROUTE
        self._metrics.answered(scope["method"], route, answer["status"], seconds)
        if self._log is None or (route in QUIET and answer["status"] < 400):
            return
        self._log.info(
            "request",
            method=scope["method"][:10],
            route=route,
            path=scope["path"][:200] if route != NO_ROUTE else None,
            status=answer["status"],
            ms=round(seconds * 1000, 1),
            bytes=answer["bytes"],
            client=(scope.get("client") or [None])[0],
            id=named.decode(),
        )

    def _strip_root(self, scope: Any) -> None:
        """Take away the proxy's path, whether it left it in the address or not."""
        root = self._root
        if not root:
            return
        scope["root_path"] = ""
        if scope["path"] == root or scope["path"].startswith(root + "/"):
            scope["path"] = scope["path"][len(root) :] or "/"
            scope["raw_path"] = scope["path"].encode()

    def _headers(self, scope: Any, headers: Any) -> list[tuple[bytes, bytes]]:
        """The answer's headers: redirects stay under the root, cookies that came by https go back by https only."""
        changed = []
        for name, value in headers:
            key = name.lower()
            if key == b"location" and self._root and value.startswith(b"/"):
                value = self._root.encode() + value
            if key == b"set-cookie" and scope.get("scheme") == "https" and b"secure" not in value.lower():
                value += b"; Secure"
            changed.append((name, value))
        return changed


def _named(scope: Any) -> bytes:
    """The request's own name: what a proxy gave it, or a new one."""
    given = dict(scope["headers"]).get(b"x-request-id", b"")
    return given if GIVEN_ID.fullmatch(given) else secrets.token_hex(8).encode()
