"""The codebook of a release, made from the rules that made it: columns, values, rule sets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from recount.export import claims, incidents
from recount.export.schemas import schema
from recount.reconcile import RULE_SETS, RuleSet
from recount.records import HARMS, SIDES, DayPrecision, Hedge, Kind, Modality, Party, PlaceLevel, Stance

MEANINGS = {
    "state_forces": "military, police, paramilitary, intelligence and uniformed pro-government militia of any state",
    "armed_group": "armed people who are of no state: fighters, insurgents, attackers",
    "civilians": "people said or plainly told to be civilians, officials and politicians among them",
    "unspecified": "people whose status is not told, and totals over several sides",
}


def codebook(packs: Sequence[str] = ()) -> str:
    """The codebook as Markdown. `packs` are the rule packs that found the claims."""
    found = f" Claims were found by the rule pack{'s' if len(packs) > 1 else ''} {', '.join(packs)}." if packs else ""
    sections = [
        "# Codebook\n",
        f"Made from the rules themselves.{found}\n",
        "## Values\n",
        _values(),
        "## Rule sets\n",
        "Which claims get a vote, and how the votes become a figure.\n",
        _rule_sets(),
        *_tables(),
    ]
    return "\n".join(sections)


def _values() -> str:
    listed: dict[str, Sequence[str]] = {
        "harm": HARMS,
        "side": SIDES,
        "kind": get_args(Kind),
        "hedge": get_args(Hedge),
        "modality": get_args(Modality),
        "stance": get_args(Stance),
        "speaker_side": get_args(Party),
        "date_precision": get_args(DayPrecision),
        "place_precision": get_args(PlaceLevel),
    }
    rows = "".join(f"| {name} | {', '.join(values)} |\n" for name, values in listed.items())
    sides = "".join(f"- `{side}`: {MEANINGS[side]}\n" for side in SIDES)
    return f"| column | values |\n|---|---|\n{rows}\nSides, of the victims:\n\n{sides}"


def _rule_sets() -> str:
    head = "| rule set | version | counts | low, best, high | drops | rule |\n|---|---|---|---|---|---|\n"
    return head + "".join(_ruled(rules) for rules in RULE_SETS.values())


def _ruled(rules: RuleSet) -> str:
    counts = f"{', '.join(rules.harms)} of {', '.join(rules.sides)}"
    dropped = ", ".join((*rules.drop, *(["earlier states of a running toll"] if rules.running else []))) or "nothing"
    chosen = f"{rules.low}, {rules.best}, {rules.high}".replace("_", " ")
    return f"| {rules.name} | {rules.version} | {counts} | {chosen} | {dropped.replace('_', ' ')} | {rules.rule} |\n"


def _tables() -> list[str]:
    listed: dict[str, Mapping[str, str]] = {
        "claims": claims.COLUMNS,
        "event_reports": schema("event_reports").columns,
        "incidents": incidents.CSV_COLUMNS,
    }
    return [
        f"## {name}.csv\n\n| column | holds |\n|---|---|\n"
        + "".join(f"| {c} | {says} |\n" for c, says in columns.items())
        for name, columns in listed.items()
    ]
