"""Pictures of a ledger: a Vega-Lite description with its alternative text, drawn as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from recount.errors import WrongUse
from recount.records import Record

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Plot(Record, frozen=True):
    """One picture: its description in Vega-Lite, and in words what it shows."""

    spec: dict[str, Any]
    alt: str


class Kind(Record, frozen=True):
    """One kind of picture; `of_incident` says whether it shows a single incident."""

    says: str
    of_incident: bool
    module: str


KINDS: dict[str, Kind] = {
    "toll": Kind(says="how the toll of an incident evolved, one mark a claim", of_incident=True, module="tolls"),
    "disagreement": Kind(says="who claims which figure of an incident", of_incident=True, module="disagreement"),
    "months": Kind(says="people killed by month and side, under a rule set", of_incident=False, module="months"),
    "map": Kind(says="where incidents are told of", of_incident=False, module="maps"),
    "sources": Kind(
        says="how many reports of an incident are of independent origin", of_incident=False, module="origins"
    ),
}
"""What `recount plot` can draw."""


def plot(ledger: Ledger, kind: str, incident: str | None = None, rules: str = "representative") -> Plot:
    """The picture of this kind; `incident` is the full id of the one to show. WrongUse where one is missing or too many."""
    if kind not in KINDS:
        raise WrongUse(f"{kind!r} is no kind of plot", "", f"There are: {', '.join(KINDS)}.")
    if KINDS[kind].of_incident and incident is None:
        raise WrongUse(f"a plot of {kind} shows one incident", "", "Name it; list them with: recount incidents")
    if incident is not None and not KINDS[kind].of_incident:
        raise WrongUse(f"a plot of {kind} shows the whole ledger", "", "Leave the incident away.")
    draw: Callable[..., Plot] = import_module(f"recount.export.plots.{KINDS[kind].module}").draw
    return draw(ledger, incident) if incident is not None else draw(ledger, rules)
