"""Manners: one request per host at a time with a pause, robots.txt, and waiting when asked to.

What robots.txt says holds as RFC 9309 has it: none there (4xx) allows all; a server that fails (5xx, no answer) allows
nothing until it answers again. It is asked for once a day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from threading import Event, Lock
from typing import Any
from urllib.parse import urlsplit

from recount.errors import FetchFault, MissingExtra
from recount.records import Record
from recount.sources.state import State, iso, moment

ROBOTS_FOR = timedelta(days=1)
ROBOTS_AGAIN = timedelta(minutes=10)
ROBOTS_LETTERS = 500_000
LONGEST_DELAY = 120.0
"""A crawl-delay beyond this many seconds is taken as this many: 700 requests a day."""
LONGEST_WAIT = 7 * 86400.0
LONGEST_LINE, MOST_STARS = 2_000, 6
SLEPT_OUT = 60.0
"""A host that asks for so many seconds or fewer is waited for; beyond them its addresses are left for later."""


class Stopped(Exception):
    """The watch was asked to stop; nothing is lost."""


class Rules(Record, frozen=True, kw_only=True):
    """What a host's robots.txt allows. `status` is that of its answer."""

    text: str
    status: int

    def allow(self, address: str, agent: str) -> bool:
        """Whether an address may be asked for."""
        if not 200 <= self.status < 500 or self.status == 429:
            return False
        return self.status >= 400 or bool(_parsed(self.text).can_fetch(address, agent))

    def delay(self, agent: str) -> float:
        """The pause in seconds that it asks for; 0 for none."""
        return min(_parsed(self.text).crawl_delay(agent) or 0.0, LONGEST_DELAY) if 200 <= self.status < 400 else 0.0


class Host:
    """One host's turn: a lock, one more for its robots.txt, and when it may be asked again."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.robots = Lock()
        self.next = 0.0


class Manners:
    """Keeps them for all threads of a watch. `stop` wakes whoever waits, with Stopped."""

    def __init__(self, state: State, agent: str, stop: Event) -> None:
        self._state, self._agent, self._stop = state, agent, stop
        self._hosts: dict[str, Host] = {}
        self._lock = Lock()

    @contextmanager
    def turn(self, address: str, pause: float) -> Iterator[None]:
        """This host's turn, after its pause. FetchFault where it asked for a longer wait, Stopped when asked to stop."""
        name, host = host_key(address), self._host(address)
        with host.lock:
            self._wait_as_asked(name, address)
            self.sleep(host.next - time.monotonic())
            try:
                yield
            finally:
                host.next = time.monotonic() + pause

    def _host(self, address: str) -> Host:
        with self._lock:
            return self._hosts.setdefault(host_key(address), Host())

    def sleep(self, seconds: float) -> None:
        """Wait; Stopped when asked to stop meanwhile."""
        if self._stop.wait(max(seconds, 0.0)):
            raise Stopped

    def asked_to_wait(self, address: str, seconds: float) -> None:
        """Remember that a host asked to be left alone for so long, also beyond this run."""
        until = datetime.now(UTC) + timedelta(seconds=min(seconds, LONGEST_WAIT))
        self._state.host_told(host_key(address), not_before=iso(until))

    def _wait_as_asked(self, name: str, address: str) -> None:
        until = moment(self._state.host(name).get("not_before"))
        left = (until - datetime.now(UTC)).total_seconds() if until else 0.0
        if left > SLEPT_OUT and until:
            what = f"{urlsplit(address).hostname} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
            raise FetchFault(what, address, "It is tried again then.", wait=left)
        self.sleep(left)

    def rules(self, address: str, ask: Callable[[str], Rules]) -> Rules:
        """What the robots.txt of the address's host says; `ask` fetches it where what is known is too old."""
        with self._host(address).robots:
            return self._rules(host_key(address), ask)

    def _rules(self, name: str, ask: Callable[[str], Rules]) -> Rules:
        known = self._state.host(name)
        at = moment(known.get("robots_at"))
        if at and datetime.now(UTC) - at < _keeps(known["robots_status"]):
            return Rules(text=known["robots"] or "", status=known["robots_status"])
        rules = ask(f"{name}/robots.txt")
        told = {"robots": rules.text, "robots_status": rules.status, "robots_at": iso(datetime.now(UTC))}
        self._state.host_told(name, **told)
        return rules

    def check(self, address: str, rules: Rules) -> None:
        """FetchFault where the rules of its host do not allow an address."""
        if rules.allow(address, self._agent):
            return
        host = urlsplit(address).hostname
        if 200 <= rules.status < 400:
            what, do = f"the robots.txt of {host} does not allow it", "Ask the publisher, or look for their feed."
            raise FetchFault(what, address, do, lasting=True)
        what = f"{host} does not say what may be fetched: its robots.txt answers with status {rules.status}"
        raise FetchFault(what, address, "It is tried again at the next poll.")


def _keeps(status: int) -> timedelta:
    """How long an answer to the question for robots.txt holds."""
    return ROBOTS_FOR if 200 <= status < 500 and status != 429 else ROBOTS_AGAIN


def host_key(address: str) -> str:
    """What one request at a time is counted by: scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def retry_after(said: str | None, now: datetime) -> float | None:
    """The seconds that a Retry-After asks for, given as seconds or as a date; None for anything else."""
    said = (said or "").strip()
    if said.isdecimal():
        return min(float(said[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((until - now).total_seconds(), 0.0), LONGEST_WAIT)


@lru_cache(maxsize=64)
def _parsed(text: str) -> Any:
    """The rules in a robots.txt. Lines that no honest file has are left out: matching them could take very long."""
    try:
        from protego import Protego
    except ImportError:
        raise MissingExtra("Watching sources", "sources") from None
    lines = (line for line in text.splitlines() if len(line) <= LONGEST_LINE and line.count("*") <= MOST_STARS)
    return Protego.parse("\n".join(lines))
