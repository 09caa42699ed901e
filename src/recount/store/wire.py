"""Records to and from the JSON that the ledger keeps in its `body` columns."""

from __future__ import annotations

from datetime import date

import msgspec

from recount.records import (
    Attributed,
    Check,
    Claim,
    EventReport,
    Incident,
    Judgement,
    Link,
    Passage,
    Record,
    Report,
    Statistic,
)


class Extraction(Record, frozen=True, kw_only=True):
    """What a coding holds beside its claims, event reports and statistics."""

    passages: tuple[Passage, ...] = ()
    attributions: tuple[Attributed, ...] = ()
    checks: tuple[Check, ...] = ()
    warnings: tuple[str, ...] = ()


_encoder = msgspec.json.Encoder()

read_report = msgspec.json.Decoder(Report).decode
read_extraction = msgspec.json.Decoder(Extraction).decode
read_claim = msgspec.json.Decoder(Claim).decode
read_event_report = msgspec.json.Decoder(EventReport).decode
read_statistic = msgspec.json.Decoder(Statistic).decode
read_incident = msgspec.json.Decoder(Incident).decode
read_link = msgspec.json.Decoder(Link).decode
read_judgement = msgspec.json.Decoder(Judgement).decode


def body(record: Record) -> str:
    """The record as JSON text; equal records give equal text."""
    return _encoder.encode(record).decode()


def report_as_read(kept: str, published: date | None) -> Report:
    """A report with the publication day that its current extraction knows; its own where that knows none."""
    report = read_report(kept)
    return (
        report
        if published is None or published == report.published
        else msgspec.structs.replace(report, published=published)
    )


def claim_as_read(kept: str, reading: str | None, pack: str) -> Claim:
    """A claim as one extraction read it: its own reading, or the one first kept under that extraction's pack."""
    if reading is not None:
        return read_claim(reading)
    claim = read_claim(kept)
    return claim if claim.pack == pack else msgspec.structs.replace(claim, pack=pack)


def own_reading(claim: Claim, kept: str, pack: str) -> str | None:
    """What must be kept beside `kept` so that `claim_as_read` gives `claim` back: nothing, or all of it."""
    return None if claim_as_read(kept, None, pack) == claim else body(claim)
