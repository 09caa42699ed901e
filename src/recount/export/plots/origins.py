"""Source independence: of how many origins the reports of an incident are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from recount.export.page.views import title_of
from recount.export.page.wording import days_text
from recount.export.pieces import grounds
from recount.export.plots import Plot
from recount.export.plots.looks import described
from recount.reconcile import origins

if TYPE_CHECKING:
    from recount.store.contract import Ledger

MOST = 30
KINDS = {"domain": ["independent origins", "copies and texts of one agency"], "range": ["#0072B2", "#E69F00"]}


def draw(ledger: Ledger, rules: str = "representative") -> Plot:
    """The incidents with the most reports; `rules` plays no part, since no figure is shown."""
    counted = []
    for ground in grounds(ledger):
        for incident in ground.incidents.values():
            dossier = ground.dossier(incident)
            told = {e.report for e in dossier.all_event_reports}
            if told:
                name = f"{title_of(incident)}, {days_text(incident.days)} ({incident.id[:6]})"
                counted.append((len(told), len(origins(told, ground.reports)), name))
    shown = sorted(counted, key=lambda item: (-item[0], item[1], item[2]))[:MOST]
    rows = []
    for reports, independent, name in shown:
        rows.append({"incident": name, "kind": "independent origins", "number": independent, "place": 0})
        rows.append(
            {"incident": name, "kind": "copies and texts of one agency", "number": reports - independent, "place": 1}
        )
    listed = "; ".join(f"{name}: {r} reports of {i} independent origins" for r, i, name in shown) or "no incident"
    alt = f"Source independence of the {len(shown)} incidents with the most reports: {listed}."
    spec = described(
        "Source independence",
        "Near copies and texts of one agency count as one origin.",
        alt,
        data={"values": rows},
        width=380,
        height={"step": 20},
        mark={"type": "bar"},
        encoding={
            "y": {"field": "incident", "type": "nominal", "title": None, "sort": None, "axis": {"labelLimit": 380}},
            "x": {"field": "number", "type": "quantitative", "title": "reports", "axis": {"tickMinStep": 1, "format": "d"}},
            "color": {"field": "kind", "type": "nominal", "title": None, "scale": KINDS},
            "order": {"field": "place"},
        },
    )  # fmt: skip
    return Plot(spec=spec, alt=alt)
