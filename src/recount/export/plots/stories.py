"""One incident with all that a picture of it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from recount.errors import WrongUse
from recount.export.ground import Dossier, Ground
from recount.export.page.views import title_of
from recount.export.page.wording import days_text
from recount.export.pieces import Piece, ground_for
from recount.records import Record

if TYPE_CHECKING:
    from recount.store.contract import Ledger


class Story(Record, frozen=True):
    """The incident's dossier in its ground, and its kind, place and days as a title."""

    dossier: Dossier
    ground: Ground
    title: str

    @property
    def told(self) -> tuple[Any, ...]:
        """What the functions of `reconcile` take."""
        d = self.dossier
        return d.incident, d.all_event_reports, d.claims, self.ground.reports, d.parts


def story(ledger: Ledger, incident_id: str) -> Story:
    """The story of one incident, with its parts; WrongUse where the id is of something else."""
    known = {i.id: i for i in ledger.incidents()}
    if incident_id not in known:
        raise WrongUse("this is no incident", incident_id, "List them with: recount incidents")
    wanted, waiting = [], [incident_id]
    while waiting:
        wanted.append(waiting.pop(0))
        waiting += [i.id for i in known.values() if i.part_of == wanted[-1] and i.id not in wanted]
    accounts = [e for i in wanted for e in known[i].event_reports]
    reports = tuple(dict.fromkeys(e.report for e in ledger.event_reports(accounts)))
    ground = ground_for(ledger, Piece(incidents=tuple(known[i] for i in dict.fromkeys(wanted)), reports=reports))
    dossier = ground.dossier(known[incident_id])
    return Story(
        dossier=dossier,
        ground=ground,
        title=f"{title_of(dossier.incident)}, {days_text(dossier.incident.days)}",
    )
