"""A visit to an address: with manners, through redirects, each response kept as evidence before anyone reads it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin

from recount.errors import FetchFault
from recount.records import Record
from recount.settings import Settings
from recount.sources.archive import Archive, Place
from recount.sources.connecting import PrivateAddress, Resolver, look_up
from recount.sources.exchanging import LATER, Exchange, Exchanger, checked
from recount.sources.manners import ROBOTS_LETTERS, Manners, Rules, retry_after
from recount.sources.plan import Source
from recount.sources.state import Answer, State, iso

MOST_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
BUSY = (429, 503)
WAIT_WHEN_BUSY = 600.0
"""Seconds that a busy server is left alone where it does not say for how long."""


class Kit(Record, frozen=True, kw_only=True):
    """What every visit of a watch uses. `tell` hears of each thing done for a source ("fetched", "unchanged", …)."""

    settings: Settings
    agent: str
    state: State
    archive: Archive | None
    """None keeps nothing: a trial."""
    manners: Manners
    tell: Callable[[str, str], None] = lambda _source, _done: None
    resolver: Resolver = look_up


class Visit(Record, frozen=True, kw_only=True):
    """What a visit brought. `address` is where the redirects ended; `place` is where the record stands that holds `body`."""

    address: str
    at: datetime
    body: bytes = b""
    kind: str = ""
    sha256: str = ""
    place: Place | None = None
    unchanged: bool = False
    """Whether the server, or a look at the bytes, says that nothing changed since the last visit."""
    answer: Answer = Answer()


class Visitor:
    """Visits addresses for one source."""

    def __init__(self, source: Source, kit: Kit) -> None:
        self._source, self._kit = source, kit
        self._exchanger = Exchanger(kit.settings, kit.agent, private=source.private, resolver=kit.resolver)

    def visit(self, address: str) -> Visit:
        """Fetch an address, if it changed since this source last did. FetchFault where it cannot or must not be."""
        known = self._kit.state.answer(self._source.name, address)
        exchange, place = self._through(checked(address), known)
        sha256 = hashlib.sha256(exchange.body).hexdigest()
        if exchange.status == 304 or sha256 == known.sha256:
            return Visit(address=exchange.address, at=exchange.at, unchanged=True, answer=known)
        answer = Answer(
            etag=exchange.header("ETag"),
            modified=exchange.header("Last-Modified"),
            sha256=sha256,
            at=iso(exchange.at),
            file=place.file if place else None,
            offset=place.offset if place else None,
        )
        return Visit(
            address=exchange.address,
            at=exchange.at,
            body=exchange.body,
            kind=(exchange.header("Content-Type") or "").partition(";")[0].strip().lower(),
            sha256=sha256,
            place=place,
            answer=answer,
        )

    def close(self) -> None:
        """End what is open."""
        self._exchanger.close()

    def _through(self, address: str, known: Answer) -> tuple[Exchange, Place | None]:
        """The response at the end of the redirects, each of which is kept too."""
        seen: list[str] = []
        further = _conditions(known)
        while True:
            if address in seen:
                raise FetchFault("redirects that lead in a circle", seen[0], "Check the address.", lasting=True)
            if len(seen) > MOST_REDIRECTS:
                raise FetchFault(f"more than {MOST_REDIRECTS} redirects", seen[0], "Check the address.", lasting=True)
            seen.append(address)
            rules = self._rules(address)
            self._kit.manners.check(address, rules)
            exchange, place = self._exchange(address, rules.delay(self._kit.agent), further, known)
            target = _target(exchange)
            if target is None:
                _refuse_status(exchange, self._kit.manners)
                return exchange, place
            address, further = target, {}

    def _exchange(
        self, address: str, delay: float, further: dict[str, str], known: Answer
    ) -> tuple[Exchange, Place | None]:
        """One response in this host's turn, kept. FetchFault, after it was kept, where it is not whole."""
        with self._kit.manners.turn(address, max(self._source.pause, delay)):
            exchange = self._exchanger.exchange(address, further)
        place = self._keep(exchange, known)
        if exchange.broken:
            raise exchange.broken
        return exchange, place

    def _keep(self, exchange: Exchange, known: Answer) -> Place | None:
        if self._kit.archive is None:
            return None
        same = exchange.body and known.at and known.sha256 == hashlib.sha256(exchange.body).hexdigest()
        place, size = self._kit.archive.keep(exchange, (exchange.address, known.at) if same and known.at else None)
        self._kit.state.grown(place, size)
        return place

    def _rules(self, address: str) -> Rules:
        return self._kit.manners.rules(address, self._ask_rules)

    def _ask_rules(self, address: str) -> Rules:
        """The rules at the address of a robots.txt, redirects followed. FetchFault where no answer came."""
        asked = checked(address)
        for _ in range(MOST_REDIRECTS + 1):
            try:
                exchange, _place = self._exchange(asked, 0.0, {}, Answer())
                target = _target(exchange)
            except PrivateAddress:
                raise
            except FetchFault as fault:  # without its rules nothing may be asked for, but tomorrow they may be there
                raise FetchFault(f"its robots.txt: {fault.what}", address, LATER, wait=fault.wait) from None
            if target is None:
                text = exchange.body.decode("utf-8", "replace")[:ROBOTS_LETTERS]
                return Rules(text=text if exchange.status < 300 else "", status=exchange.status)
            asked = target
        return Rules(text="", status=404)  # RFC 9309: more redirects than that are as if there were none


def _conditions(known: Answer) -> dict[str, str]:
    """The headers that ask for an answer only if it changed."""
    told = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in told.items() if value and value.isascii() and value.isprintable()}


def _target(exchange: Exchange) -> str | None:
    """Where a redirect leads; None for any other response. FetchFault where it leads off the web."""
    if exchange.status not in REDIRECTS:
        return None
    said = exchange.header("Location")
    if not said:
        raise FetchFault("a redirect that leads nowhere", exchange.address, LATER)
    try:
        return checked(urljoin(exchange.address, said))
    except (FetchFault, ValueError) as fault:
        what = fault.what if isinstance(fault, FetchFault) else "no address"
        do = "Check the address; the server may have been taken over."
        raise FetchFault(f"redirects to {said[:100]!r}: {what}", exchange.address, do, lasting=True) from None


def _refuse_status(exchange: Exchange, manners: Manners) -> None:
    """FetchFault for every answer that holds no page."""
    status, where = exchange.status, exchange.address
    asked = retry_after(exchange.header("Retry-After"), datetime.now(UTC))
    if status in BUSY or (status >= 500 and asked is not None):
        wait = WAIT_WHEN_BUSY if asked is None else asked
        manners.asked_to_wait(where, wait)
        what = f"the server asks to be left alone (status {status})"
        raise FetchFault(what, where, f"It is tried again in {wait / 60:.0f} minutes.", wait=wait)
    if status == 304 or (200 <= status < 300 and exchange.body):
        return
    if status in (404, 410):
        raise FetchFault(f"not there (status {status})", where, "Check the address.", lasting=True)
    if status in (401, 402, 403, 451):
        raise FetchFault(f"the server does not give it to us (status {status})", where, "Ask the publisher for access.")
    if 200 <= status < 300:
        raise FetchFault("an empty answer", where, LATER)
    raise FetchFault(f"the server answers with status {status}", where, LATER)
