"""For whoever keeps the desk running: is it alive, can it serve, and its numbers for Prometheus."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from sqlalchemy import literal, select

from recount.errors import RecountError
from recount.web.calling import Called, TheDesk, in_thread
from recount.web.people import needs

OPEN = {"exclude_from_auth": True}
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@get("/health/live", opt=OPEN, include_in_schema=False)
async def live() -> dict[str, str]:
    """The process answers; nothing else is looked at. Start it anew where this fails."""
    return {"status": "alive"}


@get(["/health", "/health/ready"], opt=OPEN, include_in_schema=False)
@in_thread
def ready(desk: TheDesk) -> Response[dict[str, str]]:
    """Whether requests can be served: 200 where the ledger answers, else 503. Send nobody here while this fails.

    The lists may still be behind; they are then shown as they are. Details stand in the log, not here.
    """
    try:
        with desk.reading() as reading:
            reading.execute(select(literal(1)))
    except RecountError:
        return Response({"status": "failing", "ledger": "not answering"}, status_code=503)
    return Response({"status": "ready", "ledger": "answering", "lists": "up to date" if desk.current else "behind"})


@get("/metrics", include_in_schema=False, guards=[needs("reader")])
@in_thread
def metrics(request: Called) -> Response[bytes]:
    """The numbers. A team's desk tells them to its people, by a token for instance."""
    found: Any = request.app.state.metrics
    return Response(found.text(), media_type=TEXT, headers={"Cache-Control": "no-store"})


handlers = [live, ready, metrics]
