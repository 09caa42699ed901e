"""Every fault in the word lists of the rule folder that extraction reads: lexicons and cues."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, get_args

from recount.errors import BadRule
from recount.extract.attributions_rules import SHAPE_NAMES
from recount.extract.events import cues
from recount.extract.evidence import read_rule as read_evidence
from recount.extract.faults import HEDGES
from recount.extract.lexicon import USES, Lexicon
from recount.extract.not_events import FURTHER, NEEDED, PREFIX, passed_over, read_no_event
from recount.extract.phrases import SYMBOLS
from recount.extract.speakers_words import voice_words
from recount.records import HARMS, SIDES, Kind, Modality, Passage, Stance
from recount.rules import read_table
from recount.rules.faults import caught, doubles, keys, sentence, unknown

_ATTRIBUTION = ("name", "stance", "shape", "says", "words", "examples")
_ATTRIBUTION_FURTHER = (
    "stems", "not_before", "not_behind", "needs", "topic", "never", "needs_actor", "counter_examples",
)  # fmt: skip
_PATTERNS = ("not_before", "not_behind")


def word_faults(language: str = "en") -> Iterator[BadRule]:
    """Faults of the lexicons and cue files of a language; their examples run elsewhere."""
    for check in (people, harm, structure, kinds, scope, standing, attributions, evidence, not_events):
        yield from check(language)
    yield from caught(lambda: Lexicon(language), f"lexicons/{language}")
    yield from caught(lambda: voice_words(language), f"cues/{language}/speakers.toml")


def people(language: str) -> Iterator[BadRule]:
    """Words for people: sides, and words that stand in two classes."""
    file = f"lexicons/{language}/people.toml"
    table = read_table(file)
    yield from unknown(table, {"class", "demonyms", "modifiers"}, "key", file)
    placed = []
    for row in table.get("class", ()):
        where = f"{file}, class {row.get('side', '?')!r}"
        yield from keys(row, ("side", "sentence", "nouns", "collective"), ("plural",), where)
        yield from unknown([row.get("side")], SIDES, "side", where)
        placed += [(word, row.get("side", "?")) for word in row.get("nouns", ())]
        yield from unknown(row.get("plural", ()), row.get("nouns", ()), "noun with a plural", where)
    yield from doubles(placed, file)
    yield from unknown(table.get("modifiers", ()), SIDES, "side", f"{file}, modifiers")
    modifiers = table.get("modifiers", {}).items()
    yield from doubles(((word, side) for side, words in modifiers for word in words), f"{file}, modifiers")


def harm(language: str) -> Iterator[BadRule]:
    """Words of harm: harms, uses, and words that stand for two harms."""
    file = f"lexicons/{language}/harm.toml"
    table = read_table(file)
    yield from unknown(table, {"harm"}, "key", file)
    placed: dict[str, str] = {}
    for row in table.get("harm", ()):
        where = f"{file}, harm {row.get('harm', '?')!r}"
        yield from keys(row, ("harm",), USES, where)
        yield from unknown([row.get("harm")], HARMS, "harm", where)
        for use in USES:
            yield from doubles(((word, use) for word in row.get(use, ())), where)
            for word in row.get(use, ()):
                if placed.setdefault(word, row.get("harm", "?")) != row.get("harm", "?"):
                    yield BadRule(f"{word!r} stands for {placed[word]} as well", where, "Keep it with one harm only.")


def structure(language: str) -> Iterator[BadRule]:
    """The small words: each class a slot, each hedge known, no word in two classes."""
    file = f"lexicons/{language}/structure.toml"
    table = read_table(file)
    parts = {"classes", "skip", "hedges", "hedges_behind", "vague", "stops", "things", "groups"}
    yield from keys(table, parts, (), file)
    yield from unknown(table.get("classes", ()), SYMBOLS, "class", f"{file}, classes")
    yield from doubles(_placed(table.get("classes", {})), f"{file}, classes")
    for part in ("hedges", "hedges_behind"):
        yield from unknown(table.get(part, ()), HEDGES, "hedge", f"{file}, {part}")
        yield from doubles(_placed(table.get(part, {})), f"{file}, {part}")
    for word, bounds in table.get("vague", {}).items():
        if not 1 <= len(bounds) <= 2 or bounds != sorted(bounds):
            yield BadRule(f"{word!r} has no low and high", f"{file}, vague", "Write [3] or [2, 2].")


def _placed(lists: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    return ((word, name) for name, words in lists.items() for word in words)


def kinds(language: str) -> Iterator[BadRule]:
    """Words for kinds of incident: kinds, weights, stars, words that stand for two kinds."""
    file = f"cues/{language}/kinds.toml"
    table = read_table(file)
    yield from unknown(table, {"kind"}, "key", file)
    placed = []
    for row in table.get("kind", ()):
        where = f"{file}, kind {row.get('kind', '?')!r}"
        yield from keys(row, ("kind", "says", "words"), (), where)
        yield from sentence(row, where)
        yield from unknown([row.get("kind")], get_args(Kind), "kind", where)
        yield from unknown(row.get("words", ()), ("1", "2", "3"), "weight", where)
        words = [word for listed in row.get("words", {}).values() for word in listed]
        yield from stars(words, where)
        placed += [(word, row.get("kind", "?")) for word in words]
    yield from doubles(placed, file)


def stars(words: list[str], where: str) -> Iterator[BadRule]:
    """Stars that are no wildcard, since they do not stand at the end."""
    for word in words:
        if "*" in word.rstrip("*") or word.strip() in ("", "*"):
            yield BadRule(f"{word!r} holds a star that is not at its end", where, "Write the words out.")


def scope(language: str) -> Iterator[BadRule]:
    """Words that tell how far a figure reaches."""
    file = f"cues/{language}/scope.toml"
    known = {
        "statistic",
        "separate",
        "same",
        "background",
        "other",
        "accident",
        "armed",
        "hint",
        "violent",
        "crime",
        "political",
        "deed",
        "earlier",
    }
    for name, row in read_table(file).items():
        where = f"{file}, {name}"
        yield from unknown([name], known, "class", file)
        yield from keys(row, ("says",), ("strong", "weak", "words"), where)
        yield from sentence(row, where)
        lists = {key: row[key] for key in ("strong", "weak", "words") if key in row}
        yield from stars([word for words in lists.values() for word in words], where)
        yield from doubles(_placed(lists), where)


def standing(language: str) -> Iterator[BadRule]:
    """Words that take a claim out of what is asserted."""
    file = f"cues/{language}/standing.toml"
    for name, row in read_table(file).items():
        where = f"{file}, {name}"
        yield from unknown([name], get_args(Modality), "standing", file)
        yield from sentence(row, where)
        if not isinstance(row.get("reach", 1), int):
            yield BadRule("'reach' is no whole number", where, "Write how many letters it looks back.")
        yield from doubles(((word, name) for word in row.get("words", ())), where)


def attributions(language: str) -> Iterator[BadRule]:
    """Rules of blame, claims of responsibility and denials. Their examples need names of actors, and run elsewhere."""
    file = f"cues/{language}/attributions.toml"
    table = read_table(file)
    yield from unknown(table, {"rule", "classes"}, "key", file)
    for row in table.get("rule", ()):
        where = f"{file}, rule {row.get('name', '?')!r}"
        yield from keys(row, _ATTRIBUTION, _ATTRIBUTION_FURTHER, where)
        yield from sentence(row, where)
        yield from unknown([row["stance"]] if "stance" in row else [], get_args(Stance), "stance", where)
        yield from unknown([row["shape"]] if "shape" in row else [], SHAPE_NAMES, "shape", where)
        for key in ("words", *_PATTERNS):
            yield from _expressions(row.get(key, ()), where)
        yield from _expressions([row[key] for key in ("needs", "topic", "never") if key in row], where)
    yield from doubles(((str(row.get("name")), "the rules' names") for row in table.get("rule", ())), file)


def _expressions(words: list[str], where: str) -> Iterator[BadRule]:
    for word in words:
        try:
            re.compile(word)
        except re.error as fault:
            yield BadRule(f"{word!r} is no regular expression: {fault}", where, "Mend the words of the rule.")


def evidence(language: str) -> Iterator[BadRule]:
    """Rules of evidence."""
    file = f"cues/{language}/evidence.toml"
    table = read_table(file)
    yield from unknown(table, {"rule"}, "key", file)
    for row in table.get("rule", ()):
        where = f"{file}, rule {row.get('item', '?')!r}"
        needed = ("item", "says", "offered", "examples")
        faults = list(keys(row, needed, ("absent", "needs", "never", "counter_examples"), where))
        yield from faults
        yield from sentence(row, where)
        if not faults:
            yield from caught(partial(read_evidence, row, file), where)
        forms = [(form, key) for key in ("offered", "absent") for form in row.get(key, ())]
        yield from doubles(forms, where)


def not_events(language: str) -> Iterator[BadRule]:
    """Rules of what is no event, with their examples: each rule must speak in its examples and in no counter-example."""
    file = f"cues/{language}/not_events.toml"
    table = read_table(file)
    yield from unknown(table, {"rule"}, "key", file)
    for row in table.get("rule", ()):
        where = f"{file}, rule {row.get('name', '?')!r}"
        faults = [*keys(row, NEEDED, FURTHER, where), *sentence(row, where)]
        faults += [] if faults else caught(partial(read_no_event, row, file), where)
        yield from faults
        yield from stars(row.get("words", ()), where)
        if not faults:
            yield from _not_event_examples(row, where, language)
    yield from doubles(((w, str(r.get("name"))) for r in table.get("rule", ()) for w in r.get("words", ())), file)


def _not_event_examples(row: Mapping[str, Any], where: str, language: str) -> Iterator[BadRule]:
    for text in row["examples"]:
        if PREFIX + row["name"] not in _spoken(text, language):
            yield BadRule(f"is silent in “{text}”", where, "Mend the rule or the example.")
    for text in row.get("counter_examples", ()):
        if PREFIX + row["name"] in _spoken(text, language):
            yield BadRule(f"speaks in “{text}”", where, "Mend the rule or the counter-example.")


def _spoken(text: str, language: str) -> set[str]:
    """The rules of no event that speak in a sentence."""
    passages = [Passage(index=0, start=0, end=len(text))]
    found = passed_over(text, passages, cues(text, language), language)
    return {PREFIX + passed.rule.name for _, passed in found}
