"""The desk's application: pages, calls, assets, and how faults are answered."""

from __future__ import annotations

import logging
from typing import Any

from litestar import Litestar, Request, Response, Router, get
from litestar.config.allowed_hosts import AllowedHostsConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.response import Redirect
from litestar.static_files import create_static_files_router

from recount.errors import LedgerError, MissingExtra, NotFound, RecountError, UnreadableInput, WrongUse
from recount.web import health, security
from recount.web.calling import in_thread
from recount.web.desk import Desk
from recount.web.measuring import Metrics
from recount.web.outermost import Outermost
from recount.web.people import WhoAsks, needs
from recount.web.rendering import Asked, page
from recount.web.routes import accounts, add, incident, log, overview, pictures, queue, reading, report, writing
from recount.web.strings import say

MOST_BYTES = 64 * 1024 * 1024
PAGES = (overview, incident, report, queue, pictures, log, add, accounts, health)
CALLS = (reading, writing)
STATUS: tuple[tuple[type[RecountError], int], ...] = (
    (NotFound, 404),
    (WrongUse, 400),
    (UnreadableInput, 400),
    (LedgerError, 503),
    (MissingExtra, 501),
)


def make_app(
    desk: Desk, *, hosts: list[str] | None = None, secure: bool = False, requests: Any = None, root: str = ""
) -> Litestar:
    """The application on one desk. `hosts` are the names that it answers to; `secure` marks its cookies for https.

    `requests` is a logger that takes a line for each request; `root` is the path under which a proxy serves the desk.
    """
    checks = security.csrf_config(secure=secure)
    sessions = [security.session_config(secure=secure).middleware] if desk.team else []
    api = Router(
        "/api", route_handlers=[h for m in CALLS for h in m.handlers], tags=["recount"], guards=[needs("reader")]
    )
    app = Litestar(
        route_handlers=[
            *(handler for module in PAGES for handler in module.handlers),
            api,
            countries,
            create_static_files_router(
                path="/static", directories=[_static()], opt={"exclude_from_auth": True}, cache_control=_keep()
            ),
        ],
        dependencies={"desk": Provide(lambda: desk, sync_to_thread=False, use_cache=True)},
        middleware=[
            *sessions,
            security.csrf(checks),
            DefineMiddleware(WhoAsks, exclude_from_auth_key="exclude_from_auth"),
        ],
        allowed_hosts=AllowedHostsConfig(allowed_hosts=hosts) if hosts else None,
        before_send=[security.with_headers],
        exception_handlers={RecountError: told, HTTPException: refused, Exception: failed},
        openapi_config=_described(),
        request_max_body_size=MOST_BYTES,
        csrf_config=None,
        logging_config=None,  # the process sets up its logs
    )
    app.state.desk, app.state.metrics, app.state.root = desk, Metrics(desk), root
    app.asgi_handler = Outermost(app.asgi_handler, app.state.metrics, requests, root)
    return app


def _static() -> Any:
    from importlib.resources import files

    return str(files("recount.web").joinpath("static"))


def _keep() -> Any:
    from litestar.datastructures import CacheControlHeader

    return CacheControlHeader(max_age=31_536_000, immutable=True)


def _described() -> OpenAPIConfig:
    return OpenAPIConfig(
        title="Recount",
        version="1",
        description=say("api.about"),
        path="/api",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"token": SecurityScheme(type="http", scheme="bearer")}),
        security=[{"token": []}],
    )


@get("/static/countries-50m.json", opt={"exclude_from_auth": True}, include_in_schema=False)
@in_thread
def countries() -> Response[bytes]:
    """Country outlines (Natural Earth, by way of world-atlas), the same that the report page draws."""
    from importlib.resources import files

    body = files("recount.export.page").joinpath("assets/countries-50m.json").read_bytes()
    return Response(body, media_type="application/json", headers={"Cache-Control": "public, max-age=31536000"})


# ---------------------------------------------------------------------------------------------------- faults


def told(request: Asked, error: RecountError) -> Response[Any]:
    """A fault that a user can mend: what, where and what to do, with the status that fits."""
    status = next((code for kind, code in STATUS if isinstance(error, kind)), 400)
    return _answer(request, status, error.what, error.where, error.do)


def refused(request: Asked, error: HTTPException) -> Response[Any]:
    """A request that was refused before any of our code: not signed in, no such address, not understood."""
    if error.status_code == 401 and not _by_program(request):
        return Redirect("/login")
    extra = error.extra if isinstance(error.extra, list) else []
    where = "; ".join(f"{e.get('key', '')}: {e.get('message', '')}" for e in extra if isinstance(e, dict))
    return _answer(request, error.status_code, error.detail or say("error.refused"), where, "")


def failed(request: Asked, error: Exception) -> Response[Any]:
    """A fault of ours: logged with its trace, answered without it."""
    logging.getLogger("recount.web").error("request failed: %s", request.url.path, exc_info=error)
    return _answer(request, 500, say("error.ours"), "", say("error.ours_do"))


def _answer(request: Asked, status: int, what: str, where: str, do: str) -> Response[Any]:
    if _by_program(request):
        return Response({"what": what, "where": where, "do": do}, status_code=status, media_type="application/json")
    return page(request, "error.html", status=status, code=status, what=what, where=where, do=do)


def _by_program(request: Request[Any, Any, Any]) -> bool:
    return request.url.path.startswith("/api")
