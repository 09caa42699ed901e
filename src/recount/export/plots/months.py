"""People killed by month and side, under a rule set; parts of an operation are not added to it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from recount.export.pieces import grounds
from recount.export.plots import Plot
from recount.export.plots.looks import SIDES, WHOLE, described
from recount.reconcile import figures, rule_set

if TYPE_CHECKING:
    from recount.store.contract import Ledger


def draw(ledger: Ledger, rules: str = "representative") -> Plot:
    """The picture of the whole ledger. Incidents without a month are left out, and the subtitle says how many."""
    ruled, killed, undated = rule_set(rules), Counter[tuple[str, str]](), 0
    for ground in grounds(ledger):
        for incident in ground.incidents.values():
            if incident.part_of in ground.incidents:
                continue
            dossier = ground.dossier(incident)
            told = (incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
            found = [f for f in figures(*told, rules=rules) if f.harm == "killed" and f.side and f.best]
            if found and incident.days.first is None:
                undated += 1
            elif incident.days.first is not None:
                month = f"{incident.days.first:%Y-%m}"
                killed.update({(month, f.side or ""): max(f.best or 0, 0) for f in found})
    rows = [{"month": m, "who": SIDES[s][0], "killed": n} for (m, s), n in sorted(killed.items())]
    rows += [{"month": m, "who": SIDES["unspecified"][0], "killed": 0} for m in _between([m for m, _ in killed])]
    names, colours, _ = (list(part) for part in zip(*SIDES.values(), strict=True))
    per_month = Counter[str]()
    for (month, _), number in killed.items():
        per_month[month] += number
    listed = "; ".join(f"{m}: {n}" for m, n in sorted(per_month.items())) or "none"
    left = f" {undated} incidents without a month are left out." if undated else ""
    alt = f"People killed by month under the rule set {ruled.name} ({ruled.version}): {listed}.{left}"
    spec = described(
        "Killed by month and side",
        [
            f"As claimed, under the rule set {ruled.name} ({ruled.version}).",
            f"Operations once, without their parts.{left}",
        ],
        alt,
        data={"values": rows},
        width={"step": 44},
        height=240,
        mark={"type": "bar", "stroke": "white", "strokeWidth": 1},
        encoding={
            "x": {"field": "month", "type": "ordinal", "title": None, "axis": {"labelAngle": -45}},
            "y": {"field": "killed", "type": "quantitative", "title": "people", "axis": WHOLE},
            "color": {"field": "who", "type": "nominal", "title": None, "scale": {"domain": names, "range": colours}},
            "order": {"field": "who"},
        },
    )
    return Plot(spec=spec, alt=alt)


def _between(months: list[str]) -> list[str]:
    """Every month from the first to the last, those without a figure too."""
    if not months:
        return []
    (year, month), last = (int(part) for part in min(months).split("-")), max(months)
    found: list[str] = []
    while not found or found[-1] < last:
        found.append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return found
