"""A page of an archive, as it was found: its bytes, and what the archive says of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from recount.records import Record


class Page(Record, frozen=True, kw_only=True):
    """One page: what a web server, or a table, gave. `source` says where it stands, `charset` what the server declared,
    `fetched` when the archive took it in (UTC)."""

    name: str
    source: str
    data: bytes
    kind: Literal["html", "text", "pdf", "mail"] = "html"
    url: str | None = None
    charset: str | None = None
    headline: str | None = None
    outlet: str | None = None
    published: date | None = None
    fetched: datetime | None = None
