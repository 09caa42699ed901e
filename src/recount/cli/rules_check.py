"""What `recount rules check` finds: every fault of the rule folder at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from recount.errors import BadRule

FILES = (
    "codebook/countries.toml", "codebook/kinds.toml", "codebook/notation.toml", "codebook/subevents.toml",
    "codebook/swaps.toml",
    "cues/en/attributions.toml", "cues/en/choices.toml", "cues/en/dates.toml", "cues/en/evidence.toml",
    "cues/en/filter.toml", "cues/en/holidays.toml", "cues/en/kinds.toml", "cues/en/not_events.toml",
    "cues/en/scope.toml", "cues/en/speakers.toml", "cues/en/standing.toml",
    "gazetteers/conflicts.toml", "gazetteers/countries.toml", "gazetteers/nations.toml", "gazetteers/pakistan.toml",
    "gazetteers/regions.toml", "gazetteers/states.toml", "gazetteers/words.toml",
    "lexicons/en/abbreviations.toml", "lexicons/en/counted.toml", "lexicons/en/furniture.toml",
    "lexicons/en/harm.toml", "lexicons/en/officials.toml", "lexicons/en/people.toml", "lexicons/en/structure.toml",
    "patterns/en/dates.toml", "patterns/en/tolls.toml",
)  # fmt: skip
"""The files that something reads; those of `gazetteers/actors/` are read whatever they are called."""


def faults() -> list[BadRule]:
    """Every fault of this process's rule folder, in the order of the files."""
    from recount.errors import WrongUse
    from recount.rules import FOLDER

    if not FOLDER.is_dir():
        raise WrongUse("no such rule folder", str(FOLDER), "Name a folder that holds one.")
    unreadable = list(_files())
    # A file that is no TOML is missed by whatever reads it: one fault of it is enough.
    if unreadable:
        return unreadable
    found: list[BadRule] = []
    for check in _checks():
        found += _guarded(check)
    return found


def _checks() -> Iterator[Callable[[], Iterator[BadRule]]]:
    from recount.extract.faults import pattern_faults
    from recount.extract.faults_words import word_faults
    from recount.read.faults import reading_faults
    from recount.resolve.faults import value_faults

    yield from (reading_faults, pattern_faults, word_faults, value_faults, said_faults, codebook_faults, judge_faults)


def _guarded(check: Callable[[], Iterator[BadRule]]) -> Iterator[BadRule]:
    """What a check finds; a fault that stops it comes last."""
    try:
        yield from check()
    except BadRule as fault:
        yield fault
    except (KeyError, TypeError, AttributeError, ValueError) as fault:
        yield BadRule(f"stopped at {fault!r}", check.__name__, "Mend the faults above, then check again.")


def _files() -> Iterator[BadRule]:
    """Files that cannot be read, files that are missing, and files that nothing reads."""
    from recount.rules import FOLDER, read_table

    there = sorted(p.relative_to(FOLDER).as_posix() for p in FOLDER.rglob("*.toml"))
    for name in there:
        try:
            read_table(name)
        except BadRule as fault:
            yield fault
        if name not in FILES and not name.startswith("gazetteers/actors/"):
            near = difflib.get_close_matches(name, FILES, n=1)
            hint = f"Did you mean {near[0]}?" if near else "Take it out of the folder."
            yield BadRule("nothing reads this file", name, hint)
    for name in (*FILES, "gazetteers/world.gaz"):
        if not (FOLDER / name).is_file():
            yield BadRule("the file is missing", name, "Copy it from the package's own folder.")


def said_faults() -> Iterator[BadRule]:
    """Examples of who says and who shows what: they need the names of actors and the voices of a text."""
    from recount.rules import read_table

    for row in read_table("cues/en/attributions.toml")["rule"]:
        yield from _attribution(row, f"cues/en/attributions.toml, rule {row['name']!r}")
    for row in read_table("cues/en/evidence.toml")["rule"]:
        yield from _evidence(row, f"cues/en/evidence.toml, rule {row['item']!r}")


def _attribution(row: dict[str, Any], where: str) -> Iterator[BadRule]:
    from recount.records import Attribution, Passage
    from recount.river import Voices

    def stances(text: str) -> set[tuple[str, str | None, str | None]]:
        items = Voices(text, [Passage(index=0, start=0, end=len(text))], use_judge=False).attribution_items()
        said = (i.value for i in items if isinstance(i.value, Attribution))
        return {(a.stance, a.accuser, a.accused) for a in said}

    for text, accuser, accused in row["examples"]:
        if (row["stance"], accuser or None, accused or None) not in (found := stances(text)):
            yield BadRule(
                f"“{text}” gives {sorted(map(str, found)) or 'nothing'}", where, "Mend the rule or the example."
            )
    for text in row.get("counter_examples", ()):
        if row["stance"] in {stance for stance, *_ in stances(text)}:
            yield BadRule(f"finds something in “{text}”", where, "Mend the rule or the counter-example.")


def _evidence(row: dict[str, Any], where: str) -> Iterator[BadRule]:
    from recount.extract.evidence import evidence_items
    from recount.records import Evidence, Passage

    def standings(text: str) -> set[tuple[str, bool]]:
        items = evidence_items(text, [Passage(index=0, start=0, end=len(text))])
        return {(i.value.item, i.value.offered) for i in items if isinstance(i.value, Evidence)}

    for text, item, standing in row["examples"]:
        if (item, standing == "offered") not in standings(text):
            yield BadRule(f"“{text}” is not {item}, {standing}", where, "Mend the rule or the example.")
    for text in row.get("counter_examples", ()):
        if row["item"] in {item for item, _ in standings(text)}:
            yield BadRule(f"finds something in “{text}”", where, "Mend the rule or the counter-example.")


def codebook_faults() -> Iterator[BadRule]:
    """Faults of the tables of types, of sub-events, of the notation and of the pairs that trade places."""
    from recount.assemble.kinds import FILE as KINDS
    from recount.extract.phrases import SYMBOLS
    from recount.extract.subevents import FILE as SUB_EVENTS
    from recount.extract.subevents import SubEvents
    from recount.review.fairness import FILE as SWAPS
    from recount.review.fairness import swap_faults
    from recount.rules import read_table
    from recount.rules.faults import caught, unknown
    from recount.values.kinds import kind_table

    yield from caught(partial(kind_table, read_table(KINDS), KINDS), KINDS)
    yield from caught(partial(SubEvents, read_table(SUB_EVENTS)), SUB_EVENTS)
    slots = read_table("codebook/notation.toml").get("slots", {})
    yield from unknown([name for name in slots if name != "title"], SYMBOLS, "slot", "codebook/notation.toml")
    for name in sorted(SYMBOLS.keys() - slots.keys()):
        yield BadRule(f"no line for the slot {name}", "codebook/notation.toml", "Add what it stands for.")
    yield from (BadRule(fault, SWAPS, "Mend the pair.") for fault in swap_faults(read_table(SWAPS)))


def judge_faults() -> Iterator[BadRule]:
    """Tables of fitted weights that cannot be read."""
    import msgspec

    from recount.rules import FOLDER

    for path in sorted(FOLDER.glob("judge/*/*.json")):
        try:
            msgspec.json.decode(path.read_bytes())
        except msgspec.DecodeError as fault:
            name = path.relative_to(FOLDER).as_posix()
            yield BadRule(f"no JSON: {fault}", name, "Copy it from the package's own folder.")
