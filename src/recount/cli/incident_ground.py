"""What an incident's figures rest on: which sources count as one, what is offered as proof, what a codebook would enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recount import reconcile
from recount.cli import words
from recount.cli.dossier import Dossier
from recount.cli.incident_tables import pairs
from recount.reconcile import Checked, Origin, Share


def origins_of(found: Dossier) -> list[Origin]:
    """The independent origins of everything that tells of the incident."""
    return reconcile.origins((e.report for e in found.event_reports), found.reports)


def source_head(origins: Sequence[Origin]) -> str:
    """ "2 independent sources in 3 reports"."""
    reports = sum(len(o.reports) for o in origins)
    sources = words.many(len(origins), "independent source")
    return f"{sources[0].upper()}{sources[1:]} in {words.many(reports, 'report')}"


def source_lines(origins: Sequence[Origin], found: Dossier) -> list[Any]:
    """Each origin with its reports and why they count as one; nothing where a single report tells all."""
    if sum(len(o.reports) for o in origins) < 2:
        return []
    return pairs((str(n), _origin(origin, found)) for n, origin in enumerate(origins, 1))


def _origin(origin: Origin, found: Dossier) -> str:
    named = [found.reports[r] for r in origin.reports if r in found.reports]
    told = ", ".join(words.line(r.outlet or r.name) for r in named)
    return f"{told}: {origin.reason}" if len(origin.reports) > 1 else told


def proof_of(found: Dossier) -> list[Checked]:
    """The checklist of evidence, answered."""
    return reconcile.checklist(found.incident, found.event_reports, found.claims.values(), found.parts)


def proof_lines(rows: Sequence[Checked]) -> list[Any]:
    """What is offered and what is said to be missing, each with who says so; the rest of the checklist on one line."""
    told = [(row.found, row.sentence) for row in rows if row.found != "not mentioned"]
    silent = [row.item for row in rows if row.found == "not mentioned"]
    return pairs([*told, *([("not mentioned", ", ".join(silent))] if silent else [])])


def shares_of(found: Dossier) -> dict[str, list[Share]]:
    """The rows of killed, all sides together, that each codebook would enter, where they are more than one."""
    ground = (found.incident, found.event_reports, list(found.claims.values()), found.reports, found.parts)
    rows = {name: [s for s in reconcile.shares(*ground, rules=name) if s.side is None] for name in reconcile.RULE_SETS}
    return {name: dealt for name, dealt in rows.items() if len(dealt) > 1}


def share_lines(shares: dict[str, list[Share]]) -> list[Any]:
    """One line for each codebook: how the figure is dealt out, and to which places or days."""
    return pairs((name, f"{dealt[0].reason}: {', '.join(map(_share, dealt))}") for name, dealt in shares.items())


def _share(share: Share) -> str:
    where = words.line(share.place.name) if share.place else ""
    when = share.day.isoformat() if share.day and not where else ""
    return f"{where or when or share.incident[:8]} {words.count_text(share.low, share.high)}"
