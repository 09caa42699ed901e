"""Every fault at once in what the rule folder says of days, actors and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from recount.errors import BadRule
from recount.resolve import dates
from recount.resolve.actors_table import PLACE, Entry, build_table
from recount.resolve.dates_grammar import RULES, read_rule, symbols
from recount.resolve.dates_words import vocabulary
from recount.resolve.places_gazetteer import gazetteer
from recount.resolve.places_words import words
from recount.rules import FOLDER, read_table
from recount.rules.faults import caught, doubles, sentence


def value_faults() -> Iterator[BadRule]:
    """Faults of the grammar of days with its examples, of the gazetteers of actors and of places."""
    yield from day_faults()
    yield from actor_faults()
    yield from caught(words, "gazetteers/words.toml")
    yield from caught(gazetteer, "gazetteers")


# ---------------------------------------------------------------------------------------------------- days


def day_faults() -> Iterator[BadRule]:
    """Faults of the rules of days; the examples run once every rule can be read."""
    lists = list(caught(vocabulary, "cues/en/dates.toml")) or list(caught(symbols, f"{RULES}, sets"))
    if lists:
        yield from lists
        return
    table = read_table(RULES)
    rows, sound = table.get("rule", ()), True
    for row in rows:
        where = f"{RULES}, rule {row.get('name', '?')!r}"
        faults = [*caught(partial(read_rule, row, table.get("macros", {})), where), *sentence(row, where)]
        sound = sound and not faults
        yield from faults
    yield from doubles(((str(row.get("name")), "the rules' names") for row in rows), RULES)
    if sound:
        for row in rows:
            yield from _examples(row, f"{RULES}, rule {row['name']!r}")


def _examples(row: Mapping[str, Any], where: str) -> Iterator[BadRule]:
    for example in row.get("examples", ()):
        if "after" in example:
            continue  # read from a window told before, which only the rule's own tests set up
        wanted = tuple(example["is"][i] for i in (0, -1)) if example["is"] else (None, None)
        on = example.get("on")
        days = dates.read(example["text"], date.fromisoformat(on) if on else None)
        got = tuple(day.isoformat() if day else None for day in (days.first, days.last))
        if got != wanted:
            yield BadRule(
                f"“{example['text']}” gives {got} instead of {wanted}", where, "Mend the rule or the example."
            )
    for example in row.get("counter_examples", ()):
        if found := dates.find(example["text"]):
            yield BadRule(
                f"finds “{found[0].said}” in “{example['text']}”", where, "Mend the rule or the counter-example."
            )


# ---------------------------------------------------------------------------------------------------- actors


def actor_faults() -> Iterator[BadRule]:
    """Faults of the gazetteer of actors: each actor for itself, then names that two of them share."""
    held: dict[str, tuple[Entry, str]] = {}
    for path in sorted((FOLDER / PLACE).glob("*.toml")):
        table = read_table(f"{PLACE}/{path.name}")
        if path.name == "states.toml":
            yield from caught(partial(build_table, {path.name: table}), f"{PLACE}/{path.name}")
            continue
        yield from caught(
            partial(
                build_table, {path.name: {**table, "group": [{**g, "actors": {}} for g in table.get("group", ())]}}
            ),
            f"{PLACE}/{path.name}",
        )
        for group in table.get("group", ()):
            for neutral, given in group.get("actors", {}).items():
                yield from _actor(path.name, group, neutral, given, held)


def _actor(
    name: str, group: Mapping[str, Any], neutral: str, given: object, held: dict[str, tuple[Entry, str]]
) -> Iterator[BadRule]:
    """Faults of one actor; its names are added to those `held` so far."""
    where = f"{PLACE}/{name}, {neutral!r}"
    known = {key: value for key, value in group.items() if key in ("country", "countries", "side", "party", "generic")}
    alone = {name: {"group": [{**known, "actors": {neutral: given}}]}}
    faults = list(caught(partial(build_table, alone), where))
    yield from faults
    if faults:
        return
    shared: dict[str, str] = {}
    for spelling, entry in build_table(alone).spellings.items():
        other, place = held.setdefault(spelling, (entry, where))
        same = other.neutral == entry.neutral and other.label_of == entry.label_of
        if not (same or entry.risky or other.risky):
            shared.setdefault(place, spelling)
    for place, spelling in shared.items():
        yield BadRule(f"{spelling!r} already names somebody in {place}", where, "Keep it in one place only.")
