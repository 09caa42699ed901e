"""One incident: what is claimed, how it evolved, what disagrees and why, and every claim with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from rich.text import Text

from recount import reconcile
from recount.cli import dossier, incident_ground, incident_tables, listing, listing_table, screen, words
from recount.cli.dossier import Dossier
from recount.cli.show_claim import report_dict
from recount.reconcile import Checked, Origin, Share, standpoint
from recount.records import Disagreement, Figure, Incident, Record, TollPoint

if TYPE_CHECKING:
    from rich.console import Console

    from recount.store.contract import Ledger


class View(Record, frozen=True, kw_only=True):
    """A dossier and what is derived from it."""

    of: Dossier
    cells: tuple[listing.Cell, ...]
    timeline: tuple[TollPoint, ...]
    disagreements: tuple[Disagreement, ...]
    figures: tuple[Figure, ...]
    origins: tuple[Origin, ...]
    proof: tuple[Checked, ...]
    shares: dict[str, list[Share]]


def show(book: Ledger, incident_id: str, console: Console | None) -> None:
    """Show the incident with this full id. NotFound when there is none."""
    view = view_of(dossier.gather(book, incident_id))
    if console is None:
        screen.print_json(as_dict(view))
    else:
        render(view, console)


def view_of(found: Dossier) -> View:
    """Derive what the page of an incident shows."""
    ground = (found.incident, found.event_reports, list(found.claims.values()), found.reports, found.parts)
    return View(
        of=found,
        cells=listing.cells_of(found.told, found.ground),
        timeline=tuple(reconcile.timeline(*ground)),
        disagreements=tuple(reconcile.disagreements(*ground)),
        figures=tuple(dossier.rule_figures(found)),
        origins=tuple(incident_ground.origins_of(found)),
        proof=tuple(incident_ground.proof_of(found)),
        shares=incident_ground.shares_of(found),
    )


def render(view: View, console: Console) -> None:
    """Print the view, section by section; empty sections are left out."""
    for text in heading(view.of):
        console.print(text)
    sections: list[tuple[str, list[Any]]] = [
        ("Claimed, lowest–highest (nobody's estimate)", incident_tables.summary_table(view.cells)),
        ("How the figures evolved", incident_tables.timeline_table(view.timeline, view.of)),
        ("What disagrees, and why", incident_tables.pairs((d.kind, d.sentence) for d in view.disagreements)),
        (incident_ground.source_head(view.origins), incident_ground.source_lines(view.origins, view.of)),
        ("What is offered as proof", incident_ground.proof_lines(view.proof)),
        ("By rule set (each with its own way to choose)", incident_tables.figures_table(view.figures)),
        ("Rows that a codebook would enter", incident_ground.share_lines(view.shares)),
        ("Parts (not added to the figures above)", parts_table(view.of, console.width)),
        ("Claims", incident_tables.claim_lines(view.of)),
        ("Rejected by people (nothing rests on these)", incident_tables.rejected_lines(view.of)),
        ("Why these reports are linked", link_lines(view.of)),
    ]
    for head, body in sections:
        if body:
            console.print(Text(f"\n{head}", style="bold"))
        for piece in body:
            console.print(piece)


def title(incident: Incident) -> str:
    """Kind, places and days in neutral words."""
    where = ", ".join(words.place_text(p) for p in incident.places) or incident.admin1 or incident.country
    around = [n for n in (incident.admin1, incident.country) if n and n != where]
    named = ", ".join([where or "place not told", *around])
    days = words.day_text(incident.days)
    return f"{incident.kind.capitalize()} · {named} · {days if days != words.NOTHING else 'day not told'}"


def heading(found: Dossier) -> list[Text]:
    """What, where, when, who, and what it is part of."""
    incident = found.incident
    lines = [Text(words.clean(title(incident)), style="bold"), Text(incident.id, style="dim")]
    if incident.days.reason:
        lines.append(Text(words.clean(f"Day: {incident.days.reason}"), style="dim"))
    lines.append(Text(words.clean(f"By: {words.actors_text(incident.actors)}")))
    if incident.targets:
        lines.append(Text(words.clean(f"Against: {words.actors_text(incident.targets)}")))
    if found.whole is not None:
        why = f" ({incident.part_reason})" if incident.part_reason else ""
        lines.append(Text(words.clean(f"Part of: {found.whole.id[:8]} {title(found.whole)}{why}")))
    return lines


def parts_table(found: Dossier, width: int) -> list[Any]:
    """The incidents that are part of this one, as `recount incidents` lists them."""
    shorts = listing.short_ids([i.id for i in found.parts])
    lines = [listing.line_of(i, 0, shorts[i.id], found.ground) for i in found.parts]
    return [listing_table.table(lines, width)] if lines else []


def link_lines(found: Dossier) -> list[Any]:
    """Each link: the report, the score and its sentence."""
    names = {e.id: found.reports[e.report].name for e in found.event_reports if e.report in found.reports}
    return incident_tables.pairs(
        (words.line(names.get(k.event_report, k.event_report)), f"{k.sentence} (score {k.score:.1f})")
        for k in found.links
    )


def timeline_dict(point: TollPoint) -> dict[str, Any]:
    """A mark of the timeline with where its speaker stands to those it counts."""
    return msgspec.structs.asdict(point) | {"standpoint": standpoint(point.party, point.toll.side)}


def as_dict(view: View) -> dict[str, Any]:
    """The incident for `--json`."""
    found = view.of
    return {
        "type": "incident",
        "incident": found.incident,
        "operation": found.whole.id if found.whole else None,
        "parts": list(found.parts),
        "tolls": list(view.cells),
        "timeline": [timeline_dict(point) for point in view.timeline],
        "disagreements": list(view.disagreements),
        "figures": list(view.figures),
        "sources": list(view.origins),
        "proof": list(view.proof),
        "shares": [share for dealt in view.shares.values() for share in dealt],
        "event_reports": list(found.event_reports),
        "claims": list(found.claims.values()),
        "rejected": list(found.ground.rejected.values()),
        "decisions": list({j.id: j for j in found.ground.decisions.values()}.values()),
        "links": list(found.links),
        "reports": [report_dict(r) for r in found.reports.values()],
    }
