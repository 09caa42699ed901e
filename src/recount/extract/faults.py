"""Every fault in the toll patterns of the rule folder at once, and in the examples that they carry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any, get_args

from recount.errors import BadRule
from recount.extract.lexicon import Lexicon
from recount.extract.patterns import EFFECTS, Rule, compile_pattern, read_rule
from recount.extract.phrases import PhraseReader
from recount.extract.tolls import TollMention, bind
from recount.records import HARMS, SIDES, Hedge
from recount.rules import read_table
from recount.rules.faults import caught, doubles, keys, sentence, unknown

LINE = re.compile(rf"({'|'.join(HARMS)}) ({'|'.join(SIDES)}) (\d*)-(\d*)( approx)?( subset)?")
"""A figure as an example writes it."""
_NEEDED = ("name", "says", "pattern", "examples")
_FURTHER = ("strength", "effect", "judged", "counter_examples")
_NO_HARM = frozenset({"none", "inherit", "inside"})
"""Effects whose rules name no word of harm."""


def pattern_faults(language: str = "en") -> Iterator[BadRule]:
    """Faults of `patterns/<lang>/tolls.toml`, its examples included."""
    file = f"patterns/{language}/tolls.toml"
    table = read_table(file)
    yield from unknown(table, {"macros", "rule"}, "key", file)
    macros, rows = table.get("macros", {}), table.get("rule", ())
    sound = True
    for name, pattern in macros.items():
        faults = list(caught(partial(compile_pattern, pattern, macros, f"{file}, macro {name!r}"), file))
        sound = sound and not faults
        yield from faults
    for row in rows:
        faults = list(_row_faults(row, macros, file))
        sound = sound and not faults
        yield from faults
    yield from doubles(((str(row.get("name")), "the rules' names") for row in rows), file)
    if sound:
        yield from example_faults(rows, macros, file, Lexicon(language))


def _row_faults(row: Mapping[str, Any], macros: Mapping[str, str], file: str) -> Iterator[BadRule]:
    where = f"{file}, rule {row.get('name', '?')!r}"
    yield from keys(row, _NEEDED, _FURTHER, where)
    yield from sentence(row, where)
    effect = row.get("effect", "harm")
    yield from unknown([effect], EFFECTS, "effect", where)
    yield from pattern_fault(row.get("pattern", "< COUNTED > [ KILLED ]"), macros, where, effect)
    if not row.get("examples", True):
        yield BadRule("no examples", where, "Add a sentence that only this rule reads.")
    for example in (*row.get("examples", ()), *row.get("counter_examples", ())):
        yield from keys(example, ("text", "tolls"), (), where)
        for line in example.get("tolls", ()):
            if not LINE.fullmatch(line):
                yield BadRule(f"cannot read the figure {line!r}", where, "Write it as 'killed civilians 5-5'.")


def pattern_fault(pattern: str, macros: Mapping[str, str], where: str, effect: str = "harm") -> Iterator[BadRule]:
    """What is wrong with one pattern: unknown slots, brackets that do not close, people or harm not marked."""
    opened = Counter(word[0] for word in pattern.split() if word[0] in "()<>[]")
    for left, right in ("()", "<>", "[]"):
        if opened[left] != opened[right]:
            yield BadRule(f"{left!r} and {right!r} do not pair", where, "Close what is opened, with blanks around it.")
            return
    try:
        compiled = compile_pattern(pattern, macros, where)
    except BadRule as fault:
        yield fault
        return
    except re.error as fault:
        yield BadRule(f"the pattern cannot be read: {fault}", where, "Look at its brackets and repeat marks.")
        return
    if "victims" not in compiled.groupindex:
        yield BadRule("the people harmed are not marked", where, "Put them between < and >.")
    if effect not in _NO_HARM and "harm" not in compiled.groupindex:
        yield BadRule("the word of harm is not marked", where, "Put it between [ and ].")


# ---------------------------------------------------------------------------------------------------- examples


def written(mention: TollMention) -> str:
    """A mention as examples write it: harm, side, low-high, then `approx` and `subset` where they hold."""
    low, high = ("" if n is None else str(n) for n in (mention.count.low, mention.count.high))
    marks = f"{' approx' if mention.count.approx else ''}{' subset' if mention.subset else ''}"
    return f"{mention.harm} {mention.side} {low}-{high}{marks}"


def example_faults(
    rows: Sequence[Mapping[str, Any]], macros: Mapping[str, str], file: str, lexicon: Lexicon
) -> Iterator[BadRule]:
    """Examples that come out otherwise than they say, and rules without which none would."""
    rules = [read_rule(row, macros, file) for row in rows]
    reader = PhraseReader(lexicon)

    def found(text: str, some: Sequence[Rule]) -> Counter[str]:
        return Counter(written(m) for m in bind(reader.read(text, 0, len(text)), some, lexicon.modifier_side))

    for row in rows:
        where = f"{file}, rule {row['name']!r}"
        failed = False
        for example in (*row["examples"], *row.get("counter_examples", ())):
            got = found(example["text"], rules)
            if got != Counter(example["tolls"]):
                failed = True
                wanted = ", ".join(example["tolls"]) or "nothing"
                came = ", ".join(sorted(got.elements())) or "nothing"
                yield BadRule(
                    f"“{example['text']}” gives {came} instead of {wanted}", where, "Mend the rule or the example."
                )
        others = [rule for rule in rules if rule.name != row["name"]]
        if not failed and all(found(e["text"], others) == Counter(e["tolls"]) for e in row["examples"]):
            yield BadRule(
                "bears no load: its examples come out the same without it", where,
                "Add an example that needs it, or take the rule out.",
            )  # fmt: skip


HEDGES: tuple[str, ...] = (*get_args(Hedge), "plain")
"""Names of the lists of hedges; `plain` words bound nothing."""
