"""An event report in the field's own types, by the table of the rule folder."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from recount.records import EventReport
from recount.rules import read_table
from recount.rules.forms import compile_forms
from recount.values.kinds import (
    Deed,
    KindTable,
    Typed,
    acled_type,
    deed_of,
    gtd_attack_type,
    kind_table,
    plover_event,
    ucdp_violence_type,
)

FILE = "codebook/kinds.toml"


class Types(NamedTuple):
    """One deed in four standards."""

    acled: Typed
    gtd: Typed
    plover: Typed
    ucdp: Typed


@cache
def table() -> KindTable:
    """The table of the rule folder, read once."""
    return kind_table(read_table(FILE), FILE)


@cache
def _means() -> dict[str, re.Pattern[str]]:
    compiled = {name: compile_forms(words) for name, words in table().means.items()}
    return {name: pattern for name, pattern in compiled.items() if pattern}


def means_of(words: str) -> frozenset[str]:
    """The means that a report's words name: weapons, manners, what was found."""
    return frozenset(name for name, pattern in _means().items() if pattern.search(words))


def deed_of_report(event: EventReport, words: str = "") -> Deed:
    """What an event report tells, as typing sees it; `words` are the passages that tell of it."""
    tolls = [(line.toll.harm, line.toll.side) for line in event.tolls if line.toll.count.high != 0]
    said = " ".join([event.label, words, *(line.quote for line in event.tolls)])
    foiled = event.modality == "foiled"
    return deed_of(event.kind, event.actors, event.targets, tolls, means_of(said), foiled=foiled)


def types_of(event: EventReport, words: str = "") -> Types:
    """ACLED, GTD, PLOVER and UCDP types of an event report, each with its reason."""
    deed, known = deed_of_report(event, words), table()
    return Types(
        acled_type(deed, known), gtd_attack_type(deed, known), plover_event(deed, known),
        ucdp_violence_type(deed, known),
    )  # fmt: skip
