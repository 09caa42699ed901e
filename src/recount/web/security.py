"""Headers, sessions and protection against forged requests."""

from __future__ import annotations

import secrets
from typing import Any

from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import MutableScopeHeaders
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.middleware.session.server_side import ServerSideSessionBackend, ServerSideSessionConfig
from litestar.types import Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: tuple[tuple[str, str], ...] = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
)
COOKIE = "recount-session"
CSRF_COOKIE = "recount-csrf"
CSRF_HEADER = "x-csrftoken"
HOURS = 12
"""Hours after which an unused session ends."""


async def with_headers(message: Message, _: Scope) -> None:
    """Put the rules into every answer, also into those to requests that were refused."""
    if message["type"] == "http.response.start":
        headers = MutableScopeHeaders.from_message(message)
        for name, value in HEADERS:
            headers[name] = value


class Csrf(CSRFMiddleware):
    """Litestar's double-submit check, passed over for programs: a token in a header is nothing that a page can forge."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Check, unless the request brings a bearer token."""
        given = dict(scope["headers"]).get(b"authorization", b"")
        if given.lower().startswith(b"bearer "):
            await self.app(scope, receive, send)
            return
        await super().__call__(scope, receive, send)


def csrf_config(*, secure: bool) -> CSRFConfig:
    """The check's settings; its secret lives as long as the server."""
    return CSRFConfig(
        secret=secrets.token_urlsafe(48),
        cookie_name=CSRF_COOKIE,
        header_name=CSRF_HEADER,
        cookie_samesite="strict",
        cookie_secure=secure,
        cookie_httponly=False,  # the desk's own script sends it back in a header
    )


def csrf(config: CSRFConfig) -> DefineMiddleware:
    """The check as a middleware."""
    return DefineMiddleware(Csrf, config=config)


class Sessions(ServerSideSessionBackend):
    """Server-side sessions whose id is new after signing in, so that nobody can plant one."""

    def get_session_id(self, connection: ASGIConnection[Any, Any, Any, Any]) -> str:
        """The id that signing in chose, else the one that the browser has."""
        fresh = connection.scope.get("state", {}).get("fresh_session")
        return str(fresh) if fresh else super().get_session_id(connection)


def session_config(*, secure: bool) -> ServerSideSessionConfig:
    """Sessions in the server's memory: signing in again is needed after a restart."""
    config = ServerSideSessionConfig(
        key=COOKIE, max_age=HOURS * 3600, renew_on_access=True, secure=secure, httponly=True, samesite="strict"
    )
    config._backend_class = Sessions
    return config


def fresh_session() -> str:
    """A new session's id."""
    return secrets.token_hex(32)
