"""What the desk tells a monitor: how many records, how many requests and how long they took, as Prometheus reads it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from recount.errors import RecountError

if TYPE_CHECKING:
    from recount.web.desk import Desk

FRESH = 15.0
"""Seconds for which counts of the ledger are told again without counting."""
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT"})
NAMES = {
    "reports": "Reports kept",
    "claims": "Claims that the current codings hold",
    "event_reports": "Accounts of incidents that the current codings hold",
    "incidents": "Current incidents",
    "judgements": "Decisions by people, also those taken back",
    "set_aside": "Inputs that could not be read",
}


class Metrics:
    """The numbers of one desk, in a registry of their own."""

    def __init__(self, desk: Desk) -> None:
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "recount_request_seconds",
            "Time from a request's beginning to the end of its answer",
            ("method", "route", "status"),
            buckets=BOUNDS,
            registry=self.registry,
        )
        self.running = Gauge("recount_requests_running", "Requests being answered", registry=self.registry)
        self.registry.register(OfLedger(desk))

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request; `route` is a pattern such as `/incidents/{incident_id}`, never an address."""
        self._seconds.labels(method if method in METHODS else "other", route, str(status)).observe(seconds)

    def text(self) -> bytes:
        """Everything in Prometheus's text format."""
        return generate_latest(self.registry)


class OfLedger(Collector):
    """Counts of the ledger, taken when they are asked for and at most every `FRESH` seconds."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turn = threading.Lock()
        self._at, self._counts = float("-inf"), dict[str, Any]()

    def describe(self) -> list[Any]:
        """Nothing: the ledger is not counted before somebody asks."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The counts, and whether the ledger answers."""
        with self._turn:
            up = self._count()
        yield GaugeMetricFamily("recount_ledger_up", "Whether the ledger answers", value=float(up))
        behind = float(not self._desk.current)
        yield GaugeMetricFamily(
            "recount_lists_behind", "Whether the lists are not yet, or could not be, brought up to date", behind
        )
        for name, told in NAMES.items() if self._counts else ():
            yield GaugeMetricFamily(f"recount_{name}", told, value=float(self._counts[name]))

    def _count(self) -> bool:
        if time.monotonic() - self._at < FRESH:
            return True
        try:
            self._counts = self._desk.ledger.counts()
        except RecountError:
            return False
        self._at = time.monotonic()
        return True
