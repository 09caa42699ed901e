"""What a file of sources says: where to look, how often, how much to expect.

`docs/sources.md` explains each key to people; `plan_faults.py` finds what is wrong with a file.
"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import urlsplit

from recount.errors import BadSources
from recount.records import Record

Kind = Literal["feed", "sitemap", "list", "folder", "mailbox"]
KINDS: tuple[Kind, ...] = get_args(Kind)
HOUR = 3600.0


class Source(Record, frozen=True, kw_only=True):
    """One source of reports. Spans are in seconds, volumes in reports a week."""

    name: str
    kind: Kind
    urls: tuple[str, ...] = ()
    """Where a feed, sitemap or list of addresses is; the addresses themselves for a list without a file."""
    path: Path | None = None
    outlet: str | None = None
    every: float = HOUR
    pause: float = 5.0
    expect: tuple[float, float] | None = None
    """At least and at most so many reports a week."""
    follow: bool = True
    """Whether a feed's links are fetched; else its entries' own words are the reports."""
    match: tuple[str, ...] = ()
    """Only addresses that fit one of these patterns (`*` is anything); every address without any."""
    since: date | None = None
    """Nothing that the listing dates before this day."""
    most: int = 500
    """At most so many new addresses in one poll; the rest wait for the next."""
    private: frozenset[str] = frozenset()
    """Hosts (`cms.local:8080`) that may stand at private addresses."""

    def wants(self, address: str) -> bool:
        """Whether an address fits the source's patterns."""
        return not self.match or any(fnmatchcase(address, pattern) for pattern in self.match)


class Plan(Record, frozen=True, kw_only=True):
    """A file of sources, read. `archive` is the folder that keeps what is fetched, and what is known of it."""

    file: Path
    archive: Path
    contact: str | None = None
    sources: tuple[Source, ...] = ()

    def source(self, name: str) -> Source:
        """The source of this name. KeyError for none."""
        return next(s for s in self.sources if s.name == name)


def load(path: Path) -> Plan:
    """The plan in a file of sources. BadSources for the first fault of it."""
    from recount.sources.plan_faults import faults, table

    found = faults(path)
    if found:
        more = f" Then {len(found) - 1} more: recount sources check {path}" if len(found) > 1 else ""
        raise BadSources(found[0].what, found[0].where, f"{found[0].do}{more}")
    return _plan(table(path)[0], path)


def _plan(told: dict[str, Any], path: Path) -> Plan:
    home = path.resolve().parent
    return Plan(
        file=path,
        archive=home / told.get("archive", "archive"),
        contact=told.get("contact"),
        sources=tuple(_source(row, home) for row in told["source"] if not row.get("off")),
    )


def _source(row: dict[str, Any], home: Path) -> Source:
    from recount.sources.durations import seconds

    plain: dict[str, Any] = {
        key: row[key] for key in ("name", "kind", "outlet", "follow", "since", "most") if key in row
    }
    spans: dict[str, Any] = {key: seconds(row[key]) for key in ("every", "pause") if key in row}
    urls = tuple(row.get("urls", ())) or ((row["url"],) if "url" in row else ())
    match = row.get("match", ())
    return Source(
        **plain,
        **spans,
        urls=urls,
        path=home / row["path"] if "path" in row else None,
        expect=_expected(row.get("expect")),
        match=(match,) if isinstance(match, str) else tuple(match),
        private=_private(row.get("allow_private", False), urls),
    )


def _expected(said: Any) -> tuple[float, float] | None:
    """The bounds of a week's volume: two numbers as they are, one number as a third to three times of it."""
    if said is None:
        return None
    return (said[0], said[1]) if isinstance(said, list) else (said / 3, said * 3)


def _private(said: Any, urls: tuple[str, ...]) -> frozenset[str]:
    """The hosts that may stand at private addresses: those named, or for `true` those of the source's own addresses."""
    if isinstance(said, list):
        return frozenset(host.lower() for host in said)
    return frozenset(host_of(url) for url in urls) if said else frozenset()


def host_of(address: str) -> str:
    """The host of an address, with its port where that is not the scheme's own: "cms.local:8080"."""
    parts = urlsplit(address)
    port = parts.port
    own = {"http": 80, "https": 443}.get(parts.scheme)
    host = (parts.hostname or "").lower()
    return host if port in (None, own) else f"{host}:{port}"
