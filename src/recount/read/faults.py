"""Every fault at once in what the rule folder says of lines and sentences, examples included."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from recount.errors import BadRule
from recount.read.filter import FILE, harm_words, may_tell
from recount.read.furniture import FILE as FURNITURE
from recount.read.furniture import PLACES, Furniture
from recount.read.sentences import FILE as ABBREVIATIONS
from recount.read.sentences import PlainSplitter
from recount.rules import read_table
from recount.rules.faults import caught, doubles, keys, sentence, unknown


def reading_faults() -> Iterator[BadRule]:
    """Faults of the lines of furniture and of the abbreviations."""
    yield from furniture_faults()
    yield from abbreviation_faults()
    yield from filter_faults()


def furniture_faults() -> Iterator[BadRule]:
    """Faults of the furniture rules; the examples run once every rule can be read."""
    rows, sound = read_table(FURNITURE).get("furniture", ()), True
    for row in rows:
        where = f"{FURNITURE}, rule {row.get('name', '?')!r}"
        needed = ("name", "forms", "examples", "counter_examples")
        faults = list(keys(row, needed, ("where", "tells"), where))
        faults = faults or list(caught(partial(Furniture, {"furniture": [row]}), where))
        sound = sound and not faults
        yield from faults
    for place in PLACES:
        held = [row for row in rows if row.get("where", "line") == place]
        yield from doubles(((form, row.get("name", "?")) for row in held for form in row.get("forms", ())), FURNITURE)
    if sound:
        known = Furniture({"furniture": rows})
        for row in rows:
            yield from _examples(known, row, f"{FURNITURE}, rule {row['name']!r}")


def _examples(known: Furniture, row: Mapping[str, Any], where: str) -> Iterator[BadRule]:
    for line in row["examples"]:
        rule = known.rule_of(line, first=True)
        if rule != row["name"]:
            yield BadRule(f"“{line}” is taken by {rule or 'no rule'}", where, "Mend the rule or the example.")
    for line in row["counter_examples"]:
        rule = known.rule_of(line, first=True)
        if rule is not None:
            yield BadRule(f"“{line}” is taken by {rule}", where, "Mend the rule or the counter-example.")


def abbreviation_faults() -> Iterator[BadRule]:
    """Faults of the abbreviations, and examples that are cut elsewhere."""
    table = read_table(ABBREVIATIONS)
    lists = ("always", "before_number", "may_end", "starters")
    faults = list(keys(table, lists, ("example",), ABBREVIATIONS))
    yield from faults
    yield from doubles(
        ((word, name) for name in ("always", "may_end") for word in table.get(name, ())), ABBREVIATIONS
    )  # fmt: skip
    if faults:
        return
    splitter = PlainSplitter()
    for example in table.get("example", ()):
        cut = [example["text"][a:b].strip() for a, b in splitter.spans(example["text"])]
        if cut != example["sentences"]:
            said = " | ".join(cut)
            yield BadRule(f"“{example['text']}” is cut as {said}", ABBREVIATIONS, "Mend the list or the example.")


def filter_faults() -> Iterator[BadRule]:
    """Faults of the words that the first filter of an archive takes for weak, and examples that it treats otherwise."""
    file = FILE.format("en")
    table = read_table(file)
    yield from unknown(table, ("weak",), "table", file)
    row, where = table.get("weak", {}), f"{file}, [weak]"
    faults = list(keys(row, ("says", "words", "examples", "counter_examples"), (), where))
    yield from faults
    if faults:
        return
    yield from sentence(row, where)
    yield from unknown(row["words"], harm_words(), "word of harm", where)
    yield from doubles(((word, "words") for word in row["words"]), file)
    for key, passes in (("examples", True), ("counter_examples", False)):
        for text in row[key]:
            if may_tell(text.encode()) != passes:
                said = "is passed over" if passes else "passes"
                yield BadRule(f"“{text}” {said}", where, "Mend the list or the example.")
