"""Logs on standard error: JSON, one object a line, for servers; warnings in words at a terminal."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any, Literal

Form = Literal["json", "plain", "off"]
FORMS: tuple[Form, ...] = ("json", "plain", "off")


def begin(form: Form) -> Any:
    """Set up the process's logs; returns what takes the line of each request, or None where they are not told."""
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    logging.getLogger("uvicorn.access").disabled = True  # our own line says more
    if form == "off":
        root.addHandler(logging.NullHandler())
        return None
    handler = logging.StreamHandler(sys.stderr)
    root.addHandler(handler)
    root.setLevel(logging.INFO if form == "json" else logging.WARNING)
    for noisy in ("httpx", "httpcore", "sqlalchemy", "alembic"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    if form == "plain":
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        return None
    return _as_json(handler)


def _as_json(handler: logging.Handler) -> Any:
    import structlog

    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
        frames,
    ]
    last = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[last, structlog.processors.JSONRenderer()], foreign_pre_chain=shared
        )
    )
    return structlog.wrap_logger(
        logging.getLogger("recount.request"),
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )


def frames(_: Any, __: str, event: dict[str, Any]) -> dict[str, Any]:
    """A fault as its type and the places that it came through: its message may hold words of a report."""
    given = event.pop("exc_info", None)
    found = sys.exc_info() if given is True else given
    fault = found[1] if isinstance(found, tuple) else found
    if isinstance(fault, BaseException):
        event["fault"] = type(fault).__name__
        event["frames"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(fault.__traceback__)]
    return event
