"""Everything around a few incidents or one report, with people's decisions laid over what the rules read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from recount.export.ground import Ground, ground_from
from recount.records import Claim, Coding, Record
from recount.store import around
from recount.store.left import Left, Overlay
from recount.store.replay import Decided

if TYPE_CHECKING:
    from sqlalchemy import Connection


class Around(Record, frozen=True):
    """Records around some incidents as people left them, the decisions, and the claims that people rejected."""

    ground: Ground
    decided: Decided
    rejected: tuple[Claim, ...]


def ground_around(connection: Connection, incident_ids: Sequence[str]) -> Around:
    """The records that these incidents, their parts and their wholes rest on."""
    incidents = around.family(connection, incident_ids)
    events = [e for i in incidents.values() for e in i.event_reports]
    told, decisions = _left(connection, around.reports_telling(connection, events))
    ground = ground_from(told, incidents.values(), around.links_to(connection, incidents))
    return Around(ground=ground, decided=decisions, rejected=tuple(ground.rejected.values()))


def decided_codings(connection: Connection, report_ids: Sequence[str]) -> tuple[list[Coding], Decided, list[Claim]]:
    """Codings of these reports as people left them, the decisions, and the claims that people rejected."""
    told, decisions = _left(connection, report_ids)
    return [one.coding for one in told], decisions, [claim for one in told for claim in one.rejected]


def _left(connection: Connection, report_ids: Sequence[str]) -> tuple[list[Left], Decided]:
    read = around.codings_named(connection, report_ids)
    decisions = around.decided_on(connection, read)
    return list(map(Overlay(decisions).over, read)), decisions
