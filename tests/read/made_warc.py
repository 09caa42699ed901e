"""WARC files made for tests: invented pages, whole or damaged on purpose."""

from __future__ import annotations

import gzip
from pathlib import Path

TOWNS = ("Harnai", "Panjgur", "Mastung", "Bannu", "Kalat", "Turbat", "Quetta")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def page(number: int, *, town: str | None = None, telling: bool = True) -> bytes:
    """An HTML page: the news of an invented attack, or of a bakery."""
    where, day = town or TOWNS[number % len(TOWNS)], f"2031-03-{number * 5 % 27 + 1:02}"
    if telling:
        head = f"{number % 7 + 2} gunmen killed in raid near {where}"
        body = (
            f"<p>At least {number % 7 + 2} militants were killed in a raid by security forces near {where} "
            f"on {DAYS[number % 7]}, police said. Two soldiers were wounded in the exchange of "
            f"fire, officer number {number} added.</p>"
            f"<p>Residents of {where} said that shooting was heard for several hours during the night.</p>"
        )
    else:
        head = f"A bakery opens in {where}"
        body = f"<p>The bakery number {number} of {where} sells bread from eight o'clock, and people like it.</p>" * 5
    return (
        f'<!doctype html><html><head><title>{head}</title><meta property="og:site_name" content="Made Gazette">'
        f'<meta property="article:published_time" content="{day}"></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>{head}</h1>{body}</article></body></html>"
    ).encode()


def answer(body: bytes, *, head: str = "", kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    """An HTTP answer."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{head}\r\n".encode() + body


def record(
    url: str,
    body: bytes,
    *,
    kind: str = "response",
    says: int | None = None,
    http: bool = True,
    content: str = "text/plain",
    extra: str = "",
) -> bytes:
    """A WARC record; `says` is the length that it claims where that is wrong, `content` the type of a body without HTTP."""
    said = "application/http; msgtype=response" if http else content
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2031-03-28T00:00:00Z\r\n"
        f"WARC-Target-URI: {url}\r\n{extra}Content-Type: {said}\r\n"
        f"Content-Length: {len(body) if says is None else says}\r\n\r\n"
    ).encode() + body + b"\r\n\r\n"  # fmt: skip


def records(count: int, *, every: int = 1) -> list[bytes]:
    """Records of pages; one in `every` tells of an attack."""
    made = (page(n, telling=n % every == 0) for n in range(count))
    return [record(f"http://made.example/{n}", answer(body)) for n, body in enumerate(made)]


def packed(parts: list[bytes]) -> bytes:
    """A packed file, each record a gzip member of its own."""
    return b"".join(gzip.compress(part, mtime=0) for part in parts)


def put(path: Path, data: bytes) -> Path:
    """Write a file and give its path back."""
    path.write_bytes(data)
    return path
