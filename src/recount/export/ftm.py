"""Incidents, reports, parties and claims as FollowTheMoney entities, or as its statements.

An incident is an Event, a report an Article, a party an Organization or PublicBody, and each claim about an incident a
Documentation between the two, with the words in `summary`. Nobody who is only named in a report becomes an entity.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from recount.export import entering as e
from recount.export.fates import Entry
from recount.export.ground import Dossier, Ground, claim_ids
from recount.export.page import wording
from recount.export.running import stamp
from recount.export.schemas import Schema
from recount.export.tables import Row
from recount.reconcile import figures
from recount.records import HARMS, Actor, Claim, Incident, Property, Report, content_id

DATASET = "recount"
PROPERTIES: tuple[Property, ...] = (
    "toll",
    "kind",
    "day",
    "place",
    "actor",
    "target",
    "attribution",
    "incident_count",
    "scope",
    "evidence",
)
STATEMENT = (
    "id", "entity_id", "canonical_id", "prop", "prop_type", "schema", "value", "dataset", "lang", "original_value",
    "external", "first_seen", "last_seen",
)  # fmt: skip
TYPES = {
    "document": "entity", "entity": "entity", "involved": "entity", "organizer": "entity", "country": "country",
    "startDate": "date", "endDate": "date", "date": "date", "publishedAt": "date", "name": "name", "title": "string",
    "sourceUrl": "url", "language": "language", "summary": "text", "description": "text", "notes": "text",
    "location": "address",
}  # fmt: skip


def key(id: str) -> str:
    """One of our ids as FollowTheMoney takes it, which allows no underscore in references."""
    return id.replace("_", "-")


def form() -> Schema:
    """FollowTheMoney has a schema of its own; here stands what of a claim it has room for."""
    facets = ("words", "speakers", "standing")
    return Schema(
        title="FollowTheMoney",
        standard="FollowTheMoney 4",
        column=(),
        harms=HARMS,
        properties=PROPERTIES,
        facets=facets,
    )


def entries(ground: Ground, rules: str = "representative") -> Mapping[str, Entry]:
    """The entities of each incident, by its id. Parties and reports that several incidents share come with each."""
    found = {}
    for incident in ground.incidents.values():
        dossier = ground.dossier(incident)
        entities, held = _entities(dossier, ground, rules)
        found[incident.id] = Entry(rows=tuple(entities), keys=(key(incident.id),), held=frozenset(held))
    return found


def _entities(dossier: Dossier, ground: Ground, rules: str) -> tuple[list[Row], list[str]]:
    incident = dossier.incident
    reports = {t.report: ground.reports[t.report] for t in dossier.event_reports}
    parties = {_party_id(a): a for a in (*incident.actors, *incident.targets)}
    about = [(t.report, c) for t in dossier.event_reports for c in claim_ids(t)]
    about += [(c.report, c.id) for _, c in dossier.attributions if c]
    claims = [ground.claims[c] for _, c in dict.fromkeys(about) if c in ground.claims]
    entities = [_event(dossier, ground, rules)]
    entities += [_article(report) for report in reports.values()]
    entities += [_party(actor) for actor in parties.values()]
    entities += [_documentation(claim, incident) for claim in claims]
    return entities, [claim.id for claim in claims]


def _entity(id: str, schema: str, **properties: Sequence[str | None] | str | None) -> Row:
    listed = {k: [v] if isinstance(v, str) else list(v or ()) for k, v in properties.items()}
    clean: Any = {k: [v for v in values if v] for k, values in listed.items()}
    return {"id": id, "schema": schema, "properties": {k: v for k, v in clean.items() if v}, "datasets": [DATASET]}  # type: ignore[dict-item]


def _event(dossier: Dossier, ground: Ground, rules: str) -> Row:
    incident = dossier.incident
    told = (incident, dossier.all_event_reports, dossier.claims, ground.reports, dossier.parts)
    counted = [
        f"{f.harm}: {wording.count_text(f.low, f.high)}, best {f.best if f.best is not None else 'not given'} ({stamp(rules)})"
        for f in figures(*told, rules=rules)
        if f.side is None
    ]
    return _entity(
        key(incident.id),
        "Event",
        name=e.sentence(dossier).rstrip("."),
        startDate=incident.days.first.isoformat() if incident.days.first else None,
        endDate=incident.days.last.isoformat() if incident.days.last else None,
        country=incident.country.lower() if incident.country else None,
        location=[p.name for p in incident.places],
        keywords=incident.kind,
        involved=[_party_id(a) for a in (*incident.actors, *incident.targets)],
        notes=[*counted, *([f"part of {incident.part_of}"] if incident.part_of else [])],
    )


def _article(report: Report) -> Row:
    return _entity(
        key(report.id),
        "Article",
        title=report.headline or report.name,
        publisher=report.outlet,
        publishedAt=report.published.isoformat() if report.published else None,
        sourceUrl=report.url if report.url and report.url.startswith(("http://", "https://")) else None,
    )


def _party_id(actor: Actor) -> str:
    return key(content_id("a", e.named(actor), actor.country))


def _party(actor: Actor) -> Row:
    kinds = {"state_forces": "PublicBody", "armed_group": "Organization"}
    return _entity(
        _party_id(actor),
        kinds.get(actor.side, "LegalEntity"),
        name=e.named(actor),
        country=actor.country.lower() if actor.country else None,
    )


def _documentation(claim: Claim, incident: Incident) -> Row:
    return _entity(
        key(content_id("d", claim.id, incident.id)),
        "Documentation",
        document=key(claim.report),
        entity=key(incident.id),
        role=claim.property,
        status=claim.modality,
        summary=claim.quote,
        description=f"{wording.value_text(claim.value)}{_by(claim)}",
        recordId=claim.id,
    )


def _by(claim: Claim) -> str:
    return f"; claimed by {claim.speakers[0].name}" if claim.speakers else "; the outlet speaks itself"


class Once:
    """Writes entities, each id once: parties and reports are told of by several incidents."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def json_text(self, rows: Sequence[Row]) -> str:
        """Entities as JSON Lines."""
        return "".join(msgspec.json.encode(row).decode() + "\n" for row in self._new(rows))

    def statement_text(self, rows: Sequence[Row]) -> str:
        """Entities taken apart into statements: a line for each value, with an id that is the same everywhere."""
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\r\n")
        for row in self._new(rows):
            writer.writerows(statements(row))
        return out.getvalue()

    def _new(self, rows: Sequence[Row]) -> Iterator[Row]:
        for row in rows:
            if row["id"] not in self._seen:
                self._seen.add(str(row["id"]))
                yield row


def statement_head() -> str:
    """The header of the table of statements."""
    return ",".join(STATEMENT) + "\r\n"


def statements(entity: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """One tuple for each value of an entity, and one for the entity itself, as in `STATEMENT`."""
    values: Iterable[tuple[str, str]] = [("id", entity["id"])]
    values = [*values, *((prop, v) for prop, listed in entity["properties"].items() for v in listed)]
    for prop, value in values:
        key = ".".join((DATASET, entity["id"], prop, value))
        yield (
            hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest(), entity["id"], entity["id"], prop,
            "" if prop == "id" else TYPES.get(prop, "string"), entity["schema"], value, DATASET, "", "", "f", "", "",
        )  # fmt: skip
