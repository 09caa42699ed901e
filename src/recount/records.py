"""The nouns of Recount as frozen, typed records.

Every record is immutable and says where its content came from. Ids are hashes of content, so the same input gives the
same id on every machine and in every run (see `content_id`). Offsets count Unicode code points of `Report.text`, the one
stored text of a report: `report.text[start:end] == quote` holds for every span in this module.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Literal

from msgspec import Struct

Harm = Literal["killed", "wounded", "captured", "abducted", "missing"]
Side = Literal["state_forces", "armed_group", "civilians", "unspecified"]
Kind = Literal["operation", "clash", "attack", "bombing", "airstrike", "shelling", "abduction", "riot", "other"]
Role = Literal["main", "other", "background"]
Modality = Literal["asserted", "denied", "alleged", "planned", "foiled", "hypothetical", "historical"]
Stance = Literal["claims", "alleges", "denies", "no_claim"]
Hedge = Literal["at_least", "more_than", "up_to", "about", "vague", "range"]
DayPrecision = Literal["day", "days", "week", "month", "year", "unknown"]
PlaceLevel = Literal["point", "settlement", "near", "district", "province", "region", "country", "sea", "unknown"]
Property = Literal[
    "toll", "kind", "day", "place", "actor", "target", "attribution", "incident_count", "scope", "evidence"
]
Party = Literal["state", "armed_group", "third", "media", "unknown"]

HARMS: tuple[Harm, ...] = ("killed", "wounded", "captured", "abducted", "missing")
SIDES: tuple[Side, ...] = ("state_forces", "armed_group", "civilians", "unspecified")


class Record(Struct, frozen=True, kw_only=True):
    """Base of every record: immutable; give its fields by name."""


class Reading(Struct, frozen=True, kw_only=True, tag_field="type", tag=str.lower):
    """Base of every value that a claim can carry; the wire form names its type in `type`."""


def content_id(prefix: str, *parts: object) -> str:
    """A stable id: `prefix`, an underscore and 16 hex digits of the SHA-256 of the parts, in order."""
    body = "\x1f".join("" if part is None else str(part) for part in parts)
    return f"{prefix}_{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


# ---------------------------------------------------------------------------------------------------- reports


class Report(Record, frozen=True, kw_only=True):
    """One text by one publisher.

    `text` is what is stored and what every offset points into. A headline that came in a field of its own stands first
    in `text`, followed by a blank line; `headline_end` is then its length. `name` is the id that the user gave (a JSON
    `id`, or the file's name without its ending). `sha256` is of the bytes as they came.
    """

    id: str
    name: str
    text: str
    headline: str | None = None
    headline_end: int = 0
    published: date | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None
    sha256: str = ""
    source: str | None = None
    """Where the bytes were found: a path, or a path and line (`news.jsonl:12`)."""
    fetched: datetime | None = None
    """When the bytes were fetched (UTC), where they came from the web, a mailbox or a watched folder."""


class Passage(Record, frozen=True, kw_only=True):
    """A sentence or headline of a report: `report.text[start:end]`."""

    index: int
    start: int
    end: int
    kind: Literal["headline", "sentence", "furniture"] = "sentence"
    paragraph: int = 0


class SetAside(Record, frozen=True, kw_only=True):
    """One input that could not be read: what happened, where, and what to do."""

    source: str
    reason: str
    advice: str


# ---------------------------------------------------------------------------------------------------- values


class Count(Reading, frozen=True, kw_only=True):
    """A number as the words allow it: bounds are None where the words leave them open."""

    low: int | None
    high: int | None
    approx: bool = False


class Toll(Reading, frozen=True, kw_only=True):
    """A figure of harm to people of one side. `who` is the victims' description as written."""

    harm: Harm
    side: Side
    count: Count
    who: str = ""


class Days(Reading, frozen=True, kw_only=True):
    """The days that the words allow, first to last inclusive; both None where nothing is known.

    `last` is None for a window that is still open ("since Thursday" without a report day). `reason` names the rule and,
    for anything inferred (a year, a week), says what it was inferred from.
    """

    first: date | None = None
    last: date | None = None
    precision: DayPrecision = "unknown"
    reason: str = ""


class PlaceCandidate(Record, frozen=True, kw_only=True):
    """One reading of a place name, with its score and the features that made it."""

    gazetteer_id: str
    name: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    level: PlaceLevel = "unknown"
    population: int = 0
    score: float = 0.0
    reason: str = ""


class Place(Reading, frozen=True, kw_only=True):
    """A place as said (`name`) and as read. `candidates` keeps the two or three best readings, best first."""

    name: str
    country: str | None = None
    """ISO 3166 alpha-2."""
    admin1: str | None = None
    admin2: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    level: PlaceLevel = "unknown"
    relation: str | None = None
    """"near", "outskirts of", "17 km from": words that loosen the point."""
    candidates: tuple[PlaceCandidate, ...] = ()
    reason: str = ""


class Actor(Reading, frozen=True, kw_only=True):
    """A party as named (`name`), with the neutral name and the side that the vocabulary gives it."""

    name: str
    neutral: str | None = None
    side: Side = "unspecified"
    party: Party = "unknown"
    country: str | None = None
    label_of: str | None = None
    """Set where `name` is one side's word for another: the side that uses it ("state of Pakistan")."""


class KindOf(Reading, frozen=True, kw_only=True):
    """What kind of incident, and the words that say so."""

    kind: Kind


class Attribution(Reading, frozen=True, kw_only=True):
    """Who says that whom did, backed or did not do it. Names as written; None where nobody is named."""

    stance: Stance
    accuser: str | None
    accused: str | None


class Scope(Reading, frozen=True, kw_only=True):
    """A named set of places, a window or a number of unnamed incidents that a figure spans."""

    days: Days = Days()
    places: tuple[str, ...] = ()
    incidents: int | None = None


class Evidence(Reading, frozen=True, kw_only=True):
    """What a report says is offered, or not offered, as proof: photographs, names, weapons, independent access."""

    item: str
    offered: bool


Value = Toll | Days | Place | Actor | KindOf | Attribution | Scope | Evidence | Count


class Speaker(Record, frozen=True, kw_only=True):
    """One voice in a claim's chain: as named, with its span in the report's text. `party` is its stake in the conflict."""

    name: str
    start: int
    end: int
    party: Party = "unknown"


# ---------------------------------------------------------------------------------------------------- claims


class Claim(Record, frozen=True, kw_only=True):
    """One assertion of a report. `report.text[start:end] == quote`, always.

    `speakers` is the chain, nearest source first ("AFP quoted police": police, AFP); empty where the outlet speaks in
    its own voice. `said` is the value in the report's words, `value` is the value as read. `rule` is the rule that found
    it; `pack` the hash of the rule pack. The id leaves rule and reading out, so that better rules re-confirm old claims.
    """

    id: str
    report: str
    passage: int
    start: int
    end: int
    quote: str
    property: Property
    said: str
    value: Value
    hedge: Hedge | None = None
    modality: Modality = "asserted"
    speakers: tuple[Speaker, ...] = ()
    subset: bool = False
    """Whether the words count these people inside another figure of the same passage ("including three children")."""
    reach: Literal["incident", "period"] | None = None
    """How far a figure reaches: one incident, or a period with unnamed ones; None where nothing tells."""
    rule: str = ""
    reason: str = ""
    pack: str = ""


def claim_id(report: str, start: int, end: int, property: str, said: str) -> str:
    """The id of a claim: a hash of report, span, property and value as said."""
    return content_id("c", report, start, end, property, said)


class TollLine(Record, frozen=True, kw_only=True):
    """One figure of an event report or statistic: the claim that carries it and its place in the arithmetic.

    `subset` is true where the people are already inside another line of the same event report. `repeats` are further
    claims of the same report that say the same figure again. `superseded_by` is the claim of a later state of the same toll.
    """

    claim: str
    toll: Toll
    by: str | None = None
    subset: bool = False
    repeats: tuple[str, ...] = ()
    superseded_by: str | None = None
    quote: str = ""


class EventReport(Record, frozen=True, kw_only=True):
    """One report's account of one incident. `part_of` is the id of the umbrella event report of the same report, if any.

    `claims` are all claims that it rests on; `reason` says in one sentence why they belong together.
    """

    id: str
    report: str
    key: str
    label: str
    role: Role
    kind: Kind
    days: Days
    days_said: str | None = None
    places: tuple[Place, ...] = ()
    country: str | None = None
    admin1: str | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    tolls: tuple[TollLine, ...] = ()
    part_of: str | None = None
    claims: tuple[str, ...] = ()
    modality: Modality = "asserted"
    reason: str = ""


class Statistic(Record, frozen=True, kw_only=True):
    """A figure over a period or over unnamed incidents: never an incident, never added to one."""

    id: str
    report: str
    key: str
    label: str
    days: Days
    days_said: str | None = None
    places: tuple[Place, ...] = ()
    country: str | None = None
    incidents: int | None = None
    tolls: tuple[TollLine, ...] = ()
    claims: tuple[str, ...] = ()
    reason: str = ""


class Attributed(Record, frozen=True, kw_only=True):
    """An attribution claim and the event report that it is about (None: a general allegation)."""

    claim: str
    attribution: Attribution
    about: str | None = None
    quote: str = ""


class Check(Record, frozen=True, kw_only=True):
    """One arithmetic check inside a report or an incident: parts against a total, headline against body, and the like."""

    kind: Literal["parts_and_total", "headline_and_body", "restated_count", "running_total", "statistic_windows"]
    verdict: Literal["consistent", "contradiction", "open"]
    sentence: str
    claims: tuple[str, ...] = ()


class Coding(Record, frozen=True, kw_only=True):
    """What one report says, in full: the result of the river for one report."""

    report: Report
    passages: tuple[Passage, ...] = ()
    claims: tuple[Claim, ...] = ()
    event_reports: tuple[EventReport, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    attributions: tuple[Attributed, ...] = ()
    checks: tuple[Check, ...] = ()
    warnings: tuple[str, ...] = ()
    pack: str = ""

    @property
    def conflict(self) -> bool:
        """Whether the report tells of a countable incident as news (a `main` or `other` one)."""
        return any(e.role != "background" for e in self.event_reports)


# ---------------------------------------------------------------------------------------------------- the ledger


class Feature(Record, frozen=True, kw_only=True):
    """One named feature of a comparison: the two values, and the weight that it added to the score (in bits)."""

    name: str
    one: str
    other: str
    weight: float


class Link(Record, frozen=True, kw_only=True):
    """Event report ↔ incident. Links are ended, never erased: `ended` says why this one no longer holds."""

    id: str
    event_report: str
    incident: str
    score: float = 0.0
    features: tuple[Feature, ...] = ()
    sentence: str = ""
    made_by: str = "linker"
    ended: str | None = None


class Incident(Record, frozen=True, kw_only=True):
    """What happened at one place and time, as the linked event reports tell it.

    The id is that of the founding event report's content, so it survives re-linking as long as its founder stays in it.
    `part_of` is the operation (an incident too) that it belongs to. `event_reports` are sorted by publication day.
    """

    id: str
    label: str
    kind: Kind
    days: Days
    places: tuple[Place, ...] = ()
    country: str | None = None
    admin1: str | None = None
    actors: tuple[Actor, ...] = ()
    targets: tuple[Actor, ...] = ()
    event_reports: tuple[str, ...] = ()
    part_of: str | None = None
    part_reason: str = ""


class Disagreement(Record, frozen=True, kw_only=True):
    """Two or more claims of one incident that differ, and why: the type is the explanation with the most support."""

    kind: Literal["conflict", "time", "scope", "place", "side", "hedge", "attackers", "rounding", "interest"]
    harm: Harm
    side: Side
    claims: tuple[str, ...]
    sentence: str


class TollPoint(Record, frozen=True, kw_only=True):
    """One mark of a toll's evolution: who said what, published when."""

    claim: str
    report: str
    published: date | None
    toll: Toll
    by: str | None
    party: Party = "unknown"
    change: str = ""
    """"first", "repeats", "raises 92 to 197", "lowers 8 to 6", "contests"."""


class Figure(Record, frozen=True, kw_only=True):
    """A derived number: rule set, version and the claims it used and dropped. Never stored as a fact."""

    incident: str
    rule_set: str
    version: str
    harm: Harm
    side: Side | None
    low: int | None
    best: int | None
    high: int | None
    used: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    """Claims left out, each with the reason."""
    reason: str = ""


class Judgement(Record, frozen=True, kw_only=True):
    """A person's decision; append-only, outliving every re-extraction.

    `subjects` are claim, event report or incident ids. `undoes` names an earlier judgement that this one takes back.
    `missed` brings a claim of its own: words that a person marked and no rule found.
    """

    id: str
    decision: Literal["same", "different", "unsure", "right", "wrong", "corrected", "missed", "undo"]
    subjects: tuple[str, ...]
    by: str
    at: str
    why: str = ""
    value: Value | None = None
    undoes: str | None = None
    claim: Claim | None = None
