"""The guarded way onto the network: only to public addresses, and never longer than agreed.

A name is looked up once, what it means is checked, and the connection goes to the very address that was checked; so a
name that means something else a moment later (DNS rebinding) leads nowhere. The time allowed counts for the whole
exchange, so that a server which sends a byte now and then cannot hold a connection open.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from typing import Any

import httpcore

from recount.errors import FetchFault

Resolver = Callable[[str, int], list[str]]
"""Host and port → the IP addresses that they mean."""
NAT64 = ipaddress.ip_network("64:ff9b::/96")
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


def look_up(host: str, port: int) -> list[str]:
    """The IP addresses of a host, in the system's order. OSError where there are none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[4][0]) for place in found))


def is_public(said: str) -> bool:
    """Whether an IP address is one of the public internet, also inside the forms that carry another address."""
    try:
        address = ipaddress.ip_address(said.partition("%")[0])
    except ValueError:
        return False
    inner = _carried(address)
    if inner is not None:
        return is_public(str(inner))
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_link_local
    return address.is_global and not special


def _carried(address: IPAddress) -> IPAddress | None:
    """The IPv4 address that an IPv6 one stands for, if any."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)


class Deadline:
    """When the exchange that is under way must be over."""

    def __init__(self) -> None:
        self._until = float("inf")

    def begin(self, seconds: float) -> None:
        """From now on, so many seconds are left."""
        self._until = time.monotonic() + seconds

    def within(self, timeout: float | None) -> float:
        """A timeout cut to what is left. httpcore.ReadTimeout where nothing is."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time allowed for the whole response is over")
        return left if timeout is None else min(timeout, left)


class TimedStream(httpcore.NetworkStream):
    """A connection that keeps the deadline, whatever it is used for."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes; httpcore.ReadTimeout after the deadline."""
        return self._inner.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send the bytes; httpcore.WriteTimeout or ReadTimeout where that takes too long."""
        self._inner.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        """End the connection."""
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same connection, encrypted, its certificate checked against the name asked for."""
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return TimedStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What is known of the connection: "server_addr" is the address that it goes to."""
        return self._inner.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Connects to the public internet only, and to the private hosts that are named (`cms.local:8080`)."""

    def __init__(self, deadline: Deadline, *, private: Collection[str] = (), resolver: Resolver = look_up) -> None:
        self._deadline, self._private, self._resolver = deadline, private, resolver
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's checked addresses that answers. FetchFault for a private one."""
        fault: Exception | None = None
        for address in self.checked(host, port):
            within = self._deadline.within(timeout)
            try:
                inner = self._inner.connect_tcp(address, port, within, local_address, socket_options)
                return TimedStream(inner, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as refused:
                fault = refused
        raise fault or httpcore.ConnectError("the name means no address")

    def checked(self, host: str, port: int) -> list[str]:
        """The addresses of a host, all of which may be connected to. FetchFault where one of them may not."""
        try:
            found = self._resolver(host, port)
        except (OSError, UnicodeError) as fault:
            raise httpcore.ConnectError(f"the name {host} is not known ({fault})") from None
        if not self._may_be_private(host, port):
            for address in found:
                if not is_public(address):
                    raise private_fault(host, address)
        return found

    def _may_be_private(self, host: str, port: int) -> bool:
        bare = host.lower().strip("[]")
        return f"{bare}:{port}" in self._private or (port in (80, 443) and bare in self._private)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """Never: a socket of this machine is no public address."""
        raise private_fault(path, "a socket of this machine")


class PrivateAddress(FetchFault):
    """An address leads where it must not: inside a network."""


def private_fault(host: str, address: str) -> PrivateAddress:
    """The fault of a host that stands at a private address."""
    what = f"leads to {host}, which is not on the public internet" + (f" ({address})" if address != host else "")
    return PrivateAddress(what, "", "If that is meant, name the host under allow_private of this source.", lasting=True)
