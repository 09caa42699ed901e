"""One request and its response: no redirect is followed here, and nothing is kept."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from ssl import SSLContext
from typing import Any

import httpcore
import httpx

from recount.errors import FetchFault
from recount.records import Record
from recount.settings import Settings
from recount.sources.connecting import Deadline, GuardedBackend, Resolver, look_up
from recount.sources.unpacking import ASKED, Unpacker

SCHEMES = ("http", "https")
LONGEST_ADDRESS = 2_000
SILENCE = 20.0
"""Seconds without a byte after which a connection is given up."""
LATER = "It is tried again at the next poll."
Headers = tuple[tuple[bytes, bytes], ...]


class Exchange(Record, frozen=True, kw_only=True):
    """A request and what came back: the body unpacked, as far as it came; `broken` says why no further."""

    address: str
    at: datetime
    request: Headers
    status: int
    reason: str
    version: str
    headers: Headers
    body: bytes = b""
    ip: str | None = None
    seconds: float = 0.0
    broken: FetchFault | None = None

    def header(self, name: str) -> str | None:
        """The first value of a header of the response; None where there is none."""
        wanted = name.lower().encode()
        found = next((value for key, value in self.headers if key.lower() == wanted), None)
        return None if found is None else found.decode("latin-1").strip()


def checked(address: str) -> str:
    """An address in the form in which it is asked for. FetchFault where its scheme or form is not allowed."""
    if len(address) > LONGEST_ADDRESS:
        raise FetchFault("an address of more than 2,000 letters", address[:80], "Leave it out.", lasting=True)
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError, TypeError, UnicodeError) as fault:
        raise FetchFault(f"no address ({fault})", address[:200], "Check how it is written.", lasting=True) from None
    if url.scheme not in SCHEMES:
        what = f"only http and https are fetched, not {url.scheme or 'an address without a scheme'}"
        raise FetchFault(what, address[:200], "Save the file yourself and add it with: recount add", lasting=True)
    if not url.host or url.userinfo:
        what = "an address with a user name" if url.userinfo else "an address without a host"
        raise FetchFault(what, address[:200], "Check how it is written.", lasting=True)
    return str(url.copy_with(fragment=None))


@cache
def _certificates() -> SSLContext:
    return httpx.create_ssl_context()


class Exchanger:
    """Makes requests, one after the other, to public hosts and to the private ones that are named."""

    def __init__(
        self, settings: Settings, agent: str, *, private: Iterable[str] = (), resolver: Resolver = look_up
    ) -> None:
        self._settings, self._agent = settings, agent
        self._deadline = Deadline()
        self._backend = GuardedBackend(self._deadline, private=frozenset(private), resolver=resolver)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_certificates(), max_connections=1, max_keepalive_connections=0, network_backend=self._backend
        )

    def exchange(self, address: str, further: Mapping[str, str] | None = None) -> Exchange:
        """Ask for an address that was `checked`. FetchFault where no response came, or none may be asked for."""
        url = httpx.URL(address)
        request = self._request(url, further or {})
        begun, at = time.monotonic(), datetime.now(UTC)
        self._deadline.begin(self._settings.fetch_seconds)
        try:
            response = self._pool.handle_request(request)
        except FetchFault as fault:
            raise type(fault)(fault.what, address, fault.do, lasting=fault.lasting) from None
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, ValueError) as fault:
            raise FetchFault(self._said(fault), address, LATER) from None
        try:
            ip = self._server(response)  # a connection that broke no longer knows
            unpacker, broken = self._body(response)
            return Exchange(
                address=address,
                at=at,
                request=tuple(request.headers),
                status=response.status,
                reason=_ascii(response.extensions.get("reason_phrase")),
                version=_ascii(response.extensions.get("http_version")) or "HTTP/1.1",
                headers=tuple(response.headers),
                body=unpacker.body if unpacker else b"",
                ip=ip,
                seconds=time.monotonic() - begun,
                broken=broken and FetchFault(broken.what, address, broken.do, lasting=broken.lasting),
            )
        finally:
            response.close()

    def close(self) -> None:
        """End what is open."""
        self._pool.close()

    def _request(self, url: httpx.URL, further: Mapping[str, str]) -> httpcore.Request:
        headers = {"User-Agent": self._agent, "Accept": "*/*", "Accept-Encoding": ASKED, **further}
        whole = httpx.Request("GET", url, headers={"Connection": "close", **headers})
        seconds = min(SILENCE, self._settings.fetch_seconds)
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        timeout = {"connect": seconds, "read": seconds, "write": seconds, "pool": seconds}
        return httpcore.Request("GET", target, headers=whole.headers.raw, extensions={"timeout": timeout})

    def _body(self, response: httpcore.Response) -> tuple[Unpacker | None, FetchFault | None]:
        """What was unpacked of the body, and why it is not whole, if so."""
        encoding = next((v for k, v in response.headers if k.lower() == b"content-encoding"), b"").decode("latin-1")
        unpacker: Unpacker | None = None
        try:
            most, ratio = self._settings.max_fetch_bytes, self._settings.max_unpacked_ratio
            unpacker = Unpacker(encoding if response.status != 304 else "", most=most, ratio=ratio)
            for piece in response.iter_stream():
                unpacker.feed(piece)
            unpacker.end()
        except FetchFault as fault:
            return unpacker, fault
        except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError) as fault:
            return unpacker, FetchFault(self._said(fault), "", LATER)
        return unpacker, None

    def _said(self, fault: Exception) -> str:
        """What happened on the network, in words."""
        if isinstance(fault, httpcore.TimeoutException):
            limit = self._settings.fetch_seconds
            return f"no whole response within {limit:g} seconds, or none for {min(SILENCE, limit):g} (RECOUNT_FETCH_SECONDS)"
        if isinstance(fault, httpcore.ConnectError):
            return f"no connection ({fault})"
        if isinstance(fault, httpcore.ProtocolError):
            return f"no proper HTTP response ({fault})"
        return f"the connection broke ({fault or type(fault).__name__})"

    def _server(self, response: httpcore.Response) -> str | None:
        stream = response.extensions.get("network_stream")
        try:
            found = stream.get_extra_info("server_addr") if stream is not None else None
        except OSError:  # it hung up already
            return None
        return str(found[0]) if found else None


def _ascii(said: Any) -> str:
    return said.decode("latin-1") if isinstance(said, bytes) else ""
